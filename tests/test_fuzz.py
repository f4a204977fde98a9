"""Every command with hostile words and hostile files: it ends in 0, 1 or 2, in a few lines, soon, and loses nothing.

The suite tries as many inputs as fit into about a minute of processor time. By hand, longer::

    POSITIONS_FUZZ=1000 python -m pytest tests/test_fuzz.py -q -s
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from positions.cli import main
from positions.cli.commands import COMMANDS
from tests.conftest import ROOT

EXAMPLES: Final = int(os.environ.get("POSITIONS_FUZZ", "40"))
"""Inputs for each property; the seed is another each time if somebody asks for more than the suite's."""
SOON: Final = 20.0
"""Processor seconds that a command on the shipped case may take on the slowest machine; most need a tenth of one."""
LONGEST_MESSAGE: Final = 20_000
fuzzed = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=EXAMPLES <= 40,
    suppress_health_check=list(HealthCheck),
)


class Ended(NamedTuple):
    """How a command ended."""

    code: object
    out: str
    err: str
    seconds: float


@cache
def _example(scratch: Path) -> Path:
    """One copy of the shipped case with its record book made, for all inputs that change nothing or are copied."""
    for name in ("data", "seeds"):
        ignored = shutil.ignore_patterns("positions.db*", "positions.local.jsonl")
        shutil.copytree(ROOT / name, scratch / name, ignore=ignored)
    assert call("state", "--data", str(scratch / "data")).code == 0
    return scratch / "data"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    scratch = tmp_path_factory.mktemp("fuzz")
    before = Path.cwd()
    os.chdir(scratch)  # a name without a folder is made here, and nowhere else
    yield _example(scratch)
    os.chdir(before)


def call(*words: str, typed: str = "") -> Ended:
    """Run a command in this process; an exception that it lets through fails the test with its traceback."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    argv, stdin, start = sys.argv, sys.stdin, time.process_time()
    sys.argv, sys.stdin = ["positions", *words], io.StringIO(typed)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.raises(SystemExit) as ended:
            main()
    finally:
        sys.argv, sys.stdin = argv, stdin
    out.flush()
    err.flush()
    printed = [stream.buffer.getvalue().decode() for stream in (out, err)]  # type: ignore[attr-defined]
    return Ended(ended.value.code or 0, *printed, time.process_time() - start)


def check(told: Ended) -> None:
    """Check what holds for every command whatever it was given."""
    assert told.code in (0, 1, 2), told
    assert "Traceback" not in told.out + told.err
    assert told.code == 0 or (told.out + told.err).strip(), "an error is told"
    assert len(told.err) < LONGEST_MESSAGE
    assert told.seconds < SOON
    unseen = {
        sign for sign in told.out + told.err if sign < " " or "\x7f" <= sign <= "\x9f" or "\u202a" <= sign <= "\u202e"
    }
    assert unseen <= {"\n", "\t", "\r"}, "only CSV for programs and line ends may hold what a terminal obeys"


HOSTILE: Final = (
    *(
        "",
        " ",
        "-",
        "--",
        "-1",
        "0",
        "9" * 30,
        "9" * 5000,
        "1e400",
        "nan",
        "inf",
        "-inf",
        "NaN",
        "٢",
        "２０２２-０２-２５",
    ),
    *(
        "\u200b",
        "\x1b[31m",
        "\u202eevil",
        "\x00",
        "\udcff",
        "é",
        "é",
        "🙂",
        "a\nb",
        "a\r\nb",
        "\t",
        "'",
        '"',
        "“",
        "%s",
        "{0}",
    ),
    *(
        "../../etc/passwd",
        "/etc/passwd",
        "/",
        ".",
        "..",
        "~",
        "/dev/zero",
        "/dev/null",
        "/proc/self/mem",
        "x" * 300,
        "x/" * 3000,
    ),
    *(
        "; DROP TABLE log",
        "' OR 1=1 --",
        "{{ 7*7 }}",
        "<script>alert(1)</script>",
        "=1+1",
        "@SUM(1)",
        "$(id)",
        "`id`",
        "file:///etc",
    ),
    *(
        "0000-00-00",
        "2022-02-30",
        "0001-01-01",
        "9999-12-31",
        "2022-02-27/2022-02-26",
        "../2022",
        "2022-02-27T25:00:00Z",
    ),
    *(
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
        "RUS",
        "UKR",
        "venue",
        "venue/minsk",
        "003",
        "003-22",
        "talks",
    ),
    *(
        "2022-02-27",
        "1",
        "minsk",
        "codebook",
        "x.csv",
        "x.jsonl",
        "x.parquet",
        "x.html",
        "x.pdf",
        "x.json",
        "out/",
        "json",
        "csv",
    ),
)
WORD: Final = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(categories=None), max_size=12))
OPTIONS: Final = (
    *(
        "--as-of",
        "--known-at",
        "--public-by",
        "--from",
        "--to",
        "--since",
        "--format",
        "--party",
        "--issue",
        "--id",
        "--reason",
    ),
    *(
        "--coder",
        "--note",
        "--stance",
        "--start",
        "--quote",
        "--holder",
        "--element",
        "--document",
        "--said-on",
        "-o",
        "-n",
    ),
    *(
        "--template",
        "--check",
        "--manifest",
        "--every",
        "--dry-run",
        "--force",
        "--yes",
        "--where",
        "--replaces",
        "--head",
    ),
    *(
        "--title",
        "--url",
        "--outlet",
        "--published-on",
        "--status",
        "--distances",
        "--wide",
        "--if-unchanged",
        "--record",
    ),
)
WORDS: Final = st.lists(
    st.one_of(WORD.map(lambda word: (word,)), st.tuples(st.sampled_from(OPTIONS), WORD)), max_size=5
).map(lambda pairs: [word for pair in pairs for word in pair])
SERVING: Final = {"dashboard"}
"""Commands that go on until they are stopped; their words are tried as `--help` follows them."""


def snapshot_of(folder: Path) -> dict[str, bytes]:
    """Return the text of a data folder by file name."""
    return {path.name: path.read_bytes() for path in folder.glob("*.*l") if path.is_file()}


@fuzzed
@given(st.sampled_from(sorted(set(COMMANDS) - SERVING)), WORDS)
def test_hostile_words_end_a_command_in_a_line(data: Path, command: str, words: list[str]) -> None:
    before = snapshot_of(data)
    told = call(command, *words, "--data", str(data))
    check(told)
    after = snapshot_of(data)
    if told.code != 0:
        assert after == before, "what is refused leaves everything as it was"
    else:
        for name, content in before.items():
            if name.endswith(".jsonl"):
                assert set(content.split(b"\n")) <= set(after[name].split(b"\n")), "nothing recorded is lost"


VALUE: Final = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(HOSTILE), st.text(max_size=9)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(HOSTILE), inner, max_size=3)),
    max_leaves=6,
)
RAW: Final = st.sampled_from(
    [
        b"",
        b"\n",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\x00",
        b"{",
        b"[" * 50_000,
        b'{"a":' * 50_000,
        b"9" * 5000,
        b'"' * 9000,
        b"\r",
        b"a" * 200_000,
    ]
)


def _mutate_field(content: bytes, name: str, value: object) -> bytes:
    line, _, rest = content.partition(b"\n")
    fields = {**json.loads(line), name: value}
    return json.dumps(fields).encode() + b"\n" + rest


@st.composite
def mutations(draw: Callable[[Any], Any]) -> Callable[[bytes], bytes]:
    """Return a change of a file: other bytes at a place, a part left out, said twice, or a field with another value."""
    kind = draw(st.sampled_from(["insert", "cut", "twice", "field", "all"]))
    share, raw = draw(st.floats(0, 1)), draw(RAW)
    name, value = draw(st.sampled_from(FIELDS)), draw(VALUE)

    def change(content: bytes) -> bytes:
        place = int(share * len(content))
        if kind == "all":
            return raw
        if kind == "field" and content.startswith(b"{"):
            return _mutate_field(content, name, value)
        if kind == "cut":
            return content[:place] + content[place + len(raw) + 1 :]
        return content[:place] + (raw if kind == "insert" else content[place : place + 300]) + content[place:]

    return change


FIELDS: Final = (
    *(
        "id",
        "document",
        "quote",
        "start",
        "end",
        "speaker",
        "speaker_party",
        "holder",
        "voice",
        "directness",
        "issue",
        "element",
    ),
    *(
        "stance",
        "stance_to",
        "said_on",
        "said_on_basis",
        "coder",
        "confidence",
        "note",
        "recorded_at",
        "recorded_by",
        "action",
    ),
    *("revision", "reason", "title", "outlet", "file", "sha256", "published_on", "url", "unknown"),
)
FILES: Final = (
    "statements.jsonl",
    "documents.jsonl",
    "candidates.jsonl",
    "codebooks.jsonl",
    "codebook.toml",
    "lexicon.toml",
)
READING: Final = (["validate"], ["state"], ["verify"], ["status"], ["log"], ["show", "003-22"], ["codebook", "check"])


@fuzzed
@given(st.sampled_from(FILES), mutations(), st.sampled_from(READING), st.booleans())
def test_a_hostile_workspace_ends_a_command_in_a_line(
    data: Path, file: str, change: Callable[[bytes], bytes], words: list[str], keeps_book: bool
) -> None:
    scratch = data.parent / "hostile"
    shutil.rmtree(scratch, ignore_errors=True)
    ignored = shutil.ignore_patterns(*([] if keeps_book else ["positions.db*"]))
    shutil.copytree(data, scratch / "data", ignore=ignored)
    (scratch / "seeds").symlink_to(data.parent / "seeds")
    path = scratch / "data" / file
    changed = change(path.read_bytes() if path.exists() else b"")
    path.write_bytes(changed)
    told = call(*words, "--data", str(scratch / "data"))
    check(told)
    if told.code != 0:
        # What the record book has and a text lacks may be added to it; nothing is taken away.
        after = path.read_bytes()
        assert all(line in after for line in set(changed.split(b"\n"))), "nothing that is refused is lost"


HEADER: Final = ("document", "quote", "speaker", "holder", "issue", "element", "stance", "said_on", "said_on_basis")
ROW: Final = st.dictionaries(st.sampled_from((*HEADER, *FIELDS)), VALUE, max_size=9)


def _csv(rows: list[dict[str, Any]]) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [names, *([str(row.get(name, "")).encode(errors="replace").decode() for name in names] for row in rows)]
    return "\n".join(",".join(line) for line in lines)


@fuzzed
@given(st.lists(ROW, min_size=1, max_size=3), st.sampled_from(["jsonl", "csv"]), st.booleans(), RAW)
def test_a_hostile_file_to_import_is_refused_in_lines(
    data: Path, rows: list[dict[str, Any]], form: str, broken: bool, raw: bytes
) -> None:
    before = snapshot_of(data)
    file = data.parent / f"import.{form}"
    text = "".join(f"{json.dumps(row)}\n" for row in rows) if form == "jsonl" else _csv(rows)
    file.write_bytes(raw + text.encode() if broken else text.encode())
    told = call("import", str(file), "--dry-run", "--data", str(data))
    check(told)
    assert snapshot_of(data) == before


SIGNS: Final = (
    '"',
    "“",
    "”",
    "‘",
    "«",
    "'",
    "(",
    "[",
    "- ",
    ". ",
    'a"b ',
    "“a ",
    "<p>",
    "&#",
    "\u00ad",
    "\u202e",
    "9",
    "é",
)


@settings(fuzzed, max_examples=max(6, EXAMPLES // 4))
@given(st.sampled_from(SIGNS), st.integers(1, 3000), st.sampled_from(["txt", "html", "md"]), st.text(max_size=20))
def test_a_hostile_document_is_read_soon(data: Path, sign: str, count: int, ending: str, text: str) -> None:
    file = data.parent / f"article.{ending}"
    body = f"Putin said that talks in Minsk are welcome. {sign * count} {text} Zelensky said that it is not so."
    file.write_bytes(body.encode(errors="replace"))
    dated = ("--published-on", "2022-02-27", "--outlet", "The Guardian", "--data", str(data))
    check(call("extract", str(file), "--format", "jsonl", *dated))
    check(call("add-document", str(file), "--dry-run", *dated))


KEYS: Final = st.lists(
    st.sampled_from([*"aersuoq?", "e stance=nan", "e said_on=x", "r \u200b", "r no", "\x00", "\udcff"]), max_size=8
)


@settings(fuzzed, max_examples=max(6, EXAMPLES // 4))
@given(KEYS)
def test_hostile_keys_in_a_review_lose_nothing(data: Path, keys: list[str]) -> None:
    check(call("review", "--data", str(data), typed="".join(f"{key}\n" for key in keys)))
