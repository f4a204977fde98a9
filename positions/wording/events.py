"""Events of the codebook in words."""

from __future__ import annotations

from collections.abc import Mapping

from positions.model.dates import PartialDate
from positions.model.document import Document
from positions.model.event import Event


def event_days_words(event: Event) -> str:
    """Say when an event was: ``29 March 2022``, ``28 February 2022 to 14 April 2022``."""
    days = event.first.isoformat() if event.last == event.first else f"{event.first}/{event.last}"
    return PartialDate.parse(days).in_words()


def event_source_words(event: Event, documents: Mapping[str, Document]) -> str:
    """Name the source of an event: the outlet and day of a document, or the address or citation as it is."""
    document = documents.get(event.source)
    return f"{document.outlet}, {document.published_on.in_words()}" if document else event.source
