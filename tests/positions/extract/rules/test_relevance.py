"""Which topics of a sentence claim something."""

from __future__ import annotations

import pytest

from positions.extract.language.lexicon import read_lexicon
from positions.extract.rules.attributed_sentence import AttributedSentence
from positions.extract.rules.relevance import TopicFilter, is_place, is_speaker, is_with_others, object_tokens
from positions.extract.rules.topics import TopicMention, Topics
from positions.store.published import read_codebook
from tests.positions.extract.reading import DATA, lines

BOTH = frozenset({"RUS", "UKR"})


def read_sentence(text: str) -> tuple[AttributedSentence, list[TopicMention]]:
    (line,) = lines(text)
    return line, Topics(read_lexicon(DATA)).find(line.tokens)


def topic_filter() -> TopicFilter:
    return TopicFilter(read_codebook(DATA), read_lexicon(DATA))


def words(text: str, topics: list[TopicMention], line: AttributedSentence) -> list[str]:
    return [text[line.tokens[one.first].start : line.tokens[one.end - 1].end] for one in topics]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Talks may be held in Warsaw, Poland.", ["Warsaw"]),
        ("Talks may be held in Warsaw, and not in Poland.", ["Warsaw", "Poland"]),
    ],
)
def test_a_place_beside_one_that_lies_in_it_is_left_out(text: str, kept: list[str]) -> None:
    line, topics = read_sentence(text)
    assert words(text, topic_filter().keep_narrowest(topics), line) == kept


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talks began in Belarus.", True),
        ("For talks Belarus cannot be the venue.", True),
        ("Belarus wants talks.", False),
    ],
)
def test_a_name_is_a_place_behind_a_preposition_or_as_a_venue(text: str, expected: bool) -> None:
    line, topics = read_sentence(text)
    assert [is_place(line.tokens, topic) for topic in topics if topic.element] == [expected]


def test_words_that_name_who_speaks_claim_nothing() -> None:
    text = "Talks are near, Ankara said, and Istanbul may host the talks."
    line, topics = read_sentence(text)
    assert words(text, [topic for topic in topics if is_speaker(line, topic)], line) == ["Ankara"]


def test_the_name_at_the_end_of_a_topic_is_its_object() -> None:
    line, topics = read_sentence("Ukraine wants to join NATO.")
    (index,) = object_tokens(line, topics)
    assert line.tokens[index].text == "NATO"


@pytest.mark.parametrize(
    ("text", "holders", "expected"),
    [
        ("Russia is ready for talks with Ukraine.", ("RUS",), False),
        ("Russia is ready for talks with Turkey.", ("RUS",), True),
        ("Turkey is ready for talks with Russia.", ("TUR",), True),
        ("Talks between Russia and Ukraine began.", ("RUS", "UKR"), False),
        ("Russia, Ukraine and Turkey are ready for talks.", ("RUS", "UKR", "TUR"), True),
        ("The Kremlin praised the US-Russia talks.", ("RUS",), True),
        ("The Kremlin praised the Russia-Ukraine talks.", ("RUS",), False),
        ("The Kremlin wants talks in Alaska between Putin and Trump.", ("RUS",), True),
        ("Russia and Ukraine held talks in Turkey.", ("RUS", "UKR"), False),
    ],
)
def test_talks_with_somebody_else_are_others_talks(text: str, holders: tuple[str, ...], expected: bool) -> None:
    line, (topic, *_) = read_sentence(text)
    assert is_with_others(line, topic, BOTH, holders) is expected
