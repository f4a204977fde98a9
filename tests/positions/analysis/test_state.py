from __future__ import annotations

import random
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from positions.analysis.state import state_at
from positions.model.position import Position
from positions.model.revision import Record
from tests.examples import golden_codebook, said
from tests.slow import holds
from tests.strategies import DAYS, books, sayings

DAY = date(2022, 3, 31)


def position(*records: Record, holder: str = "UKR", about: str = "neutrality", on: date = DAY) -> Position | None:
    issue, _, element = about.partition("/")
    return state_at(records, golden_codebook(), as_of=on).position(holder, issue, element or None)


def test_the_holders_own_word_decides_and_claims_never_do() -> None:
    own = said("2022-03-01", "UKR", "neutrality", 1, number=1)
    claim = said("2022-03-02", "UKR", "neutrality", -2, number=2, voice="ascribed")
    found = position(own, claim)
    assert found is not None
    assert (found.stance, found.basis) == (1, ("s001",))
    assert position(claim) is None
    assert state_at([claim], golden_codebook(), as_of=DAY).claims == {("UKR", "neutrality", None): ("s002",)}


def test_framing_only_fills_silence_and_is_marked_reported() -> None:
    framing = said("2022-03-05", "UKR", "neutrality", -2, number=1, voice="framing")
    own = said("2022-03-01", "UKR", "neutrality", 1, number=2)
    alone, both = position(framing), position(framing, own)
    assert alone is not None
    assert both is not None
    assert (alone.stance, alone.reported) == (-2, True)
    assert (both.stance, both.reported) == (1, False)


def test_the_later_day_wins_whatever_was_recorded_later() -> None:
    late_arrival = said("2022-03-01", "UKR", "neutrality", -2, number=9)
    found = position(said("2022-03-02", "UKR", "neutrality", 1, number=1), late_arrival)
    assert found is not None
    assert (found.stance, str(found.since), found.age_days) == (1, "2022-03-02", 29)


def test_a_vague_date_counts_as_its_last_day() -> None:
    month = said("2022-02", "UKR", "neutrality", 1)
    assert position(month, on=date(2022, 2, 27)) is None
    assert position(month, on=date(2022, 2, 28)) is not None


def test_a_place_inherits_until_a_later_or_more_specific_word() -> None:
    anywhere = said("2022-03-01", "UKR", "venue/any", 1, number=1)
    no_belarus = said("2022-03-01", "UKR", "venue/belarus", -2, number=2)
    later_anywhere = said("2022-03-02", "UKR", "venue/any", 1, number=3)
    same_day = position(anywhere, no_belarus, about="venue/minsk")
    assert same_day is not None
    assert (same_day.stance, same_day.said_of, same_day.contested) == (-2, "belarus", False)
    later = position(anywhere, no_belarus, later_anywhere, about="venue/minsk")
    assert later is not None
    assert (later.stance, later.said_of) == (1, "any")
    spoken = state_at([no_belarus], golden_codebook(), as_of=DAY)
    assert [place[2] for place in spoken.positions] == ["belarus", "minsk", "gomel"]


def test_same_day_contradiction_is_contested_and_lists_all() -> None:
    paraphrase = said("2022-03-01", "UKR", "neutrality", -2, number=1, directness="paraphrase")
    direct = said("2022-03-01", "UKR", "neutrality", 1, number=2)
    found = position(paraphrase, direct)
    assert found is not None
    assert (found.stance, found.contested, found.basis) == (1, True, ("s002", "s001"))


def test_two_reports_of_the_same_stance_are_not_contested() -> None:
    found = position(*(said("2022-03-01", "UKR", "neutrality", 1, number=n) for n in range(2)))
    assert found is not None
    assert not found.contested


def test_ties_fall_to_the_later_publication_then_record_then_id() -> None:
    early = said("2022-03-01", "UKR", "neutrality", 1, number=5, published_on="2022-03-02")
    late = said("2022-03-01", "UKR", "neutrality", -1, number=1, published_on="2022-03-03")
    found = position(early, late)
    assert found is not None
    assert found.stance == -1
    again = said("2022-03-01", "UKR", "neutrality", 2, number=6, published_on="2022-03-02")
    recorded_later = position(early, again)
    assert recorded_later is not None
    assert recorded_later.stance == 2


def test_silence_is_no_position() -> None:
    assert state_at([], golden_codebook(), as_of=DAY).positions == {}


@given(books(), DAYS)
def test_the_state_equals_the_slow_version(records: tuple[Record, ...], day: date) -> None:
    codebook = golden_codebook()
    state = state_at(records, codebook, as_of=day)
    for party in codebook.parties:
        for issue in codebook.issues:
            for element in [e.id for e in issue.elements] or [None]:
                slow = holds(records, codebook, party.id, issue.id, element, day)
                fast = state.position(party.id, issue.id, element)
                spoken_or_leaf = element is None or issue.kind != "options" or element in issue.tree.leaves
                if fast is None:
                    # An inner place inherits too, but only places spoken of and leaves are listed.
                    assert slow is None or not spoken_or_leaf
                else:
                    assert slow is not None
                    assert (fast.basis[0], set(fast.basis)) == (slow[0].id, slow[1])
                    assert (fast.stance, fast.highest) == (slow[0].stance, slow[0].highest)


@given(books(), DAYS, st.randoms(use_true_random=False))
def test_input_order_never_matters(records: tuple[Record, ...], day: date, chance: random.Random) -> None:
    shuffled = list(records)
    chance.shuffle(shuffled)
    assert state_at(shuffled, golden_codebook(), as_of=day) == state_at(records, golden_codebook(), as_of=day)


@given(books(), sayings(99), DAYS)
def test_a_statement_said_later_never_changes_an_earlier_state(
    records: tuple[Record, ...], later: Record, day: date
) -> None:
    if later.statement.said_on.last > day:
        before = state_at(records, golden_codebook(), as_of=day)
        assert state_at((*records, later), golden_codebook(), as_of=day) == before
