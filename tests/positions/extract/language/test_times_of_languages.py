"""When it was said, in other languages than English: the same days, and what can mean several days is left out."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.extract.language.phrases import tokenize
from positions.extract.language.time_expressions import find_time, relative_pattern
from positions.language.reading_words import all_reading_words

THURSDAY = date(2022, 4, 14)
TIMES = {
    "ru": [
        ("в среду", "2022-04-13"),
        ("в понедельник вечером", "2022-04-11"),
        ("вечером в пятницу", "2022-04-08"),
        ("вчера", "2022-04-13"),
        ("позавчера", "2022-04-12"),
        ("сегодня утром", "2022-04-14"),
        ("два дня назад", "2022-04-12"),
        ("3 дня назад", "2022-04-11"),
        ("неделю назад", "2022-04-07"),
        ("на прошлой неделе", "2022-04-04/2022-04-10"),
        ("в среду на прошлой неделе", "2022-04-06"),
        ("в прошлом месяце", "2022-03"),
        ("29 марта", "2022-03-29"),
        ("29 марта 2022 года", "2022-03-29"),
        ("в марте", "2022-03"),
        ("в декабре", "2021-12"),
        ("в мае 2014 года", "2014-05"),
    ],
    "uk": [
        ("у середу", "2022-04-13"),
        ("у п'ятницю", "2022-04-08"),
        ("у п’ятницю", "2022-04-08"),
        ("вчора", "2022-04-13"),
        ("два дні тому", "2022-04-12"),
        ("минулого тижня", "2022-04-04/2022-04-10"),
        ("29 березня 2022 року", "2022-03-29"),
        ("у березні", "2022-03"),
    ],
    "es": [
        ("el miércoles", "2022-04-13"),
        ("el lunes por la noche", "2022-04-11"),
        ("el jueves pasado", "2022-04-07"),
        ("ayer", "2022-04-13"),
        ("anteayer", "2022-04-12"),
        ("anoche", "2022-04-13"),
        ("esta mañana", "2022-04-14"),
        ("hace dos días", "2022-04-12"),
        ("hace una semana", "2022-04-07"),
        ("la semana pasada", "2022-04-04/2022-04-10"),
        ("el martes de la semana pasada", "2022-04-05"),
        ("el mes pasado", "2022-03"),
        ("el 29 de marzo", "2022-03-29"),
        ("el 29 de marzo de 2022", "2022-03-29"),
        ("en marzo", "2022-03"),
        ("en octubre de 2014", "2014-10"),
    ],
    "fr": [
        ("mercredi", "2022-04-13"),
        ("lundi soir", "2022-04-11"),
        ("hier", "2022-04-13"),
        ("avant-hier", "2022-04-12"),
        ("aujourd’hui", "2022-04-14"),
        ("il y a deux jours", "2022-04-12"),
        ("la semaine dernière", "2022-04-04/2022-04-10"),
        ("mardi de la semaine dernière", "2022-04-05"),
        ("le mois dernier", "2022-03"),
        ("le 29 mars", "2022-03-29"),
        ("le 1er mars 2022", "2022-03-01"),
        ("en mars", "2022-03"),
        ("en août 2014", "2014-08"),
    ],
    "de": [
        ("am Mittwoch", "2022-04-13"),
        ("am Montagabend", "2022-04-11"),
        ("gestern Abend", "2022-04-13"),
        ("vorgestern", "2022-04-12"),
        ("heute", "2022-04-14"),
        ("vor zwei Tagen", "2022-04-12"),
        ("vor einer Woche", "2022-04-07"),
        ("in der vergangenen Woche", "2022-04-04/2022-04-10"),
        ("am Dienstag der vergangenen Woche", "2022-04-05"),
        ("am 29. März", "2022-03-29"),
        ("am 29. März 2022", "2022-03-29"),
        ("im März", "2022-03"),
    ],
    "ar": [
        ("يوم الأربعاء", "2022-04-13"),
        ("مساء الاثنين", "2022-04-11"),
        ("الخميس الماضي", "2022-04-07"),
        ("أمس", "2022-04-13"),
        ("أول أمس", "2022-04-12"),
        ("اليوم", "2022-04-14"),
        ("قبل يومين", "2022-04-12"),
        ("قبل ثلاثة أيام", "2022-04-11"),
        ("الأسبوع الماضي", "2022-04-04/2022-04-10"),
        ("الشهر الماضي", "2022-03"),
        ("في 29 مارس", "2022-03-29"),
        ("في ٢٩ مارس ٢٠٢٢", "2022-03-29"),
        ("29 آذار/مارس 2022", "2022-03-29"),
        ("في تشرين الأول 2014", "2014-10"),
    ],
    "it": [("il 29 marzo 2022", "2022-03-29")],
    "pl": [("29 marca 2022", "2022-03-29")],
    "tr": [("29 Mart 2022", "2022-03-29")],
}
NOT_SAID = {
    "en": [
        "from Monday to Wednesday",
        "Monday next week",
        "until last Friday",
        "next Monday",
        "by late March",
        "since 24 February",
    ],
    "ru": [
        "с понедельника",
        "до среды",
        "в следующую среду",
        "в среду на следующей неделе",
        "после 3 марта",
        "весной",
        "",
    ],
    "es": [
        "desde el lunes",
        "el próximo lunes",
        "el lunes próximo",
        "la semana que viene",
        "hasta ayer",
        "desde hace dos días",
    ],
    "fr": ["depuis lundi", "lundi prochain", "jusqu’à mardi", "la planète mars", "la semaine prochaine"],
    "de": ["seit Montag", "bis Freitag", "am kommenden Montag", "nächste Woche", "nach dem Gespräch"],
    "ar": ["الاثنين المقبل", "منذ الاثنين", "الأسبوع المقبل", "في اليوم التالي", "منذ ثلاثة أيام"],
    "uk": ["з понеділка", "наступного тижня"],
    "eu": ["astelehenean", "atzo"],
    "it": ["lunedì", "ieri", "marzo"],
}


@pytest.mark.parametrize(("language", "words", "said_on"), [(tag, *one) for tag, rows in TIMES.items() for one in rows])
def test_a_time_in_another_language_is_resolved_against_the_publication(
    language: str, words: str, said_on: str
) -> None:
    if any(sign.isdigit() for sign in words) or said_on.count("-") == 1:
        pytest.importorskip("dateparser", reason="months are read by dateparser")
    time = find_time(tokenize(words), THURSDAY, None, language)
    assert time is not None
    assert time.date.text == said_on
    assert time.basis == ("explicit" if any(year in words for year in ("2022", "2014", "٢٠٢٢")) else "relative")


@pytest.mark.parametrize(("language", "words"), [(tag, words) for tag, rows in NOT_SAID.items() for words in rows])
def test_nothing_is_guessed(language: str, words: str) -> None:
    assert find_time(tokenize(words), THURSDAY, None, language) is None


@pytest.mark.parametrize(
    ("words", "said_on"),
    [
        ("the day before yesterday", "2022-04-12"),
        ("on Tuesday last week", "2022-04-05"),
        ("last week on Tuesday", "2022-04-05"),
        ("on Monday and Tuesday", "2022-04-11/2022-04-12"),
        ("on Monday or on Tuesday", "2022-04-11/2022-04-12"),
        ("10 days ago", "2022-04-04"),
        ("on the 25th of March", "2022-03-25"),
    ],
)
def test_english_times_of_several_words(words: str, said_on: str) -> None:
    time = find_time(tokenize(words), THURSDAY, None)
    assert time is not None
    assert time.date.text == said_on


def test_two_weekdays_that_are_not_in_a_row_are_left_out() -> None:
    assert find_time(tokenize("on Wednesday or Monday"), date(2022, 4, 11), None) is not None
    assert find_time(tokenize("on Thursday or Friday"), THURSDAY, None) is None


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.data())
def test_a_weekday_of_any_language_is_the_latest_up_to_the_publication(published: date, data: st.DataObject) -> None:
    words = data.draw(st.sampled_from([words for words in all_reading_words() if words.times]))
    assert words.times is not None
    number = data.draw(st.integers(0, 6))
    spelling = data.draw(st.sampled_from(words.times.weekdays[number].split("|")))
    time = find_time(tokenize(unicodedata.normalize("NFC", spelling)), published, None, words.language)
    assert time is not None
    assert time.date.last.weekday() == number
    assert 0 <= (published - time.date.last).days < 7


@pytest.mark.parametrize(
    ("language", "words", "is_relative"),
    [
        ("en", "He said on Monday", True),
        ("en", "He said it", False),
        ("ru", "Он сказал в среду", True),
        ("ru", "Он сказал это", False),
        ("ar", "قال أمس", True),
        ("de", "sagte er am Montagabend", True),
    ],
)
def test_words_that_tell_a_time_from_another_one(language: str, words: str, is_relative: bool) -> None:
    pattern = relative_pattern(language)
    assert pattern is not None
    assert bool(pattern.search(words)) is is_relative


def test_a_language_without_words_of_time_has_no_pattern() -> None:
    assert relative_pattern("eu") is None
    assert relative_pattern("it") is None
