"""A statement's fields are declared once: a new one is on every surface, or something here fails.

The surfaces are the frame, the options of ``add``, the form, the history, a reviewer's choices, the import of CSV, the
data folder's README and what extractors fill in.
"""

from __future__ import annotations

import re
from typing import Annotated

import click
import pytest

from dashboard.components.revision_history import compared_fields, value_words
from dashboard.editing.form_choices import offer_choices
from dashboard.editing.form_fields import FIELDS, build_form_fields
from positions.cli.record import add_command, record_options
from positions.coding.review import list_choices
from positions.extract.judges.extractor import rule_extractor
from positions.extract.language.lexicon import read_lexicon
from positions.model.field_use import FieldUse, declared_fields
from positions.model.statement import Claim, Statement
from positions.store.candidates import AMENDABLE
from positions.store.published import read_codebook, read_published
from positions.wording.fields import FIELD_WORDS, FieldWords
from positions.workspace.statement_frame import COLUMNS, frame_columns
from tests.conftest import ROOT
from tests.examples import golden_codebook, said

DATA = ROOT / "data"
NOT_EXTRACTED = {"stance_to", "condition_for", "note", "translation", "translated_by"}
"""What no extractor reads from a text; whoever reviews a candidate adds it."""


class ForumStatement(Statement):
    """A statement with a made-up field: where it was said."""

    forum: Annotated[str, FieldUse("text")] = ""


class WordyStatement(Statement):
    """A statement with a made-up field whose use nobody declared."""

    colour: str = ""


@pytest.fixture
def forum(monkeypatch: pytest.MonkeyPatch) -> None:
    """The made-up field has its words."""
    monkeypatch.setitem(FIELD_WORDS, "forum", FieldWords("Where it was said", "said at", "Where it was said."))


def options(model: type[Claim]) -> dict[str, click.Parameter]:
    @click.command()
    @record_options(model)
    def command() -> None: ...

    return {str(one.name): one for one in command.params}


def test_every_field_declares_its_use_and_has_its_words() -> None:
    fields = list(declared_fields(Statement))
    assert [field.name for field in fields] == list(Statement.model_fields)
    assert set(FIELD_WORDS) == {field.name for field in fields} - {"id", "end"}
    given = [field.name for field in fields if field.use.by_hand]
    assert not set(given) - set(FIELD_WORDS)


def test_every_field_is_a_column_of_the_frame() -> None:
    assert set(Statement.model_fields) < set(COLUMNS)


def test_every_field_that_is_given_by_hand_is_an_option_of_add_and_in_the_form() -> None:
    given = {field.name for field in declared_fields(Statement) if field.use.by_hand}
    assert {name.removesuffix("s") if name == "elements" else name for name in options(Statement)} == given
    assert set(options(Statement)) < {str(one.name) for one in add_command.params}
    assert {field.name for field in FIELDS} == given - {"document"}


def test_every_field_but_the_id_shows_in_a_history_by_itself_or_with_another() -> None:
    fields = {field.name: field for field in declared_fields(Statement)}
    told = {field.name for field in compared_fields(Statement)}
    assert told | {name for name, field in fields.items() if field.use.with_field in told} == set(fields) - {"id"}


def test_a_reviewer_can_change_every_field_and_is_told_what_it_may_be() -> None:
    assert set(AMENDABLE) == set(Statement.model_fields) - {"document", "coder"}
    claim, codebook = said("2022-03-01", "RUS", "venue/minsk", 1).statement, golden_codebook()
    free = {"id", "start", "end", "note", "translation", "translated_by"}
    assert {name for name in AMENDABLE if not list_choices(name, claim, codebook)} <= free | {"speaker", "relayed_by"}


def test_every_field_is_explained_beside_the_data() -> None:
    text = (DATA / "README.md").read_text()
    table = text[text.index("## Columns of `statements.jsonl`") :].partition("What is unset")[0]
    columns = re.findall(r"`(\w+)`", "".join(re.findall(r"^\|(.*?)\|", table, re.MULTILINE)))
    assert not set(Statement.model_fields) - set(columns)


def test_the_rules_fill_in_every_field_but_those_that_are_the_reviewers() -> None:
    rules = rule_extractor(read_codebook(DATA), read_lexicon(DATA))
    documents = [line.revision.content for line in read_published(DATA).lines if line.revision.kind == "document"]
    filled = {name for document in documents for found in rules.candidates(document) for name in found.model_fields_set}  # type: ignore[arg-type]
    assert set(Statement.model_fields) - filled == NOT_EXTRACTED


@pytest.mark.usefixtures("forum")
def test_a_new_field_is_on_every_surface_once_it_has_its_words() -> None:
    columns = list(frame_columns(ForumStatement))
    assert columns[columns.index("translated_by") + 1 :] == ["forum", "recorded_at"]
    assert options(ForumStatement)["forum"].help == "Where it was said."  # type: ignore[attr-defined]
    (field,) = (field for field in build_form_fields(ForumStatement) if field.name == "forum")
    assert (field.label, field.kind, field.needed, field.more) == ("Where it was said", "area", False, False)
    assert compared_fields(ForumStatement)[-1].name == "forum"
    record = said("2022-03-01", "RUS", "neutrality", 1).statement.model_dump() | {"forum": "a summit"}
    statement = ForumStatement.model_validate(record)
    assert value_words(statement, compared_fields(ForumStatement)[-1], golden_codebook()) == "a summit"


@pytest.mark.parametrize("surface", [options, build_form_fields], ids=["options", "form"])
def test_a_new_field_without_words_is_named(surface: object) -> None:
    with pytest.raises(KeyError, match="forum"):
        surface(ForumStatement)  # type: ignore[operator]


def test_a_new_field_whose_use_is_not_declared_is_named() -> None:
    with pytest.raises(TypeError, match="WordyStatement.colour: no FieldUse is declared"):
        list(declared_fields(WordyStatement))


def test_each_field_of_choice_offers_something() -> None:
    choosing = {field.name for field in FIELDS if field.kind == "choice"}
    assert {name for name, groups in offer_choices(read_codebook(DATA)).items() if groups[0].options} == choosing
