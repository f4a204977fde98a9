"""Example candidates: an article on talks at a border, in a copy of the shipped case, and what rules propose of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from positions.model.candidate import Candidate
from positions.model.document import Document, sha256_of
from positions.store.candidates import record_candidates
from positions.workspace import open_workspace

READY = "The Kremlin said on Monday that it was ready for talks with Kyiv."
NOT_MINSK = "“We will not meet in Minsk,”"
AGAIN = "We will not meet in Minsk this week,"
ELSEWHERE = "He added that \u202eother\u202c places were fine."
TEXT = f"""Talks on the border

{READY} \x1b[31mRed\x1b[0m [bold]words[/bold] were spoken.

{NOT_MINSK} Zelensky said in a video on Monday. {ELSEWHERE}

“{AGAIN}” he said. Later he said: “{AGAIN}” and no more.
"""


def article() -> Document:
    """The article, published on 28 February 2022; it carries a terminal's escape sequence and a change of direction."""
    return Document.model_validate(
        {
            "id": "border",
            "title": "Talks on the border",
            "outlet": "The Example",
            "published_on": "2022-02-28",
            "published_on_basis": "explicit",
            "file": "seeds/border.txt",
            "text": TEXT,
            "sha256": sha256_of(TEXT.encode()),
        }
    )


def proposed(number: int, quote: str, holder: str = "UKR", **fields: Any) -> Candidate:
    """A candidate on the article; by default Zelensky's own word for Ukraine."""
    start = TEXT.index(quote)
    said = {"RUS": "kremlin", "UKR": "zelensky"}[holder]
    whole: dict[str, Any] = {
        "id": f"border.{number}",
        "document": "border",
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "speaker": said,
        "speaker_party": holder,
        "holder": holder,
        "voice": "self",
        "directness": "direct",
        "said_on": "2022-02-28",
        "said_on_basis": "relative",
        "coder": "rules-1",
        "confidence": 0.6,
        "sha256": sha256_of(TEXT.encode()),
    }
    return Candidate.model_validate(whole | fields)


def candidates() -> tuple[Candidate, ...]:
    """Three candidates in order of place: ready for talks, Minsk with no stance yet, and talks again."""
    return (
        proposed(1, READY, "RUS", issue="talks", stance=2, directness="paraphrase"),
        proposed(2, NOT_MINSK, issue="venue", element="minsk", suggested="Zelenskiy's aide"),
        proposed(3, ELSEWHERE, issue="talks", stance=1, directness="paraphrase", said_on_basis="inferred"),
    )


def propose(folder: Path) -> None:
    """Record the article and its candidates in a workspace."""
    with open_workspace(folder) as workspace, workspace.recording(coder="machine") as book:
        book.add_document(article())
        record_candidates(book, candidates())
