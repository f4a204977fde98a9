from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from positions.errors import DataError
from positions.workspace import open_workspace
from tests.positions.exchange.edited import edit_csv, export_book, take_back

QUOTE = "At the moment, we're saying no to Minsk,"
ROW = {
    "document": "003",
    "quote": QUOTE,
    "speaker": "zelensky",
    "holder": "UKR",
    "issue": "talks",
    "stance": "-1",
    "said_on": "2022-02-27",
    "said_on_basis": "inherited",
}


def write(path: Path, row: dict[str, str], *, separator: str = ",", encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as target:
        writer = csv.writer(target, delimiter=separator)
        writer.writerows([list(row), [], list(row.values()), [""] * len(row)])
    return path


def test_an_export_begins_with_the_mark_of_utf8_and_comes_back_without_a_change(shipped: Path, tmp_path: Path) -> None:
    with open_workspace(shipped) as workspace:
        path, head = export_book(workspace, tmp_path / "a.csv"), workspace.head
        assert path.read_bytes().startswith(b"\xef\xbb\xbfid,document,")
        result = take_back(workspace, path)
        assert (result.statements, result.corrected, result.removed, result.notes) == (0, [], [], {})
        assert workspace.head == head


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_separators_and_marks_of_all_countries_are_read(
    shipped: Path, tmp_path: Path, separator: str, encoding: str
) -> None:
    with open_workspace(shipped) as workspace:
        path = write(tmp_path / "a.csv", ROW, separator=separator, encoding=encoding)
        assert take_back(workspace, path).statements == 1
        assert take_back(workspace, path).statements == 0


def test_western_windows_is_read_and_told_and_damaged_utf8_is_refused(shipped: Path, tmp_path: Path) -> None:
    with open_workspace(shipped) as workspace:
        path = write(tmp_path / "a.csv", ROW | {"note": "Größe – “so”"}, encoding="cp1252")
        assert "Windows-1252" in next(iter(take_back(workspace, path).notes))
        assert any(getattr(one, "note", "") == "Größe – “so”" for one in workspace.claims("statement"))
        path.write_bytes("note,quote\nGröße,".encode() + b"\xe9\n")
        with pytest.raises(DataError, match=r"a.csv:2: found the byte 0xe9, allowed: UTF-8 text"):
            take_back(workspace, path)


def test_a_line_that_names_the_separator_is_obeyed(shipped: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ROW, separator=";")
    path.write_text("sep=;\n" + path.read_text())
    with open_workspace(shipped) as workspace:
        assert take_back(workspace, path).statements == 1


FRIENDLY = {
    "Document": "3",
    "Quote": QUOTE,
    "Who said it?": "Zelenskyy",
    "WHOSE POSITION": "Ukraine",
    "topic": "talks",
    "Position": "Sceptical",
    "Said on": "27.02.2022",
    "Date_known": "from the neighbouring statement",
    "Confidence": "0,8",
}


def test_friendly_headings_names_local_days_and_lost_zeros_are_understood(shipped: Path, tmp_path: Path) -> None:
    with open_workspace(shipped) as workspace:
        before = {one.id for one in workspace.claims("statement")}
        result = take_back(workspace, write(tmp_path / "a.csv", FRIENDLY, separator=";"))
        assert list(result.notes) == ["document: 3 was read as 003"]
        (new,) = [one for one in workspace.claims("statement") if one.id not in before]
        levels = {level.label: level.stance for level in workspace.codebook.issue("talks").levels}
        assert (new.document, new.speaker, new.holder, new.issue) == ("003", "zelensky", "UKR", "talks")
        assert (new.said_on.text, new.said_on_basis, new.confidence) == ("2022-02-27", "inherited", 0.8)
        assert new.stance == levels["sceptical"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "new.csv:1: the header is missing"),
        ("colour,quote\n", "new.csv:1: the heading found 'colour', allowed: "),
        ("Who sayd it,quote\n", "new.csv:1: the heading found 'Who sayd it'"),
        ("quote,quote\n", "new.csv:1: found 'quote' twice"),
        ("quote,stance\na\n", "new.csv:2: found 1 cells, allowed: 2 as in the header"),
        ('quote,stance\n"a\n', "new.csv:2: not CSV"),
        ("003,no to Minsk\n", "new.csv:1: no headings: found '003 | no to Minsk'"),
        ("document,issue,stance\n003,talks,sceptic\n", "did you mean sceptical?"),
        ("document,stance\n003,much\n", "stance: found 'much'"),
        ("document,stance\n77,1\n", "new.csv:2 document: found '77', which is not recorded"),
        ("document,said on\n003,03/04/2022\n", "which may be 3 April 2022 or 4 March 2022; allowed: YYYY-MM-DD"),
        ("document,said on\n003,30.02.2022\n", "said_on: found '30.02.2022'"),
        ("document,issue\n003,nuetrality\n", "did you mean neutrality?"),
        ("stance,quote\n1,a\n", "new.csv:2 document: missing"),
    ],
)
def test_what_cannot_be_understood_is_told_by_line(shipped: Path, tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "new.csv"
    path.write_text(text.replace("\n003,", "\n003,").replace("document,issue\n003,", WHOLE))
    with open_workspace(shipped) as workspace:
        head = workspace.head
        with pytest.raises(DataError, match=re.escape(told)):
            take_back(workspace, path)
        assert workspace.head == head


WHOLE = (
    "holder,speaker,said_on,said_on_basis,stance,document,quote,issue\n"
    f'UKR,zelensky,2022-02-27,explicit,1,003,"{QUOTE}",'
)


def test_cells_lose_what_made_them_safe(shipped: Path, tmp_path: Path) -> None:
    def edit(rows: list[dict[str, str]]) -> None:
        rows[0]["note"] = "'=HYPERLINK(1)"
        rows[1]["note"] = "'tis"

    with open_workspace(shipped) as workspace:
        changes = take_back(workspace, edit_csv(export_book(workspace, tmp_path / "a.csv"), edit)).corrected
        assert [change.fields[-1].after for change in changes] == ["=HYPERLINK(1)", "'tis"]


def test_what_pandas_made_of_an_export_is_no_edit(shipped: Path, tmp_path: Path) -> None:
    import pandas as pd

    with open_workspace(shipped) as workspace:
        path = export_book(workspace, tmp_path / "a.csv")
        pd.read_csv(path).to_csv(path, index=False)
        result = take_back(workspace, path)
        assert (result.statements, result.corrected, result.removed) == (0, [], [])
