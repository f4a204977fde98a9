"""Nothing that a user sees changes unless it is meant: every output of the shipped case against its golden hash.

The cases are listed in :mod:`tests.golden.asked` and captured by :mod:`tests.outputs`; after a change that is meant,
``python -m tests.outputs --write``.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.golden.asked import GROUPS, kept
from tests.outputs import TEXTS, Case, captured, digest, file_name, read_manifest, shipped_case

MOST = 20
"""Most names of cases that a failure lists."""


@pytest.fixture(scope="module")
def case() -> Iterator[Case]:
    with shipped_case() as opened:
        yield opened


@pytest.mark.parametrize("group", GROUPS)
def test_the_outputs_are_those_of_the_golden_files(group: str, case: Case) -> None:
    golden = read_manifest()
    changed = [name for name, text in captured(group, case).items() if golden.get(name) != digest(text)]
    if changed:
        rest = [f"… and {len(changed) - MOST} more"] if len(changed) > MOST else []
        told = "\n  ".join([f"{len(changed)} of {len(GROUPS[group])} changed:", *changed[:MOST], *rest])
        pytest.fail(
            f"{told}\nTo look: `python -m tests.outputs --dump DIR` on the state before, then `--diff DIR` on this "
            "one. After a change that is meant: `python -m tests.outputs --write`, then `git diff tests/golden`.",
            pytrace=False,
        )


def test_every_case_has_a_name_a_file_and_a_hash_of_its_own() -> None:
    names = [name for group in GROUPS.values() for name in group]
    assert len({file_name(name).casefold() for name in names}) == len(names)
    assert read_manifest().keys() == set(names)


def test_the_texts_are_those_of_the_hashes() -> None:
    golden = read_manifest()
    wanted = {file_name(name): hashed for name, hashed in golden.items() if kept(name)}
    assert {path.name: digest(path.read_bytes().decode()) for path in TEXTS.iterdir()} == wanted
