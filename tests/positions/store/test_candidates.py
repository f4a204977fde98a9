"""Candidates in the record book, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from positions.errors import ConflictError, DataError, QueryError
from positions.model.candidate import Candidate
from positions.model.revision import select_in_force
from positions.model.statement import Statement
from positions.store.candidates import (
    CandidateRecord,
    RecordCounts,
    accept,
    find_candidate,
    list_candidates,
    match_candidates,
    record_candidates,
    reject,
    reopen,
)
from positions.store.columns import build_columns
from positions.store.entry import read_row
from positions.store.importing import published_lines, take_all
from positions.store.log import Log
from positions.store.published import sound_lines
from positions.store.sqlite import SqliteLog
from positions.store.verify import verify_log
from positions.workspace.export import write_folder
from tests.positions.store.conftest import SAYS, TEXT, Opener, book, document

READY = "We are ready for talks,"
NO_MINSK = "Not in Minsk."


def proposed(quote: str = READY, **fields: Any) -> Candidate:
    """A candidate on the example document, as the rules of version 1 propose it."""
    start = fields.pop("start", TEXT.find(quote))
    said = {**SAYS, "quote": quote, "start": start, "end": start + len(quote), "voice": "self", "directness": "direct"}
    own = {"id": f"doc.{start}", "coder": "rules-1", "confidence": 0.6, "sha256": document().sha256}
    return Candidate.model_validate({**said, **own, **fields})


MINSK = {"quote": NO_MINSK, "issue": "venue", "element": "belarus", "stance": None}


def record(log: Log, *candidates: Candidate) -> RecordCounts:
    with log.writing():
        return record_candidates(book(log, "machine"), candidates)


@pytest.fixture
def waiting(log: Log) -> Log:
    """A log with the example document and two open candidates: doc.1 has a stance, doc.35 is unresolved."""
    with log.writing():
        book(log).add_document(document())
    assert record(log, proposed(), proposed(**MINSK)) == RecordCounts(new=2)
    return log


UNRESOLVED = f"doc.{TEXT.find(NO_MINSK)}"


def standing(log: Log) -> dict[str, str]:
    return {item.candidate.id: item.candidate.status for item in list_candidates(log)}


def decide(log: Log, what: Any, *args: Any, coder: str = "anna", **fields: Any) -> Any:
    with log.writing():
        return what(book(log, coder), *args, **fields)


def statements(log: Log) -> list[Statement]:
    return [item.statement for item in select_in_force(map(read_row, log.rows())).records]


def test_what_was_proposed_reads_back_and_is_nobody_s_position(waiting: Log, opener: Opener) -> None:
    found = list_candidates(opener())
    assert [item.candidate for item in found] == [proposed(), proposed(**MINSK)]
    assert {(item.number, item.recorded_by, item.candidate.status) for item in found} == {(1, "machine", "open")}
    assert isinstance(found[0], CandidateRecord)
    assert statements(waiting) == []
    assert verify_log(waiting) == ()


def test_candidates_are_chosen_by_status_document_issue_and_holder(waiting: Log) -> None:
    decide(waiting, reject, "doc.1", reason="not a stance")
    assert [item.candidate.id for item in list_candidates(waiting, status="open")] == [UNRESOLVED]
    assert [item.candidate.id for item in list_candidates(waiting, issue="neutrality", holder="UKR")] == ["doc.1"]
    assert len(list_candidates(waiting, document="doc")) == 2
    with pytest.raises(QueryError, match="found 'other', which was never recorded"):
        list_candidates(waiting, document="other")
    assert [item.candidate.id for item in match_candidates(list_candidates(waiting), {"stance": ""})] == [UNRESOLVED]
    with pytest.raises(QueryError, match="where: found 'colour', allowed: "):
        match_candidates(list_candidates(waiting), {"colour": "red"})


def test_recording_the_same_again_changes_nothing(waiting: Log) -> None:
    head = waiting.head()
    assert record(waiting, proposed(), proposed(**MINSK)) == RecordCounts(known=2)
    assert waiting.head() == head


def test_accepting_records_a_statement_of_the_reviewer_s(waiting: Log) -> None:
    statement = decide(waiting, accept, "doc.1", coder="ben")
    assert statements(waiting) == [statement]
    assert (statement.id, statement.coder, statement.confidence) == ("doc-01", "ben", 1.0)
    assert (statement.quote, statement.stance, statement.note) == (READY, 1, "proposed by rules-1")
    found = find_candidate(waiting, "doc.1")
    assert (found.candidate.status, found.candidate.statement, found.recorded_by) == ("accepted", "doc-01", "ben")
    assert found.reason == ""
    assert verify_log(waiting) == ()


def test_an_unresolved_stance_must_be_given(waiting: Log) -> None:
    with pytest.raises(DataError, match=rf"{UNRESOLVED} stance: unresolved, allowed: 2 \(for it\), 1 \(open to it\)"):
        decide(waiting, accept, UNRESOLVED)
    statement = decide(waiting, accept, UNRESOLVED, stance=-2)
    assert (statement.element, statement.stance) == ("belarus", -2)
    assert find_candidate(waiting, UNRESOLVED).reason == "amended stance"
    assert find_candidate(waiting, UNRESOLVED).candidate.stance is None, "what the program proposed stays as it was"


def test_any_field_can_be_amended_while_accepting(waiting: Log) -> None:
    changes = {"holder": "RUS", "quote": "Not in Minsk. Not today.", "note": "he speaks of both", "confidence": 0.5}
    statement = decide(waiting, accept, UNRESOLVED, stance=-2, **changes)
    assert (statement.holder, statement.voice) == ("RUS", "ascribed")
    assert TEXT[statement.start : statement.end] == changes["quote"]
    assert (statement.note, statement.confidence) == ("he speaks of both; proposed by rules-1", 0.5)
    assert find_candidate(waiting, UNRESOLVED).reason == "amended quote, end, holder, voice, stance"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"stance": 9}, "doc.1 stance: found 9, allowed: -1, -2, 0, 1, 2"),
        ({"holder": "XXX"}, "doc.1 holder: found 'XXX', allowed: "),
        ({"said_on": "2022-03-09"}, "doc.1 said_on: found 2022-03-09, allowed: up to the publication"),
        ({"quote": "We are not ready for any talks,"}, "doc.1 quote: "),
        ({"colour": "red"}, "doc.1: found 'colour', allowed: id, quote"),
        ({"document": "other"}, "doc.1: found 'document', allowed: "),
    ],
)
def test_a_wrong_amendment_is_told_by_the_candidate_s_name(waiting: Log, changes: dict[str, Any], message: str) -> None:
    head = waiting.head()
    with pytest.raises(DataError, match=message):
        decide(waiting, accept, "doc.1", **changes)
    assert waiting.head() == head


def test_rejecting_needs_a_reason_and_keeps_the_candidate(waiting: Log) -> None:
    with pytest.raises(DataError, match="doc.1: a rejection needs a reason"):
        decide(waiting, reject, "doc.1", reason=" ")
    decide(waiting, reject, "doc.1", reason="about the weather")
    assert standing(waiting) == {"doc.1": "rejected", UNRESOLVED: "open"}
    assert find_candidate(waiting, "doc.1").reason == "about the weather"
    assert statements(waiting) == []


def test_undoing_an_acceptance_retracts_its_statement(waiting: Log) -> None:
    decide(waiting, accept, "doc.1")
    assert decide(waiting, reopen, "doc.1", reason="too fast") == "doc-01"
    assert statements(waiting) == []
    found = find_candidate(waiting, "doc.1")
    assert (found.candidate, found.number, found.reason) == (proposed(), 3, "too fast")
    assert decide(waiting, accept, "doc.1").id == "doc-02", "a retracted id is not used again"
    assert verify_log(waiting) == ()


def test_undoing_a_rejection_and_a_statement_that_is_retracted_already(waiting: Log) -> None:
    decide(waiting, reject, "doc.1", reason="no")
    assert decide(waiting, reopen, "doc.1") is None
    decide(waiting, accept, "doc.1")
    with waiting.writing():
        book(waiting).retract("doc-01", reason="a hoax")
    assert decide(waiting, reopen, "doc.1") == "doc-01"
    assert standing(waiting)["doc.1"] == "open"


def test_an_error_after_a_decision_takes_both_its_revisions_back(waiting: Log) -> None:
    head = waiting.head()
    with pytest.raises(DataError, match=f"{UNRESOLVED} stance: unresolved, allowed: "), waiting.writing():
        writer = book(waiting)
        accept(writer, "doc.1")
        accept(writer, UNRESOLVED)
    assert waiting.head() == head


def test_two_who_decide_on_the_same_candidate_end_with_one_winner_who_is_named(waiting: Log) -> None:
    decide(waiting, accept, "doc.1", coder="ben", replaces=1)
    for what in (accept, reject):
        fields = {"reason": "no"} if what is reject else {}
        with pytest.raises(ConflictError, match=r"doc.1: was accepted as doc-01 by ben at .* already"):
            decide(waiting, what, "doc.1", coder="cleo", replaces=1, **fields)
    with pytest.raises(ConflictError, match="is open, there is nothing to undo"):
        decide(waiting, reopen, UNRESOLVED)
    decide(waiting, reopen, "doc.1", coder="ben")
    with pytest.raises(ConflictError, match=r"doc.1: revision 1 is replaced already, by revision 3 by ben"):
        decide(waiting, accept, "doc.1", coder="cleo", replaces=1)
    assert len(statements(waiting)) == 0


def test_what_is_no_candidate_is_told(waiting: Log) -> None:
    with pytest.raises(QueryError, match="id: found 'doc', which is no candidate"):
        decide(waiting, accept, "doc")
    with pytest.raises(QueryError, match="found 'doc.1', a candidate; `positions candidates`"):
        decide(waiting, lambda book: book.correct("doc.1", stance=2))


@pytest.mark.parametrize("how", ["rejected", "accepted"])
def test_what_was_decided_does_not_come_back_by_a_newer_version(waiting: Log, how: str) -> None:
    decide(waiting, *((reject, "doc.1") if how == "rejected" else (accept, "doc.1")), reason="seen")
    newer = proposed("“We are ready for talks,” he said.", id="doc.v2", coder="rules-2", stance=2)
    assert record(waiting, newer) == RecordCounts(settled=1)
    other = proposed("“We are ready for talks,” he said.", id="doc.v3", issue="military-aid")
    assert record(waiting, newer, other) == RecordCounts(new=1, settled=1)
    assert standing(waiting) == {"doc.1": how, "doc.v3": "open", UNRESOLVED: "open"}


def test_what_a_person_coded_is_not_proposed_until_it_is_retracted(log: Log) -> None:
    with log.writing():
        writer = book(log)
        writer.add_document(document())
        writer.add(**SAYS)
    assert record(log, proposed()) == RecordCounts(settled=1)
    with log.writing():
        book(log).retract("doc-01", reason="not a stance")
    assert record(log, proposed()) == RecordCounts(new=1)


def test_a_newer_version_tells_an_open_candidate_anew_and_never_unsettles_it(waiting: Log) -> None:
    better = proposed(**MINSK | {"stance": -2, "id": "doc.v2", "coder": "model-1"})
    assert record(waiting, better) == RecordCounts(renewed=1)
    found = find_candidate(waiting, UNRESOLVED)
    assert (found.candidate.stance, found.candidate.coder, found.number) == (-2, "model-1", 2)
    assert found.reason == "proposed again by model-1"
    head = waiting.head()
    assert record(waiting, better) == RecordCounts(known=1), "the same run again"
    worse = proposed(**MINSK | {"id": "doc.v3", "coder": "rules-3"})
    assert record(waiting, worse) == RecordCounts(known=1)
    assert waiting.head() == head


def test_several_candidates_on_the_same_words_stay_several(waiting: Log) -> None:
    one = proposed(id="doc.a", coder="rules-2", stance=2)
    two = proposed(id="doc.b", coder="rules-2", stance=0)
    assert record(waiting, one, two) == RecordCounts(new=1, renewed=1)
    assert record(waiting, one, two) == RecordCounts(known=2)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"issue": "weather"}, "doc.1 issue: found 'weather'"),
        ({"document": "other"}, "doc.1 document: found 'other', which is not recorded"),
        ({"sha256": "0" * 64}, "doc.1 sha256: found 0+, allowed: [0-9a-f]+, that of the document"),
        ({"status": "accepted"}, "doc.1 status: found 'accepted', allowed: open"),
        ({"quote": "We are ready for talk!!"}, "doc.1 quote: the document reads"),
    ],
)
def test_what_breaks_a_rule_is_not_recorded(waiting: Log, fields: dict[str, Any], message: str) -> None:
    head = waiting.head()
    with pytest.raises(DataError, match=message):
        record(waiting, proposed(**MINSK | {"id": "doc.9"}), Candidate.model_validate(proposed().model_dump() | fields))
    assert waiting.head() == head


def test_columns_count_candidates_as_entries_without_a_say(waiting: Log) -> None:
    decide(waiting, accept, "doc.1")
    columns = build_columns(waiting.rows())
    assert len(columns) == waiting.head().seq == 5
    assert columns["holder"].tolist() == [-1, -1, -1, 0, -1]
    assert columns["subject"].tolist() == [0, 1, 2, 3, 1]
    assert columns.names["issue"] == ("neutrality",)


def test_a_changed_quote_in_the_database_is_found(waiting: Log) -> None:
    rows = list(waiting.rows())
    content = json.loads(rows[1].content or "") | {"quote": "We are ready for walks,"}
    forged = rows[1]._replace(content=json.dumps(content))
    assert rows[1].id == forged.id == "doc.1"
    if isinstance(waiting, SqliteLog):
        waiting._connection.execute("DROP TRIGGER revision_no_update")
        waiting._connection.execute("UPDATE main.revision SET content = ? WHERE seq = 2", (forged.content,))
        told = [str(finding) for finding in verify_log(waiting)]
        assert any("candidate doc.1 revision 1): the quote is not what the document has" in line for line in told)


def test_decisions_survive_export_and_load(waiting: Log, tmp_path: Path) -> None:
    decide(waiting, accept, UNRESOLVED, stance=-2)
    decide(waiting, reject, "doc.1", reason="not a stance")
    golden = Path(__file__).parent.parent.parent / "examples" / "golden.toml"
    role = 'name = "Someone"\nroles = [{ party = "UKR", title = "minister" }]\n'
    (tmp_path / "golden.toml").write_text(golden.read_text().replace('name = "Someone"\n', role))
    target = tmp_path / "data"
    revisions = list(map(read_row, waiting.rows()))
    write_folder(target, revisions, codebook=tmp_path / "golden.toml")
    lines = (target / "candidates.jsonl").read_text().splitlines()
    assert [json.loads(line).get("action", "add") for line in lines] == ["add", "correct", "add", "correct"]
    copy = SqliteLog(tmp_path / "copy.db")
    with copy.writing():
        taken = take_all(book(copy), published_lines(sound_lines(target)))
    assert taken == len(revisions)
    assert list(copy.rows()) == list(waiting.rows())
    assert list_candidates(copy) == list_candidates(waiting)
    copy.close()


def test_without_candidates_no_file_is_written(started: Log, tmp_path: Path) -> None:
    golden = Path(__file__).parent.parent.parent / "examples" / "golden.toml"
    write_folder(tmp_path / "data", map(read_row, started.rows()), codebook=golden)
    assert not (tmp_path / "data" / "candidates.jsonl").exists()
