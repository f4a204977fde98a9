"""Edit the text of a codebook and its lexicon: apply an operation and keep every other byte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, TypeAlias

from positions.errors import QueryError
from positions.files.toml_spans import TomlSpan, edit_text, end_of_line, read_spans, removal_edit, toml_value
from positions.model.codebook_version import IdChange, WordKind, parse_codebook
from positions.model.issues import Issue
from positions.store.codebook_references import Reference, find_in_codebook, find_in_lexicon

OperationName: TypeAlias = Literal["rename", "merge", "split", "move", "retire", "add"]
_TABLES: Final[dict[WordKind, str]] = {"party": "parties", "speaker": "speakers", "issue": "issues"}
_KEY: Final = re.compile(r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|'[^']*'""")


@dataclass(frozen=True, slots=True)
class Operation:
    """One change of a codebook: ``old`` becomes ``new``, all written as in :class:`IdChange`.

    ``new`` has one id to rename to or merge into, several to split into, the new parent to move under (none: the top),
    and none to retire. ``add`` adds ``old`` with ``fields``.
    """

    name: OperationName
    word: WordKind
    old: str
    new: tuple[str, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def changes(self) -> tuple[IdChange, ...]:
        """The changes of ids; none for a move or an addition."""
        is_change = self.name not in ("move", "add")
        return (IdChange(word=self.word, old=self.old, new=self.new),) if is_change else ()

    def words(self) -> str:
        """Describe the operation: ``rename venue/gomel to venue/homel``."""
        link = {"rename": " to ", "merge": " into ", "split": " into ", "move": " under "}.get(self.name, "")
        kind = "" if self.word in ("element", "level") else f"{self.word} "
        target = ", ".join(self.new) or ("the top" if self.name == "move" else "")
        return f"{self.name} {kind}{self.old}{link if target else ''}{target}"


def edit_codebook(text: str, operation: Operation) -> str:
    """Return the codebook's text after an operation; raise ``QueryError`` if the id is not declared."""
    edit = _Edit(_declare_levels(text, operation.old.partition(":")[0]) if operation.word == "level" else text)
    if operation.name == "add":
        edit.add(operation)
    elif operation.name == "move":
        edit.move(operation)
    else:
        edit.replace(operation)
    return edit.text()


def edit_lexicon(text: str, operation: Operation) -> str:
    """Return the lexicon's text after an operation; a retired id is removed, a split id becomes its first new one."""
    if operation.name in ("add", "move"):
        return text
    edit = _Edit(text)
    new = operation.new[0] if operation.new else None
    for reference in find_in_lexicon(edit.root, operation.word, operation.old):
        edit.refer(reference, _last_part(operation, new))
    return edit.text()


def _declare_levels(text: str, issue_id: str) -> str:
    """Write the levels of an issue that has those of its kind into its table, so that they can be changed."""
    edit = _Edit(text)
    for issue in edit.root.rows("issues"):
        if issue.text("id") == issue_id and "levels" not in issue.entries:
            edit.put_levels(issue, parse_codebook(text).issue(issue_id))
    return edit.text()


class _Edit:
    """A text, its spans, and the edits to make."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.root = read_spans(text)
        self._edits: dict[tuple[int, int], str] = {}
        self._newline = "\r\n" if "\r\n" in text else "\n"

    def text(self) -> str:
        """Return the edited text; edits within a removed part are dropped."""
        spans = sorted(self._edits, key=lambda span: (span[0], -span[1]))
        edits: list[tuple[int, int, str]] = []
        for start, end in spans:
            if not edits or start >= edits[-1][1]:
                edits.append((start, end, self._edits[start, end]))
        return edit_text(self._text, edits)

    def replace(self, operation: Operation) -> None:
        table = self._table(operation.word, operation.old)
        if operation.name == "rename":
            self._set(table, _id_key(operation.word), _last_part(operation, operation.new[0]))
        else:
            self._drop(table, operation)
        new = operation.new[0] if operation.new else None
        for reference in find_in_codebook(self.root, operation.word, operation.old):
            self.refer(reference, _reference_value(reference, operation, new))

    def _drop(self, table: TomlSpan, operation: Operation) -> None:
        if operation.name == "merge" and operation.word == "speaker":
            self._hand_over(table, self._table("speaker", operation.new[0]))
        table = self._whole(table)
        if operation.name == "split":
            separator = ", " if table.inline else self._newline * 2
            own = self._text[table.start : table.end]
            indent = self._text[self._text.rfind("\n", 0, table.start) + 1 : table.start]
            if table.inline and not indent.strip():
                separator = f",{self._newline}{indent}"
            copies = [self._copy(own, table, operation, new) for new in operation.new]
            self._edits[table.start, table.end] = separator.join(copies)
            return
        start, end, nothing = removal_edit(self._text, table)
        self._edits[start, end] = nothing

    def _whole(self, table: TomlSpan) -> TomlSpan:
        """Return a table with those under headers of their own that belong to it, from the first to the last."""
        own = [table, *table.tables()]
        whole = replace(table, end=max(one.end for one in own))
        starts = {one.start for one in own}
        if any(whole.start < one.start < whole.end and one.start not in starts for one in self.root.tables()):
            message = f"{table.text('id')}: its tables stand apart in the codebook; put them one after the other first"
            raise QueryError(message)
        return whole

    def _copy(self, own: str, table: TomlSpan, operation: Operation, new: str) -> str:
        """Copy a table under another id; of a split speaker only the first keeps the spellings."""
        if new == operation.old:
            return own
        edits = [self._shifted(table, _id_key(operation.word), _last_part(operation, new))]
        label = "name" if operation.word in ("party", "speaker") else "label"
        if label in table.entries:
            words = operation.fields.get("label", {}).get(new) or _words_of(new)
            edits.append(self._shifted(table, label, words))
        if operation.word == "speaker" and new != operation.new[0] and "aliases" in table.entries:
            aliases = table.entries["aliases"]
            edits.append((aliases.start - table.start, aliases.end - table.start, "[]"))
        return edit_text(own, edits)

    def _shifted(self, table: TomlSpan, key: str, value: Any) -> tuple[int, int, str]:
        span = table.entries[key]
        return span.start - table.start, span.end - table.start, toml_value(value)

    def _hand_over(self, old: TomlSpan, new: TomlSpan) -> None:
        """Add a merged speaker's spellings and roles to the other."""
        spellings = [old.text("name"), *(item.value for item in old.rows("aliases"))]
        known = {new.text("name"), *(item.value for item in new.rows("aliases"))}
        self._extend(new, "aliases", [toml_value(one) for one in dict.fromkeys(spellings) if one not in known])
        roles_of_new = [_values_of(role) for role in new.rows("roles")]
        self._add_roles(new, [role for role in old.rows("roles") if _values_of(role) not in roles_of_new])

    def _add_roles(self, speaker: TomlSpan, roles: list[TomlSpan]) -> None:
        """Add roles to a speaker's in the way in which those are written, on one line or under headers."""
        pairs = [[self._text[one.key_start : one.end] for one in role.entries.values()] for role in roles]
        if (own := speaker.rows("roles")) and not own[0].inline:
            tables = [self._newline.join(["[[speakers.roles]]", *of_role]) for of_role in pairs]
            end = end_of_line(self._text, own[-1].end)
            self._insert(end, "".join(f"{self._newline * 2}{table}" for table in tables))
        else:
            self._extend(speaker, "roles", [f"{{ {', '.join(of_role)} }}" for of_role in pairs])

    def _extend(self, table: TomlSpan, key: str, items: list[str]) -> None:
        if not items:
            return
        values = ", ".join(items)
        if key not in table.entries:
            self._put(table, key, f"[{values}]")
        elif array := table.entries[key].items:
            self._edits[array[-1].end, array[-1].end] = f", {values}"
        else:
            span = table.entries[key]
            self._edits[span.start, span.end] = f"[{values}]"

    def _put(self, table: TomlSpan, key: str, value: str) -> None:
        """Add a key after a table's last one."""
        if table.inline:
            self._insert(max(span.end for span in table.entries.values()), f", {key} = {value}")
        else:
            self._insert(end_of_line(self._text, table.end), f"{self._newline}{key} = {value}")

    def put_levels(self, table: TomlSpan, issue: Issue) -> None:
        """Declare an issue's levels in its table, without values if these are equally spaced, so that others fit in."""
        equal = issue.model_copy(update={"levels": [one.model_copy(update={"value": None}) for one in issue.levels]})
        levels = equal.levels if equal.values == issue.values else issue.levels
        rows = [toml_value(level.model_dump(exclude_defaults=True)) for level in levels]
        lines = [f"[{self._newline}", *(f"  {row},{self._newline}" for row in rows), "]"]
        self._put(table, "levels", f"[{', '.join(rows)}]" if table.inline else "".join(lines))

    def _insert(self, at: int, text: str) -> None:
        self._edits[at, at] = self._edits.get((at, at), "") + text

    def _set(self, table: TomlSpan, key: str, value: Any) -> None:
        span = table.entries[key]
        self._edits[span.start, span.end] = toml_value(value)

    def refer(self, reference: Reference, new: Any) -> None:
        """Replace a reference by another id; remove it for ``None``, or if a sibling names that id already."""
        span, keys, siblings = reference.span, reference.keys, reference.siblings
        is_there = new in keys if keys is not None else new in [item.value for item in siblings or ()]
        if new is None or (is_there and (keys is not None or siblings is not None)):
            if keys is not None and is_there and span.items:
                target = keys[new].items
                values = ", ".join(self._text[item.start : item.end] for item in span.items)
                self._edits[target[-1].end, target[-1].end] = f", {values}"
            start, end, nothing = removal_edit(self._text, reference.owner if new is None and reference.owner else span)
            self._edits[start, end] = nothing
        elif keys is not None:
            match = _KEY.match(self._text, span.name_start)
            assert match is not None
            self._edits[span.name_start, match.end()] = new if _KEY.fullmatch(new) else toml_value(new)
        else:
            self._edits[span.start, span.end] = toml_value(new)

    def move(self, operation: Operation) -> None:
        table = self._table("element", operation.old)
        parent = table.entries.get("parent")
        if operation.new and parent:
            self._set(table, "parent", _last_part(operation, operation.new[0]))
        elif operation.new:
            self._put(table, "parent", toml_value(_last_part(operation, operation.new[0])))
        elif parent:
            start, end, nothing = removal_edit(self._text, parent)
            self._edits[start, end] = nothing

    def add(self, operation: Operation) -> None:
        fields = {_id_key(operation.word): _last_part(operation, operation.old), **operation.fields}
        issue = operation.old.replace(":", "/").partition("/")[0]
        owner = self.root if operation.word in _TABLES else self._table("issue", issue)
        name = _TABLES.get(operation.word, "levels" if operation.word == "level" else "elements")
        rows = owner.rows(name)
        values = {key: value for key, value in fields.items() if value not in (None, "", ())}
        if rows and rows[-1].inline:
            self._append(rows[-1], toml_value(values))
        elif name in owner.entries and not rows:
            self._set(owner, name, [values])
        elif owner.inline:
            self._put(owner, name, toml_value([values]))
        else:
            last = self._whole(rows[-1]).end if rows else len(self._text.rstrip()) if owner is self.root else owner.end
            header = f"[[{name}]]" if owner is self.root else f"[[issues.{name}]]"
            lines = [header, *(f"{key} = {toml_value(value)}" for key, value in values.items())]
            self._insert(end_of_line(self._text, last), self._newline * 2 + self._newline.join(lines))

    def _append(self, last: TomlSpan, item: str) -> None:
        line = self._text.rfind("\n", 0, last.start) + 1
        indent = self._text[line : last.start]
        comma = re.compile(r"[ \t]*,").match(self._text, last.end)
        if indent.strip():
            self._insert(comma.end() if comma else last.end, f"{'' if comma else ','} {item}")
            return
        if not comma:
            self._insert(last.end, ",")
        end = end_of_line(self._text, comma.end() if comma else last.end)
        self._insert(end, f"{self._newline}{indent}{item}{',' if comma else ''}")

    def _table(self, word: WordKind, word_id: str) -> TomlSpan:
        for table, declared in _find_declaration(self.root, word):
            if declared == word_id:
                return table
        ids = ", ".join(sorted(declared for _, declared in _find_declaration(self.root, word)))
        raise QueryError(f"found {word_id!r}, allowed: {ids}", field=word)


def _find_declaration(root: TomlSpan, word: WordKind) -> Iterator[tuple[TomlSpan, str]]:
    if word in _TABLES:
        yield from ((table, table.text("id")) for table in root.rows(_TABLES[word]))
        return
    name, mark = ("levels", ":") if word == "level" else ("elements", "/")
    for issue in root.rows("issues"):
        yield from ((row, f"{issue.text('id')}{mark}{row.text(_id_key(word))}") for row in issue.rows(name))


def _id_key(word: WordKind) -> str:
    return "stance" if word == "level" else "id"


def _last_part(operation: Operation, word_id: str | None) -> Any:
    """Return an id as the file writes it: an element without its issue, a level as a number."""
    if word_id is None:
        return None
    if operation.word == "level":
        return int(word_id.rpartition(":")[2])
    return word_id.partition("/")[2] if operation.word == "element" else word_id


def _reference_value(reference: Reference, operation: Operation, word_id: str | None) -> Any:
    """Return an id as a reference writes it; a path keeps the element that it names."""
    if word_id is None or not reference.path or operation.word == "element":
        return word_id if reference.path else _last_part(operation, word_id)
    _, mark, element = str(reference.span.value).partition("/")
    return f"{word_id}{mark}{element}"


def _words_of(word_id: str) -> str:
    return re.split(r"[/:]", word_id)[-1].replace("-", " ")


def _values_of(table: TomlSpan) -> dict[str, Any]:
    return {key: entry.value for key, entry in table.entries.items()}
