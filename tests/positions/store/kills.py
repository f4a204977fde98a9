"""A program that kills writers at random moments and looks at what they left; run by ``test_kills.py``.

``python -m tests.positions.store.kills FOLDER COUNT`` prints how many writers were killed, how many writes they had
acknowledged, and how often a text was left behind its log; it ends with an error as soon as the two disagree after the
next command, or an acknowledged write is missing.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path

from positions.coding.codebook_migration import migrate
from positions.errors import PositionsError, QueryError
from positions.model.document import Document, sha256_of
from positions.model.id_changes import is_declared
from positions.store.codebook_text import Operation
from positions.store.codebook_undo import undo_version
from positions.store.published import FILES, row_line
from positions.store.sqlite import SqliteLog
from positions.store.undo import undo_writes
from positions.workspace import Workspace, open_workspace
from positions.workspace.merging import merge_into, settle
from positions.workspace.status import read_status

PLACES = ("venue/gomel", "venue/homel")
QUOTE = "We are ready for talks,"
FIELDS = {
    "quote": QUOTE,
    "speaker": "zelensky",
    "holder": "UKR",
    "issue": "talks",
    "stance": 1,
    "said_on": "2022-03-01",
    "said_on_basis": "explicit",
}


def write(folder: Path, number: int, acknowledged: int) -> None:
    """Do all that people do to a book, in random order, until killed; name each id once it is recorded."""
    chance = random.Random(number)
    while True:
        with open_workspace(folder) as workspace:
            os.write(acknowledged, b"\n")
            for turn in range(6):
                name = f"w{number}-{turn}-{chance.randrange(10**9)}"
                if (other := chance.choice([None, None, rename, merge, take_back])) is not None:
                    other(workspace, name)
                else:
                    record(workspace, name, acknowledged)


def record(workspace: Workspace, name: str, acknowledged: int) -> None:
    """Record a document and statements on it, correct the last one and retract it."""
    with workspace.recording(coder=coder_of(name)) as book:
        book.add_document(text_named(name))
        for _ in range(40 if name.endswith("7") else 1):
            last = book.add(**FIELDS, document=name)
    os.write(acknowledged, f"{last.id}\n".encode())
    with workspace.recording(coder=coder_of(name)) as book:
        book.correct(last.id, stance=2, reason="read again")
    with workspace.recording(coder=coder_of(name)) as book:
        book.retract(last.id, reason="coded twice")


def rename(workspace: Workspace, name: str) -> None:
    """Give a place another id, which recodes a statement; the other writer may have been faster."""
    old, new = PLACES if is_declared(workspace.codebook, "element", PLACES[0]) else PLACES[::-1]
    with suppress(QueryError):
        migrate(workspace, Operation("rename", "element", old, (new,)), coder=coder_of(name), reason=name)


def merge(workspace: Workspace, name: str) -> None:
    """Take in what a colleague did meanwhile, and settle what both corrected."""
    merge_into(workspace, str(colleague_of(workspace.folder)), coder=coder_of(name))
    for conflict in workspace.open_conflicts():
        with suppress(QueryError), workspace.recording(coder=coder_of(name)) as book:
            settle(book, conflict.conflict.record, "theirs" if name.endswith("1") else "ours")


def take_back(workspace: Workspace, name: str) -> None:
    """Undo a correction, and the last change of the codebook if one stands."""
    with suppress(PositionsError), workspace.recording(coder=coder_of(name)) as book:
        book.correct("first-01", note=name)
    with suppress(PositionsError), workspace.recording(coder=coder_of(name)) as book:
        undo_writes(book)
    with suppress(PositionsError), workspace.recording(coder=coder_of(name)) as book:
        undo_version(book)


def coder_of(name: str) -> str:
    """Return who does what has a name: each writer undoes only their own."""
    return name.partition("-")[0]


def colleague_of(folder: Path) -> Path:
    """Return the folder of a colleague."""
    return folder.with_name("colleague")


def disagree(folder: Path, number: int) -> None:
    """Let the colleague and the book correct one statement, and the colleague record another one."""
    for place, stance in ((folder, 1 + number % 2), (colleague_of(folder), 2 - number % 2)):
        with open_workspace(place) as workspace, workspace.recording(coder=place.name) as book:
            book.correct("first-01", stance=stance, note=f"round {number}")
            if place != folder:
                book.add(**FIELDS, document="first", note=f"round {number}")


def text_named(name: str) -> Document:
    """Return a document of its own."""
    text = f"“{QUOTE}” he said of {name}.\n"
    fields = {"id": name, "title": name, "outlet": "The Example", "published_on": "2022-03-02"}
    fields |= {"published_on_basis": "explicit", "text": text, "file": f"seeds/{name}.txt"}
    return Document.model_validate(fields | {"sha256": sha256_of(text.encode())})


def kill_one(folder: Path, number: int, *, seconds: float) -> set[str]:
    """Let two writers write at once, kill both, and return the ids that they acknowledged."""
    reading, writing = os.pipe()
    pids = []
    for place in range(2):
        if not (pid := os.fork()):
            try:
                write(folder, 2 * number + place, writing)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(1)
        pids.append(pid)
    os.close(writing)
    os.read(reading, 1)  # one of them has begun
    for pid in pids:
        time.sleep(seconds)
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        assert os.WIFSIGNALED(status), f"writer {number} ended by itself"
    with os.fdopen(reading) as pipe:
        return set(pipe.read().split())


def check(folder: Path, acknowledged: set[str]) -> bool:
    """Give one command, then compare text, codebook and log; return whether the text had been behind."""
    before = sum((folder / name).stat().st_size for name in FILES.values() if (folder / name).exists())
    assert read_status(folder).in_step
    log = SqliteLog(folder / "positions.db")
    lines = dict.fromkeys(FILES.values(), b"")
    ids = set()
    for row in log.rows():
        lines[FILES[row.kind]] += row_line(row).encode()
        ids.add(row.id)
        if row.kind == "document":
            assert (folder / "seeds" / f"{row.id}.txt").exists()
    log.close()
    for name, content in lines.items():
        path = folder / name
        assert (path.read_bytes() if path.exists() else b"") == content, name
    assert acknowledged <= ids
    with open_workspace(folder) as workspace:
        assert (folder / "codebook.toml").read_text() == workspace.versions()[-1].content.text  # type: ignore[union-attr]
        assert workspace.verify() == ()
    return sum(map(len, lines.values())) != before


def main() -> None:
    """Kill as many times as asked."""
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    with open_workspace(folder) as workspace, workspace.recording(coder="writer") as book:
        book.add_document(text_named("first"))  # also imports all that the writers, who are copies of this one, need
        book.add(**FIELDS, document="first")
        book.add(**FIELDS | {"issue": "venue", "element": "gomel"}, document="first")
    shutil.copytree(folder, colleague_of(folder))
    chance = random.Random(7)
    acknowledged: set[str] = set()
    behind = 0
    for number in range(count):
        disagree(folder, number)
        acknowledged |= kill_one(folder, number, seconds=chance.uniform(0, 0.5))
        behind += check(folder, acknowledged)
    print(f"{2 * count} kills, {len(acknowledged)} acknowledged, {behind} times behind")


if __name__ == "__main__":
    main()
