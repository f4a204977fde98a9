"""Languages by name, and what is said of a document that the rules cannot read."""

import pytest

from positions.wording.languages import language_name, unread_words


@pytest.mark.parametrize(
    ("tag", "name"), [("ru", "Russian"), ("pt-BR", "Portuguese (BR)"), ("AR", "Arabic"), ("gsw", "gsw")]
)
def test_a_language_is_named_in_words(tag: str, name: str) -> None:
    assert language_name(tag) == name


def test_a_document_in_another_language_is_told_with_what_to_do() -> None:
    assert unread_words("ru", "en") == (
        "this document is Russian; the rules read English; code it by hand, translate, or use a language model"
    )


@pytest.mark.parametrize(("language", "reads"), [("en-GB", "en"), (None, "en"), ("ru", None)])
def test_nothing_is_said_of_what_can_be_read_or_is_not_known(language: str | None, reads: str | None) -> None:
    assert unread_words(language, reads) == ""
