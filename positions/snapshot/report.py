"""The report of one date as a frozen model: everything that a renderer shows, so that it computes nothing itself.

The numbers in ``notes`` refer to :class:`Note` records, which hold the exact quotes. Dates come twice, as ISO 8601 text
and in words; parties and issues come with both name and id. Tuples over the compared parties follow the order of
:attr:`Report.parties`, everything else the order of the codebook.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from positions.kinds.records import DemandStatus
from positions.model.statement import Directness, Voice
from positions.model.words import Share, Word
from positions.snapshot.report_changes import Changes
from positions.snapshot.report_distances import PairView
from positions.wording.party_style import MarkShape

Section: TypeAlias = Literal["demands", "distances", "silence", "changes", "positions"]
"""The section to which a headline sentence leads if it rests on no single statement."""


class Asked(Word):
    """The arguments of the report; with the log that ``head`` names they give the same report again.

    ``since`` is the earlier day to compare with; ``parties`` and ``issues`` are empty if the report covers all.
    """

    as_of: date
    since: date
    known_at: str | None = None
    public_by: date | None = None
    parties: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()


class Mark(Word):
    """How a party is drawn, hue (``#rrggbb``) and marker shape, and whether it is compared (``principal``)."""

    party: str
    name: str
    hue: Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
    shape: MarkShape
    principal: bool


class Headline(Word):
    """A sentence computed from the numbers, with the notes or the section that it rests on."""

    text: str
    notes: tuple[int, ...] = ()
    see: Section | None = None


class PositionView(Word):
    """A position: what a party holds on an issue, or on one element of it, on the date.

    The fields of :data:`positions.wording.rows.POSITION_COLUMNS` mean what they mean there; ``about`` names the
    element, ``part_of`` the containing element if the statement was about that one. ``span`` is the range of values, in
    [0, 1], over which the statements disagree; the value's own range if it is not contested. ``since_words`` begins
    with *since*, or with *said* if the date is vague. ``quote`` and ``speaker`` are the deciding statement's; ``notes``
    lists that statement first.
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
    value: Share
    value_to: Share
    span: tuple[Share, Share]
    words: str
    since: str
    since_words: str
    age_days: int
    oldest_days: int | None
    reported: bool
    contested: bool
    outranked: str | None
    stale: bool
    basis: tuple[str, ...]
    said_of: str | None
    quote: str
    speaker: str
    notes: tuple[int, ...]


class Tick(Word):
    """A level of a scale: its value in [0, 1] and its label."""

    value: Share
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
    """An option that somebody spoke of: one cell per compared party, ``None`` if it is silent.

    ``within`` names the containing option; ``nested`` if that option has a row of its own above this one.
    """

    element: str
    label: str
    within: str
    nested: bool
    cells: tuple[PositionView | None, ...]


class OptionsQuote(Word):
    """A party's stance on several options by one quote, in words: ``proposes Warsaw and Baku``."""

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
    """The options that two parties both accept; ``open``, if there are none: one accepts and neither rejects them."""

    parties: tuple[str, str]
    names: tuple[str, str]
    common: tuple[str, ...]
    open: tuple[str, ...]


class OptionsView(Word):
    """An issue of alternatives as a table of options by party, with the common ground of each pair.

    ``noun`` is the codebook's word for one option; ``told`` lists the quotes, one row per party and quote.
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
    """An addressee's answer to a demand; the two make one row of :func:`positions.analysis.demands.demands_at`.

    ``held`` (its position) and ``refusal`` (in [0, 1]) are ``None`` if the addressee is silent; ``claimed`` lists the
    notes of what others say of it.
    """

    addressee: str
    name: str
    status: DemandStatus
    refusal: Share | None
    held: PositionView | None
    claimed: tuple[int, ...]


class DemandView(Word):
    """What one party wants from others; ``insistence`` is how firmly, in [0, 1], 0 if it was dropped.

    ``first_made`` and ``last_repeated`` are days as ISO 8601 text.
    """

    held: PositionView
    words: str
    insistence: Share
    first_made: str
    last_repeated: str
    answers: tuple[DemandAnswer, ...]


class Utterance(Word):
    """One statement on its own: who is said to hold what, on whose word (``by``), when, and the quote."""

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
    """A position on which statements of the same day disagree, with all of them; ``age`` in words if it is stale."""

    holder: str
    name: str
    about: str
    age: str
    utterances: tuple[Utterance, ...]


class SilentIssue(Word):
    """An issue on which a party has not spoken; ``claimed`` lists the notes of what others say about it."""

    issue: str
    label: str
    claimed: tuple[int, ...]


class QuietIssue(Word):
    """An issue on which a party last spoke on or before the earlier day, ``age_days`` before the report's day."""

    issue: str
    label: str
    last: str
    last_words: str
    age_days: int
    notes: tuple[int, ...]


class Silence(Word):
    """The issues on which a compared party is silent, and those on which it said nothing new, the longest first."""

    holder: str
    name: str
    issues: tuple[SilentIssue, ...]
    quiet: tuple[QuietIssue, ...]


class CodedReading(Word):
    """One statement that was coded from a quote: whose position it is and what it says."""

    statement: str
    holder: str
    name: str
    voice: Voice
    about: str
    words: str


class Note(Word):
    """A quote, exactly as in its document, with every statement that was coded from it.

    ``language`` is the document's as BCP 47 writes it, empty if it is not known; ``translation`` is empty without one.
    """

    number: int
    quote: str
    language: str = ""
    translation: str = ""
    translated_by: str = ""
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
    page: int | None = None
    readings: tuple[CodedReading, ...]


class Report(Word):
    """The positions of the parties on one date, as far as the log knew: the content of every output format."""

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
