"""Files and options that nobody means well with are refused in a line, soon, and leave everything as it was."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from positions.errors import DataError, WorkspaceError
from positions.extract.language.phrases import Token
from positions.extract.rules.speech import flag_spoken
from positions.files.reading import MOST_PROBLEMS, parse_toml, read_bytes
from positions.model.codebook import Codebook
from tests.positions.cli.test_cli import run

__all__ = ["run"]

DIGITS = "9" * 5000


@pytest.fixture
def shipped(shipped_text: Path) -> Path:
    """The shipped case as git has it: a wrong file is met at the first opening."""
    return shipped_text


def refused(told: Any) -> str:
    """Return the one clear end of a refused command."""
    assert told.code in (1, 2), told.out
    assert "Traceback" not in told.err
    assert told.out + told.err != ""
    return str(told.out + told.err)


@pytest.mark.parametrize(
    "words",
    [
        ("export", "file/"),
        ("export", "file/inside/"),
        ("export", "file/x.csv"),
        ("export", "none/x.parquet"),
        ("export", "/proc/none/"),
        ("export", "n" * 300),
        ("export", f"{'n' * 300}.csv"),
        ("snapshot", "-o", "folder.html", "--force"),
        ("snapshot", "-o", "none/x.html"),
        ("snapshot", "--every", "week", "-o", "file"),
        ("backup", "folder.html"),
        ("backup", "none/x.db"),
        ("init", "file"),
        ("init", "file/inside"),
        ("init", "n" * 300),
        ("show", "a\x00b"),
        ("show", "a\udcff"),
        ("add-document", "a\x00b.txt"),
        ("state", "--data", "a\x00b"),
        ("state", "--data", "x" * 5000),
        ("show", "x" * 100_000),
    ],
    ids=lambda words: " ".join(words)[:40].encode("ascii", "replace").decode(),
)
def test_what_cannot_be_written_or_named_is_told(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    Path("file").write_text("mine")
    Path("folder.html").mkdir()
    refused(run(*words))
    assert Path("file").read_text() == "mine"
    assert sorted(map(str, Path().rglob("*"))) == ["file", "folder.html"]


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.mkdir()


def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _circle(path: Path) -> None:
    path.symlink_to(path.name)


SPECIAL = [_pipe, _folder, _endless, _circle]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system here")
@pytest.mark.parametrize("make", SPECIAL)
@pytest.mark.parametrize("file", ["statements.jsonl", "documents.jsonl", "codebook.toml", "lexicon.toml"])
def test_a_workspace_s_file_that_is_none_is_refused(
    run: Any, shipped: Path, make: Callable[[Path], None], file: str
) -> None:
    (shipped / file).unlink()
    make(shipped / file)
    start = time.monotonic()
    refused(run("state" if file == "lexicon.toml" else "validate"))
    assert time.monotonic() - start < 20


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system here")
@pytest.mark.parametrize("make", SPECIAL)
@pytest.mark.parametrize(
    "words",
    [
        ("import", "x.csv"),
        ("import", "x.jsonl"),
        ("add-document", "x.txt"),
        ("render", "x.json"),
        ("plan", "x.toml"),
        ("snapshot", "--check", "x.json"),
    ],
    ids=" ".join,
)
def test_a_pipe_a_folder_and_a_device_are_no_input(
    run: Any, tmp_path: Path, make: Callable[[Path], None], words: tuple[str, ...]
) -> None:
    make(tmp_path / words[-1])
    refused(run(*words[:-1], tmp_path / words[-1]))


def test_a_pipe_that_the_shell_hands_on_is_read() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"content")
    os.close(writing)
    if not Path(f"/dev/fd/{reading}").exists():
        pytest.skip("no numbered files here")
    assert read_bytes(Path(f"/dev/fd/{reading}")) == b"content"
    os.close(reading)
    with pytest.raises(WorkspaceError, match="is not a regular file"):
        read_bytes(Path("/dev/zero"))


WRONG = ["['a']", "{'a': 1}", "True", DIGITS, "1e999", "NaN", r"'\ud800'", "[" * 50_000, "'\\u0000'"]


@pytest.mark.parametrize("raw", WRONG, ids=lambda raw: raw[:9])
@pytest.mark.parametrize(
    "field", ["speaker", "holder", "stance", "start", "said_on", "document", "issue", "confidence"]
)
def test_a_value_of_another_kind_is_a_finding(run: Any, shipped: Path, tmp_path: Path, field: str, raw: str) -> None:
    first = json.loads((shipped / "statements.jsonl").read_text().partition("\n")[0])
    own = ("recorded_at", "recorded_by", "action", "revision", "id", "reason", "first_recorded_at")
    fields = {name: value for name, value in first.items() if name not in own} | {field: "@"}
    value = raw.replace("'", '"').replace("True", "true")
    (tmp_path / "x.jsonl").write_text(json.dumps(fields).replace('"@"', value) + "\n")
    told = refused(run("import", tmp_path / "x.jsonl", "--dry-run"))
    assert "x.jsonl:1" in told
    assert len(told) < 2000


@pytest.mark.parametrize(
    "rest",
    [
        f"x = {'[' * 20_000}{']' * 20_000}",
        f"x = {'{a=' * 5000}1{'}' * 5000}",
        f"x = {DIGITS}",
        f"[{'.'.join('a' * 5000)}]",
        'x = "\x00"',
        "x = 9999-99-99",
    ],
    ids=lambda rest: rest[:12],
)
def test_toml_that_is_deep_long_or_no_text_is_a_finding(rest: str) -> None:
    with pytest.raises(DataError, match=r"^codebook\.toml"):
        parse_toml(f"title = 'x'\n{rest}\n".encode(), Codebook, name="codebook.toml")


def test_a_file_with_thousands_of_problems_is_told_soon_and_at_bounded_length() -> None:
    content = "title = 'x'\n" + "[[parties]]\nid = 'a b'\nname = ''\n" * 3000
    start = time.process_time()
    with pytest.raises(DataError, match="parties.id") as told:
        parse_toml(content.encode(), Codebook, name="codebook.toml")
    assert len(told.value.findings) == MOST_PROBLEMS + 1
    assert str(told.value.findings[-1]).startswith("codebook.toml: 5,8")
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("a" * 200_000 + "\n1\n", "no headings: found 'aaaaa"),
        (",".join(["id"] * 100_000) + "\n", "found 'id' twice, allowed: each field once"),
        (",".join(f"x{number}" for number in range(50_000)) + "\n", "no headings: found 'x0 | x1"),
        ('"' * 40_000, "found "),
        ("", "the header is missing"),
        ("id,note\nx," + "y" * 300_000 + "\n", "document: missing"),
    ],
    ids=["wide", "twice", "unknown", "quotes", "empty", "cell"],
)
def test_a_header_without_measure_is_a_finding(run: Any, tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "x.csv").write_text(content)
    assert words in refused(run("import", tmp_path / "x.csv"))


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 50_000, "9" * 5000, '{"title": ' + DIGITS + "}", "\x00", "null"]
)
def test_a_report_that_is_deep_or_long_is_a_finding(run: Any, tmp_path: Path, text: str) -> None:
    (tmp_path / "r.json").write_text(text)
    assert "r.json" in refused(run("render", tmp_path / "r.json"))


def test_a_plan_has_a_bounded_number_of_clauses(run: Any, tmp_path: Path) -> None:
    clause = '[[clauses]]\nissue = "venue"\nelement = "minsk"\nstance = 1\n'
    (tmp_path / "p.toml").write_text(f'title = "P"\n{clause * 20_000}')
    assert "found 20,000 clauses, allowed: up to 1,000" in refused(run("plan", tmp_path / "p.toml"))


def test_quotation_marks_cost_time_in_line_with_their_number() -> None:
    def seconds(count: int) -> float:
        tokens = [Token('"', '"', at, at + 1) for at in range(2 * count)]
        quotes = [(at, at + 2) for at in range(0, 2 * count, 2)]
        start = time.process_time()
        flag_spoken(tokens, quotes)
        return time.process_time() - start

    assert seconds(20_000) < 2


@pytest.mark.parametrize("attribute", ['a{}="1"', "a{}=1", "a{}='>'", 'a{}\n=\n">"'])
def test_a_tag_of_attributes_without_end_is_refused(run: Any, tmp_path: Path, attribute: str) -> None:
    attributes = " ".join(attribute.format(number) for number in range(100_000))
    (tmp_path / "x.html").write_text(f"<html><body><p {attributes}>Talks in Minsk are welcome.</p></body></html>")
    start = time.process_time()
    told = run("add-document", tmp_path / "x.html", "--published-on", "2022-02-27", "--outlet", "The Guardian")
    assert "x.html: found a tag with 100,000 attributes, allowed: up to 5,000" in refused(told)
    assert time.process_time() - start < 20


@pytest.mark.parametrize("sign", ['"', "“", "'", "(", ". ", 'a"b '])
def test_an_article_of_marks_is_read_soon(run: Any, tmp_path: Path, sign: str) -> None:
    (tmp_path / "x.txt").write_text(f"Putin said that talks in Minsk are welcome. {sign * 5000} Zelensky said no.")
    start = time.process_time()
    told = run("extract", tmp_path / "x.txt", "--published-on", "2022-02-27", "--outlet", "The Guardian")
    assert told.code == 0
    assert time.process_time() - start < 20


@pytest.mark.parametrize("command", ["state", "status", "validate"])
def test_a_deeply_nested_line_beside_a_record_book_is_a_finding(run: Any, shipped: Path, command: str) -> None:
    assert run("state").code == 0
    statements = shipped / "statements.jsonl"
    statements.write_bytes(statements.read_bytes() + b"[" * 50_000 + b"\n")
    told = run(command)
    assert told.code in (0, 1, 2)
    assert "statements.jsonl" in told.out + told.err or command == "status"
    assert statements.read_bytes().count(b"[" * 50_000) == 1
