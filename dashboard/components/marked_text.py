"""A document's text with its quotes marked; where quotes overlap, a stretch opens the shortest one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from dashboard.markup import elements as html
from dashboard.markup.parts import data_attributes
from positions.model.codebook import Codebook
from positions.model.statement import Claim
from positions.wording.party_style import PartyStyle


class Stretch(NamedTuple):
    """A piece of a text: the claims that quote it (the shortest quote first), what they are about, and two hues.

    ``title`` and both hues are empty if nothing is quoted; both hues are the same for a single quote.
    """

    text: str
    claims: tuple[Claim, ...]
    title: str = ""
    hue: str = ""
    second: str = ""


def cut_at_quotes(
    text: str, claims: Sequence[Claim], codebook: Codebook, styles: Mapping[str, PartyStyle]
) -> tuple[Stretch, ...]:
    """Cut a text where quotes begin and end; joined, the stretches are exactly the text."""
    inside = [claim for claim in claims if 0 <= claim.start < claim.end <= len(text)]
    cuts = sorted({0, len(text), *(claim.start for claim in inside), *(claim.end for claim in inside)})
    stretches = []
    for start, end in pairwise(cuts):
        quoting = [claim for claim in inside if claim.start <= start and end <= claim.end]
        quoting.sort(key=lambda claim: (claim.end - claim.start, claim.id))
        stretches.append(_stretch(text[start:end], quoting, codebook, styles))
    return tuple(stretches)


def _stretch(text: str, claims: Sequence[Claim], codebook: Codebook, styles: Mapping[str, PartyStyle]) -> Stretch:
    if not claims:
        return Stretch(text, ())
    about = [f"{styles[claim.holder].name} on {codebook.path_label(claim.issue, claim.element)}" for claim in claims]
    hues = [styles[claim.holder].hue for claim in claims]
    return Stretch(text, tuple(claims), "; ".join(dict.fromkeys(about)), hues[0], hues[1] if len(hues) > 1 else hues[0])


def link_quotes(stretches: Sequence[Stretch], to: Callable[[str], str]) -> list[Any]:
    """Return the text as nodes with exactly its characters, each quote a link in its party's hue.

    ``to`` maps a statement's id to its address.
    """
    return [_quote_link(stretch, to) if stretch.claims else stretch.text for stretch in stretches]


def _quote_link(stretch: Stretch, to: Callable[[str], str]) -> html.Node:
    # Not a button: text does not wrap inside one.
    link = html.A(stretch.text, href=to(stretch.claims[0].id))
    ids = " ".join(claim.id for claim in stretch.claims)
    hues = {"--hue": stretch.hue, "--second": stretch.second}
    return html.Mark(link, style=hues, title=stretch.title, **data_attributes(**{"in": ids}))
