"""Checking a report against a log: make it again from what it says about itself, and tell what differs."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from positions.errors import DataError, Finding
from positions.files.reading import decode, model_findings, read_bytes
from positions.model.dates import parse_instant
from positions.model.lists import count_words
from positions.model.query import Query
from positions.model.revision import Revision, select_in_force
from positions.snapshot.build import build_report
from positions.snapshot.output import parsed_report
from positions.snapshot.render import render_report
from positions.snapshot.report import Asked, Report
from positions.snapshot.scope import ReportScope
from positions.workspace import Workspace

_ITSELF: Final = re.compile(r'<meta name="positions-report" content="([^"]*)">')
_NOTE: Final = re.compile(
    r'<li id="s\d+" data-statements="([^"]*)"><span[^>]*>\d+</span>(.*?)</li>\n(?=<li|</ol>)', re.S
)


@dataclass(frozen=True, slots=True)
class SavedReport:
    """A report file: its text, its arguments, the head of the log it was made from, and its statements by id."""

    text: str
    form: Literal["html", "json"]
    asked: Asked
    head: str
    statements: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RecheckResult:
    """What a log makes of a report's arguments now.

    ``known``: the log has the report's head, so it can be made again from the entries up to it; ``then`` tells
    whether that gives the same bytes (``None`` where it cannot be made). ``now`` tells whether all entries do, the head
    aside. ``newer`` counts the entries after the head. ``added``, ``removed`` and ``changed`` are the ids of the
    statements that the report would gain, lose or tell otherwise.
    """

    known: bool
    then: bool | None
    now: bool
    newer: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


def read_saved(path: Path) -> SavedReport:
    """Read a report's HTML or JSON; raise ``DataError`` if a file is neither, or does not say how it was made."""
    text = decode(read_bytes(path), where=path.name)
    if text.lstrip().startswith("{"):
        report = parsed_report(text, where=path.name)
        return SavedReport(text, "json", report.asked, report.head, _of_report(report))
    found = _ITSELF.search(text)
    if found is None:
        raise DataError(
            [Finding(path.name, "", "found no report, allowed: a report as HTML or JSON that `snapshot` wrote")]
        )
    asked, head = _asked(html.unescape(found[1]), where=path.name)
    return SavedReport(text, "html", asked, head, _of_page(text))


def _asked(text: str, *, where: str) -> tuple[Asked, str]:
    from pydantic import ValidationError

    try:
        fields: dict[str, Any] = json.loads(text)
        head = fields.pop("head")
        return Asked.model_validate_json(json.dumps(fields)), str(head)
    except ValidationError as error:
        raise DataError(model_findings(error, Asked, where=where)) from None
    except (ValueError, KeyError, AttributeError, TypeError):
        raise DataError([Finding(where, "", "what the report says about itself is not whole")]) from None


def _of_report(report: Report) -> dict[str, object]:
    """Map each statement to all that the report tells of it but its number, which others move."""
    return {
        reading.statement: (note.model_copy(update={"number": 0, "readings": ()}), reading)
        for note in report.notes
        for reading in note.readings
    }


def _of_page(text: str) -> dict[str, object]:
    return {name: block for names, block in _NOTE.findall(text) for name in html.unescape(names).split()}


def check_report(saved: SavedReport, workspace: Workspace, *, template: Path | None = None) -> RecheckResult:
    """Make a report again from a workspace's log and compare; ``template`` is the folder that it was made with."""
    revisions = workspace.revisions()
    seq = workspace.entries_to(saved.head)
    then = None if seq is None else _rebuild(saved, workspace, revisions[:seq])
    now = then if then is not None and seq == len(revisions) else _rebuild(saved, workspace, revisions)
    assert now
    same_then = None if then is None else render_report(then, saved.form, template=template) == saved.text
    text = render_report(now, saved.form, template=template)
    # What was altered in the file is told against the log it names, what was recorded since against all of it.
    other = then if then is not None and not same_then else now
    is_page = saved.form == "html"
    statements = _of_page(render_report(other, "html", template=template)) if is_page else _of_report(other)
    before = saved.statements
    return RecheckResult(
        known=seq is not None,
        then=same_then,
        now=text == saved.text,
        newer=0 if seq is None else len(revisions) - seq,
        added=tuple(sorted(statements.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - statements.keys())),
        changed=tuple(sorted(name for name in statements.keys() & before if statements[name] != before[name])),
    )


def _rebuild(saved: SavedReport, workspace: Workspace, revisions: tuple[Revision, ...]) -> Report:
    asked = saved.asked
    moment = parse_instant(asked.known_at, name="known_at") if asked.known_at else None
    known = select_in_force(revisions, Query(asked.as_of, moment, asked.public_by))
    scope = ReportScope(asked.as_of, asked.since, asked.parties, asked.issues)
    return build_report(known, known.codebook or workspace.codebook, scope, head=saved.head)


def check_words(checked: RecheckResult) -> tuple[str, ...]:
    """Return the outcome in lines: the verdict first, then the statements that differ, by id."""
    newer = f"{count_words(checked.newer, 'entry', 'entries')} recorded since"
    if not checked.known:
        verdict = "the log has no such head; it gives " + ("the same nevertheless" if checked.now else "another report")
    elif not checked.then:
        verdict = "the log it names gives another report: the file, the codebook or the program was changed"
    elif not checked.newer:
        verdict = "the log gives the same, byte for byte"
    elif checked.now:
        verdict = f"the log gives the same; {newer} change nothing in it"
    else:
        verdict = f"the log gave this at its head; {newer} change it"
    lines = [verdict]
    for word, names in (("gains", checked.added), ("loses", checked.removed), ("tells otherwise", checked.changed)):
        lines += [f"  {word} {name}" for name in names]
    if not holds(checked) and len(lines) == 1:
        lines.append("  its statements are the same")
    return tuple(lines)


def holds(checked: RecheckResult) -> bool:
    """Return whether the log still gives the same report."""
    return checked.now and checked.then is not False
