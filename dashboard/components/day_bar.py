"""The bar of the day: the two days that a page compares, and what lies above and below the slider's stops."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

import pandas as pd

from dashboard.figures.days_axis import label_steps, tick_words
from dashboard.frames.document_days import DocumentDays, list_document_days
from dashboard.markup import elements as html
from dashboard.markup.parts import aria, data_attributes
from dashboard.query.case import Case
from dashboard.query.event_days import events_within, place_of
from dashboard.query.view import View, last_stop
from dashboard.query.window import last_earlier_stop
from positions.model.dates import day_in_words
from positions.model.event import Event
from positions.model.lists import count_words, join_words
from positions.wording.events import event_days_words

BARS: Final = 100
"""The most bars under the slider."""
LANES: Final = 3
"""How many documents lie under each other; of more, some share a lane."""
MOST_NAMED: Final = 12
"""The most documents that the lane's description names; the page of documents has all."""
NAME_ROWS: Final = 2
"""How many rows the names of events have above the slider."""
LETTER: Final = 0.8
NAME_EDGE: Final = 2.0
"""What a letter of a name takes, and the space around it, in hundredths of the width of a slider on a laptop."""


def build_day_words(case: Case, day: date, compared: tuple[date, date] | None) -> list[Any]:
    """Return the day looked at, how many statements fall on it, and the day that it is compared with."""
    step = case.stop_at(day)
    statements = int(case.calendar["statements"].iloc[step]) if step is not None and case.days[step] == day else 0
    before = (
        [html.Small(["compared with ", html.B(day_in_words(compared[0]))], className="compared")] if compared else []
    )
    return [
        html.H2([html.Span("As of "), day_in_words(day)]),
        html.Small(f"{count_words(statements, 'statement') if statements else 'no statement'} that day"),
        *before,
    ]


def mark_handles(case: Case, view: View, compared: tuple[date, date] | None) -> html.Node:
    """Return what the slider's script reads: the handles' stops with their days in words, and how far they may go.

    The one looked at stays behind a day that the reader chose to compare with; the other one stays before it.
    """
    day = view.as_of or case.days[-1]
    chosen = last_stop(view.compare, case.days) if view.compare and compared else None
    facts: dict[str, Any] = {
        "stop": case.stop_at(day) or 0,
        "day": day_in_words(day),
        "low": 0 if chosen is None else min(chosen + 1, len(case.days) - 1),
        "high": last_earlier_stop(case.days, view),
    }
    if compared:
        facts |= {"before": last_stop(compared[0], case.days) or 0, "since": day_in_words(compared[0])}
    return html.Span(**data_attributes(**{name: str(fact) for name, fact in facts.items()}))


def build_events(case: Case) -> html.Node | None:
    """Name the codebook's events at their places above the stops; one whose name has no room is a mark alone."""
    events = [(event, _share(place, case.days)) for event, place in events_within(case.codebook.events, case.days)]
    return draw_events(events, rows=NAME_ROWS)


def draw_events(events: Sequence[tuple[Event, float]], *, rows: int = 0) -> html.Node | None:
    """Draw events at their shares of a width, in hundredths, as marks; names stand in so many rows, none cut short.

    Each name says how many letters it has: the style sheet shows it where they have room at the width that there is.
    """
    if not events:
        return None
    placed = _place_names(events, rows)
    marks = [
        html.Span(
            [html.B(), *([html.Span(event.label, style={"--letters": str(len(event.label))})] if room else [])],
            title=f"{event.label}, {event_days_words(event)}",
            style={"left": f"{share:.2f}%"} | ({"width": f"{room:.2f}%", "--row": str(row)} if room else {}),
        )
        for (event, share), (row, room) in zip(events, placed, strict=True)
    ]
    words = join_words(f"{event.label} ({event_days_words(event)})" for event, _ in events)
    used = {"--rows": str(1 + max((row for row, room in placed if room), default=0))}
    return html.Div(marks, className="event-lane", role="img", style=used, **aria(label=f"Events: {words}"))


def _place_names(events: Sequence[tuple[Event, float]], rows: int) -> list[tuple[int, float]]:
    """Return the row and the room of each event's name, in hundredths of the width; no room where no row is free."""
    ends = [-1.0] * rows
    chosen: list[int | None] = []
    for event, share in events:
        need = min(100.0, NAME_EDGE + LETTER * len(event.label))
        free = next((row for row, end in enumerate(ends) if end <= share and share + need <= 100), None)
        if free is not None:
            ends[free] = share + need
        chosen.append(free)
    rooms = []
    for index, row in enumerate(chosen):
        later = (
            share for (_, share), other in zip(events[index + 1 :], chosen[index + 1 :], strict=True) if other == row
        )
        rooms.append((row or 0, 0.0 if row is None else next(later, 100.0) - events[index][1]))
    return rooms


def build_strip(case: Case) -> list[Any]:
    """Return the bars under the stops and the lane of documents."""
    return [draw_bars(case.calendar), *_document_lane(list_document_days(case), case.days)]


def draw_bars(calendar: pd.DataFrame) -> html.Node:
    """Draw the statements of each day of ``days_frame`` as bars.

    If there are many days, a bar stands for several neighbouring days, so that there are at most :data:`BARS`.
    """
    days_per_bar = -(-len(calendar) // BARS)
    days, tally = list(calendar["day"]), list(calendar["statements"])
    bars = [(first, sum(tally[first : first + days_per_bar])) for first in range(0, len(days), days_per_bar)]
    highest = max(height for _, height in bars)
    labelled = label_steps([days[first] for first, _ in bars])
    words = dict(zip(labelled, tick_words([days[bars[index][0]] for index in labelled]), strict=True))
    # With years in them, labels are too wide for a phone to show more than every other one.
    seconds = set(labelled[1::2]) if days[0].year != days[-1].year else set()
    stops = [
        html.Span(
            words.get(index, "").replace("<br>", "\n"),
            className="second" if index in seconds else "",
            title=f"{day_in_words(days[first])}: {count_words(count, 'statement')}",
            style={
                "left": f"{_share(first, days):.3f}%",
                "--height": f"{max(2, round(26 * count / highest))}px",
                "--width": f"{10 if len(bars) < 40 else 4}px",
            },
        )
        for index, (first, count) in enumerate(bars)
    ]
    return html.Div(stops, className="strip", **aria(hidden="true"), **data_attributes(step=str(days_per_bar)))


def _document_lane(documents: Sequence[DocumentDays], days: Sequence[date]) -> list[Any]:
    lane = draw_document_days(documents, lambda day: _share(place_of(day, days), days))
    if lane is None:
        return []
    lane.children = [html.Small("documents", className="lane-name", **aria(hidden="true")), *lane.children]
    return [lane]


def draw_document_days(documents: Sequence[DocumentDays], share_of: Callable[[date], float]) -> html.Node | None:
    """Draw each document as a dot on its day of publication, with a line to the days of what it quotes.

    ``share_of`` is where a day lies, in hundredths of the width.
    """
    if not documents:
        return None
    marks: list[Any] = []
    for index, row in enumerate(documents):
        lane = {"--lane": str(index % LANES)}
        places = [share_of(day) for day in (*row.said, row.published)]
        span = {"left": f"{min(places):.2f}%", "width": f"{max(places) - min(places):.2f}%"}
        words = _lane_words(row)
        marks.append(html.Span(className="span", title=words, style={**span, **lane}))
        marks += [html.Span(className="said", style={"left": f"{place:.2f}%", **lane}) for place in places[:-1]]
        marks.append(html.Span(className="published", title=words, style={"left": f"{places[-1]:.2f}%", **lane}))
    label = (
        f"{count_words(len(documents), 'document')}: {'; '.join(_lane_words(row) for row in documents[:MOST_NAMED])}"
    )
    return html.Div(marks, className="document-lane", role="img", **aria(label=label))


def _lane_words(row: DocumentDays) -> str:
    said = [day_in_words(day) for day in dict.fromkeys((*row.said[:1], *row.said[-1:]))]
    quotes = f", with words of {' to '.join(said)}" if said else ""
    return f"{row.document.outlet}, published {row.document.published_on.in_words()}{quotes}"


def _share(place: float, days: Sequence[date]) -> float:
    """Return a place among the days in hundredths of the slider's width; a day outside lies just outside."""
    return min(101.0, max(-1.0, 100 * place / max(1, len(days) - 1)))
