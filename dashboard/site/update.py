"""Make or update the site of a workspace: what the command does, without a screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from dashboard.query.source import CaseStore
from dashboard.query.view import View
from dashboard.site.build import SiteBuilder
from dashboard.site.publishing import SiteChange, SiteState, plan_change, read_site_files
from positions.errors import QueryError
from positions.model.dates import day_in_words, parse_day
from positions.model.query import EVERYTHING, Query
from positions.model.revision import Revision
from positions.model.statement import Statement
from positions.snapshot.build import build_report
from positions.snapshot.output import report_bytes
from positions.snapshot.scope import ReportScope
from positions.wording.links import web_address
from positions.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """How a site is made: ``made`` on this day, of what is known to ``query``, to be published at ``address``.

    ``since`` is a day, or a head of the log, before which pages are left as they are; ``force`` as in
    :func:`dashboard.site.publishing.plan_change`.
    """

    made: date
    query: Query = EVERYTHING
    address: str = ""
    since: str = ""
    force: bool = False


def plan_site(workspace: Workspace, folder: Path, options: SiteOptions) -> SiteChange:
    """Return what makes a folder the site of a workspace; nothing is written.

    Raises ``QueryError`` if nothing is known, and for an address or a ``since`` that is none; ``WorkspaceError`` as
    :func:`dashboard.site.publishing.plan_change` does.
    """
    address = _read_address(options.address)
    shown = View(known_at=options.query.known_at, public_by=options.query.public_by)
    # A folder that may not be written is refused before a minute is spent on its pages.
    there = read_site_files(folder, force=options.force)
    builder = SiteBuilder(CaseStore(workspace), shown, address)
    since = read_since(options.since, workspace, builder.case.days[-1]) if options.since else None
    left = frozenset(builder.left_out(since)) & there
    contents = dict(builder.files(left=left))
    contents["report.html"] = _report(workspace, options.query, builder.case.days[-1])
    head = builder.case.head
    words = f"Made on {day_in_words(options.made)} of the record book at {head}."
    state = SiteState(builder.case.codebook.title, head, words, options.made.isoformat())
    return plan_change(folder, contents, state, left=left, force=options.force)


def _read_address(text: str) -> str:
    """Return the address of a site with a slash at its end; raise ``QueryError`` if it is not one on the web."""
    if not text:
        return ""
    address = web_address(text)
    if not address or urlsplit(address).query or urlsplit(address).fragment:
        raise QueryError(f"address: found {text!r}, allowed: one on the web, https://example.org/talks")
    return address if address.endswith("/") else f"{address}/"


def _report(workspace: Workspace, query: Query, as_of: date) -> bytes:
    known = workspace.known(query)
    codebook, head = known.codebook or workspace.codebook, workspace.head_at(query.known_at)
    return report_bytes(build_report(known, codebook, ReportScope(as_of), head=head), "html")


def read_since(text: str, workspace: Workspace, last: date) -> date:
    """Return the first day whose pages are made: a day as it is, or the first that an entry after a head touches.

    If no entry touches any, that is the ``last`` day. Raises ``QueryError`` for what is neither.
    """
    if ":" not in text:
        return parse_day(text, name="--since")
    count = workspace.entries_to(text)
    if count is None:
        raise QueryError(f"--since: found {text!r}, allowed: a day, or a head of this log such as {workspace.head}")
    return min(_touched_days(workspace.revisions(), count), default=last)


def _touched_days(revisions: tuple[Revision, ...], count: int) -> set[date]:
    """Return the days of the statements that the entries after the first ``count`` are about."""
    later = revisions[count:]
    touched = {(revision.kind, revision.id) for revision in later if revision.kind in ("statement", "document")}
    touches_all = any(revision.kind == "codebook" for revision in later)
    return {
        content.said_on.last
        for content in (revision.content for revision in revisions)
        if isinstance(content, Statement)
        and (touches_all or ("statement", content.id) in touched or ("document", content.document) in touched)
    }
