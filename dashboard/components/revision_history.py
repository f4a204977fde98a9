"""The revisions of a statement: what changed, when, by whom and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from dashboard.markup import elements as html
from positions.errors import QueryError
from positions.model.codebook import Codebook
from positions.model.dates import PartialDate, day_in_words
from positions.model.field_use import DeclaredField, declared_fields
from positions.model.revision import Revision
from positions.model.statement import Claim, Statement
from positions.wording.fields import FIELD_WORDS
from positions.wording.positions import claim_words
from positions.wording.speakers import speaker_name

ACTIONS: Final = {
    "add": "Added",
    "correct": "Corrected",
    "retract": "Retracted",
    "recode": "Recoded",
    "restore": "Restored",
    "renumber": "Renumbered",
}
_LEADING: Final = (
    *("holder", "stance", "issue", "said_on", "said_on_basis", "quote"),
    *("document", "speaker", "relayed_by", "voice"),
)
"""The fields listed first in a correction; the others follow in the order of the record."""


def compared_fields(model: type[Claim]) -> list[DeclaredField]:
    """Return the fields that a correction lists: all but the id and those that are shown with another field."""
    fields = [field for field in declared_fields(model) if field.use.holds != "id" and not field.use.with_field]
    return sorted(fields, key=lambda field: _LEADING.index(field.name) if field.name in _LEADING else len(_LEADING))


def field_changes(before: Revision, after: Revision, codebook: Codebook) -> list[tuple[str, str, str]]:
    """List the changes of a revision as (field in words, old, new) in words; empty for a retraction."""
    old, new = before.content, after.content
    if not isinstance(old, Statement) or not isinstance(new, Statement):
        return []
    changes = []
    for field in compared_fields(type(new)):
        was, now = value_words(old, field, codebook), value_words(new, field, codebook)
        if was != now:
            changes.append((FIELD_WORDS[field.name].short, was, now))
    return changes


def value_words(statement: Claim, field: DeclaredField, codebook: Codebook) -> str:
    """Return a statement's field in words, with what belongs to it: an issue with its element, a whole range."""
    value = getattr(statement, field.name)
    if value is None:
        return ""
    try:
        return _words(statement, field.use.holds, value, codebook)
    except QueryError:  # an old id that the codebook no longer declares
        about = filter(None, (value, statement.element)) if field.use.holds == "issue" else (value,)
        return "/".join(map(str, about))


def _words(statement: Claim, holds: str, value: Any, codebook: Codebook) -> str:
    if holds == "level":
        return claim_words(statement, codebook)
    if holds == "issue":
        return codebook.path_label(value, statement.element)
    if holds == "party":
        return codebook.party(value).name
    if holds == "speaker":
        return speaker_name(value, codebook)
    return value.in_words() if isinstance(value, PartialDate) else str(value)


def build_history(history: Sequence[Revision], codebook: Codebook, known_at: datetime | None) -> list[Any]:
    """Build the list of revisions, the last first; those recorded after ``known_at`` are marked as later."""
    if not history:
        return []
    before: list[Revision | None] = [None, *(first for first, _ in pairwise(history))]
    items = [_item(revision, old, codebook, known_at) for revision, old in zip(history, before, strict=True)]
    return [html.Div([html.H3("History of this record"), html.Ul(items[::-1])], className="companions history")]


def _item(revision: Revision, before: Revision | None, codebook: Codebook, known_at: datetime | None) -> html.Node:
    moment = revision.recorded_at
    remark = " · after what is shown here" if known_at and moment > known_at else ""
    when = f"{day_in_words(moment.date())}, {moment:%H:%M} UTC"
    changes = field_changes(before, revision, codebook) if before else []
    lines = [
        html.Small([f"{field}: ", html.Span(was or "nothing", className="was"), f" → {now or 'nothing'}"])
        for field, was, now in changes
    ]
    label = "Its id is now" if revision.action == "renumber" else "Reason"
    reason = [html.Small(f"{label}: {revision.reason}")] if revision.reason else []
    first = None if revision.action in ("recode", "restore") else revision.first_recorded_at
    origin = [html.Small(f"First recorded elsewhere on {day_in_words(first.date())}")] if first else []
    summary = f"{ACTIONS[revision.action]} on {when} by {revision.recorded_by}{remark}"
    return html.Li([summary, *reason, *lines, *origin])
