from __future__ import annotations

import html
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from positions.analysis.changes import PositionChange, state_changes
from positions.analysis.common_ground import find_common_ground
from positions.analysis.demands import demands_at
from positions.analysis.distance import compare
from positions.analysis.movement import movement_between
from positions.analysis.state import state_at
from positions.errors import QueryError
from positions.model.codebook import Codebook
from positions.model.revision import InForce, Record, Revision, Withdrawn
from positions.snapshot.build import build_report
from positions.snapshot.render import render_report
from positions.snapshot.report import Report
from positions.snapshot.scope import ReportScope, earlier_day, narrow_codebook
from tests.examples import golden_codebook, golden_codebook_with, golden_records, said
from tests.positions.snapshot.pages import check, golden, known
from tests.strategies import books

START, DAY = date(2022, 3, 8), date(2022, 3, 15)


def own(records: tuple[Record, ...]) -> list[Record]:
    return [record for record in records if record.statement.voice == "self"]


def test_moves_are_told_with_their_quotes_and_lead_to_both_statements() -> None:
    report = golden()
    assert report.asked.since == START
    notes = {note.number: note for note in report.notes}
    moves = {(move.holder, move.about): move for move in report.changes.moves}
    russia = moves["RUS", "Neutrality"]
    assert (russia.kind, russia.before) == ("moved", "for it")
    assert russia.after.endswith("to for it")
    assert notes[russia.notes[0]].quote == russia.quote == "RUS on neutrality"
    assert notes[russia.before_notes[0]].said_on == "2022-03-01"
    assert notes[russia.notes[0]].said_on == "2022-03-10"
    assert moves["RUS", "Venue: Istanbul"].kind == "first stated"
    assert not moves["RUS", "Venue: Istanbul"].before_notes
    check(report)


def test_events_between_the_two_days_are_listed_with_their_source() -> None:
    def event(name: str, day: str, **fields: str) -> dict[str, str]:
        return {"id": name, "label": f"Event {name}", "date": day, "source": "a paper of that day", **fields}

    events = (
        event("late", "2022-03-15"),
        event("first", "2022-03-08"),
        event("over", "2022-03-01", end="2022-03-09"),
        event("after", "2022-03-16"),
    )
    codebook = golden_codebook_with(events=events)
    report = build_report(known(golden_records()), codebook, ReportScope(DAY, START), head="1:a")
    assert [one.event for one in report.changes.events] == ["over", "late"]
    assert report.changes.events[0].days_words == "1 March 2022 to 9 March 2022"
    for form in ("md", "html"):
        page = render_report(report, form)
        assert "Event late" in page
        assert "a paper of that day" in page
        assert "Event first" not in page
    check(report)


def test_what_only_outlets_or_others_say_changes_nothing() -> None:
    more = [
        said("2022-03-14", "UKR", "neutrality", 2, number=92, voice="framing"),
        said("2022-03-14", "RUS", "venue/geneva", 2, number=93, voice="ascribed"),
    ]
    assert golden(*more).changes.moves == golden().changes.moves


def test_demands_that_came_and_went() -> None:
    records = [
        said("2022-03-01", "UKR", "preconditions/halt-attacks", 2, number=1),
        said("2022-03-09", "UKR", "preconditions/halt-attacks", 0, number=2),
        said("2022-03-09", "RUS", "preconditions/demilitarisation", 2, number=3),
    ]
    found = build_report(known(records), golden_codebook(), ReportScope(date(2022, 3, 10)), head="1:a")
    turns = [(turn.turn, turn.name, turn.addressee_name, turn.status) for turn in found.changes.demands]
    assert turns == [("new", "Russia", "Ukraine", "unanswered"), ("dropped", "Ukraine", "Russia", "dropped")]
    assert "dropped" in render_report(found, "md").lower()
    check(found)


def test_common_ground_that_came_and_went() -> None:
    records = [
        said("2022-03-01", "UKR", "venue/istanbul", 1, number=1),
        said("2022-03-01", "RUS", "venue/istanbul", -1, number=2),
        said("2022-03-05", "RUS", "venue/istanbul", 2, number=3),
    ]
    found = build_report(known(records), golden_codebook(), ReportScope(date(2022, 3, 6), date(2022, 3, 2)), head="1:a")
    [turn] = found.changes.ground
    assert (turn.turn, turn.names) == ("new", ("Russia", "Ukraine"))
    assert "Istanbul" in turn.words
    assert {note.said_on for note in found.notes if note.number in turn.notes} == {"2022-03-01", "2022-03-05"}
    records.append(said("2022-03-07", "UKR", "venue/istanbul", -2, number=4))
    later = build_report(known(records), golden_codebook(), ReportScope(date(2022, 3, 8), date(2022, 3, 6)), head="1:a")
    assert [turn.turn for turn in later.changes.ground] == ["gone"]
    check(later)


def test_corrected_records_stand_apart() -> None:
    records = [
        said("2022-03-01", "RUS", "neutrality", 2, number=1),
        corrected(said("2022-03-05", "RUS", "neutrality", -2, number=2)),
    ]
    found = build_report(known(records), golden_codebook(), ReportScope(date(2022, 3, 6), date(2022, 3, 2)), head="1:a")
    assert found.changes.told == ()
    assert [(move.before, move.after) for move in found.changes.doubtful] == [("for it", "rejects it")]
    assert [(item.revision, item.about) for item in found.changes.recoded] == [(2, "Neutrality")]
    for form in ("html", "md"):
        assert "Recoded records" in render_report(found, form)
    check(found)


def test_retracted_records_are_told_with_the_reason_and_nothing_rests_on_them() -> None:
    kept, gone = (said(day, "RUS", "neutrality", 2, number=n) for n, day in enumerate(("2022-03-01", "2022-03-05")))
    moment = gone.recorded_at
    retraction = Revision("statement", gone.statement.id, 2, "retract", None, moment, "anna", "a <b>misreading</b>")
    held = InForce(known([kept]).documents, (kept,), (Withdrawn(gone.statement, retraction),))

    def told(since: date, parties: tuple[str, ...] = ()) -> Report:
        return build_report(held, golden_codebook(), ReportScope(date(2022, 3, 6), since, parties), head="1:a")

    found = told(date(2022, 3, 2))
    [item] = found.changes.withdrawn
    assert (item.statement, item.about, item.quote) == (gone.statement.id, "Neutrality", gone.statement.quote)
    assert item.statement not in {reading.statement for note in found.notes for reading in note.readings}
    assert "a &lt;b&gt;misreading&lt;/b&gt;" in render_report(found, "html")
    assert "Recoded records" in render_report(found, "md")
    check(found)
    assert told(date(2022, 3, 5)).changes.withdrawn == ()
    assert told(date(2022, 3, 2), ("UKR", "USA")).changes.withdrawn == ()


def corrected(record: Record) -> Record:
    return Record(record.statement, record.published_on, record.outlet, record.recorded_at, 2)


DAYS = [date(2022, 1, 31), date(2022, 2, 23), date(2022, 2, 24), date(2022, 4, 10)]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2022, 2, 27), date(2022, 2, 20)),
        (date(2022, 4, 10), date(2022, 4, 3)),
        (date(2022, 3, 20), date(2022, 2, 23)),
        (date(2022, 2, 10), date(2022, 2, 3)),
        (date(2022, 1, 1), date(2021, 12, 25)),
    ],
)
def test_the_earlier_day_is_a_week_before_or_the_last_but_one_with_a_statement(as_of: date, expected: date) -> None:
    assert earlier_day(as_of, DAYS) == expected


def test_an_earlier_day_that_is_not_earlier_is_refused() -> None:
    with pytest.raises(QueryError, match="since: found 2022-03-15, allowed: before 2022-03-15"):
        build_report(known(golden_records()), golden_codebook(), ReportScope(DAY, DAY), head="1:a")


def test_a_report_tells_only_of_the_parties_and_issues_asked_for() -> None:
    def narrow(**options: Any) -> Report:
        return build_report(known(golden_records()), golden_codebook(), ReportScope(DAY, **options), head="1:a")

    two = narrow(parties=["UKR", "RUS"])
    assert [mark.party for mark in two.principals] == ["RUS", "UKR"]
    assert two == narrow(parties=["RUS", "UKR"])
    assert {item.holder for item in two.silence} == {"RUS", "UKR"}
    assert two.pairs[0].distance == golden().pairs[0].distance
    alone = narrow(parties=["UKR"])
    assert alone.pairs == ()
    assert {answer.addressee for demand in alone.demands for answer in demand.answers} >= {"RUS"}
    on = narrow(issues=["neutrality"])
    assert [scale.issue for scale in on.scales] == ["neutrality"]
    assert on.options == on.demands == ()
    assert on.pairs[0].distance == next(i.distance for i in golden().pairs[0].issues if i.issue == "neutrality")
    for report in (two, alone, on, narrow(parties=["USA"], issues=["venue"])):
        check(report)
    with pytest.raises(QueryError, match="found 'XYZ'"):
        narrow(parties=["XYZ"])


def slow_changes(report: Report, records: tuple[Record, ...], words: Codebook) -> None:
    """Hold the report against the engine asked about all records, one question at a time."""
    days = report.asked.since, report.asked.as_of
    before, after = (state_at(own(records), words, as_of=day) for day in days)
    compared = [party.id for party in words.principals]
    found = [change for change in state_changes(before, after) if change.key[0] in compared]
    assert report.changes.repeated <= sum(change.kind == "repeated" for change in found)
    moved = {change.key[:2] for change in found if change.kind == "moved" or _has_moved(change, records, words, days)}
    assert {(move.holder, move.issue) for move in report.changes.moves if move.kind == "moved"} == moved
    made = [
        {
            (d.demander, d.addressee, d.issue, d.element)
            for d in demands_at(own(records), words, as_of=day)
            if d.insistence
        }
        for day in days
    ]
    turns = {(turn.demander, turn.addressee, turn.turn) for turn in report.changes.demands}
    assert {turn[:2] for turn in turns if turn[2] == "new"} == {key[:2] for key in made[1] - made[0]}
    assert {turn[:2] for turn in turns if turn[2] == "dropped"} == {key[:2] for key in made[0] - made[1]}
    for told_pair in report.pairs:
        pair = told_pair.parties
        was, began, now = (
            {
                (ground.issue, ground.element)
                for ground in find_common_ground(state_at(records, words, as_of=day), words, pair)
                if ground.is_common
            }
            for day in (days[0], told_pair.shift.start, days[1])
        )
        was |= began - now
        told = [turn for turn in report.changes.ground if turn.parties == pair]
        assert len([turn for turn in told if turn.turn == "gone"]) == len(was - now)
        assert len([turn for turn in told if turn.turn == "new"]) >= len(now - was)
    for told_pair in report.pairs:
        movement = movement_between(records, words, *told_pair.parties, start=days[0], end=days[1])
        shift = told_pair.shift
        for name in ("start", "movement", "change", "verdict", "level_band", "rests_on"):
            assert getattr(shift, name) == getattr(movement, name), name
        for name in ("movement", "entered", "left", "framing"):
            assert getattr(shift, name) == (getattr(movement.parts, name) if movement.parts else None)
        for point in told_pair.course:
            comparison = compare(state_at(records, words, as_of=point.day), words, *told_pair.parties)
            assert (point.distance, point.lo, point.hi) == (comparison.distance, comparison.lo, comparison.hi)
        assert told_pair.course[-1].distance == told_pair.distance


def _has_moved(change: PositionChange, records: tuple[Record, ...], words: Codebook, days: tuple[date, date]) -> bool:
    """Return whether a party that first stated a position since the earlier day has changed it since."""
    if change.kind != "first stated" or change.after is None:
        return False
    last = change.after.stance, change.after.highest
    for day in range(days[0].toordinal() + 1, days[1].toordinal()):
        position = state_at(own(records), words, as_of=date.fromordinal(day)).positions.get(change.key)
        if position:
            return (position.stance, position.highest) != last
    return False


def test_who_states_a_position_and_changes_it_in_one_window_has_moved() -> None:
    records = [
        said("2022-03-10", "UKR", "venue/belarus", 1, number=1),
        said("2022-03-12", "UKR", "venue/belarus", -2, number=2),
    ]
    report = build_report(known(records), golden_codebook(), ReportScope(DAY, START), head="1:a")
    assert {(move.kind, move.before, move.after) for move in report.changes.moves} == {
        ("moved", "open to it", "rejects it")
    }
    assert "No move by a party's own word" not in html.unescape(render_report(report, "html"))
    [headline] = [line.text for line in report.headlines if line.text.startswith("Moved since 8 March 2022: ")]
    assert "Ukraine on Venue: Belarus from “open to it” to “rejects it” (Someone, 12 March 2022)" in headline


def test_a_move_away_from_a_wider_place_says_so_and_what_follows_from_it_is_not_named() -> None:
    records = [
        said("2022-03-01", "UKR", "venue/any", 1, number=1),
        said("2022-03-12", "UKR", "venue/belarus", -2, number=2),
    ]
    report = build_report(known(records), golden_codebook(), ReportScope(DAY, START), head="1:a")
    [move] = report.changes.moves
    assert (move.about, move.before_part_of) == ("Venue: Belarus", "any place")
    for form in ("html", "md"):
        assert "open to it (as part of any place)" in render_report(report, form)
    check(report)


def test_a_first_statement_that_was_said_again_keeps_its_first_day() -> None:
    records = [said(day, "RUS", "neutrality", 2, number=n) for n, day in enumerate(("2022-03-09", "2022-03-14"))]
    report = build_report(known(records), golden_codebook(), ReportScope(DAY, START), head="1:a")
    [move] = report.changes.moves
    assert (move.kind, move.first_words, move.said_on_words) == ("first stated", "9 March 2022", "14 March 2022")
    assert len(move.notes) == 2
    assert "9 March 2022, last 14 March 2022" in render_report(report, "md")
    check(report)


def test_what_is_newly_shared_on_an_outlets_word_or_by_a_vague_date_is_marked() -> None:
    records = [
        said("2022-03-01", "UKR", "venue/any", 1, number=1),
        said("2022-03-12", "RUS", "venue/istanbul", 2, number=2, voice="framing"),
        said("2022-03-02/2022-03-12", "USA", "venue/istanbul", 2, number=3),
    ]
    report = build_report(known(records), golden_codebook(), ReportScope(DAY, START), head="1:a")
    turns = {turn.parties: turn for turn in report.changes.ground}
    assert {turn.turn for turn in turns.values()} == {"new"}
    assert (turns["RUS", "UKR"].reported, turns["RUS", "UKR"].age) == ("of Russia only an outlet says so", "")
    assert (turns["UKR", "USA"].reported, turns["UKR", "USA"].age) == ("", "perhaps already before")
    headline = next(line.text for line in report.headlines if line.text.startswith("Newly shared since 8 March 2022: "))
    assert "Russia and Ukraine both accept Istanbul (Venue; of Russia only an outlet says so)" in headline
    check(report)


def test_only_places_that_were_not_shared_before_are_newly_shared() -> None:
    records = [
        *(said("2022-03-01", party, "venue/minsk", 1, number=n) for n, party in enumerate(("RUS", "UKR"))),
        *(said("2022-03-12", party, "venue/istanbul", 1, number=n) for n, party in enumerate(("RUS", "UKR"), 3)),
    ]
    report = build_report(known(records), golden_codebook(), ReportScope(DAY, START), head="1:a")
    assert [turn.words for turn in report.changes.ground] == ["both accept Istanbul"]


def test_what_two_shared_only_in_between_has_closed() -> None:
    records = [
        *(said("2022-03-10", party, "venue/minsk", 1, number=n) for n, party in enumerate(("RUS", "UKR"))),
        said("2022-03-12", "UKR", "venue/minsk", -2, number=3),
    ]
    report = build_report(known(records), golden_codebook(), ReportScope(DAY, START), head="1:a")
    [turn] = report.changes.ground
    assert (turn.turn, turn.names, turn.about) == ("gone", ("Russia", "Ukraine"), "Venue")
    ended = "Ended since 8 March 2022: Russia and Ukraine no longer both accept Minsk (Venue; shared on 10 March 2022)."
    assert ended in [line.text for line in report.headlines]


def test_every_number_of_the_change_is_the_engines(shipped: tuple[Report, InForce, Codebook]) -> None:
    report, found, words = shipped
    slow_changes(report, found.records, words)
    slow_changes(golden(), golden_records(), golden_codebook())


@settings(max_examples=20)
@given(books(most=14), st.sampled_from(["2022-03-02", "2022-03-05"]))
def test_any_change_is_the_engines(records: tuple[Record, ...], since: str) -> None:
    report = build_report(
        known(records), golden_codebook(), ReportScope(date(2022, 3, 8), date.fromisoformat(since)), head="0:0"
    )
    slow_changes(report, records, golden_codebook())


def test_a_narrowed_codebook_has_only_what_was_asked_for() -> None:
    words = golden_codebook()
    assert narrow_codebook(words, (), ()) is words
    small = narrow_codebook(words, ["RUS"], ["venue"])
    assert [party.id for party in small.principals] == ["RUS"]
    assert [issue.id for issue in small.issues] == ["venue"]
    assert len(small.parties) == len(words.parties)


def test_what_is_quiet_is_told_with_its_age() -> None:
    report = golden(day="2022-03-20")
    ukraine = next(item for item in report.silence if item.holder == "UKR")
    assert next((issue.issue, issue.age_days) for issue in ukraine.quiet) == ("venue", 19)
    assert "19 days before" in render_report(report, "html")
    notes = {note.number: note for note in report.notes}
    for item in report.silence:
        for issue in item.quiet:
            assert {notes[number].said_on for number in issue.notes} == {issue.last}
