"""A model's answers kept on disk, so that extracting again costs nothing and changes nothing."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from positions.errors import Finding
from positions.files.reading import json_object
from positions.files.writing import write_new


class AnswerCache:
    """Answers in a folder, one file each, named by the hash of all that they depend on.

    A file that was damaged is as good as none: its answer is asked for and written again.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, *parts: str) -> dict[str, Any] | None:
        """Return the sound answer kept under these parts: a document's hash, a prompt's version, a model."""
        try:
            content = self._path(parts).read_bytes()
        except OSError:
            return None
        found = json_object(content, where="cache")
        if isinstance(found, Finding) or found.get("parts") != list(parts):
            return None
        answer = found.get("answer")
        return answer if isinstance(answer, dict) and found.get("sha256") == _digest(answer) else None

    def put(self, answer: dict[str, Any], *parts: str) -> None:
        """Keep an answer; a reader sees the whole file or none (``WorkspaceError`` where it cannot be written)."""
        path = self._path(parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        content = {"parts": list(parts), "sha256": _digest(answer), "answer": answer}
        write_new(path, json.dumps(content, ensure_ascii=False).encode(), force=True)

    def _path(self, parts: tuple[str, ...]) -> Path:
        name = sha256("\0".join(parts).encode()).hexdigest()
        return self._folder / name[:2] / f"{name}.json"


def _digest(answer: dict[str, Any]) -> str:
    return sha256(json.dumps(answer, sort_keys=True).encode()).hexdigest()
