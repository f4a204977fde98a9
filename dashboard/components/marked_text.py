"""A document's text with its quotes marked; where quotes overlap, a stretch opens the shortest one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from dashboard.markup import elements as html
from dashboard.markup.parts import data_attributes
from positions.model.codebook import Codebook
from positions.model.statement import Claim
from positions.quotes.text_view import Span
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


def link_quotes(stretches: Sequence[Stretch], to: Callable[[str], str], *, places: Sequence[Span] = ()) -> list[Any]:
    """Return the text as nodes with exactly its characters, each quote a link in its party's hue.

    ``to`` maps a statement's id to its address. ``places`` are stretches of the text that are marked as well: what a
    search found, in order and apart.
    """
    nodes: list[Any] = []
    start = 0
    for stretch in stretches:
        content = _mark_places(stretch.text, start, places)
        nodes += [_quote_link(stretch, content, to)] if stretch.claims else content
        start += len(stretch.text)
    return nodes


def _mark_places(text: str, start: int, places: Sequence[Span]) -> list[Any]:
    """Return a piece of a text that begins at ``start`` as nodes, with the places in it marked and numbered from 1."""
    nodes: list[Any] = []
    done = start
    for number, place in enumerate(places, 1):
        first, last = max(place.start, done), min(place.end, start + len(text))
        if first < last:
            nodes += [text[done - start : first - start], _place(text[first - start : last - start], number)]
            done = last
    return [*nodes, text[done - start :]]


def _place(text: str, number: int) -> html.Node:
    # Not a mark: those are the quotes.
    return html.Span(text, className="hit", **data_attributes(place=str(number)))


def _quote_link(stretch: Stretch, content: list[Any], to: Callable[[str], str]) -> html.Node:
    # Not a button: text does not wrap inside one.
    link = html.A(content, href=to(stretch.claims[0].id))
    ids = " ".join(claim.id for claim in stretch.claims)
    hues = {"--hue": stretch.hue, "--second": stretch.second}
    return html.Mark(link, style=hues, title=stretch.title, **data_attributes(**{"in": ids}))
