from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from html.parser import HTMLParser
from typing import Any

from positions.model.codebook import Codebook
from positions.model.dates import PartialDate
from positions.model.document import Document
from positions.model.revision import InForce, Record
from positions.snapshot.build import build_report
from positions.snapshot.render import render_report
from positions.snapshot.report import OptionsQuote, PositionView, Report
from positions.snapshot.report_changes import Moved
from positions.snapshot.scope import ReportScope
from positions.snapshot.sections.headlines import MOST
from tests.examples import golden_codebook, golden_records

DAY = date(2022, 2, 27)


def known(records: Iterable[Record], **fields: Any) -> InForce:
    document: dict[str, Any] = {
        "id": "doc",
        "title": "An example",
        "outlet": "The Example",
        "published_on": PartialDate.parse("2022-03-31"),
        "published_on_basis": "explicit",
    }
    return InForce({"doc": Document.model_validate(document | fields)}, tuple(records))


def golden(*more: Record, day: str = "2022-03-15") -> Report:
    records = known([*golden_records(), *more])
    return build_report(records, golden_codebook(), ReportScope(date.fromisoformat(day)), head="1:abc")


def one(*records: Record, codebook: Codebook | None = None, **fields: Any) -> Report:
    return build_report(
        known(records, **fields), codebook or golden_codebook(), ReportScope(DAY.replace(month=3)), head="0:0"
    )


class Page(HTMLParser):
    """Reads a page strictly: every tag closed in order, and what it holds collected."""

    VOID = frozenset({"meta", "link", "br", "hr", "img", "input"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert len({name for name, _ in attrs}) == len(attrs)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def values(self, name: str) -> list[str]:
        return [value for _, found, value in self.attributes if found == name]


def check_html(text: str, *, most: int = 300_000) -> Page:
    page = Page(text)
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    for address in page.values("href"):
        assert address[1:] in ids if address.startswith("#") else re.match("https?://", address), address
    assert not page.tags & {"script", "img", "iframe", "object", "link", "form", "base"}
    assert not page.values("src")
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert page.tags >= {"h1", "main", "header", "footer"}
    assert "@import" not in text
    assert "url(" not in text
    assert len(text.encode()) < most
    return page


def check_markdown(report: Report, text: str) -> None:
    """What a quote brings along is escaped: without the escapes nothing of Markdown's is left in it."""
    quotes = [line for line in text.splitlines() if line.startswith("> “")]
    assert len(quotes) == len(report.notes)
    for line in quotes:
        left = re.sub(r"\\[!-/:-@\[-`{-~]", "", line[2:])
        assert not re.search(r"[\[\]<>|*_`~#]|https?://|www\.|@\w", left), left
    for number in {int(number) for number in re.findall(r"(?<!\\)\[(\d+)(?<!\\)\]", text)}:
        assert 1 <= number <= len(report.notes)
        assert f"\n[{number}]: #{number}-" in text


def check(report: Report) -> None:
    check_html(render_report(report, "html"))
    check_markdown(report, render_report(report, "md"))
    assert Report.model_validate_json(render_report(report, "json")) == report
    assert 3 <= len(report.headlines) <= MOST
    assert [note.number for note in report.notes] == list(range(1, len(report.notes) + 1))


def positions(report: Report) -> list[PositionView | OptionsQuote | Moved]:
    cells = [cell for view in report.options for row in view.rows for cell in row.cells if cell]
    answers = [answer.held for demand in report.demands for answer in demand.answers if answer.held]
    return [
        *(held for scale in report.scales for held in scale.held),
        *cells,
        *(demand.held for demand in report.demands),
        *answers,
        *report.conditions,
        *(told for view in report.options for told in view.told),
        *report.others,
        *(move for move in report.changes.moves if move.notes),
    ]
