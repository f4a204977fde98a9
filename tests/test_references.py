"""Docstrings point at what is there: each cross-reference names a module, or something in one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted([*ROOT.glob("positions/**/*.py"), *ROOT.glob("dashboard/**/*.py")])
REFERENCE = re.compile(r":(?:func|class|mod|meth|data|attr|exc):`~?([\w.]+)`")


def names_in(module: str, classes: list[str], reference: str) -> Iterator[str]:
    """The whole names that a reference may mean where it stands."""
    yield from (reference, f"{module}.{reference}")
    yield from (f"{module}.{name}.{reference}" for name in classes)


def exists(name: str) -> bool:
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            target: object = import_module(".".join(parts[:length]))
        except ImportError:
            continue
        return has_path(target, parts[length:])
    return False


def has_path(target: object, parts: list[str]) -> bool:
    for part in parts:
        if not hasattr(target, part):
            return part in getattr(target, "__annotations__", {})
        target = getattr(target, part)
    return True


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_cross_reference_resolves(path: Path) -> None:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    text = path.read_text()
    classes = [node.name for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]
    for reference in REFERENCE.findall(text):
        assert any(map(exists, names_in(module, classes, reference))), reference


def test_a_reference_to_nothing_is_noticed() -> None:
    assert exists("positions.model.codebook.Codebook.party")
    assert not exists("positions.model.codebook.Codebook.nothing")
    assert not exists("positions.model.nothing")
