"""What is heard in a text is told with the reason why it claims something or nothing."""

import pytest

from positions.extract.language.lexicon import Lexicon, Places, Topic, read_lexicon
from positions.extract.rules.lexicon_trial import HeardTopic, hear_text
from positions.store.published import read_codebook
from positions.wording.lexicon import heard_lines
from tests.positions.extract.reading import DATA, DAY

CODEBOOK = read_codebook(DATA)
LEXICON = read_lexicon(DATA)


def topics(text: str, lexicon: Lexicon = LEXICON) -> list[HeardTopic]:
    return [topic for sentence in hear_text(text, CODEBOOK, lexicon, published=DAY) for topic in sentence.topics]


def test_a_claim_is_told_with_its_topic_its_cue_its_speaker_and_its_holder() -> None:
    (topic,) = topics("Zelensky said that Ukraine ruled out neutrality.")

    assert (topic.words, topic.issue, topic.stance) == ("neutrality", "neutrality", -2)
    assert (topic.cue, topic.kind, topic.speaker, topic.verb) == ("ruled", "reject", "zelensky", "said")
    assert (topic.holders, topic.outcome) == (("UKR",), "claims")
    assert [(claim.holder, claim.stance) for claim in topic.claims] == [("UKR", -2)]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Zelensky said that Ukraine is ready for talks.", "claims"),
        ("He is ready for tanks of beer in the museum.", "excluded"),
        ("Lavrov said after the talks in Istanbul that Russia rejects a ceasefire.", "scene"),
    ],
)
def test_a_topic_that_claims_nothing_is_told_with_the_reason(text: str, outcome: str) -> None:
    lexicon = LEXICON.model_copy(
        update={"topics": (*LEXICON.topics, Topic(issue="military-aid", terms=("tanks of beer",), near=("army",)))}
    )

    assert outcome in {topic.outcome for topic in topics(text, lexicon)}


def test_every_word_that_is_heard_is_a_word_of_the_sentence() -> None:
    text = "The Kremlin’s spokesman said Moscow won't accept NATO troops; Kyiv, however, “will never” give up Donbas."

    for sentence in hear_text(text, CODEBOOK, LEXICON, published=DAY):
        for topic in sentence.topics:
            assert topic.words in sentence.text
            assert topic.cue in sentence.text
        assert all(name.words in sentence.text for name in sentence.names)


def test_the_place_of_whoever_would_host_has_words_of_its_own() -> None:
    places = Places(
        issue="venue", near=("talks",), hosting=("host",), hosts={"TUR": "ankara"}, terms={"minsk": ("Minsk",)}
    )
    lexicon = Lexicon(topics=(Topic(issue="talks", terms=("talks",)),), places=(places,))

    lines = list(heard_lines(hear_text("Turkey would host talks.", CODEBOOK, lexicon, published=DAY), CODEBOOK))

    assert any("“host” means Venue: the place of whoever would host" in line for line in lines)


def test_a_sentence_without_a_term_says_so() -> None:
    (sentence,) = hear_text("The weather in Kyiv is fine.", CODEBOOK, LEXICON, published=DAY)

    assert list(heard_lines((sentence,), CODEBOOK)) == [
        "“The weather in Kyiv is fine.”",
        "  names: “Kyiv” (Ukraine)",
        "  topics: none; no term of the lexicon is in it",
    ]


def test_an_empty_text_has_no_sentences() -> None:
    assert hear_text("", CODEBOOK, LEXICON, published=DAY) == ()


@pytest.mark.parametrize(
    ("text", "cue", "turn", "heard"),
    [
        ("Zelensky said that Ukraine will not hold talks.", "will", "not", "will not hold talks"),
        ("Zelensky said that Ukraine is not ready for talks.", "ready", "not", "not ready for talks"),
        ("Zelensky said that Ukraine is ready for talks.", "ready", "", "ready for talks"),
    ],
)
def test_what_reverses_a_cue_and_the_words_that_decide_are_told(text: str, cue: str, turn: str, heard: str) -> None:
    (sentence,) = hear_text(text, CODEBOOK, LEXICON, published=DAY)
    topic = sentence.topics[-1]
    assert (topic.cue, topic.turn, topic.heard) == (cue, turn, heard)
    told = "\n".join(heard_lines((sentence,), CODEBOOK))
    assert f"in “{heard}”" in told
    assert (f"reversed by “{turn}”" in told) == bool(turn)
