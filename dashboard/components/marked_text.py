"""A document's text with every quote marked in place; where quotes overlap, each stretch opens the shortest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from dashboard.markup import elements as html
from dashboard.markup.parts import marked_by, party_marks
from positions.model.codebook import Codebook
from positions.model.statement import Statement
from positions.wording.party_style import PartyStyle


def stretches(text: str, spoken: Sequence[Statement]) -> list[tuple[int, int, list[Statement]]]:
    """Cut a text where quotes begin and end: each stretch with the quotes that it lies in, the shortest first."""
    inside = [said for said in spoken if 0 <= said.start < said.end <= len(text)]
    cuts = sorted({0, len(text), *(said.start for said in inside), *(said.end for said in inside)})
    found = []
    for start, end in pairwise(cuts):
        here = [said for said in inside if said.start <= start and end <= said.end]
        found.append((start, end, sorted(here, key=lambda said: (said.end - said.start, said.id))))
    return found


def marked(
    text: str, spoken: Sequence[Statement], codebook: Codebook, looks: Any, to: Callable[[str], str]
) -> list[Any]:
    """Return the text as nodes whose characters are exactly the text's, each quote a link of its party's hue.

    ``to`` gives the address of a statement by its id.
    """
    parts: list[Any] = []
    for start, end, here in stretches(text, spoken):
        if not here:
            parts.append(text[start:end])
            continue
        first = here[0]
        told = [f"{looks[said.holder].name} on {codebook.path_label(said.issue, said.element)}" for said in here]
        # Not a button: that is a box of its own, which text does not flow through.
        link = html.A(text[start:end], href=to(first.id))
        hues = _hues([looks[said.holder] for said in here])
        title = "; ".join(dict.fromkeys(told))
        parts.append(
            html.Mark(link, style=hues, title=title, **marked_by(**{"in": " ".join(said.id for said in here)}))
        )
    return parts


def _hues(looks: Sequence[PartyStyle]) -> dict[str, str]:
    hues = [str(party_marks(look.name, {look.name: look})["style"]["--hue"]) for look in looks]
    return {"--hue": hues[0], "--second": hues[1] if len(hues) > 1 else hues[0]}
