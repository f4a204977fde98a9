"""``review``: candidates one by one in the terminal."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from positions.cli.candidates import STATUSES, filter_options
from positions.cli.options import data_option
from positions.cli.output import print_rule, print_styled
from positions.cli.screen import echo
from positions.coding.review import (
    LEAST_DECISIONS,
    Draft,
    Review,
    count_decisions,
    heading_words,
    list_choices,
    open_points,
    quote_context,
    review_queue,
)
from positions.errors import ConflictError, PositionsError, allowed
from positions.model.candidate import CandidateStatus
from positions.model.statement import Claim
from positions.store.candidates import AMENDABLE, CandidateRecord, decision_words
from positions.wording.speakers import speaker_words
from positions.workspace import Workspace, open_workspace, user_name

KEYS = {
    "a": "accept: record it as a statement of yours",
    "e": "amend fields, then look again (from a pipe also: e FIELD=VALUE)",
    "r": "reject, with a reason (from a pipe also: r REASON)",
    "s": "skip: it stays open",
    "u": "undo the last decision",
    "o": "reopen one that is decided already",
    "q": "quit; what was decided is recorded, the rest stays open",
    "?": "this help",
}
_PROMPT = "a accept · e amend · r reject · s skip · u undo · q quit · ? help > "
_LAST = "That was the last one. u undo · q quit > "


class _EndError(PositionsError):
    """The input has ended, or the reviewer quits."""


@click.command("review")
@filter_options
@click.option("--status", type=click.Choice(STATUSES), default="open", show_default=True)
@click.option("--coder", help="Who decides (default: your user name).")
@data_option
def review_command(status: CandidateStatus, coder: str | None, data: Path | None, **chosen: str | None) -> None:
    """Decide on candidates one by one: the quote in its context, who said it, what is still open.

    One key each, from a pipe one line each: a accept, e amend, r reject, s skip, u undo, q quit, ? help. Every decision
    is recorded at once; the next review goes on with those that are open.
    """
    with open_workspace(data) as workspace:
        candidates = _candidates(workspace, status, chosen)
        if not candidates:
            echo(f"Nothing to review: no candidate that is {status} fits.")
            return
        review = Review(workspace, coder or user_name(), list(candidates))
        try:
            _go_through(review)
        except (_EndError, KeyboardInterrupt):
            echo()
        _sum_up(review, len(workspace.candidates(status="open")), str(workspace.head))


def _candidates(
    workspace: Workspace, status: CandidateStatus, chosen: dict[str, str | None]
) -> tuple[CandidateRecord, ...]:
    """Return what is to be reviewed, worth most first; what is decided already in order of document and offset."""
    return review_queue(workspace, **chosen) if status == "open" else workspace.candidates(status=status, **chosen)


def _go_through(review: Review) -> None:
    displayed: tuple[object, ...] = ()
    while review.current is not None or review.decided:
        now = (review.place, review.current, review.changes)
        if review.current is not None and now != displayed:
            _show(review, review.current)
        displayed = now
        key, rest = _ask(_PROMPT if review.current else _LAST)
        try:
            _do(review, key, rest)
        except ConflictError as error:
            echo(str(error))
            if review.current:
                review.reread()
        except _EndError:
            raise
        except PositionsError as error:
            echo(str(error))


def _do(review: Review, key: str, rest: str) -> None:
    """Run the command of a key; errors are raised for the caller to print."""
    item = review.current
    if key == "q":
        raise _EndError
    if key == "?":
        echo("\n".join(f"  {name}  {words}" for name, words in KEYS.items()))
    elif key == "u":
        retracted = review.undo()
        echo(f"undone{f', retracted {retracted}' if retracted else ''}")
    elif key not in KEYS or item is None:
        echo(f"key: {allowed(key, KEYS if item else 'qu')}")
    elif key == "s":
        review.skip()
    else:
        _decide(review, item, key, rest)


def _decide(review: Review, item: CandidateRecord, key: str, rest: str) -> None:
    if (item.candidate.status == "open") == (key == "o"):
        echo("it is open already" if key == "o" else f"it {decision_words(item)}; o reopens it")
    elif key == "o":
        review.reopen()
    elif key == "a":
        statement = review.accept()
        echo(f"accepted as {statement.id}")
    elif key == "r":
        review.reject(rest or _line("reason: "))
        echo("rejected")
    else:
        _amend(review, rest)


def _amend(review: Review, rest: str) -> None:
    """Change fields: the one given as FIELD=VALUE, or one after the other until an empty line."""
    if rest:
        name, sign, value = rest.partition("=")
        name = name.strip().replace("-", "_")
        review.amend(name, value.strip() if sign else _line(_offer(review, name)))
        return
    echo(f"fields: {', '.join(AMENDABLE)}")
    while name := _line("field (Enter when done): ").replace("-", "_"):
        try:
            review.amend(name, _line(_offer(review, name)))
        except PositionsError as error:
            if isinstance(error, _EndError):
                raise
            echo(str(error))


def _offer(review: Review, name: str) -> str:
    """Print a field's value and its allowed values; return the prompt for a new one."""
    claim = review.draft().claim
    if name not in AMENDABLE:
        return f"{name}: "
    if allowed_words := list_choices(name, claim, review.workspace.codebook):
        echo(f"  allowed: {', '.join(allowed_words)}")
    now = review.changes.get(name, getattr(claim, name))
    echo(f"  now: {'(unset)' if now in (None, '') else now}")
    return f"{name} (empty unsets it): "


def _show(review: Review, item: CandidateRecord) -> None:
    """Print a candidate, as amended: what it says, the quote in its paragraph, and what is still open."""
    document, codebook = review.document, review.workspace.codebook
    draft = review.draft()
    claim = draft.claim
    echo()
    print_rule(f"{review.place + 1} of {len(review.queue)} · {item.candidate.id}")
    print_styled((heading_words(claim, codebook), "bold"))
    echo()
    before, quote, after = quote_context(claim, document)
    print_styled((before, ""), (f"»{quote}«", "bold reverse"), (after, ""))
    echo()
    printed = f"{document.outlet}, {document.published_on.in_words()}: {document.title}" if document else "retracted"
    rows: list[tuple[str, Any]] = [
        ("said by", f"{speaker_words(claim, codebook)} ({claim.voice}, {claim.directness})"),
        ("said on", f"{claim.said_on.in_words()} ({claim.said_on_basis})"),
        ("stance", _stance_row(claim, review)),
        ("comes after", claim.condition_for),
        ("printed in", printed),
        ("proposed by", f"{item.candidate.coder}, confidence {item.candidate.confidence:g}"),
        ("note", claim.note if "note" in review.changes else item.candidate.note),
        ("amended", ", ".join(review.changes)),
        ("unresolved", "; ".join(open_points(item.candidate, claim))),
        ("to settle", _problems(draft)),
        ("decided", "" if item.candidate.status == "open" else decision_words(item)),
    ]
    for name, words in rows:
        if words:
            print_styled((f"{name:12}{words}", ""))


def _stance_row(claim: Claim, review: Review) -> str:
    """Write the stance's number, label and definition; if it is open, the levels to choose from."""
    if claim.stance is None:
        return f"unresolved; allowed: {', '.join(list_choices('stance', claim, review.workspace.codebook))}"
    levels = review.workspace.codebook.issue(claim.issue).levels
    ends = {claim.stance, claim.stance if claim.stance_to is None else claim.stance_to}
    lines = (f"{level.stance:+d} {level.label}: {level.definition}" for level in levels if level.stance in ends)
    return "; ".join(lines)


def _problems(draft: Draft) -> str:
    others = (finding for finding in draft.findings if finding.field != "stance" or draft.claim.stance is not None)
    return "; ".join(map(str, others))


def _sum_up(review: Review, still_open: int, head: str) -> None:
    """Print what was decided; offer to learn from it once there is enough."""
    names = dict.fromkeys(("accepted", "rejected", "skipped", *review.counts))
    counts = ", ".join(f"{review.counts[name]} {name}" for name in names)
    echo(f"{counts}; {still_open} open, head {head}")
    if review.decided and (decisions := count_decisions(review.workspace)) >= LEAST_DECISIONS:
        echo(f"`positions extract train --from-decisions` lets the judge learn from {decisions} decisions.")


def _ask(prompt: str) -> tuple[str, str]:
    """Ask for a key; return it with the rest of its line. A terminal needs no Enter."""
    if sys.stdin.isatty():
        echo(prompt, end="")
        key = _read_key().strip()
        echo(key)
        return key, ""
    key, _, rest = _line(prompt).partition(" ")
    return key, rest.strip()


def _read_key() -> str:
    """Return the next key of a terminal; what was typed ahead is not lost, as it is with ``click.getchar``."""
    try:
        import termios
        import tty
    except ImportError:  # pragma: no cover - not on Windows
        return click.getchar()
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal, termios.TCSADRAIN)
        key = os.read(terminal, 1).decode(errors="replace")
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
    if key in ("", "\x04"):
        raise _EndError
    return key


def _line(prompt: str) -> str:
    """Read a line from a terminal or a pipe; the end of the input ends the review."""
    echo(prompt, end="")
    line = sys.stdin.readline()
    if not line:
        raise _EndError
    if not sys.stdin.isatty():
        echo(line.rstrip("\n"))
    return line.strip()
