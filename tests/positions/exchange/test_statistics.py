"""Statements and panels go to statisticians with words for columns and codes; another reader finds all of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import frictionless
import pandas as pd
import pyreadstat
import pytest

from positions.exchange.content import ONLY, BookContent, collect_content
from positions.exchange.data_package import write_data_package
from positions.exchange.frame_files import FrameLabels, cut_words, frame_bytes
from positions.exchange.statistics import CODED, write_spss, write_stata
from positions.model.revision import Record
from positions.workspace import open_workspace
from tests.positions.cli.test_cli import run

__all__ = ["run"]

HOSTILE = ['=HYPERLINK("x")', "a\nb;c,d\t“e”", "𝔘 שלום", "ends in a blank ", "  "]
READERS = {"stata": pyreadstat.read_dta, "spss": pyreadstat.read_sav}
WRITERS = {"stata": write_stata, "spss": write_spss}
ENDINGS = {"stata": "dta", "spss": "sav"}


@pytest.fixture(scope="module")
def content(opened_case: Path) -> BookContent:
    with open_workspace(opened_case) as workspace:
        content = collect_content(workspace)
        assert content.tables is not None
        tables = content.tables()
    return replace(content, tables=lambda: tables)


def read(content: bytes, form: str, folder: Path) -> tuple[pd.DataFrame, Any]:
    path = folder / f"x.{ENDINGS[form]}"
    path.write_bytes(content)
    frame, words = READERS[form](str(path))
    return frame, words


@pytest.mark.parametrize("form", READERS)
def test_every_statement_is_there_with_its_words_and_codes(content: BookContent, tmp_path: Path, form: str) -> None:
    frame, words = read(WRITERS[form](content).files[ONLY], form, tmp_path)
    records: Sequence[Record] = content.records
    assert list(frame["id"]) == [record.statement.id for record in records]
    assert list(frame["quote"]) == [record.statement.quote for record in records]
    assert list(frame["stance"]) == [record.statement.stance for record in records]
    assert [day.isoformat() for day in frame["said_on"]] == [
        record.statement.said_on.last.isoformat() for record in records
    ]
    names = {party.id: party.name for party in content.codebook.parties}
    labels = words.variable_value_labels["holder_code"]
    assert [labels[code] for code in frame["holder_code"]] == [names[record.statement.holder] for record in records]
    assert {f"{name}_code" for name in CODED} <= set(words.variable_value_labels)
    assert words.column_names_to_labels["holder"] == "Whose position"
    assert words.file_label == content.codebook.title


@pytest.mark.parametrize("form", READERS)
def test_the_same_statements_give_the_same_bytes(content: BookContent, form: str) -> None:
    assert WRITERS[form](content) == WRITERS[form](content)


@pytest.mark.parametrize("form", READERS)
def test_any_text_survives_but_for_the_blanks_at_its_end(tmp_path: Path, form: str) -> None:
    frame = pd.DataFrame({"note": HOSTILE, "number": [1.5, None, -2.0, 0.0, 3.0]})
    back, _ = read(frame_bytes(frame, form), form, tmp_path)
    assert [text.rstrip() for text in back["note"]] == [text.rstrip() for text in HOSTILE]
    assert back["number"].isna().tolist() == [False, True, False, False, False]


def test_texts_that_are_too_long_are_cut_between_letters_and_counted(tmp_path: Path) -> None:
    frame = pd.DataFrame({"note": ["é" * 2000, "short"]})
    assert cut_words(frame, "stata") == ("the ends of 1 text over 2,045 bytes",)
    assert cut_words(frame, "spss") == cut_words(frame, "parquet") == ()
    back, _ = read(frame_bytes(frame, "stata"), "stata", tmp_path)
    assert back["note"][0] == "é" * 1022


def test_labels_are_cut_to_what_a_format_holds(tmp_path: Path) -> None:
    labels = FrameLabels("t" * 200, {"x": "c" * 300}, {"x": {1: "v" * 300}})
    _, words = read(frame_bytes(pd.DataFrame({"x": [1]}), "spss", labels), "spss", tmp_path)
    assert len(words.column_names_to_labels["x"]) == 120


@pytest.mark.parametrize("name", ["p.parquet", "p.dta", "p.sav"])
@pytest.mark.parametrize("words", [(), ("--distances",), ("--distances", "--by-issue"), ("--wide",)])
def test_a_panel_is_written_for_statisticians_as_the_command_prints_it(
    run: Any, tmp_path: Path, name: str, words: tuple[str, ...]
) -> None:
    printed = json.loads(run("panel", *words, "--format", "json").out)
    assert run("panel", *words, "-o", tmp_path / name).code == 0
    path = str(tmp_path / name)
    if name.endswith(".parquet"):
        frame = pd.read_parquet(path)
    else:
        frame = (pyreadstat.read_dta if name.endswith(".dta") else pyreadstat.read_sav)(path)[0]
    assert len(frame) == len(printed) > 0
    assert [str(day)[:10] for day in frame["day"]] == [row["day"] for row in printed]
    if "distance" in printed[0]:
        told = [float("nan") if row["distance"] is None else row["distance"] for row in printed]
        assert frame["distance"].tolist() == pytest.approx(told, nan_ok=True)


def test_a_panel_for_statisticians_needs_a_file(run: Any) -> None:
    told = run("panel", "--format", "stata")
    assert told.code == 2
    assert "found stata without -o, allowed: csv, json on the screen" in told.err


def test_the_data_package_is_valid_and_has_every_table(run: Any, tmp_path: Path, content: BookContent) -> None:
    told = run("export", "--format", "datapackage", tmp_path / "package")
    assert told.out.startswith(f"wrote 7 tables of {len(content.records)} statements to ")
    report = frictionless.validate(str(tmp_path / "package" / "datapackage.json"))
    assert report.valid, report.to_summary()
    package = json.loads((tmp_path / "package" / "datapackage.json").read_text())
    assert package["version"] == content.head
    assert content.head in package["citation"]
    crate = json.loads((tmp_path / "package" / "ro-crate-metadata.json").read_text())
    root = next(one for one in crate["@graph"] if one["@id"] == "./")
    parts = {part["@id"] for part in root["hasPart"]}
    assert parts | {"ro-crate-metadata.json"} == {path.name for path in (tmp_path / "package").iterdir()}


def test_the_tables_of_the_package_say_what_the_commands_say(run: Any, tmp_path: Path) -> None:
    run("export", "--format", "datapackage", tmp_path / "package", "--from", "2022-02-25", "--to", "2022-02-28")
    printed = json.loads(run("panel", "--from", "2022-02-25", "--to", "2022-02-28", "--format", "json").out)
    frame = pd.read_csv(tmp_path / "package" / "positions.csv", keep_default_na=False)
    assert [str(row) for row in frame["statement"]] == [row["statement"] for row in printed]
    assert frame["day"].tolist() == [row["day"] for row in printed]


def test_hostile_cells_stay_what_they_are_in_a_package(content: BookContent, tmp_path: Path) -> None:
    first = content.records[0]
    notes = [
        first.statement.model_copy(update={"id": f"n{number}", "note": note}) for number, note in enumerate(HOSTILE)
    ]
    records = tuple(replace(first, statement=statement) for statement in notes)
    exported = write_data_package(BookContent(content.codebook, content.documents, records, content.head))
    for name, written in exported.files.items():
        (tmp_path / name).write_bytes(written)
    assert frictionless.validate(str(tmp_path / "datapackage.json")).valid
    back = pd.read_csv(tmp_path / "statements.csv", keep_default_na=False)
    assert back["note"].tolist() == HOSTILE


def test_a_book_without_statements_is_a_package_too(content: BookContent) -> None:
    exported = write_data_package(BookContent(content.codebook, (), (), "0:none", tables=content.tables))
    assert {"statements.csv", "datapackage.json"} <= set(exported.files)
    assert "positions.csv" not in exported.files
