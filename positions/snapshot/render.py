"""Write a report as HTML, Markdown or JSON: one model, one template a format, no clock and no network."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, get_args

from positions.errors import QueryError, allowed
from positions.model.dates import day_in_words, days_in_words
from positions.model.lists import capitalize_first, join_words
from positions.snapshot.escape import Ready, excerpt, markdown, markdown_link, seen
from positions.snapshot.report import Report
from positions.snapshot.report_distances import PairIssue
from positions.snapshot.sections.positions import verb
from positions.snapshot.svg import PATHS, course_line, percent
from positions.wording.links import web_address
from positions.wording.movement import signed_number

if TYPE_CHECKING:
    from jinja2 import Environment

Format: TypeAlias = Literal["html", "md", "json"]
FORMATS: Final[tuple[str, ...]] = get_args(Format)
TEMPLATES: Final = Path(__file__).parent / "templates"
PARTS: Final = (
    *("headlines", "glance", "contents", "changes", "positions", "options", "demands", "distances"),
    *("disputed", "silence", "others", "statements", "method"),
)
"""The parts of a page in order: each is a template of its own, which a folder of the user's may hold instead."""
SECTIONS: Final = {
    "demands": "Demands and answers",
    "distances": "Distances",
    "silence": "What is silent",
    "changes": "What changed",
    "positions": "Positions by issue",
}


def render_report(report: Report, fmt: str, *, template: Path | None = None) -> str:
    """Write a report in a format of :data:`FORMATS`; raise ``QueryError`` for another.

    HTML is one file that asks for nothing else; JSON is the model itself. All end with a line end. Templates in the
    folder ``template`` stand in for those of the same name here.
    """
    if fmt not in FORMATS:
        raise QueryError(f"format: {allowed(fmt, FORMATS)}")
    if fmt == "json":
        return report.model_dump_json(indent=2) + "\n"
    environment = _html(template) if fmt == "html" else _markdown(template)
    words = {
        "report": report,
        "asked": told_of_itself(report),
        "marks": {mark.party: mark for mark in report.parties},
        "paths": PATHS,
        "agenda": _agenda(report),
        "sections": SECTIONS,
        "parts_in_order": PARTS,
    }
    return _rendered(environment, f"report.{fmt}.j2", words)


def _rendered(environment: Environment, name: str, words: Mapping[str, Any]) -> str:
    """Fill in a template; what is wrong in one of the user's is told as a ``QueryError``."""
    from jinja2 import TemplateError, TemplateSyntaxError

    try:
        return environment.get_template(name).render(words).rstrip() + "\n"
    except TemplateSyntaxError as error:
        raise QueryError(f"template: {error.filename or error.name}:{error.lineno}: {error.message}") from None
    except TemplateError as error:
        raise QueryError(f"template: {error.message or name}") from None


def render_index(words: Mapping[str, Any], *, template: Path | None = None) -> str:
    """Write the index page of a series from its words."""
    return _rendered(_html(template), "index.html.j2", words)


def told_of_itself(report: Report) -> str:
    """Write as JSON on one line what a report says about itself: its arguments and the head of its log."""
    return json.dumps({"head": report.head, **report.asked.model_dump(mode="json")}, ensure_ascii=False)


def _environment(template: Path | None, **options: Any) -> Environment:
    # Jinja takes a while to load, and JSON does without it.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    if template and not template.is_dir():
        raise QueryError(f"template: found {str(template)!r}, which is no folder")
    folders = [template, TEMPLATES] if template else [TEMPLATES]
    environment = Environment(  # noqa: S701 each format below sets its own escaping
        loader=FileSystemLoader(folders, encoding="utf-8"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        **options,
    )
    environment.filters |= {
        "two": _two,
        "excerpt": excerpt,
        "verb": verb,
        "listed": _listed,
        "opened": capitalize_first,
        "percent": percent,
        "signed": signed_number,
        "day": day_in_words,
        "days": days_in_words,
    }
    return environment


@cache
def _html(template: Path | None) -> Environment:
    environment = _environment(
        template, autoescape=True, finalize=lambda value: seen(value) if type(value) is str else value
    )
    environment.filters |= {"address": web_address, "course": course_line}
    return environment


@cache
def _markdown(template: Path | None) -> Environment:
    # Every value is escaped on its way out; only what is marked as ready is not.
    environment = _environment(template, autoescape=False, finalize=markdown)
    environment.filters |= {"ready": Ready, "slug": _slug}
    environment.globals["link"] = markdown_link
    return environment


def _listed(words: Sequence[str], most: int) -> str:
    return join_words(words, most=most)


def _two(number: float) -> str:
    return f"{number:.2f}"


def _slug(date_words: str) -> Ready:
    """Write the anchor that code hosts give a heading of figures, letters and spaces."""
    return Ready(date_words.lower().replace(" ", "-"))


def _agenda(report: Report) -> list[tuple[str, list[PairIssue | None]]]:
    """Lay the pairs' issues out as rows of issue by pair, the largest distance first, the incomparable last."""
    rows: dict[str, list[PairIssue | None]] = {}
    for place, pair in enumerate(report.pairs):
        for item in pair.issues:
            rows.setdefault(item.label, [None] * len(report.pairs))[place] = item

    def largest(row: tuple[str, list[PairIssue | None]]) -> float:
        return -max((item.distance for item in row[1] if item and item.distance is not None), default=-1.0)

    return sorted(rows.items(), key=largest)
