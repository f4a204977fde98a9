"""Which model reads an issue of a codebook: looked up by its ``kind`` in a table that other kinds can join."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, TypeAlias, Union, get_args

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter, ValidationError
from pydantic_core import CoreSchema, InitErrorDetails, core_schema

from positions.model.issues import ConditionsIssue, Issue, OptionsIssue, ScaleIssue

ISSUE_MODELS: Final[dict[str, type[Issue]]] = {
    "scale": ScaleIssue,
    "options": OptionsIssue,
    "conditions": ConditionsIssue,
}
"""The model of each kind, by the word that a codebook writes."""


def kind_named(model: type[Issue]) -> str:
    """Return the word that a codebook writes for a model's kind."""
    (word,) = get_args(model.model_fields["kind"].annotation)
    return str(word)


class _ByKind:
    """How pydantic reads an issue: its kind chooses the model at the time of reading, so kinds may be added."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_read_issue)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        every: Any = Union[tuple(ISSUE_MODELS.values())]  # noqa: UP007, the members are known only now
        return handler(TypeAdapter(Annotated[every, Field(discriminator="kind")]).core_schema)


AnyIssue: TypeAlias = Annotated[Issue, _ByKind()]
"""An issue of any kind that is known; an unknown kind is refused with the known ones."""


def _read_issue(value: object) -> Issue:
    word = value.get("kind") if isinstance(value, Mapping) else getattr(value, "kind", None)
    if isinstance(word, str) and word in ISSUE_MODELS:
        return ISSUE_MODELS[word].model_validate(value)
    known = ", ".join(map(repr, ISSUE_MODELS))
    details: InitErrorDetails = {"type": "literal_error", "loc": ("kind",), "input": word, "ctx": {"expected": known}}
    if not isinstance(value, Mapping):
        details = {"type": "dict_type", "loc": (), "input": value}
    elif "kind" not in value:
        details = {"type": "missing", "loc": ("kind",), "input": value}
    raise ValidationError.from_exception_data("Issue", [details])
