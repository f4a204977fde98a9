"""The shipped lexicon and the words of English against their own example sentences."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from positions.extract.language.english import CueGroup, english_words
from positions.extract.language.lexicon import (
    Lexicon,
    Names,
    Places,
    Topic,
    lexicon_findings,
    read_lexicon,
)
from positions.extract.language.phrases import Phrases, tokenize
from positions.extract.rules.topics import TopicMention, Topics
from positions.files.reading import read_toml
from positions.model.codebook import Codebook

DATA = Path(__file__).parents[4] / "data"
LEXICON = read_lexicon(DATA)
ENGLISH = english_words()
TOPICS = [
    pytest.param(topic, id=f"{place}-{topic.element or topic.issue}") for place, topic in enumerate(LEXICON.topics, 1)
]
GROUPS = [
    *(pytest.param(group, id=f"speech-{group.kind}") for group in ENGLISH.speech),
    *(pytest.param(group, id=f"cues-{group.kind}") for group in ENGLISH.cues),
]


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return read_toml(DATA / "codebook.toml", Codebook)


@pytest.fixture(scope="module")
def topics() -> Topics:
    return Topics(LEXICON)


def meaning(topic: Topic | TopicMention) -> tuple[str, str | None, int, int | None]:
    return topic.issue, topic.element, topic.pole, topic.stance


def alone(topic: Topic, *terms: str) -> Topics:
    """The topic with these of its terms and nothing beside it."""
    return Topics(Lexicon(topics=(topic.model_copy(update={"terms": terms}),)))


def sentences(places: Places) -> Iterator[tuple[str, str]]:
    for element, terms in places.terms.items():
        for term in terms:
            place = " ".join(word.split("|")[0].rstrip("*") for word in term.split() if word != "~")
            yield element, f"Talks with the other delegation may be held, {place}."


@pytest.mark.parametrize("topic", TOPICS)
def test_each_term_means_its_issue_in_an_example(topic: Topic) -> None:
    silent = [
        term
        for term in topic.terms
        if not any(
            meaning(topic) == meaning(heard) for yes in topic.yes for heard in alone(topic, term).find(tokenize(yes))
        )
    ]

    assert silent == []


@pytest.mark.parametrize("topic", TOPICS)
def test_each_example_is_heard(topic: Topic, topics: Topics) -> None:
    deaf = [yes for yes in topic.yes if meaning(topic) not in map(meaning, topics.find(tokenize(yes)))]

    assert deaf == []


@pytest.mark.parametrize("topic", TOPICS)
def test_no_counterexample_means_the_topic(topic: Topic, topics: Topics) -> None:
    assert topic.no

    wrong = [no for no in topic.no if meaning(topic) in map(meaning, topics.find(tokenize(no)))]

    assert wrong == []


@pytest.mark.parametrize("topic", TOPICS)
def test_no_term_stands_twice(topic: Topic) -> None:
    assert len(set(topic.terms)) == len(topic.terms)


@pytest.mark.parametrize("places", LEXICON.places, ids=lambda places: places.issue)
def test_each_place_is_heard_beside_talks(places: Places, topics: Topics) -> None:
    unheard = [
        sentence
        for element, sentence in sentences(places)
        if (places.issue, element) not in ((heard.issue, heard.element) for heard in topics.find(tokenize(sentence)))
    ]

    assert unheard == []


def test_a_place_without_talks_is_a_dateline(topics: Topics) -> None:
    assert not topics.find(tokenize("ISTANBUL, Turkey: it rained in Minsk."))


@pytest.mark.parametrize("group", GROUPS)
def test_each_word_of_english_stands_in_an_example(group: CueGroup) -> None:
    absent = [term for term in group.terms if not any(Phrases([(term, True)]).find(tokenize(yes)) for yes in group.yes)]

    assert absent == []


@pytest.mark.parametrize("group", GROUPS)
def test_no_counterexample_holds_a_word_of_the_group(group: CueGroup) -> None:
    assert group.no

    words = Phrases((term, True) for term in group.terms)

    assert [no for no in group.no if words.find(tokenize(no))] == []


def test_the_shipped_lexicon_fits_the_codebook(codebook: Codebook) -> None:
    assert lexicon_findings(LEXICON, codebook) == []


@pytest.mark.parametrize(
    ("wrong", "where", "said"),
    [
        (Lexicon(both=("XXX",), topics=(Topic(issue="talks", terms=("talks",)),)), "both 1", "XXX"),
        (
            Lexicon(names=(Names(party="YYY"),), topics=(Topic(issue="talks", terms=("talks",)),)),
            "names",
            "YYY",
        ),
        (Lexicon(topics=(Topic(issue="weather", terms=("rain",)),)), "topics 1", "weather"),
        (Lexicon(topics=(Topic(issue="preconditions", element="rain", terms=("rain",)),)), "topics 1", "rain"),
        (Lexicon(topics=(Topic(issue="talks", stance=7, terms=("talks",)),)), "topics 1", "7"),
        (
            Lexicon(
                topics=(Topic(issue="talks", terms=("talks",)),),
                places=(Places(issue="venue", terms={"atlantis": ("Atlantis",)}),),
            ),
            "places",
            "atlantis",
        ),
    ],
    ids=["both", "party", "issue", "element", "stance", "place"],
)
def test_what_the_codebook_lacks_is_found(codebook: Codebook, wrong: Lexicon, where: str, said: str) -> None:
    (finding,) = lexicon_findings(wrong, codebook)

    assert where in str(finding)
    assert said in str(finding)
