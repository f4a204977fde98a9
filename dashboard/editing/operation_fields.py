"""The forms that change the codebook: their fields, their choices, and the operation that they describe."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, get_args

from dashboard.editing.form_checks import Form, shorten_message
from dashboard.editing.form_choices import Option, OptionGroup
from dashboard.editing.form_fields import Field
from positions.coding.codebook_operation import build_addition, build_operation
from positions.coding.codebook_use import WordUse
from positions.errors import ConflictError, DataError, PositionsError, QueryError
from positions.model.codebook import Codebook
from positions.model.codebook_version import FILE_NAMES, WordKind
from positions.store.codebook_text import Operation, OperationName

NOUNS: Final[Mapping[WordKind, tuple[str, str]]] = {
    "party": ("party", "parties"),
    "speaker": ("speaker", "speakers"),
    "issue": ("issue", "issues"),
    "element": ("element", "elements"),
    "level": ("level", "levels"),
}
"""The noun of each kind of word, singular and plural."""
MOST_FINDINGS: Final = 20
"""The most findings shown for one form."""
REASON: Final = Field("reason", "Reason", "text", "text", "It is kept with every revision.", needed=True)
_FIELDS: Final[Mapping[OperationName, Field]] = {
    "rename": Field("rename", "New id", "text", "text", needed=True),
    "merge": Field("merge", "The same as", "choice", "text", needed=True),
    "move": Field("move", "Inside of", "choice", "text", "Its statements stay as they are.", unset="nothing: the top"),
    "split": Field("split", "New ids", "text", "text", "Two or more, with spaces between them.", needed=True),
}
_ID: Final = Field("id", "Id", "text", "text", "Letters without accents, digits, “-”, “_” and “.”.", needed=True)
_LABEL: Final = Field("label", "Words", "text", "text", "What readers see; by default the id.")
_DEFINITION: Final = Field("definition", "Definition", "area", "text", "What it means, for coders.")
_ISSUE: Final = Field("issue", "Issue", "choice", "text", needed=True)
_ADDED: Final[Mapping[WordKind, tuple[Field, ...]]] = {
    "party": (_ID, _LABEL),
    "speaker": (
        _ID,
        Field("label", "Name", "text", "text", "By default the id."),
        Field("kind", "Who it is", "choice", "text", unset="a person"),
    ),
    "issue": (_ID, _LABEL, _DEFINITION),
    "element": (
        *(_ISSUE, _ID, _LABEL, _DEFINITION),
        Field("parent", "Inside of", "choice", "text", "For issues of alternatives.", unset="nothing: the top"),
        Field("addressees", "Who would have to act", "text", "text", "For conditions: ids of parties, such as {ids}."),
    ),
    "level": (
        _ISSUE,
        Field("id", "Stance", "number", "text", "A number: the higher, the more for it.", needed=True),
        _LABEL,
        Field("definition", "Definition", "area", "text", "What it means, for coders.", needed=True),
    ),
}


def word_kind(text: str) -> WordKind:
    """Return the kind of word that an address names; raise ``QueryError`` if it names none."""
    for word in NOUNS:
        if word == text:
            return word
    raise QueryError(f"codebook: found {text!r}, allowed: {', '.join(NOUNS)}")


def list_operations(word: WordKind, word_id: str, codebook: Codebook) -> dict[OperationName, tuple[Field, ...]]:
    """Return the operations that a word of the codebook allows, each with the fields of its form."""
    names: list[OperationName] = ["rename", "merge", "split", "retire"]
    if word == "element" and codebook.issue(word_id.partition("/")[0]).alternatives:
        names.insert(2, "move")
    return {name: (_FIELDS[name],) if name in _FIELDS else () for name in names}


def addition_fields(word: WordKind, codebook: Codebook) -> tuple[Field, ...]:
    """Return the fields of the form that adds a word."""
    ids = " ".join(party.id for party in codebook.parties[:2])
    return tuple(one if "{ids}" not in one.hint else _with_hint(one, one.hint.format(ids=ids)) for one in _ADDED[word])


def _with_hint(field: Field, hint: str) -> Field:
    return Field(field.name, field.label, field.kind, field.holds, hint)


def word_choices(word: WordKind, word_id: str, use: Iterable[WordUse]) -> dict[str, tuple[OptionGroup, ...]]:
    """Return the words that a word can be merged with or moved under: others of its kind and issue."""
    owner = _owner(word_id)
    others = [one for one in _declared(use, word) if one.id != word_id and _owner(one.id) == owner]
    group = (OptionGroup("", "", tuple(Option(one.id, f"{one.label} ({_part(one.id)})") for one in others)),)
    return {"merge": group, "move": group}


def addition_choices(codebook: Codebook) -> dict[str, tuple[OptionGroup, ...]]:
    """Return the choices of the form that adds a word, by field."""
    issues = tuple(Option(issue.id, issue.label) for issue in codebook.issues)
    parents = tuple(
        OptionGroup(issue.id, issue.label, tuple(Option(one.id, f"{one.label} ({one.id})") for one in issue.elements))
        for issue in codebook.issues
        if issue.alternatives
    )
    kinds = (Option("organisation", "an organisation"),)
    return {"issue": (OptionGroup("", "", issues),), "parent": parents, "kind": (OptionGroup("", "", kinds),)}


def read_operation(texts: Mapping[str, str]) -> Operation:
    """Return the operation that a form describes; raise ``QueryError`` if a required field is missing or invalid."""
    word, name = word_kind(texts.get("word", "")), texts.get("operation", "")
    if name == "add":
        mark = {"element": "/", "level": ":"}.get(word, "")
        new = _require_text(texts, "id")
        fields = {key: texts.get(key, "").strip() for key in ("label", "definition", "parent", "kind")}
        lists = {"addressees": tuple(_ids(texts.get("addressees", "")))}
        return build_addition(word, f"{_require_text(texts, 'issue')}{mark}{new}" if mark else new, fields | lists)
    if name not in get_args(OperationName):
        raise QueryError(f"operation: found {name!r}, allowed: {', '.join(get_args(OperationName))}")
    operation: OperationName = name  # type: ignore[assignment]
    text = texts.get(operation, "").strip()
    new_ids = _ids(text) if operation == "split" else [text] if text else []
    if operation != "move" and operation in _FIELDS and not new_ids:
        raise QueryError("is needed", field=operation)
    if operation == "split" and len(new_ids) < 2:
        raise QueryError(f"found {text!r}, allowed: two ids or more", field=operation)
    return build_operation(operation, word, texts.get("old", ""), new_ids)


def main_field(operation: str) -> str:
    """Return the form's field for findings on a new id; empty for a form without one."""
    return "id" if operation == "add" else operation if operation in _FIELDS else ""


def operation_with_error(texts: Mapping[str, str], error: PositionsError, fields: Iterable[Field]) -> Form:
    """Return the form of an operation with an error's findings beside their fields."""
    main, names = main_field(texts.get("operation", "")), {field.name for field in fields}
    findings: dict[str, tuple[str, ...]] = {}

    def add_finding(name: str, message: str) -> None:
        findings[name] = (*findings.get(name, ()), shorten_message(message))

    def field_of(name: str) -> str:
        return name if name in names else main if main in names else ""

    if isinstance(error, QueryError):
        add_finding(field_of(error.field), error.message)
    elif isinstance(error, DataError):
        edited = f"{read_operation(texts).words()}:"  # stands for the edited codebook, of which no file has the lines
        for one in error.findings[:MOST_FINDINGS]:
            if one.where == edited or one.where.partition(":")[0] in FILE_NAMES.values():
                name = one.field.rpartition(".")[2]
                add_finding(field_of(name), one.message if name in names or not name else f"{name}: {one.message}")
            else:
                add_finding("", str(one))
        if len(error.findings) > MOST_FINDINGS:
            add_finding("", f"and {len(error.findings) - MOST_FINDINGS} more")
    else:
        add_finding("", str(error))
    return Form(texts, findings, isinstance(error, ConflictError))


def _require_text(texts: Mapping[str, str], name: str) -> str:
    if text := texts.get(name, "").strip():
        return text
    raise QueryError("is needed", field=name)


def _ids(text: str) -> list[str]:
    return [one for one in re.split(r"[\s,;]+", text) if one]


def _declared(use: Iterable[WordUse], word: WordKind) -> list[WordUse]:
    return [one for one in use if one.word == word and one.became is None]


def _owner(word_id: str) -> str:
    return re.split("[/:]", word_id)[0] if re.search("[/:]", word_id) else ""


def _part(word_id: str) -> str:
    return re.split("[/:]", word_id)[-1]
