"""What a command imports: the modules that it needs, because importing is most of the time that a short one takes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from positions.workspace import open_workspace
from tests.positions.cli.test_record import ADD

HEAVY = {"pandas", "plotly", "dash", "numpy"}
OF_OTHER_ANSWERS = {
    "positions.analysis.changes",
    "positions.analysis.demands",
    "positions.analysis.distance",
    "positions.analysis.movement",
    "positions.analysis.source_conflict",
    "positions.analysis.reliability",
    "positions.analysis.plans",
}
OF_WRITING = {"positions.store.book", "positions.store.importing", "positions.quotes.locate"}


def imported_modules(words: tuple[str, ...]) -> set[str]:
    """The modules that a call of the command line imports."""
    code = (
        "import sys, positions.cli as c; sys.argv = ['positions', *sys.argv[1:]]\n"
        "try: c.main()\nexcept SystemExit as e: assert not e.code\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    call = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    return set(call.stderr.split())


def test_the_overview_and_the_version_import_nothing_but_the_table_of_commands() -> None:
    assert "click" not in imported_modules(("--help",))
    assert "positions.model.codebook" not in imported_modules(("--version",))


@pytest.mark.parametrize("options", [("--help",), ("--party", "RUS")])
def test_a_state_imports_no_other_answer_and_nothing_that_writes(shipped: Path, options: tuple[str, ...]) -> None:
    open_workspace(shipped).close()  # the first start makes the record book
    modules = imported_modules(("state", "--data", str(shipped), *options))
    assert not modules & (HEAVY | OF_OTHER_ANSWERS | OF_WRITING)


def test_adding_a_statement_imports_no_answer(shipped: Path) -> None:
    open_workspace(shipped).close()
    modules = imported_modules((*ADD, "--element", "border", "--data", str(shipped)))
    assert not modules & (HEAVY | OF_OTHER_ANSWERS | {"positions.cli.output", "positions.store.importing"})
