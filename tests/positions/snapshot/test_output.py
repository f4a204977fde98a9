from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from positions.errors import DataError, QueryError, WorkspaceError
from positions.model.codebook import Codebook
from positions.model.revision import InForce
from positions.snapshot.output import ALL_FORMATS, parse_report, read_report, report_bytes
from positions.snapshot.render import render_report
from positions.snapshot.report import Report
from tests.conftest import absent
from tests.examples import said
from tests.positions.snapshot.pages import golden, one

ROOT = Path(__file__).parents[3]


def tables(report: Report) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(report_bytes(report, "csv"))) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
            for name in archive.namelist()
        }


def test_the_published_schema_is_that_of_the_model() -> None:
    # To renew it: positions schema report > docs/report.schema.json
    told = json.loads((ROOT / "docs" / "report.schema.json").read_text())
    assert told == Report.model_json_schema(mode="serialization")
    assert set(told["required"]) == set(json.loads(render_report(golden(), "json")))


def test_a_report_can_be_rebuilt_from_its_json(shipped: tuple[Report, InForce, Codebook], tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    for report in (golden(), shipped[0]):
        path.write_bytes(report_bytes(report, "json"))
        again = read_report(path)
        assert again == report
        for form in ("html", "md", "json", "csv"):
            assert report_bytes(again, form) == report_bytes(report, form)


def test_a_wrong_report_is_told_field_by_field() -> None:
    fields = json.loads(render_report(golden(), "json"))
    fields["pairs"][0]["distance"] = "far"
    del fields["title"]
    with pytest.raises(DataError, match=r"(?m)^report\.json title: missing$") as told:
        parse_report(json.dumps(fields), where="report.json")
    assert {(finding.where, finding.field) for finding in told.value.findings} == {
        ("report.json", "title"),
        ("report.json", "pairs.distance"),
    }
    for text in ("", "[]", "{", '{"a": 1, "a": 2}'):
        with pytest.raises(DataError, match=r"report\.json"):
            parse_report(text, where="report.json")


def test_tables_hold_the_same_numbers(shipped: tuple[Report, InForce, Codebook]) -> None:
    report = shipped[0]
    found = tables(report)
    assert [float(row["lo"]) for row in found["distances.csv"]] == [pair.lo for pair in report.pairs]
    assert len(found["issue_distances.csv"]) == sum(len(pair.issues) for pair in report.pairs)
    assert {row["quote"] for row in found["statements.csv"]} == {note.quote for note in report.notes}
    assert {row["head"] for row in found["report.csv"] if "head" in row} <= {report.head}
    numbers = {row["number"] for row in found["statements.csv"]}
    for table in ("positions", "moves", "demands", "demand_changes"):
        for row in found[f"{table}.csv"]:
            assert set(row["notes"].split()) <= numbers
    assert all(
        rows for name, rows in found.items() if name not in ("recoded.csv", "withdrawn.csv", "ground_changes.csv")
    )


def test_a_table_runs_nothing_in_a_spreadsheet() -> None:
    quote = '=HYPERLINK("http://evil.example")'
    found = tables(one(said("2022-03-01", "RUS", "neutrality", 2, quote=quote, start=0, end=len(quote))))
    assert [row["quote"] for row in found["statements.csv"]] == [f"'{quote}"]


@pytest.mark.parametrize("form", ["exe", ""])
def test_an_unknown_format_of_a_file_is_refused(form: str) -> None:
    with pytest.raises(QueryError, match="allowed: csv, docx, html, json, md, pdf"):
        report_bytes(golden(), form)


def test_without_its_extra_pdf_tells_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(WorkspaceError, match=r"pip install 'positions\[pdf\]'"):
        report_bytes(golden(), "pdf")


@pytest.fixture(scope="module")
def reader() -> Any:
    try:
        import weasyprint  # noqa: F401
        from pypdf import PdfReader
    except (ImportError, OSError) as error:
        absent(f"no PDF can be written or read here: {error}")
    return PdfReader


def test_a_pdf_has_bookmarks_page_numbers_and_its_fonts(reader: Any) -> None:
    found = reader(io.BytesIO(report_bytes(golden(), "pdf")))
    titles = [item.title for item in found.outline if not isinstance(item, list)]
    assert titles == ["Where the parties stand on 15 March 2022"]
    below = [item.title for item in found.outline[1] if not isinstance(item, list)]
    assert below[:3] == ["At a glance", "What changed since 8 March 2022", "Positions by issue"]
    pages = found.pages
    for number, page in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in page.extract_text()
        for font in page["/Resources"]["/Font"].values():
            [within] = font.get_object()["/DescendantFonts"]
            assert "/FontFile2" in within["/FontDescriptor"] or "/FontFile3" in within["/FontDescriptor"]
    assert "/CreationDate" not in (found.metadata or {})


PRINT = """
import hashlib, sys
from pathlib import Path
from positions.snapshot.output import ALL_FORMATS, read_report, report_bytes
for form in ALL_FORMATS:
    print(form, hashlib.sha256(report_bytes(read_report(Path(sys.argv[1])), form)).hexdigest())
"""


def test_two_machines_write_the_same_bytes(reader: Any, tmp_path: Path) -> None:
    assert reader
    path = tmp_path / "report.json"
    path.write_bytes(report_bytes(golden(), "json"))
    told = set()
    for seed, zone, language in (("1", "Asia/Tokyo", "C"), ("2", "America/Los_Angeles", "tr_TR.UTF-8")):
        changed = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language, "PYTHONPATH": str(ROOT)}
        run = subprocess.run(
            [sys.executable, "-c", PRINT, str(path)],
            env=os.environ | changed,
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout.count("\n") == len(ALL_FORMATS)
        told.add(run.stdout)
    assert len(told) == 1


@pytest.mark.parametrize("number", ["5", "-0.5", "NaN", "Infinity", "-Infinity", "1e400"])
@pytest.mark.parametrize("field", ["distance", "lo", "hi", "coverage"])
def test_a_distance_that_is_none_is_refused(number: str, field: str) -> None:
    fields = json.loads(render_report(golden(), "json"))
    fields["pairs"][0][field] = "@"
    text = json.dumps(fields).replace('"@"', number)
    with pytest.raises(DataError, match=rf"^report\.json pairs\.{field}: found "):
        parse_report(text, where="report.json")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("hue", "red;background:url(https://example.org)"),
        ("hue", "#12345"),
        ("hue", "#12345g"),
        ("hue", "var(--x)"),
        ("hue", "#123456\n"),
        ("shape", "cross"),
        ("shape", "<script>"),
    ],
)
def test_a_party_is_drawn_in_a_colour_and_a_known_shape(field: str, value: str) -> None:
    fields = json.loads(render_report(golden(), "json"))
    fields["parties"][0][field] = value
    with pytest.raises(DataError, match=rf"^report\.json parties\.{field}: found "):
        parse_report(json.dumps(fields), where="report.json")


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "1e999"])
def test_no_number_of_a_report_is_other_than_finite(number: str) -> None:
    fields = json.loads(render_report(golden(), "json"))
    fields["pairs"][0]["issues"][0]["weight"] = float(number)
    fields["scales"][0]["ticks"][0]["value"] = float(number)
    with pytest.raises(DataError, match="pairs.issues.weight: found") as told:
        parse_report(json.dumps(fields), where="report.json")
    assert len(told.value.findings) == 2
