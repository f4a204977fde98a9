"""HTML text read back into the nodes that it was written from."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from dashboard.markup.html_text import VOID


class NodeReader(HTMLParser):
    """Builds nodes as :func:`dashboard.markup.serialise.serialise_part` returns them, neighbouring texts joined.

    ``names`` are all tags met, ``remarks`` the comments and declarations.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.nodes: list[Any] = []
        self.names: list[str] = []
        self.remarks: list[str] = []
        self._open: list[list[Any]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = [tag, {name: value or "" for name, value in attrs}, []]
        self.names.append(tag)
        self._inside().append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        inside = self._inside()
        if inside and isinstance(inside[-1], str):
            inside[-1] += data
        else:
            inside.append(data)

    def handle_comment(self, data: str) -> None:
        self.remarks.append(data)

    def handle_decl(self, decl: str) -> None:
        self.remarks.append(decl)

    def handle_pi(self, data: str) -> None:
        self.remarks.append(data)

    def unknown_decl(self, data: str) -> None:
        self.remarks.append(data)

    def _inside(self) -> list[Any]:
        return self._open[-1][2] if self._open else self.nodes


def read_nodes(text: str) -> NodeReader:
    """Read HTML text; all of its elements are closed."""
    reader = NodeReader()
    reader.feed(text)
    reader.close()
    assert not reader._open
    return reader


def joined(nodes: list[Any]) -> list[Any]:
    """Nodes with neighbouring texts joined, empty ones dropped and attributes' names in lower case, as HTML has it."""
    result: list[Any] = []
    for node in nodes:
        if not isinstance(node, str):
            result.append([node[0], {name.lower(): value for name, value in node[1].items()}, joined(node[2])])
        elif result and isinstance(result[-1], str):
            result[-1] += node
        elif node:
            result.append(node)
    return result
