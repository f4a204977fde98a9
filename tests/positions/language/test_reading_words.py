"""The files of languages: each is known, sound, and of the same shape as that of English."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from positions.errors import DataError
from positions.files.reading import read_toml
from positions.language.reading_words import (
    FOLDER,
    ReadingWords,
    all_reading_words,
    english_reading,
    language_words,
    name_pattern,
    word_pattern,
)


def test_every_file_of_a_language_is_read_by_its_tag() -> None:
    tags = {tomllib.loads(path.read_text())["language"] for path in FOLDER.glob("*.toml")}
    assert {words.language for words in all_reading_words()} == tags
    assert [language_words(tag) and language_words(tag).language for tag in sorted(tags)] == sorted(tags)  # type: ignore[union-attr]


def test_a_tag_with_a_region_is_read_as_its_language_and_an_unknown_one_has_no_words() -> None:
    assert language_words("es-MX") == language_words("es")
    assert language_words("eu") is None


def test_a_list_that_no_rule_reads_is_refused_in_another_languages_file(tmp_path: Path) -> None:
    path = tmp_path / "basque.toml"
    path.write_text('language = "eu"\n\n[times]\nweekdai = ["astelehena"]\n')
    with pytest.raises(DataError, match=r"basque.toml:4 times\.weekdai"):
        read_toml(path, ReadingWords)


def test_english_has_every_table() -> None:
    english = english_reading()
    assert english.times is not None
    tables = (english, english.clauses, english.publication, english.pages, english.transcripts)
    lacking = [name for table in tables for name in type(table).model_fields if not getattr(table, name)]
    assert lacking == ["dialogue"], "a dash opens items of lists in English"


def test_words_are_matched_whole_in_any_spelling_the_longest_first() -> None:
    pattern = re.compile(rf"\b(?:{word_pattern(['sep|sept|september', 'a.m', 'publication date', 'updat*'])})\b")
    text = "september, sept and sep, a.m but axm, publication date, updates"
    assert pattern.findall(text) == ["september", "sept", "sep", "a.m", "publication date", "updates"]


def test_no_words_match_nothing() -> None:
    assert re.findall(word_pattern([]), "any text") == []


def test_a_joint_in_a_name_may_be_missing() -> None:
    assert re.findall(name_pattern(["side-bar"]), "sidebar side-bar side bar") == ["sidebar", "side-bar"]
