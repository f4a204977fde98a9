"""Small books with any characters in them, as the content that formats are written from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from hypothesis import strategies as st

from positions.exchange.content import BookContent, collect_content
from positions.model.document import Document, sha256_of
from positions.model.revision import Record
from positions.workspace import open_workspace
from tests.examples import START, golden_codebook, said

HOSTILE = (
    "\U0001f54a\U00010348e\u0301\u2028\u2029\x85\x0b\x0c\x00\x01\x1b\x7f\ufffe\uffff\ufeff\r\n\n\r\t 🙂אב<&>\"']]>=+@"
)
"""Signs that some format cannot hold, counts otherwise, or takes for its own."""
SIGNS = st.one_of(st.sampled_from(HOSTILE), st.characters(exclude_categories=["Cs"]), st.sampled_from("abc .\r\n"))
TEXTS = st.text(SIGNS, min_size=1, max_size=60).map(lambda text: f"x{text}y")


def document_of(text: str, name: str = "doc", title: str = "A title") -> Document:
    """A document with a text."""
    return Document.model_validate(
        {
            "id": name,
            "title": title,
            "outlet": "The Example",
            "published_on": "2022-03-31",
            "published_on_basis": "explicit",
            "file": f"seeds/{name}.txt",
            "text": text,
            "sha256": sha256_of(text.encode()),
        }
    )


def book_of(documents: Sequence[Document], records: Sequence[Record]) -> BookContent:
    """A book of the golden example's codebook."""
    return BookContent(golden_codebook(), tuple(documents), tuple(records), "0:none")


def quoted(text: str, start: int, end: int, *, number: int, about: str = "neutrality", **fields: object) -> Record:
    """A statement that quotes a span of the document `doc`."""
    given = {"quote": text[start:end], "start": start, "end": end, **fields}
    record = said("2022-03-01", "RUS", about, 2, number=number, **given)
    assert record.recorded_at == START + timedelta(minutes=number)
    return record


@st.composite
def books(draw: st.DrawFn) -> BookContent:
    """A book with one document of any text, and statements on any spans of it that show something."""
    text = draw(TEXTS)
    records = []
    for number in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        note = draw(st.sampled_from(["", "a note\nof two lines", f"x{HOSTILE}"]))
        about = draw(st.sampled_from(["neutrality", "venue/minsk", "preconditions/halt-attacks"]))
        if any(sign.isalnum() for sign in text[start:end]):
            records.append(quoted(text, start, end, number=number, about=about, note=note, coder=f"x{HOSTILE[:3]}"))
    return book_of([document_of(text, title=draw(TEXTS))], records)


def content_of(folder: Path) -> BookContent:
    """The content of a workspace."""
    with open_workspace(folder) as workspace:
        return collect_content(workspace)
