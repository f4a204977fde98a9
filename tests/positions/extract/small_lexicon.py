"""A lexicon of a few words, and the topics of texts by it."""

from __future__ import annotations

from functools import cache

from positions.extract.language.lexicon import Lexicon, Places, Topic
from positions.extract.language.phrases import tokenize
from positions.extract.rules.topics import TopicMention, Topics

LEXICON = Lexicon(
    talking="talks",
    topics=(
        Topic(issue="talks", terms=("talks",)),
        Topic(issue="talks", terms=("met",), stance=2, together=True),
        Topic(issue="neutrality", terms=("neutrality", "neutral status")),
        Topic(issue="neutrality", terms=("alliance",), pole=-1),
        Topic(issue="aid", terms=("tanks",), near=("army",), unless=("museum",), never=("fish tanks",)),
        Topic(issue="deal", terms=("deal",), reach=3),
        Topic(issue="deal", terms=("walked away",), stance=-2),
        Topic(issue="terms", element="withdrawal", terms=("withdraw* ~ troops",)),
    ),
    places=(
        Places(
            issue="venue",
            near=("venue", "met"),
            never=("minsk agreements",),
            hosting=("our capital",),
            terms={"minsk": ("minsk",)},
        ),
    ),
)


@cache
def topics() -> Topics:
    return Topics(LEXICON)


def find_topics(text: str, context: str = "") -> list[TopicMention]:
    return topics().find(tokenize(text), context=tokenize(context))
