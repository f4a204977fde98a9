"""The house's shape: imports run one way, files and functions stay small, nobody imports the root from inside."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ORDERS = {
    "positions": [
        *("errors", "files", "model", "language", "kinds", "quotes", "store", "extract", "analysis", "wording"),
        *("workspace", "exchange", "coding", "snapshot", "cli"),
    ],
    "dashboard": [
        *("settings", "query", "markup", "figures", "frames", "components"),
        *("pages", "editing", "shell", "server", "site"),
    ],
}
"""The rooms of each package: each imports only from those before it, or from itself."""
FILES = sorted([*ROOT.glob("positions/**/*.py"), *ROOT.glob("dashboard/**/*.py")])


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    package, room = path.relative_to(ROOT).parts[0], path.relative_to(ROOT).parts[1].removesuffix(".py")
    if room in ("__init__", "__main__"):
        return
    order = ORDERS[package]
    for name in imported(ast.parse(path.read_text())):
        assert name != "positions", "nobody inside imports the package root"
        assert package == "dashboard" or not name.startswith("dashboard"), "the toolkit imports no dashboard"
        if name.startswith(f"{package}."):
            assert order.index(name.split(".")[1]) <= order.index(room), f"{room} imports {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_over_350_lines_and_no_function_shares_its_modules_name(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= 350
    assert path.stem not in {function.name for function in functions(ast.parse(text))}


def test_files_and_functions_are_small() -> None:
    lines = [path.read_text().count("\n") for path in FILES]
    spans = [
        (node.end_lineno or node.lineno) - node.lineno + 1
        for path in FILES
        for node in functions(ast.parse(path.read_text()))
    ]
    assert statistics.median(lines) <= 120
    assert statistics.median(spans) <= 12
    assert sorted(spans)[int(len(spans) * 0.95)] <= 45


def test_the_root_exports_at_most_twelve_names_and_each_is_there() -> None:
    import positions

    assert len(positions.__all__) <= 12
    for name in positions.__all__:
        assert getattr(positions, name).__doc__, name
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        positions.nothing  # noqa: B018


def attributes(path: Path) -> Iterator[ast.Attribute]:
    yield from (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute))


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in FILES
        if path.relative_to(ROOT).parts[:2] not in (("positions", "workspace"), ("positions", "store"))
    ],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_nobody_outside_the_workspace_and_the_store_touches_the_log(path: Path) -> None:
    for node in attributes(path):
        of_library = isinstance(node.value, ast.Name) and node.value.id in ("math", "np")
        assert node.attr not in ("log", "_log") or of_library, f"line {node.lineno}"
    decoders = {"read_row", "LogRow", "SqliteLog", "PostgresLog"}
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("positions.store"):
            assert not decoders & {name.name for name in node.names}, f"line {node.lineno} decodes rows"


COLLECTORS = {"positions/cli/collection.py", "dashboard/server/collection.py"}
"""The only modules that set the process's garbage collector: a caller's process is the caller's own."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_garbage_collector_is_touched_only_by_the_command_line_and_the_server(path: Path) -> None:
    touches = "gc" in imported(ast.parse(path.read_text()))
    assert not touches or str(path.relative_to(ROOT)) in COLLECTORS
