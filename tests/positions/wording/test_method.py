from __future__ import annotations

from positions.files.reading import read_toml
from positions.model.codebook import Codebook
from positions.wording.method import method_lines
from tests.examples import HERE, golden_codebook


def test_the_rules_speak_of_elements_in_the_codebooks_words() -> None:
    shipped = method_lines(read_toml(HERE.parent / "data" / "codebook.toml", Codebook))
    assert any(line.startswith("A stance on a place holds for all places in it, until") for line in shipped)
    assert any("the more specific option, then the speaker" in line for line in method_lines(golden_codebook()))


def test_without_elements_in_elements_nothing_is_inherited() -> None:
    book = golden_codebook()
    flat = book.model_copy(update={"issues": tuple(issue for issue in book.issues if not issue.nests)})
    assert len(method_lines(flat)) == len(method_lines(book)) - 1
    assert any(
        "on one day the speaker of the higher rank, then direct speech, then the later print" in line
        for line in method_lines(flat)
    )
