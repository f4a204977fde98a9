"""A report as a zip of tidy CSV tables: one row per observation; ids and note numbers join the tables.

The archive is stored without compression and with fixed timestamps, so that its bytes are the same everywhere.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from positions.snapshot.report import PositionView, QuietIssue, Report, SilentIssue
from positions.wording.demands import DEMAND_COLUMNS
from positions.wording.rows import POSITION_COLUMNS, PlainRow
from positions.wording.serialise import csv_bytes

ReportTable: TypeAlias = tuple[tuple[str, ...], Iterable[PlainRow]]
MOMENT: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold, given to every table."""
POSITION: Final = ("section", *POSITION_COLUMNS, "name", "issue_label", "element_label", "part_of", "words", "notes")
"""Columns of a position: the report section that shows it, its fields, their words and the numbers of its notes."""


COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "report": ("field", "value"),
    "headlines": ("number", "text", "notes", "see"),
    "positions": POSITION,
    "moves": (
        *("holder", "issue", "about", "kind", "before", "before_part_of", "after", "first_words", "said_on", "recoded"),
        *("notes", "before_notes"),
    ),
    "demands": (*DEMAND_COLUMNS, "words", "notes", "answer_notes"),
    "demand_changes": ("demander", "addressee", "about", "turn", "status", "notes"),
    "ground_changes": ("party", "other", "about", "turn", "words", "reported", "age", "notes"),
    "ground": ("issue", "party", "other", "common", "open"),
    "recoded": ("holder", "about", "words", "revision", "recorded_at", "note"),
    "withdrawn": ("statement", "holder", "about", "words", "quote", "recorded_at", "reason"),
    "distances": (
        *("party", "other", "distance", "lo", "hi", "coverage", "thin", "start", "verdict", "level_band"),
        *("rests_on", "change", "movement", "entered", "left", "framing"),
    ),
    "issue_distances": ("party", "other", "issue", "distance", "lo", "hi", "weight", "words"),
    "courses": ("party", "other", "day", "distance", "lo", "hi"),
    "utterances": ("section", "statement", "holder", "about", "words", "by", "said_on", "note"),
    "silence": ("holder", "issue", "issue_label", "last", "age_days", "notes", "claimed"),
    "statements": (
        *("number", "statement", "holder", "voice", "about", "words", "quote", "speaker", "relayed_by"),
        *("directness", "said_on", "document", "title", "outlet", "author", "url", "published_on"),
        *("language", "translation", "translated_by"),
    ),
}
"""The columns of each table by its name, which is that of its file."""


def report_tables(report: Report) -> Mapping[str, ReportTable]:
    """Return the tables by name, each as its columns and rows."""
    changes = report.changes
    rows: dict[str, Iterable[PlainRow]] = {
        "report": _report_fields(report),
        "headlines": _number_rows(report.headlines),
        "positions": _positions(report),
        "moves": _rows(changes.moves),
        "demands": _demands(report),
        "demand_changes": _rows(changes.demands),
        "ground_changes": _pair_rows(changes.ground),
        "ground": _ground(report),
        "recoded": _rows(changes.recoded),
        "withdrawn": _rows(changes.withdrawn),
        "distances": _distances(report),
        "issue_distances": _issues(report),
        "courses": _courses(report),
        "utterances": _utterances(report),
        "silence": _silence(report),
        "statements": _statements(report),
    }
    return {name: (columns, rows[name]) for name, columns in COLUMNS.items()}


def zip_tables(report: Report) -> bytes:
    """Return a zip of the tables as CSV files; cells that a spreadsheet would run as formulas are neutralised."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, (columns, rows) in report_tables(report).items():
            entry = zipfile.ZipInfo(f"{name}.csv", MOMENT)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, csv_bytes([{**dict.fromkeys(columns), **row} for row in rows], columns))
    return target.getvalue()


def _rows(words: Iterable[Any]) -> list[PlainRow]:
    return [word.model_dump(mode="json") for word in words]


def _number_rows(words: Iterable[Any]) -> list[PlainRow]:
    return [{"number": number, **row} for number, row in enumerate(_rows(words), 1)]


def _report_fields(report: Report) -> Iterator[PlainRow]:
    fields = {
        "format": report.format,
        "title": report.title,
        "head": report.head,
        **report.asked.model_dump(mode="json"),
    }
    for field, value in fields.items():
        yield {"field": field, "value": value}
    for kind, lines in (("basis", report.basis), ("method", report.method)):
        for line in lines:
            yield {"field": kind, "value": line}


def _positions(report: Report) -> Iterator[PlainRow]:
    cells = (cell for view in report.options for row in view.rows for cell in row.cells if cell)
    answers = (answer.held for demand in report.demands for answer in demand.answers if answer.held)
    groups: dict[str, Iterable[PositionView]] = {
        "scale": (position for scale in report.scales for position in scale.held),
        "option": cells,
        "demand": (demand.held for demand in report.demands),
        "answer": answers,
        "condition": report.conditions,
        "other": report.others,
    }
    keys_written = set()
    for section, positions in groups.items():
        for position in positions:
            key = (position.holder, position.issue, position.element)
            if key not in keys_written:
                keys_written.add(key)
                labels = {"issue_label": position.label, "element_label": position.about}
                yield {"section": section, **labels, **position.model_dump(mode="json")}


def _demands(report: Report) -> Iterator[PlainRow]:
    for demand in report.demands:
        shared = demand.held.model_dump(include={"issue", "element", "reported", "notes"})
        shared |= demand.model_dump(include={"words", "insistence", "first_made", "last_repeated"})
        for answer in demand.answers:
            basis = (*demand.held.basis, *(answer.held.basis if answer.held else ()))
            yield {
                "demander": demand.held.holder,
                **shared,
                **answer.model_dump(include={"addressee", "status", "refusal"}),
                "basis": tuple(dict.fromkeys(basis)),
                "answer_reported": answer.held is not None and answer.held.reported,
                "answered": answer.held.since if answer.held else None,
                "answer_notes": answer.held.notes if answer.held else (),
            }


def _pair(parties: tuple[str, str]) -> PlainRow:
    return {"party": parties[0], "other": parties[1]}


def _pair_rows(words: Iterable[Any]) -> list[PlainRow]:
    return [{**_pair(word.parties), **word.model_dump(mode="json")} for word in words]


def _ground(report: Report) -> Iterator[PlainRow]:
    for view in report.options:
        for ground in view.ground:
            common, free = ("; ".join(words) for words in (ground.common, ground.open))
            yield {"issue": view.issue, **_pair(ground.parties), "common": common, "open": free}


def _distances(report: Report) -> Iterator[PlainRow]:
    for pair in report.pairs:
        # Names of sources have spaces, which join other cells.
        sources = "; ".join(pair.shift.rests_on)
        numbers = {**pair.model_dump(exclude={"shift"}), **pair.shift.model_dump()}
        yield {**_pair(pair.parties), **numbers, "rests_on": sources}


def _issues(report: Report) -> Iterator[PlainRow]:
    for pair in report.pairs:
        yield from ({**_pair(pair.parties), **row} for row in _rows(pair.issues))


def _courses(report: Report) -> Iterator[PlainRow]:
    for pair in report.pairs:
        yield from ({**_pair(pair.parties), **row} for row in _rows(pair.course))


def _utterances(report: Report) -> Iterator[PlainRow]:
    contested = [utterances for item in report.contested for utterances in item.utterances]
    for section, utterances in (("contested", contested), ("claim", report.claims), ("framing", report.framings)):
        yield from ({"section": section, **row} for row in _rows(utterances))


def _silence(report: Report) -> Iterator[PlainRow]:
    for item in report.silence:
        issues: tuple[SilentIssue | QuietIssue, ...] = (*item.issues, *item.quiet)
        for issue in issues:
            yield {"holder": item.holder, "issue_label": issue.label, **issue.model_dump(mode="json")}


def _statements(report: Report) -> Iterator[PlainRow]:
    for note in report.notes:
        fields = note.model_dump(mode="json", exclude={"readings"})
        yield from ({**fields, **row} for row in _rows(note.readings))
