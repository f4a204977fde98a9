"""Documents in several languages: detected, coded by hand with translations, and shown in every output."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.languages_workspace import CLAIMS, TEXTS, make_languages_workspace
from tests.positions.cli.test_cli import run

__all__ = ["run"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("languages") / "dam"
    make_languages_workspace(made).close()
    return made


@pytest.mark.parametrize(("name", "language"), [("arabic", "ar"), ("russian", "ru"), ("spanish", "es")])
def test_the_language_of_a_document_is_detected(run: Any, folder: Path, name: str, language: str) -> None:
    assert run("show", name, "--format", "json", "--data", folder).json["language"] == language


def test_a_language_that_is_given_overrides_the_detected_one(run: Any) -> None:
    file = TEXTS / "spanish.txt"
    told = run("add-document", file, "--outlet", "X", "--published-on", "2024-03-14", "--language", "es-MX")
    assert told.code == 0
    assert run("show", "spanish", "--format", "json").json["language"] == "es-MX"


def test_what_is_no_language_tag_is_refused(run: Any) -> None:
    file = TEXTS / "spanish.txt"
    told = run("add-document", file, "--outlet", "X", "--published-on", "2024-03-14", "--language", "Spanish!")
    assert told.code == 2
    assert "language" in told.err


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim[6][:20])
def test_the_quote_stays_in_the_original_at_its_place(folder: Path, claim: tuple[Any, ...]) -> None:
    text = (TEXTS / f"{claim[0]}.txt").read_text(encoding="utf-8")
    lines = map(json.loads, (folder / "statements.jsonl").read_text(encoding="utf-8").splitlines())
    (line,) = (line for line in lines if line["translation"] == claim[6])
    assert text[line["start"] : line["end"]] == line["quote"] == claim[1]
    assert line["translated_by"] == "Anna Berg"


def test_a_translation_is_shown_beside_its_quote(run: Any, folder: Path) -> None:
    told = run("show", "russian-01", "--data", folder)
    assert "translation “is ready for talks without preconditions” (translated by Anna Berg)" in told.out


@pytest.mark.parametrize("form", ["html", "md", "json"])
def test_a_report_has_each_translation_with_who_made_it(run: Any, folder: Path, form: str) -> None:
    text = run("snapshot", "--format", form, "--data", folder).out
    assert "Anna Berg" in text
    for claim in CLAIMS[2:]:
        assert claim[6].rstrip(".") in text
        assert claim[1] in text


def test_a_report_says_in_which_language_a_quote_is(run: Any, folder: Path) -> None:
    text = run("snapshot", "--format", "html", "--data", folder).out
    assert all(f'<bdi dir="auto" lang="{language}">' in text for language in ("ru", "es"))


def test_an_export_has_the_translations(run: Any, folder: Path, tmp_path: Path) -> None:
    assert run("export", tmp_path / "out.csv", "--data", folder).code == 0
    rows = csv.DictReader((tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines())
    assert {row["translation"] for row in rows} == {claim[6] for claim in CLAIMS}


def test_a_coder_is_who_translated_if_nobody_else_is_named(run: Any) -> None:
    told = run("correct", "000-01", "--translation", "In other words.", "--coder", "ben", "--reason", "for readers")
    assert told.code == 0, told.err
    shown = run("show", "000-01", "--format", "json").json
    assert (shown["translation"], shown["translated_by"]) == ("In other words.", shown["coder"])


def test_a_translator_without_a_translation_is_refused(run: Any) -> None:
    told = run("correct", "000-01", "--translated-by", "ben", "--reason", "wrong")
    assert told.code == 1
    assert "a translation and who translated it go together" in told.err


def test_a_translation_that_is_unset_takes_its_translator_along(run: Any) -> None:
    run("correct", "000-01", "--translation", "In other words.", "--reason", "for readers")
    told = run("correct", "000-01", "--translation", "", "--reason", "not needed")
    assert told.code == 0, told.err
    assert run("show", "000-01", "--format", "json").json["translation"] == ""


@pytest.mark.parametrize(("name", "language"), [("russian", "Russian"), ("arabic", "Arabic"), ("spanish", "Spanish")])
def test_the_rules_say_which_language_they_read(run: Any, name: str, language: str) -> None:
    told = run("extract", TEXTS / f"{name}.txt", "--outlet", "X", "--published-on", "2024-03-13")
    words = f"this document is {language}; the rules read English; code it by hand, translate, or use a language model"
    assert words in told.out
    assert "no candidates" not in told.out


def test_programs_get_that_on_the_error_stream(run: Any) -> None:
    file = TEXTS / "russian.txt"
    told = run("extract", file, "--outlet", "X", "--published-on", "2024-03-13", "--format", "json")
    assert told.json == []
    assert "this document is Russian" in told.err
