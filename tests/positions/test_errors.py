from __future__ import annotations

import ast
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError, model_validator

from positions.errors import DataError, FieldError, Finding, QueryError, allowed
from positions.files.reading import model_findings
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("finding", "printed"),
    [
        (
            Finding("statements.jsonl:118", "issue", "found 'nuetrality', allowed: neutrality, talks"),
            "statements.jsonl:118 issue: found 'nuetrality', allowed: neutrality, talks",
        ),
        (Finding("003-22", "", "nothing would change"), "003-22: nothing would change"),
        (Finding("", "stance", "found 3"), "stance: found 3"),
        (Finding("", "", "is gone"), "is gone"),
    ],
)
def test_a_finding_is_printed_with_its_place_and_its_field(finding: Finding, printed: str) -> None:
    assert str(finding) == printed


def test_a_data_error_carries_every_finding_and_prints_each_on_a_line() -> None:
    findings = (Finding("a:1", "x", "one"), Finding("a:2", "", "two"))
    error = DataError(findings)
    assert error.findings == findings
    assert str(error) == "a:1 x: one\na:2: two"


def test_a_query_error_carries_what_was_asked_wrongly() -> None:
    error = QueryError("found 'x', allowed: y", field="party")
    assert (error.field, error.message, str(error)) == (
        "party",
        "found 'x', allowed: y",
        "party: found 'x', allowed: y",
    )
    assert (QueryError("nothing is known yet").field, str(QueryError("nothing"))) == ("", "nothing")


class Span(BaseModel):
    first: int
    last: int

    @model_validator(mode="after")
    def _rises(self) -> Span:
        if self.last < self.first:
            raise FieldError("last", f"found {self.last}: before the first")
        return self


class Spans(BaseModel):
    spans: tuple[Span, ...]


def test_what_a_validator_refuses_is_found_at_its_field() -> None:
    with pytest.raises(ValidationError, match="before the first") as caught:
        Span.model_validate({"first": 2, "last": 1})
    assert model_findings(caught.value, Span, where="x:1") == [Finding("x:1", "last", "found 1: before the first")]


def test_what_a_nested_validator_refuses_is_found_at_the_list() -> None:
    with pytest.raises(ValidationError, match="before the first") as caught:
        Spans.model_validate({"spans": [{"first": 2, "last": 1}]})
    (finding,) = model_findings(caught.value, Spans, where="x")
    assert str(finding) == "x spans: last: found 1: before the first"


def test_all_of_a_few_allowed_values_are_listed() -> None:
    few = [f"issue{number:02}" for number in range(20)]
    assert allowed("x", few) == f"found 'x', allowed: {', '.join(few)}"


def test_of_many_allowed_values_the_nearest_are_listed_first_and_the_rest_is_counted() -> None:
    names = {f"id{number:03}": f"Person {number}" for number in range(414)} | {"vova": "Zelensky", "zed": "Zelenski"}
    message = allowed("zelenskyy", names, names=names)
    assert message.startswith("found 'zelenskyy', allowed: vova, zed, id000, id001, ")
    assert message.endswith(", id009 … and 404 more; did you mean vova?")
    assert allowed("#", names).endswith(", id011 … and 404 more")


@pytest.mark.parametrize("room", ["positions", "dashboard"])
def test_no_message_is_taken_apart_again(room: str) -> None:
    """Errors carry data: nothing splits a text at ": " to win back the field that was glued to it."""

    def splits(path: Path) -> bool:
        return any(
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("partition", "rpartition", "split", "rsplit")
            and any(isinstance(arg, ast.Constant) and arg.value == ": " for arg in node.args)
            for node in ast.walk(ast.parse(path.read_text()))
        )

    assert [str(path) for path in (ROOT / room).rglob("*.py") if splits(path)] == []
