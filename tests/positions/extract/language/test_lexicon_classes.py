"""Words that stand for each other in a lexicon's phrases."""

from positions.extract.language.lexicon import Lexicon, Topic, write_out_classes
from positions.extract.language.phrases import tokenize
from positions.extract.rules.topics import Topics


def written_out(*terms: str, **classes: tuple[str, ...]) -> Lexicon:
    return write_out_classes(Lexicon(classes=classes, topics=(Topic(issue="truce", terms=terms),)))


def test_a_phrase_stands_for_every_word_of_its_classes() -> None:
    topics = Topics(written_out("{stopping} ~ {fighting}", fighting=("war", "bloodshed")))
    for text in ("end the war", "halted this senseless bloodshed", "stopping a war"):
        assert [(one.first, one.end) for one in topics.find(tokenize(text))] == [(0, len(text.split()))]
    assert not topics.find(tokenize("the war goes on"))
    assert not topics.find(tokenize("end the talks"))


def test_a_lexicon_may_have_its_own_words_for_a_class_of_the_language() -> None:
    lexicon = written_out("{stopping} fire", stopping=("hold",))
    assert lexicon.topics[0].terms == ("hold fire",)


def test_an_unknown_class_stays_as_it_is_written() -> None:
    assert written_out("{nothing} here").topics[0].terms == ("{nothing} here",)
