"""A statement: one quote-anchored claim about one holder's stance on one element of one issue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Annotated, Final, Literal, NamedTuple, TypeAlias

from pydantic import Field, model_validator

from positions.codebook import Codebook, Id, Word
from positions.dates import PartialDate
from positions.documents import DateBasis, Document
from positions.errors import QueryError, allowed

Voice: TypeAlias = Literal["self", "ascribed", "framing"]
"""Whose word it is: the holder's own side, another party's about the holder, or the outlet's own."""
Directness: TypeAlias = Literal["direct", "paraphrase", "framing"]
"""How the words reach us: inside quotation marks, as reported speech, or with no speaker at all."""

UNKNOWN_SPEAKER = "unknown"
"""The speaker id of a source that the document does not name; it speaks for no party."""


class Claim(Word):
    """What a statement and a candidate share, as the codebook's rules define it; impossible combinations are refused.

    ``quote`` is the document's own characters from ``start`` to ``end``, counted in Unicode code points from 0,
    ``end`` exclusive. ``speaker`` utters it for ``speaker_party``; ``holder`` is whose position it is. ``stance``
    is a level of the issue, ``None`` where it is unresolved; with ``stance_to`` (scales only) any level between is
    meant. ``condition_for`` names,
    as ``issue`` or ``issue/element``, what the holder says comes only after this. ``confidence`` is the coder's,
    in [0, 1].
    """

    id: Id
    document: Id
    quote: str = Field(min_length=1)
    start: int = Field(ge=0)
    end: int = Field(gt=0)
    speaker: Id | None = None
    speaker_party: Id | None = None
    relayed_by: Id | None = None
    holder: Id
    voice: Voice
    directness: Directness
    issue: Id
    element: Id | None = None
    stance: int | None = None
    stance_to: int | None = None
    said_on: PartialDate
    said_on_basis: DateBasis
    condition_for: Annotated[str, Field(pattern=r"^[^/\s]+(/[^/\s]+)?$")] | None = None
    coder: str = Field(min_length=1)
    confidence: float = Field(default=1.0, ge=0, le=1)
    note: str = ""

    @model_validator(mode="after")
    def _possible(self) -> Claim:
        if self.end - self.start != len(self.quote):
            raise ValueError(f"end: found {self.end}, allowed: {self.start + len(self.quote)}, where the quote ends")
        if self.stance_to is not None and (self.stance is None or self.stance_to <= self.stance):
            raise ValueError(f"stance_to: found {self.stance_to}, allowed: above stance {self.stance}")
        if (self.voice == "framing") != (self.directness == "framing"):
            raise ValueError(
                f"directness: found {self.directness!r} with voice {self.voice!r}; framing goes with framing"
            )
        if self.voice == "framing":
            for field in ("speaker", "speaker_party", "relayed_by"):
                if value := getattr(self, field):
                    raise ValueError(f"{field}: found {value!r}; the outlet's own framing has none")
            return self
        if self.speaker is None:
            raise ValueError(f"speaker: missing; only framing has none, an unnamed source is {UNKNOWN_SPEAKER!r}")
        if self.voice == "self" and self.speaker_party != self.holder:
            raise ValueError(
                f"voice: found 'self', but the speaker speaks for {self.speaker_party} and the holder is {self.holder}"
            )
        if self.voice == "ascribed" and self.speaker_party == self.holder and self.relayed_by is None:
            raise ValueError(f"voice: found 'ascribed', but {self.holder} speaks about itself and nobody relays it")
        return self


class Statement(Claim):
    """A claim whose stance is settled: what positions are made of."""

    stance: int

    @property
    def highest(self) -> int:
        """The upper end of the stance range; the stance itself where it is a point."""
        return self.stance if self.stance_to is None else self.stance_to


def codebook_problems(statement: Claim, codebook: Codebook) -> tuple[str, ...]:
    """Check a statement against the codebook; return one line ``field: found …, allowed: …`` for each problem."""
    return (*word_problems(statement, codebook), *role_problems(statement, codebook))


_WORDS: Final[Callable[[Mapping[str, object]], tuple[object, ...]]] = itemgetter(
    *("holder", "speaker", "speaker_party", "relayed_by"),
    *("issue", "element", "stance", "stance_to", "condition_for"),
)


def statement_words(statement: Claim) -> tuple[object, ...]:
    """Return all that :func:`word_problems` looks at: the same words have the same problems."""
    return _WORDS(vars(statement))


def word_problems(statement: Claim, codebook: Codebook) -> tuple[str, ...]:
    """Check that the codebook knows a statement's words: parties, speakers, issue, element, stance."""
    problems: list[str] = []

    def known(field: str, look_up: Callable[..., object], *args: object) -> bool:
        try:
            look_up(*args)
        except QueryError as error:
            problems.append(f"{field}: {str(error).partition(': ')[2]}")
            return False
        return True

    known("holder", codebook.party, statement.holder)
    if statement.speaker_party:
        known("speaker_party", codebook.party, statement.speaker_party)
    for field in ("speaker", "relayed_by"):
        if name := getattr(statement, field):
            known(field, codebook.speaker, name)
    if known("issue", codebook.issue, statement.issue):
        problems.extend(_stance_problems(statement, codebook))
    if statement.condition_for:
        issue_id, _, element_id = statement.condition_for.partition("/")
        look_up = (codebook.element, issue_id, element_id) if element_id else (codebook.issue, issue_id)
        known("condition_for", *look_up)
    return tuple(problems)


def _stance_problems(statement: Claim, codebook: Codebook) -> list[str]:
    issue = codebook.issue(statement.issue)
    problems = []
    elements = [element.id for element in issue.elements]
    if elements and statement.element not in elements:
        problems.append(f"element: {allowed(statement.element, elements)}")
    elif not elements and statement.element is not None:
        problems.append(f"element: found {statement.element!r}, allowed: none, {issue.id} has no elements")
    for field in ("stance", "stance_to"):
        stance = getattr(statement, field)
        if stance is not None and stance not in issue.values:
            problems.append(f"{field}: {allowed(stance, map(str, issue.values))}")
    if statement.stance_to is not None and issue.kind != "scale":
        problems.append(f"stance_to: found {statement.stance_to}, allowed: none, {issue.id} is no scale")
    return problems


def role_problems(statement: Claim, codebook: Codebook) -> list[str]:
    """Check that the speaker speaks for the party on the day, and that a relay by another party is not ``self``."""
    problems = []
    day = statement.said_on.last
    speaker, relay = statement.speaker, statement.relayed_by
    if speaker and codebook.knows_speaker(speaker):
        parties = codebook.speaker(speaker).parties_on(day)
        if statement.speaker_party not in (parties or (None,)):
            told = allowed(statement.speaker_party, parties or ["none"])
            problems.append(f"speaker_party: {told} for {speaker} on {statement.said_on}")
    if relay and statement.voice == "self" and codebook.knows_speaker(relay):
        parties = codebook.speaker(relay).parties_on(day)
        if statement.holder not in parties:
            problems.append(f"voice: found 'self', but {relay}, who relays it, does not speak for {statement.holder}")
    return problems


class Anchor(NamedTuple):
    """Where and when a claim was said: all of it that its document can tell; the names are :class:`Claim`'s."""

    document: str
    quote: str
    start: int
    end: int
    said_on: PartialDate


def document_problems(statement: Claim | Anchor, document: Document) -> tuple[str, ...]:
    """Check a statement against its document: the quote at its offsets, the date not after the publication."""
    problems = []
    if document.text is not None and document.text[statement.start : statement.end] != statement.quote:
        found = document.text[statement.start : statement.end]
        problems.append(f"quote: the document reads {found[:80]!r} at {statement.start}–{statement.end}")
    if statement.said_on.last > document.published_on.last:
        problems.append(f"said_on: found {statement.said_on}, allowed: up to the publication, {document.published_on}")
    return tuple(problems)
