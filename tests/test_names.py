"""The house's names: one name means one thing, and no function asks for more than five things."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted([*ROOT.glob("positions/**/*.py"), *ROOT.glob("dashboard/**/*.py")])
MOST_PARAMETERS = 5


def public(path: Path) -> Iterator[ast.stmt]:
    """Yield what a module defines at its top for others."""
    for node in ast.parse(path.read_text()).body:
        is_definition = isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_")
        is_alias = isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias"
        if is_definition or is_alias:
            yield node


def name_of(node: ast.stmt) -> str:
    return ast.unparse(node.target) if isinstance(node, ast.AnnAssign) else str(getattr(node, "name", ""))


def homes(*, functions: bool) -> dict[str, list[str]]:
    """Return where each public type, or each public function, is defined."""
    found = defaultdict(list)
    for path in FILES:
        # Every page answers the same questions under the same names.
        if functions and path.parent.name == "pages":
            continue
        for node in public(path):
            if isinstance(node, ast.FunctionDef) == functions:
                found[name_of(node)].append(str(path.relative_to(ROOT)))
    return found


@pytest.mark.parametrize("functions", [False, True], ids=["types", "functions"])
def test_a_public_name_has_one_home(functions: bool) -> None:
    assert {name: where for name, where in homes(functions=functions).items() if len(where) > 1} == {}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_function_has_more_than_five_parameters(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names = [one.arg for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
            own = [name for name in names if name not in ("self", "cls")]
            is_command = any("command" in ast.unparse(decorator) for decorator in node.decorator_list)
            # click hands a command each of its options by name.
            assert is_command or len(own) <= MOST_PARAMETERS, f"{node.name}: {own}"
