"""How much a topic is wanted: cues, what turns them, conditions; with a small lexicon of their own."""

from __future__ import annotations

from functools import cache

import pytest

from positions.extract.language.phrases import tokenize
from positions.extract.rules.relevance import is_background
from positions.extract.rules.stance import StanceCues, StanceReading
from tests.positions.extract.reading import stances
from tests.positions.extract.small_lexicon import find_topics


@cache
def cues() -> StanceCues:
    return StanceCues()


def readings(text: str) -> list[tuple[str, StanceReading]]:
    tokens = tokenize(text)
    found = cues().find(tokens)
    return [(topic.element or topic.issue, found.read_stance(topic)) for topic in find_topics(text)]


def stance(text: str) -> int | None:
    """Return how the only topic of a text is taken."""
    ((_, reading),) = readings(text)
    return reading.stance


CUES = {
    "a demand": ("They demand neutrality.", 2),
    "a commitment": ("They are ready for talks.", 2),
    "an act": ("They began talks.", 2),
    "openness": ("They might accept neutrality.", 1),
    "a discussion is no stance": ("They debate neutrality.", None),
    "who will discuss a thing has it on the agenda": ("They will discuss neutrality.", None),
    "who is ready to discuss it may want it": ("They are ready to debate neutrality.", 1),
    "a discussion of talking is talking": ("They discuss talks.", 2),
    "undecided": ("They are undecided about neutrality.", 0),
    "reluctance": ("They doubt the use of neutrality.", -1),
    "a rejection": ("They reject neutrality.", -2),
    "what ended by itself was held": ("The talks ended in Bern.", 2),
    "what somebody ended is off": ("They ended the talks.", -2),
    "a cue behind its topic": ("For us neutrality is unacceptable.", -2),
}
TURNED = {
    "not": ("They are not ready for talks.", -2),
    "never": ("They will never hold talks.", -2),
    "no, before the topic": ("They accept no neutrality.", -2),
    "not rejected is open": ("They do not reject neutrality.", 1),
    "cannot accept": ("They cannot accept neutrality.", -2),
    "cannot refuse": ("They cannot refuse talks.", 1),
    "refuse to refuse": ("They refuse to reject talks.", 1),
    "not against": ("They are not against talks.", 1),
    "a denial of a refusal": ("They deny that they refused talks.", 1),
    "a denial of readiness": ("They denied they were ready for talks.", -2),
    "not, in another clause": ("They did not come, but they want talks.", 2),
    "a not that is spent on the word beside it": ("They did not sleep and they demand neutrality.", 2),
}
CHAINS = {
    "ready to discuss": ("They are ready to discuss neutrality.", 1),
    "refuse to discuss": ("They refuse to discuss neutrality.", -2),
    "refuse to hold": ("They refuse to hold talks.", -2),
    "ready to hold": ("They are ready to hold talks.", 2),
    "could accept": ("They could accept neutrality.", 1),
    "what would have to stop": ("Neutrality would have to end.", -2),
    "no sign that": ("They saw no sign that they were serious about talks.", -2),
    "a comma ends the chain": ("They refuse it, but hold talks.", 2),
}
POLES = {
    "its opposite is wanted": ("They want to join the alliance.", -2),
    "its opposite is refused": ("They reject the alliance.", 2),
    "its opposite is possible": ("They might accept the alliance.", -1),
    "its opposite is not ruled out": ("They do not rule out the alliance.", -1),
}
CONDITIONS = {
    "ready if": ("They accept neutrality if it rains.", 1),
    "if, before": ("If it rains, they will accept neutrality.", 1),
    "as soon as": ("They accept neutrality as soon as it rains.", 1),
    "as soon as possible is no condition": ("They want neutrality as soon as possible.", 2),
    "only after": ("They will only hold talks after it rains.", -1),
    "not until": ("They reject neutrality until it rains.", -1),
    "unless": ("They will not hold talks unless it rains.", -1),
    "a refusal, if": ("They reject neutrality if it rains.", -2),
    "what is only possible stays so": ("They might accept neutrality if it rains.", 1),
}


@pytest.mark.parametrize(("text", "expected"), CUES.values(), ids=CUES)
def test_the_nearest_cue_tells_the_stance(text: str, expected: int | None) -> None:
    assert stance(text) == expected


@pytest.mark.parametrize(("text", "expected"), TURNED.values(), ids=TURNED)
def test_a_turning_word_turns_its_cue_and_a_turned_rejection_is_open(text: str, expected: int) -> None:
    assert stance(text) == expected


@pytest.mark.parametrize(("text", "expected"), CHAINS.values(), ids=CHAINS)
def test_cues_of_a_chain_work_together(text: str, expected: int) -> None:
    assert stance(text) == expected


@pytest.mark.parametrize(("text", "expected"), POLES.values(), ids=POLES)
def test_on_the_opposite_pole_the_stance_is_the_other_way(text: str, expected: int) -> None:
    assert stance(text) == expected


@pytest.mark.parametrize(("text", "expected"), CONDITIONS.values(), ids=CONDITIONS)
def test_what_depends_on_something_is_weaker(text: str, expected: int) -> None:
    assert stance(text) == expected


@pytest.mark.parametrize(
    "text",
    ["Everybody spoke of neutrality.", f"They reject it {'and so on ' * 12}in the light of neutrality.", "Neutrality"],
)
def test_without_a_cue_in_reach_the_stance_is_unresolved(text: str) -> None:
    ((_, reading),) = readings(text)
    assert (reading.stance, reading.cue, reading.kind) == (None, None, "")


def test_what_is_awaited_is_demanded() -> None:
    found = dict(readings("There will be no talks until they withdraw their troops."))
    assert found["talks"].stance == -1
    assert found["withdrawal"] == StanceReading(2, None, "demand", condition=True)


def test_talks_that_are_awaited_say_nothing_of_their_own() -> None:
    ((_, reading),) = readings("They wait here until the talks.")
    assert (reading.stance, reading.kind, reading.condition) == (None, "skip", True)


def test_talks_before_which_something_is_demanded_are_reluctant() -> None:
    found = dict(readings("They must withdraw all troops before talks."))
    assert found["talks"] == StanceReading(-1, None, "demand", condition=True)
    assert found["withdrawal"].stance == 2


def test_a_word_of_short_reach_needs_its_cue_close_by() -> None:
    assert stance("They want a deal.") == 2
    ((_, reading),) = readings("They want bread and wine and a new deal.")
    assert (reading.stance, reading.kind) == (None, "skip")


def test_words_that_state_a_stance_need_no_cue_and_can_be_turned() -> None:
    assert stance("They walked away.") == -2
    assert stance("They have not walked away.") == 2


def test_what_is_done_to_a_topic_yields_to_what_is_wanted_of_it() -> None:
    assert stance("They condemned the start of talks.") == -2


def test_a_participle_only_describes_its_topic() -> None:
    assert stance("They spoke of neutrality imposed on them.") is None


def test_tokens_that_are_part_of_a_name_are_no_cues() -> None:
    text = "Will spoke of talks."
    tokens = tokenize(text)
    (topic,) = find_topics(text)
    assert cues().find(tokens).read_stance(topic).stance == 2
    assert cues().find(tokens).read_stance(topic, other_tokens=[0]).stance is None


@pytest.mark.parametrize(
    ("text", "background"),
    [
        ("After the talks he left.", True),
        ("During the third round of direct talks he left.", True),
        ("Ahead of the talks he left.", True),
        ("He wants the talks.", False),
        ("Talks began.", False),
    ],
)
def test_a_noun_behind_a_word_of_time_is_background(text: str, background: bool) -> None:
    (topic,) = find_topics(text)
    assert is_background(tokenize(text), topic.first) is background


@pytest.mark.parametrize(
    ("text", "about", "stance"),
    [
        ("Washington warned that it would impose sanctions on Russia.", "USA sanctions", 1),
        ("Trump warned of new sanctions on Russia.", "USA sanctions", 1),
        ("Biden warned that Russia may face severe sanctions.", "USA sanctions", 1),
        ("Biden cautioned that Russia would face severe sanctions.", "USA sanctions", 1),
        ("Moscow threatened to walk out of the talks with Ukraine.", "RUS talks", -1),
        ("Kyiv threatened to quit the talks with Russia.", "UKR talks", -1),
        ("Scholz threatened that Germany would tighten sanctions on Russia.", "DEU sanctions", 2),
        ("Peskov warned against new sanctions.", "RUS sanctions", -1),
        ("Lavrov warned of the dangers of arms deliveries to Ukraine.", "RUS military-aid", -1),
    ],
)
def test_a_warning_of_what_one_would_do_is_a_threat(text: str, about: str, stance: int) -> None:
    assert stances(text)[about] == stance
