"""What was read once and need not be read again: models of long files, kept in the user's cache folder.

A codebook of some hundred speakers takes longer to parse than a whole command may. What is kept is only ever a copy: it
is named by the file's bytes, the model's own code and the versions that made it, so that anything else misses; a cut
or damaged one is made anew, and where nothing can be kept nothing is lost.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import VERSION, BaseModel

Model = TypeVar("Model", bound=BaseModel)
LONG: Final = 16_384
"""Bytes from which a file's model is worth keeping."""
MOST: Final = 40
"""How many models are kept; the oldest go first."""


def cache_folder() -> Path:
    """Return the user's folder for what can be made again."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "positions"


def kept_model(content: bytes, model: type[Model], read: Callable[[], Model]) -> Model:
    """Return the model of a file's bytes, by ``read`` where it is short, not kept, or kept badly."""
    if len(content) < LONG:
        return read()
    path = cache_folder() / "models" / _name(content, model)
    found = _loaded(path)
    if isinstance(found, model):
        return found
    made = read()
    _keep(path, made)
    return made


def _name(content: bytes, model: type[BaseModel]) -> str:
    # A model is made of others in the modules beside its own.
    modules = sorted(Path(sys.modules[model.__module__].__file__ or "").parent.glob("*.py"))
    code = [(path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in modules]
    told = f"{model.__module__}.{model.__qualname__} {code} {VERSION} {sys.version}"
    return hashlib.sha256(told.encode() + content).hexdigest()


def _loaded(path: Path) -> Any:
    """Load what this user kept; anything wrong with it means that it is not there."""
    import io
    import pickle

    class OwnModels(pickle.Unpickler):
        """Makes models and dates and nothing else, whatever a file asks for."""

        def find_class(self, module: str, name: str) -> Any:
            if module.startswith("positions.") or (module, name) == ("datetime", "date"):
                return super().find_class(module, name)
            raise pickle.UnpicklingError(f"{module}.{name}")

    try:
        # The user's own cache, like compiled modules: nobody else's file is opened.
        if hasattr(os, "getuid") and path.stat().st_uid != os.getuid():
            return None
        return OwnModels(io.BytesIO(path.read_bytes())).load()
    except Exception:
        return None


def _keep(path: Path, made: BaseModel) -> None:
    import pickle
    import tempfile

    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, scratch = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as target:
            target.write(pickle.dumps(made))
        Path(scratch).replace(path)
        kept = sorted(path.parent.iterdir(), key=lambda one: one.stat().st_mtime, reverse=True)
        for old in kept[MOST:]:
            old.unlink(missing_ok=True)
    except OSError:
        return  # a cache that cannot be written costs time, nothing else
