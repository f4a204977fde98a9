"""Check a report against a log: build it again from the arguments it carries, and compare."""

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
from positions.model.revision import Revision
from positions.snapshot.build import build_report
from positions.snapshot.output import parse_report
from positions.snapshot.render import render_report
from positions.snapshot.report import Asked, Report
from positions.snapshot.scope import ReportScope
from positions.workspace import Workspace

_ITSELF: Final = re.compile(r'<meta name="positions-report" content="([^"]*)">')
_NOTE: Final = re.compile(
    r'<li id="s\d+"[^>]* data-statements="([^"]*)"><span[^>]*>\d+</span>(.*?)</li>\n(?=<li|</ol>)', re.S
)


@dataclass(frozen=True, slots=True)
class SavedReport:
    """A report file: its text, its arguments, the head of the log behind it, and its statements by id."""

    text: str
    form: Literal["html", "json"]
    asked: Asked
    head: str
    statements: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RecheckResult:
    """How a saved report compares with one that the log gives for the same arguments.

    ``known``: the log has the report's head, so the report can be built again from the entries up to it. ``then``:
    these entries give the same bytes (``None`` if the head is not known). ``now``: all entries give the same report,
    apart from the head. ``newer`` counts the entries after the head. ``added``, ``removed`` and ``changed`` are the ids
    of the statements that the report would gain, lose or show differently.
    """

    known: bool
    then: bool | None
    now: bool
    newer: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


def read_saved(path: Path) -> SavedReport:
    """Read a report from HTML or JSON; raise ``DataError`` if the file is neither, or carries no arguments."""
    text = decode(read_bytes(path), where=path.name)
    if text.lstrip().startswith("{"):
        report = parse_report(text, where=path.name)
        return SavedReport(text, "json", report.asked, report.head, _report_statements(report))
    found = _ITSELF.search(text)
    if found is None:
        raise DataError(
            [Finding(path.name, "", "found no report, allowed: a report as HTML or JSON that `snapshot` wrote")]
        )
    asked, head = _read_arguments(html.unescape(found[1]), where=path.name)
    return SavedReport(text, "html", asked, head, _page_statements(text))


def _read_arguments(text: str, *, where: str) -> tuple[Asked, str]:
    from pydantic import ValidationError

    try:
        fields: dict[str, Any] = json.loads(text)
        head = fields.pop("head")
        return Asked.model_validate_json(json.dumps(fields)), str(head)
    except ValidationError as error:
        raise DataError(model_findings(error, Asked, where=where)) from None
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        raise DataError([Finding(where, "", "what the report says about itself is not whole")]) from None


def _report_statements(report: Report) -> dict[str, object]:
    """Return by statement id all that the report says of it, without its number, which depends on the others."""
    return {
        reading.statement: (note.model_copy(update={"number": 0, "readings": ()}), reading)
        for note in report.notes
        for reading in note.readings
    }


def _page_statements(text: str) -> dict[str, object]:
    return {name: block for names, block in _NOTE.findall(text) for name in html.unescape(names).split()}


def check_report(saved: SavedReport, workspace: Workspace, *, template: Path | None = None) -> RecheckResult:
    """Build a saved report again from a workspace's log and compare; ``template`` is the folder it was made with."""
    revisions = workspace.revisions()
    seq = workspace.entries_to(saved.head)
    then = None if seq is None else _rebuild(saved, workspace, revisions[:seq])
    now = then if then is not None and seq == len(revisions) else _rebuild(saved, workspace, revisions)
    assert now
    same_then = None if then is None else render_report(then, saved.form, template=template) == saved.text
    text = render_report(now, saved.form, template=template)
    # An altered file is compared with the log up to its head, an intact one with the whole log.
    other = then if then is not None and not same_then else now
    is_page = saved.form == "html"
    statements = (
        _page_statements(render_report(other, "html", template=template)) if is_page else _report_statements(other)
    )
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
    known = workspace.select(revisions, Query(asked.as_of, moment, asked.public_by))
    scope = ReportScope(asked.as_of, asked.since, asked.parties, asked.issues)
    return build_report(known, known.codebook or workspace.codebook, scope, head=saved.head)


def recheck_words(result: RecheckResult) -> tuple[str, ...]:
    """Return the result as lines: the verdict first, then the ids of the statements that differ."""
    newer = f"{count_words(result.newer, 'entry', 'entries')} recorded since"
    if not result.known:
        verdict = "the log has no such head; it gives " + ("the same nevertheless" if result.now else "another report")
    elif not result.then:
        verdict = "the log it names gives another report: the file, the codebook or the program was changed"
    elif not result.newer:
        verdict = "the log gives the same, byte for byte"
    elif result.now:
        verdict = f"the log gives the same; {newer} change nothing in it"
    else:
        verdict = f"the log gave this at its head; {newer} change it"
    lines = [verdict]
    for word, names in (("gains", result.added), ("loses", result.removed), ("tells otherwise", result.changed)):
        lines += [f"  {word} {name}" for name in names]
    if not is_reproduced(result) and len(lines) == 1:
        lines.append("  its statements are the same")
    return tuple(lines)


def is_reproduced(result: RecheckResult) -> bool:
    """Return whether the log still gives the same report."""
    return result.now and result.then is not False
