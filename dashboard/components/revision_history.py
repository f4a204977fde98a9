"""The revisions of a statement: what was added, corrected and retracted, when, by whom, why, and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from dashboard.markup import elements as html
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words
from positions.model.revision import Revision
from positions.model.statement import Statement
from positions.wording.positions import claim_words

ACTIONS: Final = {"add": "Added", "correct": "Corrected", "retract": "Retracted"}
FIELDS: Final = {
    "holder": "holder",
    "stance": "position",
    "issue": "about",
    "said_on": "said on",
    "said_on_basis": "date known",
    "quote": "quote",
    "document": "document",
    "speaker": "speaker",
    "relayed_by": "relayed by",
    "voice": "voice",
    "speaker_party": "speaks for",
    "directness": "directness",
    "condition_for": "condition for",
    "coder": "coder",
    "confidence": "confidence",
    "note": "note",
}
"""The fields that a correction is told by, and their words; the others go with one of these."""


def changed(before: Revision, after: Revision, codebook: Codebook) -> list[tuple[str, str, str]]:
    """List what a revision changed: the field in words, what it was, what it is; nothing for a retraction."""
    old, new = before.content, after.content
    if not isinstance(old, Statement) or not isinstance(new, Statement):
        return []
    pairs = [(field, _value(old, field, codebook), _value(new, field, codebook)) for field in FIELDS]
    return [(FIELDS[field], was, now) for field, was, now in pairs if was != now]


def _value(said: Statement, field: str, codebook: Codebook) -> str:
    if field == "stance":
        return claim_words(said, codebook)
    if field == "issue":
        return codebook.path_label(said.issue, said.element)
    value = getattr(said, field)
    if field in ("holder", "speaker_party") and value:
        return codebook.party(value).name
    if field in ("speaker", "relayed_by") and value:
        return codebook.speaker(value).name
    return said.said_on.in_words() if field == "said_on" else "" if value is None else str(value)


def history_part(history: Sequence[Revision], codebook: Codebook, known_at: datetime | None) -> list[Any]:
    """Build the list of revisions, the last first; those after ``known_at`` are marked as not yet known then."""
    if not history:
        return []
    before: list[Revision | None] = [None, *(first for first, _ in pairwise(history))]
    items = [_item(revision, old, codebook, known_at) for revision, old in zip(history, before, strict=True)]
    return [html.Div([html.H3("History of this record"), html.Ul(items[::-1])], className="companions history")]


def _item(revision: Revision, before: Revision | None, codebook: Codebook, known_at: datetime | None) -> html.Node:
    moment = revision.recorded_at
    later = " · after what is shown here" if known_at and moment > known_at else ""
    when = f"{day_in_words(moment.date())}, {moment:%H:%M} UTC"
    changes = changed(before, revision, codebook) if before else []
    lines = [
        html.Small([f"{field}: ", html.Span(was or "nothing", className="was"), f" → {now or 'nothing'}"])
        for field, was, now in changes
    ]
    reason = [html.Small(f"Reason: {revision.reason}")] if revision.reason else []
    first = revision.first_recorded_at
    origin = [html.Small(f"First recorded elsewhere on {day_in_words(first.date())}")] if first else []
    told = f"{ACTIONS[revision.action]} on {when} by {revision.recorded_by}{later}"
    return html.Li([told, *reason, *lines, *origin])
