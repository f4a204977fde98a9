"""Claims over the golden codebook in a line each, and strategies of them, for the tests of extraction's scores."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from positions.model.statement import Claim


def coded(about: str, stance: int | None = 2, *, at: tuple[int, int] = (0, 40), **fields: Any) -> Claim:
    """A claim such as coded("UKR venue/minsk", -2, at=(10, 50), voice="ascribed")."""
    holder, _, place = about.partition(" ")
    issue, _, element = place.partition("/")
    voice = fields.get("voice", "self")
    framing = voice == "framing"
    start, end = at
    content: dict[str, Any] = {
        "id": f"{about.replace(' ', '-').replace('/', '.')}-{start}",
        "document": "doc",
        "quote": "x" * (end - start),
        "start": start,
        "end": end,
        "speaker": None if framing else "someone",
        "speaker_party": holder if voice == "self" else None,
        "holder": holder,
        "voice": voice,
        "directness": "framing" if framing else "paraphrase",
        "issue": issue,
        "element": element or None,
        "stance": stance,
        "said_on": "2022-03-01",
        "said_on_basis": "explicit",
        "coder": "example",
    }
    return Claim.model_validate(content | fields)


@st.composite
def claims(draw: st.DrawFn, number: int) -> Claim:
    """One claim of few documents, places and spans, so that many meet."""
    start = draw(st.sampled_from([0, 5, 10, 40]))
    about = draw(st.sampled_from(["neutrality", "military-aid", "venue/minsk", "venue/geneva"]))
    return coded(
        f"{draw(st.sampled_from(['RUS', 'UKR']))} {about}",
        draw(st.sampled_from([None, -2, -1, 1, 2])),
        at=(start, start + draw(st.sampled_from([5, 10, 20, 30]))),
        id=f"c{number}",
        document=draw(st.sampled_from(["one", "two", "three"])),
        voice=draw(st.sampled_from(["self", "ascribed", "framing"])),
        said_on=draw(st.sampled_from(["2022-03-01", "2022-03", "../2022-02-28"])),
        confidence=draw(st.sampled_from([0.5, 0.9])),
    )


@st.composite
def codings(draw: st.DrawFn, most: int = 14) -> list[Claim]:
    """One side's claims, of distinct ids."""
    return [draw(claims(number)) for number in range(draw(st.integers(0, most)))]
