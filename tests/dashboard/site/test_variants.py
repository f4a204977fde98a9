"""One page for many days: each day is found in it as it was, and nothing opens what belongs to another day."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dashboard.site.variants import merge_days
from tests.dashboard.markup.parsed import joined
from tests.dashboard.site.conftest import on_day

TEXTS = st.sampled_from(["ready now", "sceptical", "2 days before", "3 days before", "", "Venue"])


def _nodes() -> st.SearchStrategy[Any]:
    attributes = st.dictionaries(st.sampled_from(["class", "title"]), st.sampled_from(["line", "party"]), max_size=2)

    def node(inside: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        tags = st.sampled_from(["div", "tr", "td", "li", "span", "svg", "text"])
        return st.builds(lambda *parts: list(parts), tags, attributes, st.lists(inside, max_size=4))

    return st.recursive(TEXTS, node, max_leaves=10)


def plain(nodes: list[Any]) -> list[Any]:
    """Nodes without the classes of days, and texts without the elements that hold their variants."""
    result: list[Any] = []
    for node in nodes:
        if isinstance(node, str):
            result.append(node)
            continue
        classes = node[1].get("class", "").split()
        own = [one for one in classes if not re.fullmatch(r"v|[dxft]\d+", one)]
        rest = {name: value for name, value in node[1].items() if name != "class"}
        if node[0] == "span" and classes and not own and not rest and all(isinstance(x, str) for x in node[2]):
            result += node[2]
            continue
        result.append([node[0], rest | ({"class": " ".join(own)} if own else {}), plain(node[2])])
    return joined(result)


@given(st.lists(st.lists(_nodes(), max_size=4), min_size=1, max_size=5))
def test_each_day_is_found_as_it_was(days: list[list[Any]]) -> None:
    merged = merge_days(days)
    for index, nodes in enumerate(days):
        assert plain(on_day(merged, index)) == plain(nodes)


def _cell(*lines: tuple[str, str]) -> list[Any]:
    return ["td", {}, [part for box, words in lines for part in _line(box, words)]]


def _line(box: str, words: str) -> list[Any]:
    return [["button", {"popovertarget": box}, ["quote"]], ["div", {"id": box, "title": words}, [words]]]


def ids_of(nodes: list[Any]) -> list[str]:
    return [
        one
        for node in nodes
        if not isinstance(node, str)
        for one in ([node[1]["id"]] if "id" in node[1] else []) + ids_of(node[2])
    ]


@given(st.lists(st.lists(st.sampled_from(["a", "b", "c"]), unique=True, max_size=3), min_size=1, max_size=6))
def test_ids_stay_unique_and_a_button_opens_the_words_of_its_day(days: list[list[str]]) -> None:
    by_day = [
        [["table", {}, [["tr", {}, [_cell((f"box-{place}", words))]] for place, words in enumerate(day)]]]
        for day in days
    ]
    merged = merge_days(by_day)
    ids = ids_of(merged)
    assert len(ids) == len(set(ids))
    for index, day in enumerate(days):
        rows = on_day(merged, index)[0][2]
        for words, row in zip(day, rows, strict=True):
            button, box = row[2][0][2]
            assert button[1]["popovertarget"] == box[1]["id"]
            assert "".join(part if isinstance(part, str) else part[2][0] for part in box[2]) == words


def test_what_is_the_same_on_all_days_is_written_once() -> None:
    same = ["p", {"class": "lead"}, ["Whether they talk."]]
    days = [[same, ["small", {}, [f"{number} days before"]]] for number in range(3)]
    assert merge_days(days) == [
        same,
        ["small", {}, [["span", {"class": day}, [f"{n} days before"]] for n, day in enumerate(("t0", "v d1", "f2"))]],
    ]


def test_a_single_day_has_no_variants() -> None:
    assert merge_days([[["p", {}, ["words"]]]]) == [["p", {}, ["words"]]]
