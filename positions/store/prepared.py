"""What can be found out about a revision without the record book: its content as JSON, and what its words break."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from pydantic import ValidationError

from positions.model.checks import checked_fields, role_problems, word_problems
from positions.model.codebook import Codebook
from positions.model.dates import PartialDate
from positions.model.revision import NOT_RECORDED, Content
from positions.model.statement import Anchor, Claim, Statement
from positions.store.entry import Entry, content_text
from positions.store.published import PublishedLine

Whole: TypeAlias = tuple[str, str | None, tuple[str, ...], tuple[str, str, int, int, str]]
"""A valid statement's id, JSON, problems and anchor in plain values, which go quickly from one process to another."""


class Prepared(NamedTuple):
    """A revision ready to be recorded but for what only the book knows: its document, and what is held already.

    ``where`` is file and line; ``entry.recorded_at`` and ``entry.recorded_by`` are empty where none was given.
    ``problems`` are worded as :func:`positions.model.checks.codebook_problems` does. ``about`` is the record itself,
    or as much of it as its document can tell.
    """

    where: str
    entry: Entry
    problems: tuple[str, ...] = ()
    about: Content | Anchor | None = None


class Checks:
    """A codebook's checks of statements, each set of words looked up once."""

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self._found: dict[tuple[object, ...], tuple[str, ...]] = {}

    def problems(self, statement: Claim) -> tuple[str, ...]:
        """Return what :func:`positions.model.checks.codebook_problems` finds."""
        words = checked_fields(statement)
        if words not in self._found:
            self._found[words] = word_problems(statement, self._codebook)
        return (*self._found[words], *role_problems(statement, self._codebook))

    def whole(self, line: bytes) -> Whole | None:
        """Read a line of JSON that is a valid statement as it stands; ``None`` for every other."""
        try:
            found = Statement.model_validate_json(line)
        except ValidationError:
            return None
        anchor = (found.document, found.quote, found.start, found.end, found.said_on.text)
        return found.id, content_text(found), self.problems(found), anchor

    def prepare(self, line: PublishedLine) -> Prepared:
        """Prepare a revision that was read otherwise."""
        where, revision = line
        content = revision.content
        entry = Entry(*revision[:4], content_text(content), *revision[5:])
        return Prepared(where, entry, self.problems(content) if isinstance(content, Claim) else (), content)


def prepare_statement(whole: Whole, *, where: str) -> Prepared:
    """Prepare a new statement from what :meth:`Checks.whole` read; nothing but the statement was given."""
    record_id, text, problems, (document, quote, start, end, said_on) = whole
    entry = Entry("statement", record_id, 1, "add", text, NOT_RECORDED, "", "", None)
    return Prepared(where, entry, problems, Anchor(document, quote, start, end, PartialDate.parse(said_on)))
