"""What happened between the two days of a report, by the codebook."""

from __future__ import annotations

from datetime import timedelta

from positions.snapshot.context import Material
from positions.snapshot.report_changes import Happening
from positions.wording.events import event_days_words, event_source_words


def events_between(material: Material) -> tuple[Happening, ...]:
    """Return the events that have a day after the earlier one, up to the report's, in order of time."""
    first, last = material.asked.since + timedelta(days=1), material.asked.as_of
    events = [event for event in material.codebook.events if event.touches(first, last)]
    return tuple(
        Happening(
            event=event.id,
            label=event.label,
            first=event.first,
            last=event.last,
            days_words=event_days_words(event),
            source=event_source_words(event, material.known.documents),
        )
        for event in sorted(events, key=lambda event: event.first)
    )
