"""Every test of an error says which message it expects: one of another kind would pass unseen."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent
FILES = sorted(ROOT.glob("**/*.py"))
WITHOUT_MESSAGE = {"SystemExit", "KeyboardInterrupt"}
"""A command ends with its code, and an interrupt says nothing."""


def expected_errors(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.raises":
            yield node, ast.unparse(node.args[0])


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_an_expected_error_is_told_by_its_message(path: Path) -> None:
    for call, error in expected_errors(ast.parse(path.read_text())):
        has_match = any(keyword.arg in ("match", "check") for keyword in call.keywords)
        assert has_match or error in WITHOUT_MESSAGE, f"line {call.lineno}: {error} has no match"


def test_the_tests_expect_many_errors() -> None:
    assert sum(1 for path in FILES for _ in expected_errors(ast.parse(path.read_text()))) > 100
