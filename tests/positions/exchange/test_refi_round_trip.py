"""REFI-QDA there and back: nothing that the format can hold is lost, nothing comes twice, others' codings come in."""

from __future__ import annotations

import json
import re
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import SubElement, tostring

import pytest
from hypothesis import given

from positions.exchange.code_map import NO_MAP, read_code_map
from positions.exchange.coded_statements import CodedStatements
from positions.exchange.content import ONLY, BookContent
from positions.exchange.incoming import ImportSource
from positions.exchange.refi_read import read_refi_project
from positions.exchange.refi_write import write_refi_project
from positions.exchange.refi_xml import parse_xml
from positions.model.statement import Statement
from tests.command_line import call_command
from tests.conftest import ROOT
from tests.examples import golden_codebook
from tests.negotiations import write_tigray
from tests.positions.exchange.books import books, content_of

GOLDEN = ROOT / "tests" / "examples" / "golden.toml"
SAMPLE = ROOT.parent / "shared" / "samples" / "demo.qdpx"
"""A real project of another tool; it is no part of this one."""


def empty_workspace(folder: Path, codebook: Path) -> Path:
    """An empty workspace with a codebook."""
    folder.mkdir()
    (folder / "codebook.toml").write_bytes(codebook.read_bytes())
    for name in ("documents.jsonl", "statements.jsonl"):
        (folder / name).touch()
    return folder


def succeed(*words: str | Path) -> str:
    answer = call_command(*map(str, words))
    assert answer.code == 0, answer.err.decode()
    return answer.out.decode()


def records_of(content: BookContent) -> list[dict[str, Any]]:
    return [record.statement.model_dump(mode="json") for record in content.records]


def documents_of(content: BookContent) -> list[dict[str, Any]]:
    """Documents without the name of the file in which a workspace keeps the text."""
    return [document.model_dump(mode="json", exclude={"file"}) for document in content.documents]


@pytest.fixture(params=["shipped", "second"])
def case(request: pytest.FixtureRequest, opened_case: Path, tmp_path: Path) -> Path:
    return opened_case if request.param == "shipped" else write_tigray(tmp_path / "second")


def test_a_case_comes_whole_into_an_empty_workspace_and_a_second_time_nothing_comes(case: Path, tmp_path: Path) -> None:
    before = content_of(case)
    succeed("export", tmp_path / "case.qdpx", "--data", case)
    new = empty_workspace(tmp_path / "new", case / "codebook.toml")
    documents, statements = len(before.documents), len(before.records)
    out = succeed("import", tmp_path / "case.qdpx", "--data", new)
    assert f"imported {documents} new documents and {statements} new statements" in out
    assert "left out" not in out
    assert records_of(content_of(new)) == records_of(before)
    assert documents_of(content_of(new)) == documents_of(before)
    for folder in (new, case):
        assert "imported 0 new documents and 0 new statements" in succeed(
            "import", tmp_path / "case.qdpx", "--data", folder
        )


BEN = "12345678-0000-0000-0000-00000000000B"


def rewritten(path: Path, change: Callable[[str], str], text: Callable[[bytes], bytes] = lambda text: text) -> Path:
    """A project as another tool would write it anew."""
    target = path.with_name(f"changed-{path.name}")
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(target, "w") as other:
        for name in archive.namelist():
            content = archive.read(name)
            other.writestr(name, change(content.decode()) if name.endswith(".qde") else text(content))
    return target


def new_guids(xml: str) -> str:
    """The same project with other identifiers, in small letters and braces."""
    return re.sub(
        r"\b([0-9A-F]{8})(-[0-9A-F-]{27})\b(?!\.txt)", lambda match: f"{{{match[1][::-1].lower()}{match[2]}}}", xml
    )


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_what_another_tool_wrote_anew_with_its_own_identifiers_and_line_ends_is_what_is_there_already(
    shipped: Path, tmp_path: Path, line_end: bytes
) -> None:
    succeed("export", tmp_path / "case.qdpx", "--data", shipped)
    changed = rewritten(tmp_path / "case.qdpx", new_guids, lambda text: b"\xef\xbb\xbf" + text.replace(b"\n", line_end))
    out = succeed("import", changed, "--data", shipped)
    assert "imported 0 new documents and 0 new statements" in out


def without_notes(xml: str) -> str:
    return re.sub(r"<NoteRef [^>]*/>", "", re.sub(r"<Notes>.*</Notes>", "", xml, flags=re.DOTALL))


def test_without_our_notes_statements_are_still_recognised_by_their_codes(shipped: Path, tmp_path: Path) -> None:
    succeed("export", tmp_path / "case.qdpx", "--data", shipped)
    out = succeed("import", rewritten(tmp_path / "case.qdpx", without_notes), "--data", shipped)
    assert "imported 0 new documents and 0 new statements" in out


def coded_by_ben(xml: str, title: str, span: tuple[int, int], *codes: str) -> str:
    """A project in which somebody else has coded a passage with codes that are there."""
    root = parse_xml(xml.encode(), where="project.qde")
    guids = {one.get("name", ""): one.get("guid", "") for one in root.iter() if one.tag.endswith("Code")}
    source = next(one for one in root.iter() if one.tag.endswith("TextSource") and one.get("name") == title)
    users = next(one for one in root.iter() if one.tag.endswith("Users"))
    SubElement(users, "User", guid=BEN, name="Ben")
    selection = SubElement(source, "PlainTextSelection", guid=BEN[::-1], name="")
    selection.attrib |= {"startPosition": str(span[0]), "endPosition": str(span[1])}
    for number, code in enumerate(codes):
        coding = SubElement(selection, "Coding", guid=f"{number}{BEN[1:]}", creatingUser=BEN)
        SubElement(coding, "CodeRef", targetGUID=guids[code])
    return tostring(root, encoding="unicode")


def test_a_colleagues_coding_with_our_codes_comes_in_without_a_map(shipped: Path, tmp_path: Path) -> None:
    succeed("export", tmp_path / "case.qdpx", "--data", shipped)
    document = next(one for one in content_of(shipped).documents if one.id == "003")
    text = document.text or ""
    start = text.index("Ukraine")
    span = (start, text.index("\n", start))
    codes = ("Peace talks – open to talks", "Holder: Ukraine", "Venue: Belarus – rejects it")
    back = rewritten(tmp_path / "case.qdpx", lambda xml: coded_by_ben(xml, document.title, span, *codes))
    out = succeed("import", back, "--data", shipped)
    assert "imported 0 new documents and 2 new statements" in out
    new = [one.statement for one in content_of(shipped).records if one.statement.coder == "Ben"]
    said = {(one.holder, one.issue, one.element, one.stance) for one in new}
    assert said == {("UKR", "talks", None, 1), ("UKR", "venue", "belarus", -2)}
    assert {one.quote for one in new} == {text[slice(*span)].strip()}
    assert {one.said_on.text for one in new} == {document.published_on.text}
    assert "imported 0 new documents and 0 new statements" in succeed("import", back, "--data", shipped)


def recoded(xml: str, old: str, new: str) -> str:
    """A project in which the first coding with one code has another."""
    root = parse_xml(xml.encode(), where="project.qde")
    guids = {one.get("name", ""): one.get("guid", "") for one in root.iter() if one.tag.endswith("Code")}
    reference = next(one for one in root.iter() if one.get("targetGUID") == guids[old])
    reference.set("targetGUID", guids[new])
    return tostring(root, encoding="unicode")


def test_a_level_that_was_changed_in_another_tool_is_a_correction_and_only_once(shipped: Path, tmp_path: Path) -> None:
    succeed("export", tmp_path / "case.qdpx", "--data", shipped)
    before = content_of(shipped)
    levels = ("Peace talks – ready now", "Peace talks – open to talks")
    back = rewritten(tmp_path / "case.qdpx", lambda xml: recoded(xml, *levels))
    out = succeed("import", back, "--data", shipped)
    assert "imported 0 new documents, 0 new statements and 1 statement corrected" in out
    pairs = zip(before.records, content_of(shipped).records, strict=True)
    [(one, two)] = [(old.statement, new.statement) for old, new in pairs if old.statement != new.statement]
    assert (one.stance, two.stance) == (2, 1)
    assert "0 new statements from" in succeed("import", back, "--data", shipped)
    assert "0 new statements from" in succeed("import", tmp_path / "case.qdpx", "--data", shipped)


@given(books())
def test_any_book_comes_back_as_it_was(content: BookContent) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.qdpx"
        path.write_bytes(write_refi_project(content).files[ONLY])
        coded = read_refi_project(ImportSource(path, content.codebook))
    [document] = content.documents
    assert [source.text for source in coded.sources] == [document.text]
    assert coded.left_out == ()
    reading = CodedStatements(NO_MAP, content.codebook, {source.key: document for source in coded.sources})
    fields = [one.fields for one in reading.read(coded.passages)]
    assert reading.left_out == ()
    statements = [Statement.model_validate(one) for one in fields]
    assert sorted(statements, key=lambda one: one.id) == [record.statement for record in content.records]
    told = coded.sources[0].fields
    assert told == document.model_dump(mode="json", exclude_defaults=True, exclude={"text", "file", "sha256"})


@pytest.mark.skipif(not SAMPLE.exists(), reason="the folder with real files of other tools is not there")
def test_of_a_real_project_all_that_a_map_covers_comes_in(tmp_path: Path) -> None:
    """205 codings of 158 passages of one of its two texts, by one coder; every other one of its 77 codes is mapped."""
    coded = read_refi_project(ImportSource(SAMPLE, golden_codebook()))
    assert sum(len(passage.codes) for passage in coded.passages) == 205
    text = {source.key: source.text for source in coded.sources}
    assert all(text[one.source][one.start : one.end].strip() for one in coded.passages)
    used = sorted({path for passage in coded.passages for path in passage.codes})
    entries = [
        f"[[codes]]\ncode = {json.dumps(path)}\nissue = 'neutrality'\nstance = {number % 3}\n"
        for number, path in enumerate(used)
        if number % 2
    ]
    defaults = "[defaults]\nholder = 'RUS'\noutlet = 'Archive'\npublished_on = '2017'\n"
    (tmp_path / "map.toml").write_text(defaults + "\n".join(entries), encoding="utf-8")
    data = empty_workspace(tmp_path / "new", GOLDEN)
    out = succeed("import", SAMPLE, "--map", tmp_path / "map.toml", "--data", data)
    code_map = read_code_map(tmp_path / "map.toml", golden_codebook())
    claims = {
        (one.start, one.end, path)
        for one in coded.passages
        for path in one.codes
        if "issue" in code_map.fields_of(path)
    }
    records = content_of(data).records
    assert len(content_of(data).documents) == 2
    assert 0 < len(records) <= len(claims)
    assert {(one.statement.start, one.statement.end) for one in records} == {claim[:2] for claim in claims}
    assert "unknown codes" in out
    assert "imported 0 new documents and 0 new statements" in succeed(
        "import", SAMPLE, "--map", tmp_path / "map.toml", "--data", data
    )
