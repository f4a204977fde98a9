"""Templates of a user's own: they fill in a report and can do nothing else.

A template is a small program, and may come from a stranger. It runs in the sandbox of Jinja, with the methods of texts,
lists and the like and no others, and in a process of its own, which is ended if it takes long and has only so much
memory: a loop that never ends cannot be stopped in any other way.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable
from concurrent.futures import TimeoutError as LateError
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import BaseLoader, Environment, FileSystemLoader, TemplateNotFound
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from positions.errors import PositionsError, QueryError
from positions.files.process_pool import ProcessPool, WorkerEndedError

SECONDS: Final = 10
"""After so long a template is stopped."""
MEMORY: Final = 1_500_000_000
"""Bytes of address space that the process has, the program itself included."""
LONGEST: Final = 50_000_000
"""Characters of a page at most."""
_VALUES: Final = (str, bytes, int, float, bool, list, tuple, dict, Markup)


class SandboxedTemplates(ImmutableSandboxedEnvironment):
    """Calls only macros, what it was given to call, and methods of texts, numbers and collections."""

    def is_safe_callable(self, obj: Any) -> bool:
        """Return whether a template may call something."""
        if isinstance(obj, Macro | BlockReference | LoopContext) or any(obj is one for one in self.globals.values()):
            return True
        owner = getattr(obj, "__self__", None)
        return isinstance(owner, (*_VALUES, LoopContext)) and super().is_safe_callable(obj)


class ContainedLoader(FileSystemLoader):
    """Reads templates of one folder, and refuses links that lead out of it."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's text; raises ``QueryError`` for a link out of the folder, or what is not a file."""
        folder = Path(self.searchpath[0])
        path = folder / template
        if path.exists() or path.is_symlink():
            if path.is_symlink() and not path.exists():
                raise QueryError(f"template: {template} is a link that leads nowhere")
            if not path.resolve().is_relative_to(folder.resolve()):
                raise QueryError(f"template: {template} is a link out of its folder")
            if not path.is_file():
                raise QueryError(f"template: {template} is not a file")
        try:
            return super().get_source(environment, template)
        except TemplateNotFound:  # one of the toolkit's own takes its place
            raise
        except UnicodeDecodeError:
            raise QueryError(f"template: {template} is not UTF-8 text") from None
        except OSError as error:
            raise QueryError(f"template: {template} cannot be read: {error.strerror}") from None


def contained_loader(folder: Path) -> BaseLoader:
    """Return what reads a user's templates."""
    return ContainedLoader([folder], encoding="utf-8")


def run_apart(render: Callable[..., str], *values: Any) -> str:
    """Return what a function of this package writes with a user's templates, in a process with bounds.

    Raises ``QueryError`` if it takes longer, needs more memory or writes more than is allowed.
    """
    try:
        return _pool().submit(_render_bounded, render, values).result(timeout=SECONDS)
    except LateError:
        _end_pool()
        raise QueryError(f"template: was stopped after {SECONDS} seconds") from None
    except WorkerEndedError:
        raise QueryError("template: needs more memory than is allowed") from None


def _render_bounded(render: Callable[..., str], values: tuple[Any, ...]) -> str:
    """Run in the process: bound the memory, and turn whatever a template can raise into one error."""
    _bound_memory()
    try:
        text = render(*values)
    except PositionsError:
        raise
    except MemoryError:
        raise QueryError("template: needs more memory than is allowed") from None
    except Exception as error:  # a template can divide by zero, nest without end, ask for a range without end …
        raise QueryError(f"template: {type(error).__name__}: {str(error)[:200]}") from None
    if len(text) > LONGEST:
        raise QueryError(f"template: writes {len(text):,} characters, allowed: up to {LONGEST:,}")
    return text


@cache
def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # pragma: no cover - not on Windows, where the time alone is bounded
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY if hard < 0 else min(MEMORY, hard), hard))


@cache
def _pool() -> ProcessPool:
    """One process for all reports of a series: starting it takes longer than writing a report."""
    atexit.register(_end_pool)
    return ProcessPool(1)


def _end_pool() -> None:
    if _pool.cache_info().currsize:
        _pool().shutdown(wait=False)
        _pool.cache_clear()
