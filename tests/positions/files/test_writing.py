from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from positions.errors import WorkspaceError
from positions.files.writing import write_new


def test_a_file_is_overwritten_only_where_told_to(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    write_new(path, b"one")
    with pytest.raises(WorkspaceError, match="exists already; --force overwrites it"):
        write_new(path, b"two")
    assert path.read_bytes() == b"one"
    write_new(path, b"two", force=True)
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link_and_leads_to_the_new_file(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    file, link, hanging = tmp_path / "kept" / "report.md", tmp_path / "latest.md", tmp_path / "next.md"
    file.write_text("one")
    link.symlink_to(file)
    with pytest.raises(WorkspaceError, match="exists already"):
        write_new(link, b"two")
    write_new(link, b"two", force=True)
    assert link.is_symlink()
    assert file.read_bytes() == b"two"
    hanging.symlink_to(tmp_path / "kept" / "other.md")
    write_new(hanging, b"three")
    assert hanging.is_symlink()
    assert (tmp_path / "kept" / "other.md").read_bytes() == b"three"


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_new(pipe, b"told", force=True)
    reader.join(timeout=10)
    assert read == [b"told"]
    assert stat.S_ISFIFO(pipe.lstat().st_mode)


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="cannot be written: No such file or directory"):
        write_new(tmp_path / "none" / "report.md", b"")
    with pytest.raises(WorkspaceError, match="cannot be written: Is a directory"):
        write_new(tmp_path, b"", force=True)
    circle = tmp_path / "circle"
    circle.symlink_to(circle)
    with pytest.raises(WorkspaceError, match="cannot be written"):
        write_new(circle, b"", force=True)
