"""A workbook goes to a colleague and comes back: nothing is lost, and what was edited is corrected."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from positions.errors import DataError
from positions.exchange import xlsx_safety
from positions.workspace import open_workspace
from tests.negotiations import write_tigray
from tests.positions.exchange.edited import export_book, take_back
from tests.positions.exchange.workbooks import Sheets, edit_sheets, read_sheets, save_sheets, set_cell


def test_the_shipped_case_comes_back_without_a_change_and_the_bytes_are_the_same(shipped: Path, tmp_path: Path) -> None:
    with open_workspace(shipped) as workspace:
        path = export_book(workspace, tmp_path / "book.xlsx")
        assert path.read_bytes() == export_book(workspace, tmp_path / "again.xlsx").read_bytes()
        result = take_back(workspace, path)
        assert (result.statements, result.documents, result.corrected, result.removed) == (0, 0, [], [])
        assert result.notes == {}


def test_a_spreadsheet_that_saves_the_workbook_anew_changes_nothing(shipped: Path, tmp_path: Path) -> None:
    with open_workspace(shipped) as workspace:
        path = edit_sheets(export_book(workspace, tmp_path / "book.xlsx"), lambda _: None)
        result = take_back(workspace, path)
        assert (result.statements, result.corrected, result.removed, result.notes) == (0, [], [], {})


def test_another_negotiation_comes_back_too(tmp_path: Path) -> None:
    folder = write_tigray(tmp_path / "tigray")
    with open_workspace(folder) as workspace:
        path = export_book(workspace, tmp_path / "book.xlsx")
        rows = read_sheets(path)["statements"]
        assert len(rows) == 1 + len(workspace.known().records)
        result = take_back(workspace, path)
        assert (result.statements, result.corrected, result.removed, result.notes) == (0, [], [], {})


def test_sheets_have_words_beside_ids_drop_downs_real_dates_and_frozen_heads(shipped: Path, tmp_path: Path) -> None:
    with open_workspace(shipped) as workspace:
        path = export_book(workspace, tmp_path / "book.xlsx")
    sheets = read_sheets(path)
    assert list(sheets) == ["statements", "documents", "codebook", "read-me"]
    head, first = sheets["statements"][:2]
    row = dict(zip(head, first, strict=True))
    assert (row["Issue"], row["Issue in words"]) == ("talks", "Peace talks")
    assert isinstance(row["Stance"], float)
    assert row["Stance in words"]
    assert isinstance(row["Published on"], date)
    assert {type(one[head.index("Said on")]) for one in sheets["statements"][1:]} == {date, str}
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert {entry.date_time[:2] for entry in archive.infolist()} == {(1980, 1)}
    assert 'state="frozen"' in sheet
    lists = re.findall(r"<formula1>(.*?)</formula1>", sheet)
    assert '"self,ascribed,framing"' in lists
    assert sum(one.startswith("codebook!$") for one in lists) >= 5
    assert sum(one.startswith("OFFSET(codebook!$") for one in lists) == 3


def test_edited_cells_rows_and_documents_come_back(shipped: Path, tmp_path: Path) -> None:
    def edit(sheets: Sheets) -> None:
        rows = sheets["statements"]
        set_cell(rows, "000-05", "Stance", -1)
        set_cell(rows, "000-06", "Issue in words", "Ukraine's neutrality")
        set_cell(rows, "000-08", "Stance in words", "something else")
        set_cell(sheets["documents"], "003", "Author", "A. Reporter")
        sheets["codebook"][1][1] = "Ruritania"
        rows.append(list(rows[1]))
        rows[-1][0] = ""
        rows[-1][rows[0].index("Stance")] = -1.0

    with open_workspace(shipped) as workspace:
        path = edit_sheets(export_book(workspace, tmp_path / "book.xlsx"), edit)
        result = take_back(workspace, path)
        changes = {change.id: {one.name: one.after for one in change.fields} for change in result.corrected}
        assert changes == {
            "003": {"author": "A. Reporter"},
            "000-05": {"stance": "-1"},
            "000-06": {"issue": "neutrality"},
        }
        assert result.statements == 1
        assert [note.rpartition(": ")[0] for note in result.notes] == [
            "book.xlsx codebook",
            "book.xlsx statements:9 stance",
        ]
        assert workspace.history("003")[-1].reason == "edited in book.xlsx"


def test_a_workbook_of_ones_own_needs_only_headings_that_are_understood(shipped: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Statements of the week"],
        [],
        ["Document", "What was said", "Who said it", "Whose position", "Topic", "Position", "When"],
        [3, "At the moment, we're saying no to Minsk,", "Zelensky", "Ukraine", "Peace talks", -1, date(2022, 2, 27)],
        [],
    ]
    with open_workspace(shipped) as workspace:
        path = save_sheets(tmp_path / "own.xlsx", {"Notes": [["hello"]], "Week 9": rows})
        with pytest.raises(DataError, match=r"own.xlsx Week 9:4 said_on_basis: missing"):
            take_back(workspace, path)
        rows[2].append("How the date is known")
        rows[3].append("inherited")
        assert take_back(workspace, save_sheets(path, {"Notes": [["hello"]], "Week 9": rows})).statements == 1


HOSTILE = [
    "=HYPERLINK(1)", "'=1", "+1", "@x", "_x0041_", "_x0041_x0042_", "_x005F_x000D_", "a\x00b\x0bc", "x\ufffe\uffff",
    "a\r\nb\rc\n d", " lead and trail ", "1e5", "TRUE", "2022", "27.02.2022", "{=1}",
    "https://x.example", "😀" * 20_000, "é" * 40_000, "#N/A", "\u202edcba", "<b>&amp;",
]  # fmt: skip


def test_hostile_and_long_texts_come_back_as_they_were(shipped: Path, tmp_path: Path) -> None:
    with open_workspace(shipped) as workspace:
        ids = [record.statement.id for record in workspace.known().records][: len(HOSTILE)]
        with workspace.recording() as book:
            for name, text in zip(ids, HOSTILE, strict=True):
                book.correct(name, note=text)
        path = edit_sheets(export_book(workspace, tmp_path / "book.xlsx"), lambda _: None)
        assert take_back(workspace, path).corrected == []
        with workspace.recording() as book:
            for name in ids:
                book.correct(name, note="-")
        # Without the head every row is compared with the version nearest to it: all of them are known.
        path = edit_sheets(path, lambda sheets: sheets.pop("read-me") and None)
        assert take_back(workspace, path).corrected == []


def test_a_text_that_is_cut_in_its_cell_is_not_edited_there(shipped: Path, tmp_path: Path) -> None:
    with open_workspace(shipped) as workspace:
        with workspace.recording() as book:
            book.correct("000-05", note="long " * 10_000)
        path = export_book(workspace, tmp_path / "book.xlsx")
        path = edit_sheets(path, lambda sheets: set_cell(sheets["statements"], "000-05", "Note", "short"))
        with pytest.raises(DataError, match="note: its 50,000 characters are more than a cell holds"):
            take_back(workspace, path)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "protected by a password"),
        (b"PK\x03\x04 and no more", "not a whole Excel workbook"),
        (b"id,quote\n", "not a whole Excel workbook"),
        (b"", "not a whole Excel workbook"),
    ],
)
def test_what_is_no_workbook_is_told(shipped: Path, tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    with open_workspace(shipped) as workspace, pytest.raises(DataError, match=f"book.xlsx: .*{told}"):
        take_back(workspace, path)


def test_a_damaged_a_huge_and_a_wide_workbook_are_refused(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_workspace(shipped) as workspace:
        path = export_book(workspace, tmp_path / "book.xlsx")
        content = bytearray(path.read_bytes())
        content[len(content) // 3] ^= 0xFF
        (tmp_path / "damaged.xlsx").write_bytes(content)
        with pytest.raises(DataError, match="not a whole Excel workbook"):
            take_back(workspace, tmp_path / "damaged.xlsx")
        with xlsxwriter.Workbook(tmp_path / "wide.xlsx") as workbook:
            workbook.add_worksheet().write("A1", "Document")
            workbook.worksheets()[0].write("XFD1048576", "far out")
        with pytest.raises(DataError, match="reaches to row 1,048,576 and column 16,384"):
            take_back(workspace, tmp_path / "wide.xlsx")
        monkeypatch.setattr(xlsx_safety, "LARGEST", 1000)
        with pytest.raises(DataError, match=r"bytes when unpacked, allowed: 1,000"):
            take_back(workspace, path)


def test_merged_cells_a_missing_sheet_and_wrong_headings_are_told(shipped: Path, tmp_path: Path) -> None:
    with open_workspace(shipped) as workspace:
        path = tmp_path / "book.xlsx"
        with xlsxwriter.Workbook(path) as workbook:
            sheet = workbook.add_worksheet("statements")
            sheet.merge_range(0, 0, 0, 2, "A title above")
            sheet.write_row(1, 0, ["Document", "Quote", "Stanze"])
            sheet.merge_range(2, 0, 3, 0, "003")
        with pytest.raises(
            DataError, match=r"A3:A4 are merged cells(.|\n)*heading found 'Stanze'.*did you mean stance"
        ):
            take_back(workspace, path)
        save_sheets(path, {"Statments": [["a", "b"]], "Other": []})
        with pytest.raises(
            DataError, match="found Statments, Other, allowed: a sheet 'statements'.*did you mean statements"
        ):
            take_back(workspace, path)


NOTES = st.text(st.characters(codec="utf-8"), max_size=60)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8, deadline=None)
@given(notes=st.lists(NOTES, min_size=3, max_size=6))
def test_any_text_of_any_book_comes_back(shipped: Path, tmp_path: Path, notes: list[str]) -> None:
    with open_workspace(shipped) as workspace:
        ids = [record.statement.id for record in workspace.known().records][: len(notes)]
        with workspace.recording() as book:
            for name, text in zip(ids, notes, strict=True):
                try:
                    book.correct(name, note=text)
                except DataError:  # it says what the record says, or nothing that can be seen
                    continue
        for ending in ("xlsx", "csv"):
            path = tmp_path / f"book.{ending}"
            path.unlink(missing_ok=True)
            result = take_back(workspace, export_book(workspace, path))
            assert (result.statements, result.corrected, result.removed) == (0, [], [])
