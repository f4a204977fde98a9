"""A model's answers on disk, so that extracting again costs nothing and changes nothing."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from positions.errors import Finding
from positions.files.reading import json_object
from positions.files.writing import write_new


class AnswerCache:
    """Answers in a folder, one file each, named by the hash of everything that they depend on.

    A damaged file counts as missing: its answer is asked for and written again.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, *parts: str) -> dict[str, Any] | None:
        """Return the sound answer stored under these parts (a document's hash, a prompt's version, a model) or none."""
        try:
            content = self._path(parts).read_bytes()
        except OSError:
            return None
        entry = json_object(content, where="cache")
        if isinstance(entry, Finding) or entry.get("parts") != list(parts):
            return None
        answer = entry.get("answer")
        return answer if isinstance(answer, dict) and entry.get("sha256") == _answer_digest(answer) else None

    def put(self, answer: dict[str, Any], *parts: str) -> None:
        """Store an answer; a reader sees the whole file or none. Raises ``WorkspaceError`` if it cannot be written."""
        path = self._path(parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        content = {"parts": list(parts), "sha256": _answer_digest(answer), "answer": answer}
        write_new(path, json.dumps(content, ensure_ascii=False).encode(), force=True)

    def _path(self, parts: tuple[str, ...]) -> Path:
        name = sha256("\0".join(parts).encode()).hexdigest()
        return self._folder / name[:2] / f"{name}.json"


def _answer_digest(answer: dict[str, Any]) -> str:
    return sha256(json.dumps(answer, sort_keys=True).encode()).hexdigest()
