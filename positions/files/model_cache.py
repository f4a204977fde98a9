"""A cache of long TOML files as JSON in the user's cache folder: JSON is read many times faster.

A codebook of some hundred speakers takes longer to parse than a whole command may (measured with 416 speakers, process
time in a fresh process: 54 ms from TOML, 20 ms from JSON, of which 12 build the model's validator; a pickle took 5 ms,
but whoever can write one can run code). What is kept is only ever a copy of what the file says, validated by today's
model whenever it is read. It is named by the file's bytes; a cut or damaged one is made anew, and if nothing can be
kept nothing is lost.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound=BaseModel)
LONG: Final = 16_384
"""Bytes from which a file's model is worth keeping."""
MOST: Final = 40
"""How many models are kept; the oldest go first."""


def cache_folder() -> Path:
    """Return the user's folder for what can be made again."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "positions"


def read_through_cache(content: bytes, model: type[Model], parse: Callable[[], Model]) -> Model:
    """Return the model of a file's bytes, by ``parse`` if the file is short or no sound copy is kept."""
    if len(content) < LONG:
        return parse()
    digest = hashlib.sha256(f"{model.__module__}.{model.__qualname__}\n".encode() + content).hexdigest()
    path = cache_folder() / "models" / f"{digest}.json"
    copy = _read_copy(path, model)
    if copy is not None:
        return copy
    parsed = parse()
    _write_copy(path, parsed)
    return parsed


def _read_copy(path: Path, model: type[Model]) -> Model | None:
    """Read a copy; ``None`` if there is none, it is another user's, or anything is wrong with it."""
    try:
        if hasattr(os, "getuid") and path.stat().st_uid != os.getuid():
            return None
        return model.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def _write_copy(path: Path, parsed: BaseModel) -> None:
    """Write a copy of what a file sets, unless reading that back would give something else."""
    import tempfile

    text = parsed.model_dump_json(by_alias=True, exclude_unset=True)
    if not _survives_round_trip(parsed, text):
        return
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, scratch = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as target:
            target.write(text.encode())
        Path(scratch).replace(path)
        copies = sorted(path.parent.iterdir(), key=lambda copy: copy.stat().st_mtime, reverse=True)
        for old in copies[MOST:]:
            old.unlink(missing_ok=True)
    except OSError:
        return  # a cache that cannot be written costs time, nothing else


def _survives_round_trip(parsed: BaseModel, text: str) -> bool:
    try:
        return type(parsed).model_validate_json(text) == parsed
    except ValidationError:
        return False
