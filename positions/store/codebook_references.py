"""Where the texts of a codebook and a lexicon name an id, apart from its declaration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from positions.files.toml_spans import TomlSpan
from positions.model.codebook_version import WordKind


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a text names an id: a value, the key before it, or an item of an array.

    If the id is removed, ``owner`` is removed with it; without an owner only the reference itself. ``path`` marks a
    value that names an issue with its element.
    """

    span: TomlSpan
    siblings: list[TomlSpan] | None = None
    keys: Mapping[str, TomlSpan] | None = None
    owner: TomlSpan | None = None
    path: bool = False


def find_in_codebook(root: TomlSpan, word: WordKind, old: str) -> Iterator[Reference]:
    """Find where a codebook names an id."""
    for speaker in root.rows("speakers") if word == "party" else ():
        for role in speaker.rows("roles"):
            yield from _values([role], "party", old)
    for issue in root.rows("issues"):
        if word == "party":
            saliences = issue.entries.get("saliences", TomlSpan(0, 0)).entries
            yield from _keys(saliences, old)
            for owner in (issue, *issue.rows("elements")):
                yield from _items(owner.rows("addressees"), old)
        elif word == "element" and old.partition("/")[0] == issue.text("id"):
            yield from _values(issue.rows("elements"), "parent", old.partition("/")[2])
    for rule in root.rows("rules"):
        yield from _rule_references(rule, word, old)


def _rule_references(rule: TomlSpan, word: WordKind, old: str) -> Iterator[Reference]:
    """Find where a coding rule names an id; what an example cannot say any more removes the example."""
    issues = rule.rows("issues")
    if word == "issue":
        owner = rule if len(issues) == 1 else None
        yield from (Reference(item, siblings=issues, owner=owner) for item in issues if item.value == old)
    issue, _, part = old.replace(":", "/").partition("/")
    for example in rule.rows("examples"):
        for claim in example.rows("claims"):
            if word == "party":
                yield from _values([claim], "holder", old, owner=example)
                yield from _values([claim], "speaker_party", old, owner=example)
            elif word == "issue":
                yield from _values([claim], "issue", old, owner=example)
            elif claim.text("issue") == issue and word == "element":
                yield from _values([claim], "element", part, owner=example)
            elif claim.text("issue") == issue and word == "level":
                yield from _values([claim], "stance", int(part), owner=example)
                yield from _values([claim], "stance_to", int(part), owner=example)
            condition = claim.text("condition_for") or ""
            if word in ("issue", "element") and old in (condition, condition.partition("/")[0]):
                yield Reference(claim.entries["condition_for"], owner=example, path=True)


def find_in_lexicon(root: TomlSpan, word: WordKind, old: str) -> Iterator[Reference]:
    """Find where a lexicon names an id of its codebook."""
    topics, places = root.rows("topics"), root.rows("places")
    if word == "party":
        yield from _items(root.rows("both"), old)
        for name in root.rows("names"):
            yield from _values([name], "party", old, owner=name)
        for venue in places:
            yield from _keys(venue.entries.get("hosts", TomlSpan(0, 0)).entries, old)
    elif word == "issue":
        yield from _items(root.rows("between"), old)
        yield from _values([root], "talking", old)
        for table in (*topics, *places):
            yield from _values([table], "issue", old, owner=table)
    elif word in ("element", "level"):
        issue, _, part = old.replace(":", "/").partition("/")
        key, value = ("element", part) if word == "element" else ("stance", int(part))
        for topic in (one for one in topics if one.text("issue") == issue):
            yield from _values([topic], key, value, owner=topic)
        for venue in (one for one in places if word == "element" and one.text("issue") == issue):
            yield from _keys(venue.entries.get("terms", TomlSpan(0, 0)).entries, part)
            hosts = venue.entries.get("hosts", TomlSpan(0, 0)).entries
            yield from (Reference(span) for span in hosts.values() if span.value == part)


def _values(tables: Iterable[TomlSpan], key: str, old: Any, *, owner: TomlSpan | None = None) -> Iterator[Reference]:
    yield from (Reference(table.entries[key], owner=owner) for table in tables if table.text(key) == old)


def _items(items: list[TomlSpan], old: str) -> Iterator[Reference]:
    yield from (Reference(item, siblings=items) for item in items if item.value == old)


def _keys(entries: Mapping[str, TomlSpan], old: str) -> Iterator[Reference]:
    if old in entries:
        yield Reference(entries[old], keys=entries)
