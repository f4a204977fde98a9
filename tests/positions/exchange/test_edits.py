"""A table that somebody edited: what they changed becomes corrections, what others changed since stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from positions.errors import DataError
from positions.exchange.edit_lines import correction_lines, question_line, summary_line
from positions.workspace import Workspace, open_workspace
from tests.positions.exchange.edited import Rows, edit_csv, export_book, take_back


def row_of(rows: Rows, record_id: str) -> dict[str, str]:
    return next(row for row in rows if row["id"] == record_id)


def correct(workspace: Workspace, record_id: str, **fields: str) -> None:
    with workspace.recording(coder="ben") as book:
        book.correct(record_id, reason="read again", **fields)


def test_changed_cells_are_corrections_new_rows_statements_and_missing_rows_removed(
    shipped: Path, tmp_path: Path
) -> None:
    def edit(rows: Rows) -> None:
        row_of(rows, "000-05")["stance"] = "-1"
        row_of(rows, "000-04")["note"] = ""
        rows.append(dict(rows[0]) | {"id": "", "stance": "-1", "head": ""})
        rows.remove(row_of(rows, "000-11"))

    with open_workspace(shipped) as workspace:
        path = edit_csv(export_book(workspace, tmp_path / "book.csv"), edit)
        result = take_back(workspace, path)
        assert question_line(result) == "2 corrected, 1 added, 1 removed: keep or retract? 000-11"
        assert summary_line(result, name="book.csv") == "imported 1 new, 2 corrected from book.csv"
        assert list(correction_lines(result))[1] == "corrected 000-05: stance 2 → -1"
        last = workspace.history("000-05")[-1]
        assert (last.action, last.reason, last.recorded_by) == ("correct", "edited in book.csv", "anna")
        again = take_back(workspace, path)
        assert (again.statements, again.corrected, again.removed) == (0, [], ["000-11"])
        take_back(workspace, path, retract=True)
        last = workspace.history("000-11")[-1]
        assert (last.action, last.reason) == ("retract", "removed in book.csv")
        assert workspace.verify() == ()


def test_what_follows_from_a_changed_field_follows_and_is_told(shipped: Path, tmp_path: Path) -> None:
    with open_workspace(shipped) as workspace:
        path = export_book(workspace, tmp_path / "book.csv")
        quote = workspace.history("003-22")[-1].content.quote  # type: ignore[union-attr]

        def edit(rows: Rows) -> None:
            row_of(rows, "003-22")["quote"] = quote.partition(" ")[2]

        (change,) = take_back(workspace, edit_csv(path, edit)).corrected
        assert [field.name for field in change.fields] == ["quote", "start"]


def test_a_field_that_a_colleague_left_alone_is_no_correction(shipped: Path, tmp_path: Path) -> None:
    with open_workspace(shipped) as workspace:
        path = export_book(workspace, tmp_path / "book.csv")
        correct(workspace, "003-22", note="changed since")
        correct(workspace, "000-06", note="changed since")
        path = edit_csv(path, lambda rows: row_of(rows, "003-22").update(confidence="0.5"))
        (change,) = take_back(workspace, path).corrected
        assert [field.name for field in change.fields] == ["confidence"]
        notes = {one.id: one.note for one in workspace.claims("statement")}
        assert notes["003-22"] == notes["000-06"] == "changed since"


@pytest.mark.parametrize("retract", [False, True])
def test_what_somebody_changed_since_is_a_conflict_by_name_and_nothing_is_recorded(
    shipped: Path, tmp_path: Path, retract: bool
) -> None:
    def edit(rows: Rows) -> None:
        row_of(rows, "003-22")["note"] = "mine"
        row_of(rows, "000-05")["note"] = "mine too"

    with open_workspace(shipped) as workspace:
        path = edit_csv(export_book(workspace, tmp_path / "book.csv"), edit)
        if retract:
            with workspace.recording(coder="ben") as book:
                book.retract("003-22", reason="misread")
        else:
            correct(workspace, "003-22", note="theirs")
        head = workspace.head
        told = "since by ben .*misread" if retract else "003-22: .* became 'mine' here, but it was changed since by ben"
        with pytest.raises(DataError, match=told):
            take_back(workspace, path)
        assert workspace.head == head


def test_a_removed_record_that_somebody_changed_since_is_not_retracted(shipped: Path, tmp_path: Path) -> None:
    with open_workspace(shipped) as workspace:
        path = export_book(workspace, tmp_path / "book.csv")
        correct(workspace, "003-22", note="theirs")
        path = edit_csv(path, lambda rows: rows.remove(row_of(rows, "003-22")))
        with pytest.raises(DataError, match="003-22: removed in the table, but it was changed since by ben"):
            take_back(workspace, path, retract=True)
        assert take_back(workspace, path).removed == ["003-22"]


def test_without_its_head_a_row_is_compared_with_the_version_nearest_to_it(shipped: Path, tmp_path: Path) -> None:
    def edit(rows: Rows) -> None:
        for row in rows:
            row["head"] = ""
        row_of(rows, "003-22")["confidence"] = "0.5"
        rows.remove(row_of(rows, "000-11"))

    with open_workspace(shipped) as workspace:
        path = edit_csv(export_book(workspace, tmp_path / "book.csv"), edit)
        correct(workspace, "003-22", note="changed since")
        result = take_back(workspace, path)
        assert [[field.name for field in change.fields] for change in result.corrected] == [["confidence"]]
        assert result.removed == []


def test_all_that_is_wrong_is_told_at_once(shipped: Path, tmp_path: Path) -> None:
    def edit(rows: Rows) -> None:
        rows[0]["stance"] = "9"
        rows[1]["issue"] = "nuetrality"
        rows[2]["said_on"] = "03/04/2022"
        rows[4]["id"] = rows[3]["id"]

    with open_workspace(shipped) as workspace:
        path = edit_csv(export_book(workspace, tmp_path / "book.csv"), edit)
        with pytest.raises(DataError, match="stance: found 9") as caught:
            take_back(workspace, path)
        assert [finding.field for finding in caught.value.findings] == ["said_on", "stance", "issue", "id"]


def test_of_a_book_limited_by_publication_only_what_was_exported_can_be_missing(shipped: Path, tmp_path: Path) -> None:
    from datetime import date

    from positions.exchange.content import collect_content
    from positions.exchange.csv_file import write_csv
    from positions.model.query import Query

    with open_workspace(shipped) as workspace:
        content = collect_content(workspace, Query(public_by=date(2022, 2, 26)))
        path = tmp_path / "book.csv"
        path.write_bytes(write_csv(content).files[""])
        assert take_back(workspace, path).removed == []
        first = content.records[0].statement.id
        assert take_back(workspace, edit_csv(path, lambda rows: rows.__delitem__(0))).removed == [first]
