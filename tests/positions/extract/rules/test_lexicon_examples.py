"""A lexicon's examples bear its terms out; what does not fit is named with its place."""

from typing import Any

import pytest

from positions.extract.language.lexicon import Lexicon, Topic, read_lexicon
from positions.extract.rules.lexicon_examples import example_problems
from tests.positions.extract.reading import DATA

TALKS: dict[str, Any] = {"issue": "talks", "terms": ("talks", "dialogue")}


def lexicon(**fields: Any) -> Lexicon:
    return Lexicon(topics=(Topic.model_validate(TALKS | fields),))


def test_the_shipped_lexicon_bears_its_terms_out() -> None:
    assert example_problems(read_lexicon(DATA)) == []


def test_examples_may_be_left_out() -> None:
    assert example_problems(lexicon()) == []


@pytest.mark.parametrize(
    ("fields", "loc", "message"),
    [
        ({"yes": ("We want talks.",)}, ("terms", 1), "'dialogue', which no example in `yes` holds"),
        ({"yes": ("Talks and a dialogue.", "Nothing of it.")}, ("yes", 1), "'Nothing of it.', in which no term"),
        ({"no": ("The talks go on.",)}, ("no", 0), "'The talks go on.', in which the topic is heard"),
        ({"terms": ("talks", "talks")}, ("terms", 1), "'talks' twice"),
        ({"near": ("peace",), "yes": ("Talks, a dialogue.",)}, ("yes", 0), "in which no term"),
    ],
    ids=["term", "yes", "no", "twice", "near"],
)
def test_what_does_not_fit_is_named_with_its_place(fields: dict[str, Any], loc: tuple[Any, ...], message: str) -> None:
    problems = example_problems(lexicon(**fields))

    assert any(place == ("topics", 0, *loc) and message in words for place, words in problems)


def test_a_longer_phrase_that_hides_the_term_makes_a_counterexample_fit() -> None:
    assert example_problems(lexicon(never=("trade talks",), no=("The trade talks ended.",))) == []
