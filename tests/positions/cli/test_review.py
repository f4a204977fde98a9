"""Reviewing in the terminal, with keys from a pipe as a person would press them."""

from __future__ import annotations

import io
import os
import pty
import select
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from positions.store.candidates import accept, reject
from positions.workspace import open_workspace
from tests.positions.cli.test_cli import run
from tests.positions.proposing import propose

__all__ = ["run"]


@pytest.fixture
def review(run: Any, shipped: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Review the example candidates with some lines of keys; return what was printed."""
    propose(shipped)

    def call(*lines: str, options: tuple[str, ...] = ()) -> str:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        told = run("review", "--coder", "anna", *options)
        assert (told.code, told.err) == (0, "")
        return str(told.out)

    return call


def standing(folder: Path) -> dict[str, tuple[str, str | None]]:
    with open_workspace(folder) as workspace:
        return {item.candidate.id: (item.candidate.status, item.candidate.statement) for item in workspace.candidates()}


OPEN = ("open", None)


def test_a_candidate_is_shown_with_all_that_a_decision_needs(review: Any) -> None:
    told = review("s", "q")
    assert "1 of 3 · border.1" in told
    assert "Russia · Peace talks · ready now" in told
    assert "»The Kremlin said on Monday that it was ready for talks with Kyiv.« " in told
    assert "said by     The Kremlin, Presidential Administration of Russia (self, paraphrase)" in told
    assert "said on     28 February 2022 (relative)" in told
    assert "stance      +2 ready now: proposes talks, says it is ready" in told
    assert "printed in  The Example, 28 February 2022: Talks on the border" in told
    assert "proposed by rules-1, confidence 0.6" in told
    assert "Ukraine · Venue: Minsk · unresolved" in told
    assert "stance      unresolved; allowed: 2 (backs it), 1 (accepts it), -1 (reluctant), -2 (rejects it)" in told
    assert "to settle" not in told, "an open stance is told where the stances are"
    assert "unresolved  stance; speaker: the codebook does not know “Zelenskiy's aide”" in told
    assert "Zelensky said in a video on Monday." in told, "the paragraph"
    assert "Red" not in told.partition("border.2")[2], "and no other paragraph"


def test_what_a_document_says_does_not_reach_the_terminal_as_a_command(review: Any) -> None:
    told = review("s", "s", "q")
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert "␛[31mRed␛[0m [bold]words[/bold]" in told
    assert "⟨U+202E⟩other⟨U+202C⟩" in told
    assert "date: reasoned, not read" in told


def test_every_decision_is_recorded_at_once_and_a_review_goes_on_where_one_left(review: Any, shipped: Path) -> None:
    assert "0 rejected, 0 skipped; 2 open" in review("a")
    assert standing(shipped) == {"border.1": ("accepted", "border-01"), "border.2": OPEN, "border.3": OPEN}
    told = review("s", "r not in so many words")
    assert "1 of 2 · border.2" in told
    assert "0 accepted, 1 rejected, 1 skipped; 1 open" in told
    assert standing(shipped)["border.3"] == ("rejected", None)
    assert review("q").count("border.2") == 1
    with open_workspace(shipped) as workspace:
        item = workspace.candidates(status="rejected")[0]
        assert (item.recorded_by, item.reason) == ("anna", "not in so many words")


def test_fields_are_amended_one_by_one_and_checked_at_once(review: Any, shipped: Path) -> None:
    told = review("s", "a", "e", "colour", "red", "stance", "7", "stance", "-2", "element", "mnsk", "", "a", "q")
    assert "border.2 stance: unresolved, allowed: 2 (backs it)" in told, "not accepted without a stance"
    assert "field: found 'colour', allowed: condition_for, confidence" in told
    assert "allowed: 2 (backs it), 1 (accepts it), -1 (reluctant), -2 (rejects it)" in told
    assert "now: (unset)" in told
    assert "stance: found 7, allowed: -1, -2, 1, 2" in told
    assert "element: found 'mnsk', allowed: " in told
    assert "amended     stance" in told
    assert standing(shipped)["border.2"] == ("accepted", "border-01")
    with open_workspace(shipped) as workspace:
        statement = next(r.statement for r in workspace.known().records if r.statement.id == "border-01")
    assert (statement.stance, statement.coder, statement.note) == (-2, "anna", "proposed by rules-1")


def test_what_does_not_fit_together_yet_is_told_until_it_does(review: Any, shipped: Path) -> None:
    told = review("s", "e issue=talks", "a", "e element=", "e stance=-1", "a", "q")
    assert "Peace talks: minsk? · unresolved" in told
    assert "to settle   element: found 'minsk', allowed: none, talks has no elements" in told
    assert "border.2 stance: unresolved" in told
    assert standing(shipped)["border.2"] == ("accepted", "border-01")


def test_a_quote_is_looked_up_in_the_document_nearest_to_the_proposed_place(review: Any, shipped: Path) -> None:
    again = "We will not meet in Minsk this week,"
    told = review(
        *("s", "e quote=We will never meet in Minsk again", "e stance=-2", f"e quote={again}", "e holder=RUS", "a")
    )
    assert "quote: is not in the document" in told
    assert "(ascribed, direct)" in told
    with open_workspace(shipped) as workspace:
        statement = next(r.statement for r in workspace.known().records if r.statement.id == "border-01")
        text = workspace.document("border").text  # type: ignore[union-attr]
    assert statement.start == text.index(again) < text.rindex(again)


def test_undo_takes_the_last_decision_back_and_returns_to_it(review: Any, shipped: Path) -> None:
    told = review("a", "r no stance", "u", "u", "u", "q")
    assert "undone\n" in told
    assert "undone, retracted border-01" in told
    assert "nothing was decided in this review yet" in told
    assert "0 accepted, 0 rejected, 0 skipped; 3 open" in told
    assert set(standing(shipped).values()) == {OPEN}


def test_the_last_decision_can_be_undone_too(review: Any, shipped: Path) -> None:
    told = review("s", "s", "a", "a", "u", "r no", "q")
    assert "That was the last one. u undo · q quit > " in told
    assert "key: found 'a', allowed: q, u" in told
    assert standing(shipped)["border.3"] == ("rejected", None)


def test_a_wrong_key_or_an_empty_reason_decides_nothing(review: Any, shipped: Path) -> None:
    told = review("accept", "", "?", "r", "", "o", "q")
    assert "key: found 'accept', allowed: ?, a, e, o, q, r, s, u" in told
    assert "key: found ''" in told
    assert "a  accept: record it as a statement of yours" in told
    assert "border.1: a rejection needs a reason" in told
    assert "it is open already" in told
    assert set(standing(shipped).values()) == {OPEN}


def test_decided_ones_can_be_looked_at_and_reopened(review: Any, shipped: Path) -> None:
    review("r no stance", "q")
    told = review("a", "o", "a", "q", options=("--status", "rejected"))
    assert "decided     was rejected by anna at " in told
    assert "it was rejected by anna at" in told
    assert "o reopens it" in told
    assert standing(shipped)["border.1"] == ("accepted", "border-01")


def test_only_what_was_asked_for_is_reviewed(review: Any, run: Any) -> None:
    assert "1 of 1 · border.2" in review("q", options=("--issue", "venue"))
    assert "1 of 2 · border.2" in review("q", options=("--holder", "UKR", "--document", "border"))
    assert "Nothing to review: no candidate that is accepted fits." in review(options=("--status", "accepted"))
    wrong = run("review", "--holder", "XXX")
    assert (wrong.code, "party: found 'XXX', allowed: BLR" in wrong.err) == (2, True)


def test_one_that_somebody_else_decided_in_the_meantime_is_told_and_passed_by(
    review: Any, shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from positions.coding.review import Review

    original = Review.accept

    def late(self: Review) -> Any:
        with open_workspace(shipped) as workspace, workspace.recording(coder="ben") as book:
            if workspace.candidates(status="open")[0].candidate.id == "border.1":
                reject(book, "border.1", reason="I was faster")
        return original(self)

    monkeypatch.setattr(Review, "accept", late)
    told = review("a", "q")
    assert "border.1: was rejected by ben at " in told
    assert "(I was faster) already" in told
    assert "2 of 3 · border.2" in told
    assert "0 accepted, 0 rejected, 0 skipped, 1 decided by others; 2 open" in told


def test_undo_takes_nobody_else_s_decision_back(review: Any, shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from positions.coding.review import Review
    from positions.store.candidates import reopen

    original = Review.undo

    def late(self: Review) -> Any:
        with open_workspace(shipped) as workspace, workspace.recording(coder="ben") as book:
            reopen(book, "border.1")
            accept(book, "border.1")
        return original(self)

    monkeypatch.setattr(Review, "undo", late)
    told = review("r no", "u", "q")
    assert "border.1: revision 2 is replaced already, by revision 4 by ben" in told
    assert standing(shipped)["border.1"] == ("accepted", "border-01")


def test_a_terminal_takes_single_keys(shipped: Path) -> None:
    propose(shipped)
    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "positions", "review", "--coder", "anna", "--data", str(shipped)]
    with subprocess.Popen(words, stdin=theirs, stdout=theirs, stderr=theirs) as program:
        os.close(theirs)
        told = b""
        for prompt, keys in ((b"help > ", b"a"), (b"help > ", b"r"), (b"reason: ", b"no stance\n"), (b"help > ", b"q")):
            told = b""
            while not told.endswith(prompt):
                assert select.select([ours], [], [], 30)[0], f"no prompt after {told.decode()}"
                told += os.read(ours, 4096)
            os.write(ours, keys)
        try:
            while select.select([ours], [], [], 30)[0] and os.read(ours, 4096):
                pass
        except OSError:  # the program has ended
            pass
    os.close(ours)
    assert program.returncode == 0, told.decode()
    assert {name: how for name, (how, _) in standing(shipped).items()} == {
        "border.1": "accepted",
        "border.2": "rejected",
        "border.3": "open",
    }
