"""Two books take in each other's work: nothing is lost, nothing is counted twice, whoever merges first."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count, permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from positions.analysis.state import state_at
from positions.errors import ConflictError, QueryError
from positions.model.query import Query
from positions.model.revision import InForce, select_in_force
from positions.model.statement import Statement
from positions.model.words import is_id
from positions.store.book import Book
from positions.store.entry import read_row
from positions.store.log import Log
from positions.store.merging.contested_ids import next_id
from positions.store.merging.merge import MergeResult, merge_books, open_conflicts, settle
from positions.store.merging.versions import read_rows
from positions.store.sqlite import SqliteLog
from positions.store.undo import restore_record, undo_writes
from positions.store.verify import verify_log
from tests.positions.store.conftest import SAYS, document, speaking_codebook

CODEBOOK = speaking_codebook()  # type: ignore[no-untyped-call]
START = datetime(2026, 1, 1, tzinfo=UTC)


class Copy:
    """One person's copy of the book; all copies share a clock, and each is told apart by its coder."""

    def __init__(self, coder: str, clock: Callable[[], datetime]) -> None:
        self.coder = coder
        self.clock = clock
        self.log: Log = SqliteLog(Path("nowhere.db"), in_memory=True)

    def write(self, work: Callable[[Book], Any]) -> Any:
        with self.log.writing():
            return work(Book(self.log, CODEBOOK, coder=self.coder, clock=self.clock))

    def add(self, **fields: Any) -> str:
        return str(self.write(lambda book: book.add(**(SAYS | fields))).id)

    def correct(self, record_id: str, **changes: Any) -> None:
        self.write(lambda book: book.correct(record_id, **changes))

    def retract(self, record_id: str) -> None:
        self.write(lambda book: book.retract(record_id, reason="coded twice"))

    def merge(self, *others: Copy) -> MergeResult:
        histories = [read_rows(other.log.rows()) for other in others]
        result: MergeResult = self.write(lambda book: merge_books(book, histories))
        return result

    def known(self) -> InForce:
        return select_in_force(map(read_row, self.log.rows()))

    def known_statement(self, record_id: str) -> Statement:
        return next(one.statement for one in self.known().records if one.statement.id == record_id)

    def stance(self, record_id: str) -> int | None:
        stances = [one.statement.stance for one in self.known().records if one.statement.id == record_id]
        return stances[0] if stances else None

    def open_records(self) -> list[str]:
        return [one.conflict.record for one in open_conflicts(self.log)]


def ticking() -> Callable[[], datetime]:
    ticks = count()
    return lambda: START + timedelta(minutes=next(ticks))


def copies(*coders: str, clock: Callable[[], datetime] | None = None) -> list[Copy]:
    """Copies that share a document and two statements, doc-01 and doc-02."""
    clock = clock or ticking()
    made = [Copy(coder, clock) for coder in coders]
    made[0].write(lambda book: book.add_document(document()))
    made[0].add(stance=1)
    made[0].add(stance=0, quote="Not in Minsk.")
    for other in made[1:]:
        other.merge(made[0])
    return made


def told(copy: Copy) -> list[str]:
    """What is in force, with when it was first recorded."""
    rows = [(one.statement.model_dump(mode="json"), one.recorded_at.isoformat()) for one in copy.known().records]
    return sorted(json.dumps(row) for row in rows)


def documents(copy: Copy) -> list[Any]:
    return [one.model_dump(mode="json") for _, one in sorted(copy.known().documents.items())]


def state_of(copy: Copy) -> list[tuple[object, ...]]:
    state = state_at(copy.known().records, CODEBOOK, as_of=date(2022, 3, 10))
    return [(key, position.stance, position.stance_to, position.contested) for key, position in state.positions.items()]


def open_stances(copy: Copy) -> list[list[str]]:
    return sorted(sorted(one.mark for one in conflict.versions) for conflict in open_conflicts(copy.log))


def test_a_copy_starts_as_the_book_it_was_made_from() -> None:
    anna, ben = copies("anna", "ben")
    assert told(anna) == told(ben)
    assert [row.recorded_at for row in ben.log.rows()] == [row.recorded_at for row in anna.log.rows()]


def test_new_statements_of_both_are_kept_and_neither_keeps_an_id_that_both_used() -> None:
    anna, ben = copies("anna", "ben")
    assert anna.add(stance=2) == ben.add(stance=-2) == "doc-03"
    result = anna.merge(ben)
    assert (result.added, result.renumbered, result.conflicts) == (["doc-03-ben"], {"doc-03": "doc-03-ben"}, [])
    assert result.given_up == {"doc-03": "doc-03-anna"}
    assert (anna.stance("doc-03"), anna.stance("doc-03-anna"), anna.stance("doc-03-ben")) == (None, 2, -2)
    assert anna.log.revisions_of("doc-03-ben")[0].reason == "doc-03 in the book that it was merged from"
    assert [row.action for row in anna.log.revisions_of("doc-03")] == ["add", "renumber"]
    assert anna.known().withdrawn == (), "nothing was taken back"
    ben.merge(anna)
    assert told(ben) == told(anna)


def test_merging_again_changes_nothing_and_neither_does_merging_back() -> None:
    anna, ben = copies("anna", "ben")
    anna.add(stance=2)
    ben.add(stance=-2)
    ben.correct("doc-01", stance=-1)
    anna.correct("doc-01", stance=2)
    anna.merge(ben)
    head = anna.log.head()
    assert anna.merge(ben).is_empty
    ben.merge(anna)
    assert ben.merge(anna).is_empty
    assert anna.merge(ben).is_empty
    assert anna.log.head() == head
    assert told(anna) == told(ben)


def test_a_correction_that_only_one_made_is_taken() -> None:
    anna, ben = copies("anna", "ben")
    ben.correct("doc-01", stance=2, reason="read again")
    result = anna.merge(ben)
    assert (result.added, result.corrected, result.conflicts) == ([], ["doc-01"], [])
    row = anna.log.last_of("statement", "doc-01")
    assert row is not None
    assert (anna.stance("doc-01"), row.recorded_by, row.reason, row.number) == (2, "ben", "read again", 2)


def test_corrections_of_both_are_a_conflict_that_stays_until_it_is_settled() -> None:
    anna, ben = copies("anna", "ben")
    anna.correct("doc-01", stance=2)
    ben.correct("doc-01", stance=-1)
    assert anna.merge(ben).conflicts == ["doc-01"]
    assert ben.merge(anna).conflicts == ["doc-01"]
    for copy in (anna, ben):
        (conflict,) = open_conflicts(copy.log)
        assert {one.recorded_by: one.side for one in conflict.versions}[copy.coder] == "ours"
        assert copy.stance("doc-01") == -1, "the one that was recorded last is in force meanwhile"
        assert verify_log(copy.log) == ()
    anna.write(lambda book: settle(book, "doc-01", "ours"))
    assert (anna.open_records(), anna.stance("doc-01")) == ([], 2)
    assert ben.merge(anna).conflicts == []
    assert (ben.open_records(), ben.stance("doc-01")) == ([], 2)


def test_settling_for_the_version_in_force_settles_it_in_every_book() -> None:
    anna, ben = copies("anna", "ben")
    anna.correct("doc-01", stance=2)
    ben.correct("doc-01", stance=-1)
    anna.merge(ben)
    ben.merge(anna)
    anna.write(lambda book: settle(book, "doc-01", "theirs"))
    ben.merge(anna)
    assert (anna.open_records(), ben.open_records()) == ([], [])
    assert anna.stance("doc-01") == ben.stance("doc-01") == -1


def test_a_retraction_against_a_correction_is_a_conflict() -> None:
    anna, ben = copies("anna", "ben")
    anna.retract("doc-01")
    ben.correct("doc-01", stance=-1)
    assert anna.merge(ben).conflicts == ["doc-01"]
    anna.write(lambda book: settle(book, "doc-01", "ours"))
    assert anna.stance("doc-01") is None
    assert verify_log(anna.log) == ()


def test_the_same_correction_by_both_is_no_conflict() -> None:
    anna, ben = copies("anna", "ben")
    anna.correct("doc-01", stance=2)
    ben.correct("doc-01", stance=2)
    assert anna.merge(ben).conflicts == []
    ben.merge(anna)
    assert told(anna) == told(ben)


def test_one_id_of_two_documents_is_told_apart_with_the_statements_on_them() -> None:
    anna, ben = copies("anna", "ben")
    for copy, text in ((anna, "“We agree to nothing,” he said.\n"), (ben, "“We may agree,” he said.\n")):
        copy.write(lambda book, text=text: book.add_document(document(text, "new")))
    anna.add(document="new", quote="We agree to nothing,", stance=-2)
    ben.add(document="new", quote="We may agree,", stance=1)
    result = anna.merge(ben)
    taken = {one.statement.id: one.statement for one in anna.known().records}["new-01-ben"]
    assert taken.quote == "We may agree,"
    assert result.renumbered == {"new": taken.document, "new-01": "new-01-ben"}
    assert result.given_up == {
        "new": anna.known_statement("new-01-anna").document,
        "new-01": "new-01-anna",
    }
    for name, one in anna.known().documents.items():
        assert one.file == f"seeds/{name}.txt"
        assert name == "doc" or re.fullmatch("new-[0-9a-f]{6}", name)
    assert anna.merge(ben).is_empty
    ben.merge(anna)
    assert (told(ben), documents(ben)) == (told(anna), documents(anna))


def test_what_the_rules_refuse_is_named_and_the_rest_is_taken() -> None:
    anna, ben = copies("anna", "ben")
    ben.add(stance=2)
    ben.add(stance=-2)
    rows = [row._replace(content=(row.content or "").replace('"stance":2', '"stance":9')) for row in ben.log.rows()]
    result: MergeResult = anna.write(lambda book: merge_books(book, [read_rows(rows)]))
    assert result.added == ["doc-04"]
    assert [(finding.where, finding.field) for finding in result.refused] == [("doc-03", "stance")]


def test_only_what_is_open_can_be_settled_and_only_for_a_version_of_it() -> None:
    anna, ben = copies("anna", "ben")
    with pytest.raises(QueryError, match="no open conflict"):
        anna.write(lambda book: settle(book, "doc-01", "ours"))
    anna.correct("doc-01", stance=2)
    ben.correct("doc-01", stance=-1)
    anna.merge(ben)
    with pytest.raises(QueryError, match="allowed: 2, 3, ours, theirs"):
        anna.write(lambda book: settle(book, "doc-01", 1))


def test_three_versions_are_one_conflict() -> None:
    anna, ben, carl = copies("anna", "ben", "carl")
    for copy, stance in ((anna, 2), (ben, -1), (carl, -2)):
        copy.correct("doc-01", stance=stance)
    anna.merge(ben)
    anna.merge(carl)
    (conflict,) = open_conflicts(anna.log)
    assert [one.recorded_by for one in conflict.versions] == ["anna", "ben", "carl"]


WORK = st.lists(
    st.tuples(
        st.sampled_from(["add", "correct", "correct", "retract", "merge"]),
        st.integers(0, 2),
        st.integers(-2, 2),
        st.integers(0, 3),
    ),
    max_size=12,
)


def act(made: list[Copy], work: list[tuple[str, int, int, int]]) -> None:
    for what, who, stance, which in work:
        copy = made[who % len(made)]
        known = [one.statement for one in copy.known().records]
        if what == "add":
            copy.add(stance=stance, note=f"by {copy.coder}")
        elif what == "merge":
            copy.merge(made[which % len(made)])
        elif known:
            statement = known[which % len(known)]
            if what == "retract":
                copy.retract(statement.id)
            elif statement.stance != stance:
                copy.correct(statement.id, stance=stance)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(work=WORK, people=st.integers(2, 3))
def test_random_histories_merged_in_any_order_give_the_same_book(
    work: list[tuple[str, int, int, int]], people: int
) -> None:
    results = []
    for order in permutations(range(people)):
        made = copies(*("anna", "ben", "carl")[:people])
        act(made, work)
        first = made[order[0]]
        for place in order[1:]:
            first.merge(made[place])
        assert verify_log(first.log) == ()
        assert all(first.merge(other).is_empty for other in made)
        results.append((told(first), state_of(first), open_stances(first)))
    assert all(result == results[0] for result in results)


def test_three_people_who_call_themselves_alike_get_an_id_each_in_whatever_order() -> None:
    results = []
    for order in permutations(range(3)):
        clock = ticking()
        made = copies("anna", "anna", "anna", clock=clock)
        for copy, stance in zip(made, (-2, 1, 2), strict=True):
            assert copy.add(stance=stance) == "doc-03"
        for place in order[1:]:
            made[order[0]].merge(made[place])
        results.append(told(made[order[0]]))
    names = [json.loads(one)[0]["id"] for one in results[0]]
    assert sum(bool(re.fullmatch("doc-03-anna-[0-9a-f]{6}", name)) for name in names) == 3
    assert all(result == results[0] for result in results)


def test_an_id_that_was_given_up_is_not_used_again_and_goes_on_naming_its_record() -> None:
    anna, ben, carl = copies("anna", "ben", "carl")
    for copy, stance in ((anna, 2), (ben, -2), (carl, 1)):
        copy.add(stance=stance)
    anna.merge(ben)
    carl.merge(anna)
    assert carl.stance("doc-03-carl") == 1
    assert carl.merge(anna).is_empty
    anna.correct("doc-03", note="the one of old")
    assert anna.known_statement("doc-03-anna").note == "the one of old"
    anna.retract("doc-03")
    assert anna.write(lambda book: restore_record(book, "doc-03")) == 2
    assert anna.known_statement("doc-03-anna").note == "the one of old"
    assert anna.add(note="another") == "doc-04"
    with pytest.raises(ConflictError, match="doc-03: is recorded already"):
        anna.write(lambda book: book.add(**SAYS, id="doc-03"))


def test_what_was_known_before_ids_were_given_up_stays_so_and_renumbering_cannot_be_undone_alone() -> None:
    anna, ben = copies("anna", "ben")
    anna.add(stance=2)
    ben.add(stance=-2)
    before = anna.log.last_recorded_at()
    known = anna.known()
    anna.merge(ben)
    then = select_in_force(map(read_row, anna.log.rows()), Query(known_at=datetime.fromisoformat(before)))
    assert (then.records, then.documents) == (known.records, known.documents)
    with pytest.raises(ConflictError, match="doc-03: cannot be undone, a merge gave it the id doc-03-anna since"):
        anna.write(lambda book: undo_writes(book))


def test_an_open_conflict_goes_on_under_the_new_id() -> None:
    anna, ben, carl = copies("anna", "ben", "carl")
    anna.add(stance=2)
    ben.merge(anna)
    anna.correct("doc-03", stance=1)
    ben.correct("doc-03", stance=0)
    anna.merge(ben)
    carl.add(stance=-2)
    anna.merge(carl)
    assert anna.open_records() == ["doc-03-anna"]
    ben.merge(anna)
    assert ben.open_records() == ["doc-03-anna"]
    ben.write(lambda book: settle(book, "doc-03-anna", "theirs"))
    anna.merge(ben)
    assert (anna.open_records(), anna.stance("doc-03-anna")) == ([], 1)


def test_claims_on_a_document_that_gave_up_its_id_follow_it() -> None:
    anna, ben = copies("anna", "ben")
    for copy, text in (
        (anna, "“Yes,” he said. “We agree to nothing,” he said.\n"),
        (ben, "“We may agree,” he said.\n"),
    ):
        copy.write(lambda book, text=text: book.add_document(document(text, "new")))
    anna.add(document="new", quote="We agree to nothing,", stance=-2, id="mine")
    anna.correct("mine", note="once more")
    anna.merge(ben)
    (name,) = {one.document for one in (anna.known_statement("mine"),)}
    assert name.startswith("new-")
    assert anna.log.last_of("statement", "mine").action == "recode"  # type: ignore[union-attr]
    assert anna.add(document="new", quote="Yes,", stance=1).startswith(f"{name}-")
    ben.merge(anna)
    assert (told(ben), documents(ben)) == (told(anna), documents(anna))


@pytest.mark.parametrize("length", [1, 49, 50, 51, 79, 80])
def test_the_next_id_is_an_id_and_another_one_for_each_mark(length: int) -> None:
    marks = ("a" * 16, "0a1b2c", "0a1b2c3d4e5f6071")
    ids = ["x" * length]
    for _ in marks:
        ids.append(next_id(ids[-1], marks))
    assert len(set(ids)) == len(ids)
    assert all(is_id(one) for one in ids)
    assert next_id("doc-03", ("ben", "0a1b2c")) == "doc-03-ben"
    assert next_id("doc-03-ben", ("ben", "0a1b2c")) == "doc-03-ben-0a1b2c"
