"""Terms are suggested from statements in which nothing is heard, and rejected candidates speak against them."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from positions.extract.language.lexicon import Lexicon, Topic
from positions.extract.rules.lexicon_examples import example_problems
from positions.extract.rules.lexicon_terms import CodedWords, TopicSuggestion, suggest_terms
from positions.store.published import read_codebook
from positions.wording.lexicon import suggestion_text
from tests.positions.extract.reading import DATA

CODEBOOK = read_codebook(DATA)
LEXICON = Lexicon(topics=(Topic(issue="talks", terms=("talks",)),))
AID, TALKS = ("military-aid", None), ("talks", None)
HOWITZERS = (
    CodedWords(AID, "Washington will send howitzers to Kyiv"),
    CodedWords(AID, "more howitzers are on their way, Blinken said"),
    CodedWords(TALKS, "Kyiv is ready to talk on Monday"),
    CodedWords(TALKS, "Moscow is ready for talks"),
)


def suggest(*coded: CodedWords, rejected: tuple[CodedWords, ...] = ()) -> dict[object, TopicSuggestion]:
    return {one.about: one for one in suggest_terms(LEXICON, CODEBOOK, accepted=coded, rejected=rejected)}


def test_a_word_that_the_unheard_statements_share_is_suggested() -> None:
    aid = suggest(*HOWITZERS)[AID]

    assert aid.terms[0] == "howitzers"
    assert (aid.unheard, aid.coded) == (2, 2)
    assert HOWITZERS[0].words in aid.yes


def test_statements_in_which_a_term_is_heard_need_no_other() -> None:
    assert TALKS not in suggest(
        CodedWords(TALKS, "talks on the border"), CodedWords(TALKS, "talks on the river border")
    )


def test_names_and_words_of_grammar_are_not_suggested() -> None:
    terms = {term for one in suggest(*HOWITZERS).values() for term in one.terms}

    assert not {"washington", "kyiv", "will", "their", "ready", "blinken", "monday", "the"} & terms


def test_a_word_that_was_rejected_as_often_is_not_suggested() -> None:
    rejected = (CodedWords(AID, "two howitzers stand in the museum"), CodedWords(AID, "howitzers fired on Tuesday"))

    assert "howitzers" not in suggest(*HOWITZERS, rejected=rejected)[AID].terms


def test_a_word_of_several_topics_is_not_suggested() -> None:
    others = (CodedWords(TALKS, "they argue on howitzers"), CodedWords(TALKS, "a round on howitzers"))

    assert "howitzers" not in suggest(*HOWITZERS, *others)[AID].terms


def test_what_is_printed_can_be_pasted_and_bears_its_terms_out() -> None:
    suggestions = tuple(suggest(*HOWITZERS).values())

    tables = tomllib.loads(suggestion_text(suggestions, CODEBOOK))["topics"]

    assert example_problems(Lexicon(topics=tuple(Topic.model_validate(table) for table in tables))) == []


def test_no_statements_no_terms() -> None:
    assert suggest() == {}


@given(st.lists(st.tuples(st.sampled_from([AID, TALKS]), st.text(max_size=60)), max_size=8))
def test_any_words_give_terms_that_stand_in_them(pairs: list[tuple[tuple[str, None], str]]) -> None:
    suggestions = tuple(suggest(*(CodedWords(about, words) for about, words in pairs)).values())

    for table in tomllib.loads(suggestion_text(suggestions, CODEBOOK)).get("topics", []):
        topic = Topic.model_validate(table)
        assert example_problems(Lexicon(topics=(topic,))) == []
