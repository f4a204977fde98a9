"""What people write above a column: which field of a record it is, in the words of the forms and of everyday."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from positions.errors import MOST_LISTED, Finding, allowed
from positions.model.document import Document
from positions.model.statement import Statement
from positions.wording.fields import DOCUMENT_WORDS, FIELD_WORDS, OTHER_HEADINGS

HEAD: Final = "head"
"""The column that names the state of the record book that a row is from."""
IN_WORDS: Final = " in words"
"""What the heading of a column ends in that says in words what the column before it says as an id."""
_SHOWN: Final = 30
"""The most characters of a heading that a finding repeats."""


class Column(NamedTuple):
    """What a column holds: the ``field``, or if it ``is_words`` the field's value in words; empty for neither."""

    field: str
    is_words: bool = False


IGNORED: Final = Column("")


class Headings:
    """The headings that are understood of one kind of record, case and punctuation aside.

    ``fields`` maps each field to its headings, the first the one to write; those ``in_words`` have another column
    beside them. Headings of ``ignored`` columns are known, and their cells are not read.
    """

    def __init__(
        self, fields: Mapping[str, Sequence[str]], *, in_words: Iterable[str] = (), ignored: Iterable[str] = ()
    ) -> None:
        self._fields = fields
        words = {f"{one}{IN_WORDS}": Column(field, True) for field in in_words for one in fields[field]}
        given = {one: Column(field) for field, headings in fields.items() for one in headings}
        self._columns = {plain_heading(one): column for one, column in (words | given).items()}
        self._columns |= {plain_heading(one): IGNORED for one in ignored}

    def label(self, field: str) -> str:
        """Return the heading to write above a field."""
        return self._fields[field][0]

    def count(self, cells: Sequence[object]) -> int:
        """Return how many of a row's cells are headings that are understood."""
        return sum(plain_heading(str(cell)) in self._columns for cell in cells if cell not in (None, ""))

    def read(self, cells: Sequence[object], *, where: str) -> list[Column] | list[Finding]:
        """Return what each column holds, one without a heading nothing, or all that is wrong with the headings."""
        columns: list[Column] = []
        findings: list[Finding] = []
        for cell in cells:
            heading = str(cell if cell is not None else "").strip()
            column = self._columns.get(plain_heading(heading), IGNORED) if heading else IGNORED
            if heading and plain_heading(heading) not in self._columns:
                findings.append(Finding(where, "", self._unknown(heading)))
            elif column != IGNORED and column in columns:
                findings.append(Finding(where, "", f"found {heading[:100]!r} twice, allowed: each field once"))
            columns.append(column)
            if len(findings) == MOST_LISTED:
                break
        return findings or columns

    def _unknown(self, heading: str) -> str:
        names = {field: headings[0] for field, headings in self._fields.items()}
        words = allowed(heading[:_SHOWN], self._fields, names=names)
        return f"the heading {words}" if len(heading) <= _SHOWN else f"the heading {words} (it is shortened here)"


@lru_cache(maxsize=8192)
def plain_heading(text: str) -> str:
    """Return a heading without what people write differently: capitals, punctuation, underscores, spaces."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def _headings(field: str, label: str, short: str = "") -> tuple[str, ...]:
    return tuple(one for one in (label, field, short, *OTHER_HEADINGS.get(field, ())) if one)


WORD_FIELDS: Final = ("document", "speaker", "speaker_party", "relayed_by", "holder", "issue", "element", "stance")
"""The fields that a column beside theirs says in words."""
STATEMENT_HEADINGS: Final = Headings(
    {
        **{
            field: _headings(field, words.label, words.short)
            for field in Statement.model_fields
            if (words := FIELD_WORDS.get(field))
        },
        **{field: (*OTHER_HEADINGS[field], field) for field in ("id", "end")},
        HEAD: (HEAD,),
    },
    in_words=WORD_FIELDS,
    ignored=("Outlet", "Published on"),
)
"""The headings of a table of statements."""
DOCUMENT_HEADINGS: Final = Headings(
    {field: _headings(field, label) for field, label in DOCUMENT_WORDS.items() if field in Document.model_fields},
    ignored=("Characters", "Statements"),
)
"""The headings of a table of documents; their texts stay in the book."""
