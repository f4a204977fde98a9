"""A report's page as a tree of its elements, to be written in another way than HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final, TypeAlias

_VOID: Final = frozenset({"meta", "br", "img", "link", "hr", "input", "line", "rect", "circle", "path"})
"""Elements without an end in the pages; of those in pictures some have a slash."""


@dataclass(slots=True)
class PageElement:
    """An element: its tag, its attributes, and the texts and elements in it, in order."""

    tag: str
    attributes: dict[str, str]
    children: list[PageNode] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        """The names of its classes."""
        return self.attributes.get("class", "").split()

    @property
    def elements(self) -> list[PageElement]:
        """The elements directly in it."""
        return [child for child in self.children if isinstance(child, PageElement)]

    @property
    def text(self) -> str:
        """All text in it, each run of blanks one blank."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._texts()

    def all(self, tag: str) -> Iterator[PageElement]:
        """Yield every element of a tag in it, in order."""
        for child in self.elements:
            if child.tag == tag:
                yield child
            yield from child.all(tag)


PageNode: TypeAlias = PageElement | str


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = PageElement("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = PageElement(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].children.append(PageElement(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def read_elements(page: str) -> PageElement:
    """Return the elements of a page below one without a tag."""
    builder = _Builder()
    builder.feed(page)
    builder.close()
    return builder.root
