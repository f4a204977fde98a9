"""Everything that a user can see of the shipped case, told once and compared ever after.

A case is named by what is asked: the words of a call of ``positions`` (`` <<< `` gives what is typed, lines parted by
``;``), or a first word in capitals and an address of the dashboard. ``GET`` is what the address answers, ``LIGHT`` and
``DARK`` what a browser in that scheme fills the page with, ``EDIT`` a page of the dashboard that may change the book.
Files that a call writes under ``out/`` are part of what it told. All days with statements are asked for in JSON and
CSV, tables for people on two of them. PDF is left out: its bytes hang on the fonts of the machine.

``golden/outputs.json`` has the SHA-256 of each, ``golden/texts`` the whole text of some for reviewers
(:func:`tests.golden.asked.kept`).

- ``python -m tests.outputs --write`` makes them anew, after a change that is meant, and tells what changed
- ``python -m tests.outputs --dump DIR`` writes every text into a folder, to be looked at
- ``python -m tests.outputs --diff DIR`` compares with such a folder, line by line
"""

from __future__ import annotations

import argparse
import difflib
import io
import json
import os
import re
import shlex
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import positions
from dashboard import create_app
from dashboard.settings import Settings
from tests.command_line import at_home, call_command
from tests.golden.asked import GROUPS, kept

ROOT: Final = Path(__file__).parent.parent
MANIFEST: Final = ROOT / "tests" / "golden" / "outputs.json"
TEXTS: Final = ROOT / "tests" / "golden" / "texts"
OUT: Final = Path("out")
RUN: Final[Mapping[str, str]] = {
    r"\d+\.\d s, [\d,.]+ documents/s": "TIME",
    r"(?<=positions, version )\S+": "VERSION",
    r"\?m=[\d.]+": "?m=TIME",
    r"\.v\d+_\d+_\d+m\d+": ".vVERSION",
    r'(?s)(?<=<script id="_dash-config" type="application/json">).*?(?=</script>)': "CONFIG",
    r'(?<=name="secret" value=")[^"]+': "SECRET",
}
"""What depends on the run or the versions of libraries, and what stands in for it."""
RECORDED: Final[Mapping[str, str]] = {
    r"(?!2026-11-21.23:30|2026-11-22T23:59)\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|\+00:00| UTC)": "INSTANT",
    r"\b(\d+):[0-9a-f]{12,64}\b": r"\1:HEAD",
}
"""What depends on when something was recorded: instants other than those of the shipped case, heads of the log."""


@dataclass
class Case:
    """A copy of the shipped case in a folder of its own, and what it answers."""

    folder: Path

    def told(self, name: str) -> str:
        """Return the text of a case, without what depends on the run."""
        number, _, rest = name.partition(" ")
        if recorded := number.isdigit():
            name = rest
        kind, _, address = name.partition(" ")
        with self._at_home():
            text = getattr(self, f"_{kind.lower()}")(address) if kind in KINDS else self._called(name)
        for place in {str(self.folder), str(self.folder.resolve())}:
            text = text.replace(place, "CASE")
        for pattern, words in {**RUN, **(RECORDED if recorded else {})}.items():
            text = re.sub(pattern, words, text)
        return text

    @contextmanager
    def _at_home(self) -> Iterator[None]:
        """Work in the folder, as a user with no settings."""
        rest = {
            name: text for name, text in os.environ.items() if not name.startswith(("POSITIONS", "COLUMNS", "FORCE"))
        }
        with at_home(self.folder, {**rest, "LOGNAME": "reader", "USER": "reader"}):
            yield

    def _called(self, name: str) -> str:
        """Return what a call printed, then its errors, its exit code and the files that it wrote."""
        words, _, typed = name.partition(" <<< ")
        answer = call_command(*shlex.split(words), typed="".join(f"{line}\n" for line in typed.split(";") if line))
        parts = [readable("", answer.out)]
        parts += [f"== errors ==\n{answer.err.decode()}"] if answer.err else []
        parts += [f"== exit code {answer.code} ==\n"] if answer.code else []
        return "".join([*parts, *_written()])

    @cached_property
    def _workspace(self) -> Any:
        return positions.open_workspace("data")

    @cached_property
    def _site(self) -> Any:
        return create_app(self._workspace).server.test_client()

    @cached_property
    def _desk(self) -> Any:
        settings = Settings(refresh_seconds=0.0, edit=True, coder="anna")
        return create_app(self._workspace, settings).server.test_client()

    def _get(self, address: str) -> str:
        return _answered(self._site, address)

    def _edit(self, address: str) -> str:
        return _answered(self._desk, address)

    def _light(self, address: str) -> str:
        return filled(self._site, address, "light")

    def _dark(self, address: str) -> str:
        return filled(self._site, address, "dark")

    def close(self) -> None:
        """Close what was opened."""
        if "_workspace" in vars(self):
            self._workspace.close()


KINDS: Final = ("GET", "EDIT", "LIGHT", "DARK")


def readable(name: str, content: bytes) -> str:
    """Return what a file holds as text: an archive's or a table's rows, nothing of a database."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
        return "".join(f"== {part} ==\n{held.decode()}" for part, held in parts)
    if name.endswith(".parquet"):
        import pandas as pd

        return str(pd.read_parquet(io.BytesIO(content)).to_csv(index=False))
    return "a database\n" if name.endswith(".db") else content.decode()


def _written() -> Iterator[str]:
    """Yield the files that lie under ``out/``, and take them away."""
    for path in sorted(OUT.rglob("*")):
        if path.is_file():
            yield f"== {path} ==\n{readable(path.name, path.read_bytes())}"
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()


def _answered(client: Any, address: str) -> str:
    """Return what an address answers, then its status and what it is."""
    answer = client.get(address)
    text = answer.get_data(as_text=True)
    if address.startswith("/_dash"):
        text = _in_lines(answer.get_json())
    told = (answer.headers.get(name) for name in ("Content-Type", "Content-Disposition", "Location"))
    return f"{text}\n== {', '.join([answer.status, *filter(None, told)])} ==\n"


def filled(client: Any, address: str, scheme: str) -> str:
    """Return what the callbacks of the server fill a page with, called one after the other as a browser does."""
    path, mark, query = address.partition("?")
    values: dict[str, Any] = {"url.pathname": path, "url.search": mark + query, "scheme.data": scheme}
    parts: dict[str, Any] = {}
    for call in client.get("/_dash-dependencies").get_json():
        if call["clientside_function"]:
            continue
        inputs, state = (
            [{**item, "value": values.get(f"{item['id']}.{item['property']}")} for item in call[kind]]
            for kind in ("inputs", "state")
        )
        outputs: Any = [_place(word) for word in call["output"].strip(".").split("...")]
        answer = client.post(
            "/_dash-update-component",
            json={
                "output": call["output"],
                "outputs": outputs if call["output"].startswith("..") else outputs[0],
                "changedPropIds": ["{id}.{property}".format_map(inputs[0])],
                "inputs": inputs,
                "state": state,
            },
        )
        assert answer.status_code in (200, 204), answer.get_data(as_text=True)[:400]
        for part, props in (answer.get_json() or {"response": {}})["response"].items() if answer.data else ():
            parts.setdefault(part, {}).update(props)
            values |= {f"{part}.{prop}": value for prop, value in props.items()}
    return _in_lines(parts)


def _place(word: str) -> dict[str, str]:
    return dict(zip(("id", "property"), word.partition("@")[0].rsplit(".", 1), strict=True))


def _in_lines(data: Any) -> str:
    """Write data with a line for each of its words and parts; what ``indent`` does takes ten times as long."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    for mark in (', "', ", {", ", [", "}, "):
        text = text.replace(mark, mark.replace(", ", ",\n"))
    return f"{text}\n"


@contextmanager
def shipped_case() -> Iterator[Case]:
    """Hand out a fresh copy of the shipped case with its plans and a report."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name in ("data", "seeds", "docs"):
            ignored = shutil.ignore_patterns("*.db*", "*.local.jsonl", "*.npz", "*.png", "*.md")
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        case = Case(folder)
        (folder / "report.json").write_text(case.told("snapshot --as-of 2022-02-27 --format json"), newline="")
        try:
            yield case
        finally:
            case.close()


def captured(group: str, case: Case) -> dict[str, str]:
    """Return the texts of a group by the names of its cases; what changes the book changes a copy of its own."""
    if group == "recording":
        with shipped_case() as own:
            return {name: own.told(name) for name in GROUPS[group]}
    return {name: case.told(name) for name in GROUPS[group]}


def digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return sha256(text.encode()).hexdigest()


def read_manifest() -> dict[str, str]:
    """Return the hash of each case as it was when the golden files were written."""
    found: dict[str, str] = json.loads(MANIFEST.read_text()) if MANIFEST.exists() else {}
    return found


def file_name(name: str) -> str:
    """Return the name of a case's file: its words, and the ending that its format has."""
    form = re.search(r"(?:--format |GET /\w+\.)(json|jsonl|csv|html|md)\b", name)
    ending = form[1] if form else "json" if name.startswith(("LIGHT", "DARK")) else "txt"
    return f"{re.sub(r'[^A-Za-z0-9.]+', '-', name.replace('--', '')).strip('-')}.{ending}"


def _all() -> dict[str, str]:
    with shipped_case() as case:
        return {name: text for group in GROUPS for name, text in captured(group, case).items()}


def _write(texts: Mapping[str, str]) -> None:
    before, now = read_manifest(), {name: digest(text) for name, text in texts.items()}
    told = {
        "changed": [name for name in now if name in before and before[name] != now[name]],
        "added": [name for name in now if name not in before],
        "vanished": [name for name in before if name not in now],
    }
    for what, names in told.items():
        print(f"{len(names)} {what}", *names, sep="\n  ")
    MANIFEST.write_text(json.dumps(now, indent=0, sort_keys=True, ensure_ascii=False) + "\n")
    shutil.rmtree(TEXTS, ignore_errors=True)
    _dump({name: text for name, text in texts.items() if kept(name)}, TEXTS)


def _dump(texts: Mapping[str, str], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / file_name(name)).write_text(text, newline="")


def _differences(texts: Mapping[str, str], folder: Path) -> Iterator[str]:
    """Yield the lines that differ from those of a folder, case by case."""
    files = {file_name(name): text for name, text in texts.items()}
    before = {path.name: path.read_bytes().decode() for path in folder.iterdir()}
    for name in sorted(files.keys() | before.keys()):
        old, new = (held.get(name, "").splitlines(keepends=True) for held in (before, files))
        yield from difflib.unified_diff(old, new, f"before/{name}", f"now/{name}", n=1)


def run() -> None:
    """Write, dump or compare all outputs."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.outputs", description="All that users see of the shipped case."
    )
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("--write", action="store_true", help="write the golden files anew and tell what changed")
    wanted.add_argument("--dump", type=Path, metavar="DIR", help="write every text into a folder")
    wanted.add_argument("--diff", type=Path, metavar="DIR", help="compare with the texts of a folder")
    given = parser.parse_args()
    texts = _all()
    if given.write:
        _write(texts)
    elif given.dump:
        _dump(texts, given.dump)
    else:
        sys.stdout.writelines(_differences(texts, given.diff))


if __name__ == "__main__":
    run()
