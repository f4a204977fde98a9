from __future__ import annotations

from typing import get_args

import pytest

from dashboard.editing.form_choices import offer_choices
from dashboard.editing.form_fields import EMPTY_TEXTS, FIELDS, NAMES
from dashboard.editing.form_texts import claim_texts, parse_texts, typed_texts
from positions.model.statement import Directness, Statement, Voice
from positions.workspace import Workspace


def test_the_form_has_every_field_that_a_coder_decides() -> None:
    own = {"id", "document", "end", "coder"}
    assert set(NAMES) == set(Statement.model_fields) - own
    assert set(EMPTY_TEXTS) == set(NAMES)


def test_there_is_something_to_choose_for_every_choice(workspace: Workspace) -> None:
    found = offer_choices(workspace.codebook)
    assert found.keys() == {field.name for field in FIELDS if field.kind == "choice"}
    assert [option.value for option in found["voice"][0].options] == list(get_args(Voice))
    assert [option.value for option in found["directness"][0].options] == list(get_args(Directness))
    venue = next(group for group in found["element"] if group.issue == "venue")
    words = {option.value: option.words for option in venue.options}
    assert words["istanbul"].startswith("\u2003")
    assert not words["any"].startswith("\u2003")
    assert [option.words for option in found["stance"][0].options][-1] == "refuses (−2)"
    assert "venue" not in [group.issue for group in found["stance_to"]]
    assert ("venue/minsk", "venue") in [(o.value, g.issue) for g in found["condition_for"] for o in g.options]


def test_every_recorded_statement_comes_back_as_it_went_into_the_form(workspace: Workspace) -> None:
    codebook = workspace.codebook
    for record in workspace.known().records:
        said = record.statement
        texts = claim_texts(said, codebook)
        found, findings = parse_texts(texts, codebook)
        assert findings == []
        whole = said.model_dump() | {name: value for name, value in found.items() if value is not None}
        assert Statement.model_validate(whole) == said


def test_only_the_form_s_own_fields_are_read() -> None:
    found = typed_texts({"quote": "a\r\nb", "id": "x", "coder": "y", "end": "3"})
    assert found["quote"] == "a\nb"
    assert set(found) == set(NAMES)


@pytest.mark.parametrize(("text", "id_"), [("Putin", "putin"), ("mr putin", "putin"), ("unknown", "unknown")])
def test_a_speaker_has_many_spellings(workspace: Workspace, text: str, id_: str) -> None:
    found, findings = parse_texts(EMPTY_TEXTS | {"speaker": text}, workspace.codebook)
    assert (found["speaker"], findings) == (id_, [])
