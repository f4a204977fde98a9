"""The day that a plain text prints in its first lines, in other languages than English."""

from datetime import date

import pytest

from positions.extract.sources.printed_date import day_in_lines


@pytest.mark.parametrize(
    "line",
    [
        "Опубликовано 27 февраля 2022 года",
        "27 лютого 2022",
        "27 de febrero de 2022",
        "Publicado el 27 de febrero de 2022",
        "Le 27 février 2022",
        "27. Februar 2022",
        "27 Şubat 2022",
        "27 فبراير 2022",
        "2022年2月27日",
        "27 febbraio 2022",
    ],
)
def test_a_line_that_says_little_else_has_the_day(line: str) -> None:
    assert day_in_lines(f"Переговоры\n\n{line}\n\nМы готовы к переговорам.\n") == date(2022, 2, 27)


@pytest.mark.parametrize(
    "line",
    [
        "Делегации встретились 27 февраля 2022 года на границе, и с тех пор переговоры не продолжались ни разу.",
        "Мы готовы к переговорам.",
        "12",
        "",
    ],
)
def test_a_sentence_of_the_story_has_none(line: str) -> None:
    assert day_in_lines(f"Переговоры\n\n{line}\n") is None


def test_a_day_that_cannot_be_is_none() -> None:
    assert day_in_lines("Переговоры\n\n27 февраля 2099 года\n") is None
