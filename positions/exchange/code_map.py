"""The mapping file: what another tool's codes mean in the words of the codebook, and what holds where no code says it.

A code's meaning is that of the codes that contain it, overridden by its own: ``["Venue"]`` may give the issue and
``["Venue", "Minsk"]`` the element. :mod:`positions.exchange.code_proposal` writes such a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from pydantic import Field, field_validator, model_validator

from positions.errors import DataError, FieldError, QueryError
from positions.exchange.coded_file import CodePath
from positions.files.characters import VISIBLE, VISIBLE_OR_BLANK
from positions.files.reading import Loc, decode, parse_toml, read_bytes, toml_findings
from positions.model.codebook import Codebook
from positions.model.dates import PartialDate
from positions.model.document import DateBasis
from positions.model.language import Language
from positions.model.statement import ConditionId, Directness, Voice
from positions.model.words import Id, Word, first_repeated

_SAID_BY: Final = ("speaker", "relayed_by")


class CodeMeaning(Word):
    """What one code gives a statement; fields that are left out come from other codes of the passage or the defaults.

    ``code`` are the names that lead to it, or one name alone. ``ignore`` leaves its codings out without a word.
    """

    code: CodePath = Field(min_length=1)
    ignore: bool = False
    issue: Id | None = None
    element: Id | None = None
    stance: int | None = None
    stance_to: int | None = None
    condition_for: ConditionId | None = None
    holder: Id | None = None
    speaker: Id | None = None
    speaker_party: Id | None = None
    relayed_by: Id | None = None
    voice: Voice | None = None
    directness: Directness | None = None

    @field_validator("code", mode="before")
    @classmethod
    def _one_name(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @cached_property
    def fields(self) -> Mapping[str, Any]:
        """What it gives, by the names of a statement's fields; ``ignore`` is among them if the file says it."""
        return self.model_dump(exclude={"code"}, exclude_none=True, exclude_unset=True)


class MapDefaults(Word):
    """What holds where neither a code nor the file says it.

    ``said_on`` is ``"document"`` for the day on which the document was published, or a date.
    """

    holder: Id | None = None
    speaker: Id | None = None
    speaker_party: Id | None = None
    said_on: PartialDate | None = None
    said_on_basis: DateBasis | None = None
    outlet: str | None = Field(default=None, pattern=VISIBLE)
    published_on: PartialDate | None = None
    published_on_basis: DateBasis | None = None

    @field_validator("said_on", mode="before")
    @classmethod
    def _day_of_the_document(cls, value: object) -> object:
        return None if value == "document" else value


class SourceMeaning(Word):
    """What a source of the file is as a document: ``source`` is its name there, the rest fields of a document.

    With ``ignore`` it and all that was coded in it is left out.
    """

    source: str
    ignore: bool = False
    id: Id | None = None
    title: str | None = Field(default=None, pattern=VISIBLE_OR_BLANK)
    outlet: str | None = Field(default=None, pattern=VISIBLE)
    origin: str | None = Field(default=None, pattern=VISIBLE)
    published_on: PartialDate | None = None
    published_on_basis: DateBasis | None = None
    author: str | None = Field(default=None, pattern=VISIBLE_OR_BLANK)
    url: str | None = None
    language: Language | None = None


class CodeMap(Word):
    """A mapping file: defaults, sources and codes."""

    defaults: MapDefaults = MapDefaults()
    documents: tuple[SourceMeaning, ...] = ()
    codes: tuple[CodeMeaning, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> CodeMap:
        if repeated := first_repeated(meaning.code for meaning in self.codes):
            raise FieldError("codes", f"code {' › '.join(repeated)!r} is declared twice")
        if name := first_repeated(one.source for one in self.documents):
            raise FieldError("documents", f"source {name!r} is declared twice")
        return self

    @cached_property
    def _meanings(self) -> Mapping[CodePath, CodeMeaning]:
        return {meaning.code: meaning for meaning in self.codes}

    def fields_of(self, path: CodePath) -> Mapping[str, Any]:
        """Return what a code gives with those that contain it; nothing if the file says nothing of any of them."""
        given: dict[str, Any] = {}
        steps = [path[:length] for length in range(1, len(path) + 1)]
        if path[-1:] in self._meanings and path not in self._meanings:
            steps.append(path[-1:])  # by its own name alone
        for step in steps:
            if meaning := self._meanings.get(step):
                own = dict(meaning.fields)
                if own and not own.get("ignore"):
                    given.pop("ignore", None)
                if own.get("issue") not in (None, given.get("issue")):
                    given = {name: value for name, value in given.items() if name not in ("element", "stance")}
                given |= own
        return given


NO_MAP: Final = CodeMap()
"""A map that says nothing: only the codebook's own codes mean something then."""


def read_code_map(path: Path, codebook: Codebook) -> CodeMap:
    """Read a mapping file; raise ``DataError`` with every word that the codebook lacks, and the nearest."""
    content = read_bytes(path)
    code_map = parse_toml(content, CodeMap, name=path.name)
    if problems := list(_unknown_words(code_map, codebook)):
        raise DataError(toml_findings(problems, decode(content, where=path.name), name=path.name))
    return code_map


def _unknown_words(code_map: CodeMap, codebook: Codebook) -> Iterator[tuple[Loc, str]]:
    yield from (((("defaults", field)), words) for field, words in _unknown_ids(code_map.defaults, codebook))
    for place, meaning in enumerate(code_map.codes):
        yield from ((("codes", place, field), words) for field, words in _unknown_ids(meaning, codebook))
        whole = code_map.fields_of(meaning.code)
        yield from ((("codes", place, field), words) for field, words in _unknown_stance(whole, codebook))


def _unknown_ids(meaning: MapDefaults | CodeMeaning, codebook: Codebook) -> Iterator[tuple[str, str]]:
    for field in ("holder", "speaker_party"):
        if (party := getattr(meaning, field)) is not None:
            yield from _problem(field, codebook.party, party)
    for field in _SAID_BY:
        speaker = getattr(meaning, field, None)
        if speaker is not None:
            yield from _problem(field, codebook.speaker, speaker)


def _unknown_stance(fields: Mapping[str, Any], codebook: Codebook) -> Iterator[tuple[str, str]]:
    issue = fields.get("issue")
    if issue is None:
        if "element" in fields:
            yield "element", f"found {fields['element']!r}, but neither this code nor one that contains it has an issue"
        return
    if problems := list(_problem("issue", codebook.issue, issue)):
        yield from problems
        return
    if (element := fields.get("element")) is not None:
        yield from _problem("element", lambda one: codebook.element(issue, one), element)
    for field in ("stance", "stance_to"):
        if (stance := fields.get(field)) is not None:
            yield from _problem(field, codebook.issue(issue).level, stance)


def _problem(field: str, look_up: Any, value: Any) -> Iterator[tuple[str, str]]:
    try:
        look_up(value)
    except QueryError as error:
        yield field, error.message
