"""The site of the shipped case, made once, and pages of it as they are on a day."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.query.source import CaseStore
from dashboard.query.view import View
from dashboard.site.addresses import SiteAddresses
from dashboard.site.publishing import apply_change
from dashboard.site.update import SiteOptions, plan_site
from positions.workspace import Workspace
from tests.dashboard.markup.parsed import NodeReader, read_nodes

MADE = date(2026, 11, 30)


@dataclass(frozen=True)
class MadeSite:
    """A site in a folder, and the names of its pages."""

    folder: Path
    addresses: SiteAddresses

    def read(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    @property
    def pages(self) -> list[str]:
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.glob("**/*.html"))


def make_site(workspace: Workspace, folder: Path, **options: Any) -> MadeSite:
    apply_change(folder, plan_site(workspace, folder, SiteOptions(made=MADE, **options)))
    picture = CaseStore(workspace).picture(View())
    assert picture is not None
    return MadeSite(folder, SiteAddresses(picture, View()))


@pytest.fixture(scope="session")
def site(workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> MadeSite:
    return make_site(workspace, tmp_path_factory.mktemp("public") / "site")


def body_of(text: str) -> NodeReader:
    """The nodes of a page's body."""
    return read_nodes(re.sub(r"(?s)^.*?<body>(.*)</body>.*$", r"\1", text))


def on_day(nodes: Sequence[Any], index: int | None) -> list[Any]:
    """What a page shows on one of its days: the style sheet hides the variants of the others."""
    shown = []
    for node in nodes:
        if isinstance(node, str):
            shown.append(node)
            continue
        if index is None or not is_hidden(node[1].get("class", "").split(), index):
            shown.append([node[0], node[1], on_day(node[2], index)])
    return shown


def is_hidden(classes: Sequence[str], day: int) -> bool:
    """Whether classes hide an element on a day: it is not among its days, or before the first or after the last."""
    limits = {one[0]: int(one[1:]) for one in classes if re.fullmatch(r"[ft][0-9]+", one)}
    is_other = "v" in classes and f"d{day}" not in classes
    return is_other or f"x{day}" in classes or not limits.get("f", day) <= day <= limits.get("t", day)


def words_of(nodes: Sequence[Any], skip: Callable[[Any], bool] = lambda _node: False) -> str:
    """The text of nodes without white space: what is a block in one place may be a line in another."""
    pieces = []
    for node in nodes:
        if isinstance(node, str):
            pieces.append(node)
        elif not skip(node):
            pieces.append(words_of(node[2], skip))
    return re.sub(r"\s+", "", "".join(pieces))
