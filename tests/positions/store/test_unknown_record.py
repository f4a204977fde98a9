"""An id that no record has: the message asks whether the nearest one was meant."""

from __future__ import annotations

from typing import Any

import pytest

from tests.positions.cli.test_cli import run
from tests.positions.cli.test_record import ADD

__all__ = ["run"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("show", "0003"), "id: found '0003', which was never recorded; did you mean 003?"),
        (("history", "003-3x"), "id: found '003-3x', which was never recorded; did you mean 003-3"),
        (("correct", "0003", "--title", "x"), "id: found '0003', which was never recorded; did you mean 003?"),
        (
            ("candidates", "list", "--document", "0003"),
            "document: found '0003', which was never recorded; did you mean 003?",
        ),
        ((*ADD, "--document", "0003", "--element", "border"), "records one; did you mean 003?"),
        (("show", "nothing-like-it"), "id: found 'nothing-like-it', which was never recorded\n"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_the_nearest_id_is_named(run: Any, words: tuple[str, ...], message: str) -> None:
    told = run(*words)
    assert told.code
    assert message in told.err


def test_a_document_is_near_by_its_title_too(run: Any) -> None:
    title = run("show", "003").out.split("\n")[0]
    assert "did you mean 003?" in run("show", title[:-1]).err
