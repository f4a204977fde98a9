"""Whether a lexicon's example sentences bear its terms out: what ``yes`` should be heard in, and ``no`` should not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from positions.extract.language.lexicon import Lexicon, LexiconProblem, Topic
from positions.extract.language.phrases import Token, tokenize
from positions.extract.rules.topics import TopicMention, Topics


def example_problems(lexicon: Lexicon) -> list[LexiconProblem]:
    """Return where a lexicon's terms and examples do not fit: a term that no ``yes`` holds, or one that stands twice.

    A ``yes`` in which the topic is not heard, and a ``no`` in which it is, are problems too. Examples may be left out:
    of a topic without any ``yes`` no term is looked for.
    """
    topics = Topics(lexicon)
    return [
        (("topics", index, *place), message)
        for index, topic in enumerate(lexicon.topics)
        for place, message in _topic_problems(topic, topics)
    ]


def _topic_problems(topic: Topic, topics: Topics) -> Iterator[LexiconProblem]:
    silent = _silent_terms(topic)
    for index, term in enumerate(topic.terms):
        if term in topic.terms[:index]:
            yield ("terms", index), f"found {term!r} twice, allowed: once"
        elif topic.yes and term in silent:
            yield ("terms", index), f"found {term!r}, which no example in `yes` holds; add a sentence with it"
    for index, sentence in enumerate(topic.yes):
        if not _is_heard(topic, topics, tokenize(sentence)):
            yield ("yes", index), f"found {sentence!r}, in which no term of the topic is heard"
    for index, sentence in enumerate(topic.no):
        if _is_heard(topic, topics, tokenize(sentence)):
            yield ("no", index), f"found {sentence!r}, in which the topic is heard; name in `never` what hides the term"


@lru_cache(maxsize=256)
def _silent_terms(topic: Topic) -> frozenset[str]:
    """Return the terms that are heard in no ``yes``; kept, so that a changed lexicon is tried by its changed topics."""
    sentences = [tokenize(sentence) for sentence in topic.yes]
    return frozenset(term for term in topic.terms if not _occurs(topic, term, sentences))


def _occurs(topic: Topic, term: str, sentences: Sequence[Sequence[Token]]) -> bool:
    alone = Topics(Lexicon(topics=(topic.model_copy(update={"terms": (term,)}),)))
    return any(_is_heard(topic, alone, tokens) for tokens in sentences)


def _is_heard(topic: Topic, topics: Topics, tokens: Sequence[Token]) -> bool:
    return any(_meaning(topic) == _meaning(one) for one in topics.find(tokens))


def _meaning(topic: Topic | TopicMention) -> tuple[str, str | None, int, int | None]:
    return topic.issue, topic.element, topic.pole, topic.stance
