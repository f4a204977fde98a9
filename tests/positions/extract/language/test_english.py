"""The words of English: every list serves a rule, and the phrases of time are what the reader looks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

import positions
from positions.extract.language.english import English, english_words

PACKAGE = Path(positions.__file__).parent
READERS = [path for room in ("extract", "quotes") for path in (PACKAGE / room).rglob("*.py")]
CODE = "\n".join(path.read_text() for path in READERS if path.name != "english.py")


def lists(model: BaseModel, prefix: str = "") -> Iterator[str]:
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            yield from lists(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


@pytest.mark.parametrize("name", list(lists(english_words())))
def test_every_list_is_read_by_a_rule(name: str) -> None:
    last = name.rpartition(".")[2]
    assert re.search(rf"\.{last}\b", CODE) or (name.startswith("pages.") and f'"{last}"' in CODE)


def test_every_meaning_of_a_phrase_of_time_is_read_by_a_rule() -> None:
    meanings = english_words().times.phrases
    assert [meaning for meaning in meanings if f'"{meaning}"' not in CODE] == []


def test_the_words_are_written_out_the_same_whatever_their_order() -> None:
    words = english_words().model_dump(mode="json")
    words["grammar"]["auxiliaries"].reverse()
    assert English.model_validate(words).model_dump_json() == english_words().model_dump_json()
