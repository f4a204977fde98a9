"""What a file of another coding tool brings: its codes, its sources, and the passages that were coded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from positions.errors import Finding

CodePath: TypeAlias = tuple[str, ...]
"""A code by the names that lead to it, the outermost first: ``("Venue", "Minsk")``."""


class Code(NamedTuple):
    """A code of another tool, with what that tool says about it (empty if nothing).

    ``fields`` are those of a statement that it gives by the tool's own meaning; ``role`` what it is in a codebook,
    ``party``, ``speaker`` or ``issue``, if the tool tells, and ``words`` more of its fields there, in which
    parties are named by their codes.
    """

    path: CodePath
    description: str = ""
    fields: Mapping[str, Any] = MappingProxyType({})
    role: str = ""
    words: Mapping[str, Any] = MappingProxyType({})


class CodedSource(NamedTuple):
    """A source as the file has it: ``name`` is what the tool shows, ``text`` what its offsets count in.

    ``fields`` are those of a document that the file tells, none if it tells nothing. ``key`` identifies it in the file.
    """

    key: str
    name: str
    text: str
    fields: Mapping[str, Any]


class CodedPassage(NamedTuple):
    """A passage ``text[start:end]`` of a source, in code points, and the codes that it was given together.

    ``fields`` are those of a statement that the file tells beside the codes, such as ``coder`` or ``note``; all of a
    statement's in a file that was written here. ``where`` is the place for a reader. If it ``is_whole`` a whole source
    was coded, which tells of all that was coded in it and is no quote.
    """

    where: str
    source: str
    start: int
    end: int
    codes: tuple[CodePath, ...]
    fields: Mapping[str, Any]
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class CodedFile:
    """All that such a file brings; ``left_out`` and ``findings`` as of :class:`~positions.exchange.incoming.Incoming`.

    ``codes`` are in the tool's order, each after the one that contains it, used or not.
    """

    codes: tuple[Code, ...] = ()
    sources: tuple[CodedSource, ...] = ()
    passages: tuple[CodedPassage, ...] = ()
    left_out: tuple[str, ...] = field(default=())
    findings: tuple[Finding, ...] = field(default=())
