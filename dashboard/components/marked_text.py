"""A document's text cut at its quotes, and marked: where quotes overlap, each stretch opens the shortest."""

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
    """A piece of a text, the claims whose quotes it lies in (the shortest quote first), what they are about, and hues.

    ``title`` and both hues are empty where nothing is quoted; of one quote the hues are equal.
    """

    text: str
    claims: tuple[Claim, ...]
    title: str = ""
    hue: str = ""
    second: str = ""


def cut_at_quotes(
    text: str, claims: Sequence[Claim], codebook: Codebook, styles: Mapping[str, PartyStyle]
) -> tuple[Stretch, ...]:
    """Cut a text where quotes begin and end; together the stretches are exactly the text."""
    inside = [claim for claim in claims if 0 <= claim.start < claim.end <= len(text)]
    cuts = sorted({0, len(text), *(claim.start for claim in inside), *(claim.end for claim in inside)})
    stretches = []
    for start, end in pairwise(cuts):
        here = [claim for claim in inside if claim.start <= start and end <= claim.end]
        here.sort(key=lambda claim: (claim.end - claim.start, claim.id))
        stretches.append(_stretch(text[start:end], here, codebook, styles))
    return tuple(stretches)


def _stretch(text: str, claims: Sequence[Claim], codebook: Codebook, styles: Mapping[str, PartyStyle]) -> Stretch:
    if not claims:
        return Stretch(text, ())
    about = [f"{styles[claim.holder].name} on {codebook.path_label(claim.issue, claim.element)}" for claim in claims]
    hues = [styles[claim.holder].hue for claim in claims]
    return Stretch(text, tuple(claims), "; ".join(dict.fromkeys(about)), hues[0], hues[1] if len(hues) > 1 else hues[0])


def link_quotes(stretches: Sequence[Stretch], to: Callable[[str], str]) -> list[Any]:
    """Return the text as nodes whose characters are exactly the text's, each quote a link of its party's hue.

    ``to`` gives the address of a statement by its id.
    """
    return [_linked(stretch, to) if stretch.claims else stretch.text for stretch in stretches]


def _linked(stretch: Stretch, to: Callable[[str], str]) -> html.Node:
    # Not a button: that is a box of its own, which text does not flow through.
    link = html.A(stretch.text, href=to(stretch.claims[0].id))
    ids = " ".join(claim.id for claim in stretch.claims)
    hues = {"--hue": stretch.hue, "--second": stretch.second}
    return html.Mark(link, style=hues, title=stretch.title, **data_attributes(**{"in": ids}))
