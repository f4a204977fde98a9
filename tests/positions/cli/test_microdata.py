"""A report tells programs what its statements are, in the words of schema.org, without a script."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from tests.positions.cli.test_cli import run

__all__ = ["run"]


class Items(HTMLParser):
    """The types of all items, and the properties of each page's items with their text."""

    def __init__(self) -> None:
        super().__init__()
        self.types: list[str] = []
        self.properties: dict[str, list[str]] = {}
        self._open: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        fields = dict(attrs)
        if "itemtype" in fields:
            self.types.append(str(fields["itemtype"]).rpartition("/")[2])
        if tag not in ("meta", "link", "br", "img", "input", "hr", "wbr"):
            name = fields.get("itemprop")
            self._open.append(None if "itemscope" in fields else name)
            if name:
                self.properties.setdefault(name, []).append(str(fields.get("datetime", "")))

    def handle_endtag(self, _tag: str) -> None:
        if self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for name in filter(None, self._open):
            self.properties[name][-1] += data


def test_every_quote_of_a_report_is_a_quotation_in_an_article_with_its_claims(run: Any, tmp_path: Path) -> None:
    for name in ("r.html", "r.json"):
        told = run("snapshot", "--as-of", "2022-02-27", "-o", tmp_path / name)
        assert told.code == 0, told.err
    notes = json.loads((tmp_path / "r.json").read_text())["notes"]
    items = Items()
    items.feed((tmp_path / "r.html").read_text())
    assert items.types.count("Quotation") == items.types.count("NewsArticle") == len(notes) > 20
    assert items.types.count("Claim") == sum(len(note["readings"]) for note in notes)
    assert [text[:10] for text in items.properties["datePublished"]] == [note["published_on"] for note in notes]
    assert items.properties["spokenByCharacter"] == [note["speaker"] for note in notes if note["speaker"]]
