"""Hypothesis strategies for records over the golden codebook: few days and parties, so that they collide."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from positions.model.revision import Record
from tests.examples import golden_codebook, said

FIRST = date(2022, 3, 1)
DAYS = st.integers(0, 6).map(lambda n: FIRST + timedelta(days=n))


def _places() -> list[str]:
    places = []
    for issue in golden_codebook().issues:
        places += [f"{issue.id}/{element.id}" for element in issue.elements] or [issue.id]
    return places


@st.composite
def sayings(draw: st.DrawFn, number: int) -> Record:
    """One record of any voice, directness, date precision, publication and range."""
    about = draw(st.sampled_from(_places()))
    kind = golden_codebook().issue(about.partition("/")[0]).kind
    stance = draw(st.sampled_from([-2, -1, 1, 2] if kind == "options" else [-2, -1, 0, 1, 2]))
    to = draw(st.sampled_from([None, *range(stance + 1, 3)])) if kind == "scale" else None
    day = draw(DAYS)
    on = draw(st.sampled_from([day.isoformat(), f"2022-02-25/{day.isoformat()}", f"../{day.isoformat()}"]))
    voice = draw(st.sampled_from(["self", "self", "self", "ascribed", "framing"]))
    fields: dict[str, Any] = {"voice": voice}
    if voice != "framing":
        fields["directness"] = draw(st.sampled_from(["direct", "paraphrase"]))
    published = (day + timedelta(days=draw(st.integers(0, 2)))).isoformat()
    fields["outlet"] = draw(st.sampled_from(["The Example", "The Example", "The Other", "The Third"]))
    holder = draw(st.sampled_from(["RUS", "UKR", "USA"]))
    return said(on, holder, about, stance, to, number=number, published_on=published, **fields)


@st.composite
def books(draw: st.DrawFn, most: int = 25) -> tuple[Record, ...]:
    """A book of up to ``most`` records with distinct ids and instants."""
    return tuple(draw(sayings(number)) for number in range(draw(st.integers(0, most))))
