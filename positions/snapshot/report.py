"""The report of one date as a frozen model: everything that a renderer shows and nothing it has to work out.

Wherever a number in ``notes`` stands, it leads to the :class:`Note` of that number, which holds the exact quote.
Dates come twice, as ISO 8601 text and in words; names of parties and issues stand beside their ids. Tuples over the
compared parties follow the order of :attr:`Report.parties`, everything else the order of the codebook.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias

from positions.analysis.demands import DemandStatus
from positions.model.statement import Directness, Voice
from positions.model.words import Word
from positions.snapshot.report_changes import Changes
from positions.snapshot.report_distances import PairView

Section: TypeAlias = Literal["demands", "distances", "silence", "changes", "positions"]
"""The section that takes a headline sentence further where no single statement does."""


class Asked(Word):
    """The arguments that made the report; with the log that ``head`` names they make it again.

    ``since`` is the earlier day that changes are told from; ``parties`` and ``issues`` are empty where all are told.
    """

    as_of: date
    since: date
    known_at: str | None = None
    public_by: date | None = None
    parties: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()


class Mark(Word):
    """How a party looks and whether it is compared: its hue (``#rrggbb``) and marker shape go with the name."""

    party: str
    name: str
    hue: str
    shape: str
    principal: bool


class Headline(Word):
    """A sentence that follows from the numbers, with the statements or the section behind it."""

    text: str
    notes: tuple[int, ...] = ()
    see: Section | None = None


class PositionView(Word):
    """A position: what a party holds on an issue, or on one element of it, on the date.

    The fields of :data:`positions.wording.rows.POSITION_COLUMNS` mean what they mean there; ``about`` names the
    element, ``part_of`` the containing element that was really spoken of, if that is another one.
    ``span`` is what disagreeing statements reach over in [0, 1], the value's own range when nothing is contested.
    ``since_words`` opens with *since*, or with *said* where the day is vague. ``quote`` is the deciding statement's,
    ``speaker`` who said it; ``notes`` lists the deciding one first.
    """

    holder: str
    name: str
    issue: str
    label: str
    element: str | None
    about: str
    part_of: str
    stance: int
    stance_to: int
    value: float
    value_to: float
    span: tuple[float, float]
    words: str
    since: str
    since_words: str
    age_days: int
    reported: bool
    contested: bool
    basis: tuple[str, ...]
    said_of: str | None
    quote: str
    speaker: str
    notes: tuple[int, ...]


class Tick(Word):
    """A level of a scale: where it lies in [0, 1] and what it is called."""

    value: float
    label: str


class ScaleView(Word):
    """An issue on which parties stand between two poles; ``silent`` names the compared parties that have not spoken."""

    issue: str
    label: str
    definition: str
    plus: str
    minus: str
    ticks: tuple[Tick, ...]
    held: tuple[PositionView, ...]
    silent: tuple[str, ...]


class OptionRow(Word):
    """An option that somebody spoke of: one cell a compared party, ``None`` where it is silent.

    ``within`` names the containing option; ``nested`` tells that this one has a row of its own above.
    """

    element: str
    label: str
    within: str
    nested: bool
    cells: tuple[PositionView | None, ...]


class OptionsQuote(Word):
    """What one party says with one quote about several options, in words: ``proposes Warsaw and Baku``."""

    holder: str
    name: str
    words: str
    since_words: str
    reported: bool
    contested: bool
    quote: str
    speaker: str
    notes: tuple[int, ...]


class PairGround(Word):
    """The options two parties that spoke both accept; where none, those that one accepts and neither rejects."""

    parties: tuple[str, str]
    names: tuple[str, str]
    common: tuple[str, ...]
    open: tuple[str, ...]


class OptionsView(Word):
    """An issue of alternatives as a table of option by party, with the ground that each pair shares.

    ``noun`` is what the codebook calls one of the options.
    """

    issue: str
    label: str
    definition: str
    noun: str = "option"
    rows: tuple[OptionRow, ...]
    told: tuple[OptionsQuote, ...]
    ground: tuple[PairGround, ...]
    silent: tuple[str, ...]


class DemandAnswer(Word):
    """An addressee's answer to a demand: with its demand one row of :func:`positions.analysis.demands.demands_at`.

    ``held`` is ``None`` if the addressee is silent, ``refusal`` in [0, 1] too; ``claimed`` is what others say of it.
    """

    addressee: str
    name: str
    status: DemandStatus
    refusal: float | None
    held: PositionView | None
    claimed: tuple[int, ...]


class DemandView(Word):
    """What one party wants from others; ``insistence`` in [0, 1] is how firmly, 0 if dropped, and ``words`` says it.

    ``first_made`` and ``last_repeated`` are days as ISO 8601 text.
    """

    held: PositionView
    words: str
    insistence: float
    first_made: str
    last_repeated: str
    answers: tuple[DemandAnswer, ...]


class Utterance(Word):
    """One statement told by itself: who is said to hold what, by whose word (``by``), when and in which words."""

    statement: str
    holder: str
    name: str
    about: str
    words: str
    by: str
    said_on: str
    said_on_words: str
    quote: str
    note: int


class Contested(Word):
    """A position on which statements of the same day and rank disagree, with all of them."""

    holder: str
    name: str
    about: str
    utterances: tuple[Utterance, ...]


class SilentIssue(Word):
    """An issue on which a party has not spoken; ``claimed`` leads to what others say about it there."""

    issue: str
    label: str
    claimed: tuple[int, ...]


class QuietIssue(Word):
    """An issue on which a party last spoke on or before the earlier day, ``age_days`` before the report's."""

    issue: str
    label: str
    last: str
    last_words: str
    age_days: int
    notes: tuple[int, ...]


class Silence(Word):
    """What a compared party has not said, and on what it has said nothing new: the longest quiet first."""

    holder: str
    name: str
    issues: tuple[SilentIssue, ...]
    quiet: tuple[QuietIssue, ...]


class CodedReading(Word):
    """How a quote was coded: one statement of the data, whose position it is and what it says."""

    statement: str
    holder: str
    name: str
    voice: Voice
    about: str
    words: str


class Note(Word):
    """A quote, exactly as its document has it, with every statement that rests on it."""

    number: int
    quote: str
    speaker: str
    relayed_by: str
    directness: Directness
    said_on: str
    said_on_words: str
    document: str
    title: str
    outlet: str
    author: str
    url: str
    published_on: str
    published_on_words: str
    readings: tuple[CodedReading, ...]


class Report(Word):
    """What the parties held on one date, as far as the log knew: the whole content of every format."""

    format: Literal["positions-report-1"]
    title: str
    asked: Asked
    as_of_words: str
    head: str
    basis: tuple[str, ...]
    parties: tuple[Mark, ...]
    headlines: tuple[Headline, ...]
    changes: Changes
    scales: tuple[ScaleView, ...]
    options: tuple[OptionsView, ...]
    demands: tuple[DemandView, ...]
    conditions: tuple[PositionView, ...]
    pairs: tuple[PairView, ...]
    contested: tuple[Contested, ...]
    claims: tuple[Utterance, ...]
    framings: tuple[Utterance, ...]
    silence: tuple[Silence, ...]
    others: tuple[PositionView, ...]
    notes: tuple[Note, ...]
    method: tuple[str, ...]

    @property
    def as_of(self) -> date:
        """The day of the report."""
        return self.asked.as_of

    @property
    def principals(self) -> tuple[Mark, ...]:
        """The compared parties, in the order of columns and pairs."""
        return tuple(mark for mark in self.parties if mark.principal)
