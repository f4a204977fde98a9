from __future__ import annotations

import random
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from positions.analysis.state import state_at
from positions.model.codebook import Role, Speaker
from positions.model.position import Position
from positions.model.revision import Record
from tests.examples import golden_codebook, golden_codebook_with, said
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


def test_a_vague_date_counts_from_its_last_day_and_competes_as_its_first() -> None:
    month = said("2022-02", "UKR", "neutrality", 1, number=1)
    assert position(month, on=date(2022, 2, 27)) is None
    alone = position(month, on=date(2022, 2, 28))
    assert alone is not None
    assert (alone.age_days, alone.oldest_days) == (0, 27)
    precise = said("2022-02-15", "UKR", "neutrality", -2, number=2)
    found = position(month, precise, on=date(2022, 2, 28))
    assert found is not None
    assert found.stance == -2, "a vague date never displaces a precise one that may be later"


def test_nobody_knows_how_old_a_statement_with_an_open_start_is() -> None:
    found = position(said("../2022-03-20", "UKR", "neutrality", 1))
    assert found is not None
    assert (found.age_days, found.oldest_days) == (11, None)


def test_a_place_inherits_until_a_more_specific_word() -> None:
    anywhere = said("2022-03-01", "UKR", "venue/any", 1, number=1)
    no_belarus = said("2022-03-01", "UKR", "venue/belarus", -2, number=2)
    same_day = position(anywhere, no_belarus, about="venue/minsk")
    assert same_day is not None
    assert (same_day.stance, same_day.said_of, same_day.contested) == (-2, "belarus", False)
    spoken = state_at([no_belarus], golden_codebook(), as_of=DAY)
    assert [place[2] for place in spoken.positions] == ["belarus", "minsk", "gomel"]


def test_a_yes_to_everything_only_fills_and_a_no_to_everything_displaces() -> None:
    no_belarus = said("2022-03-01", "UKR", "venue/belarus", -2, number=1)
    later_anywhere = said("2022-03-02", "UKR", "venue/any", 1, number=2)
    outlived = position(no_belarus, later_anywhere, about="venue/minsk")
    assert outlived is not None
    assert (outlived.stance, outlived.said_of) == (-2, "belarus")
    elsewhere = position(no_belarus, later_anywhere, about="venue/geneva")
    assert elsewhere is not None
    assert (elsewhere.stance, elsewhere.said_of) == (1, "any")
    yes_belarus = said("2022-03-01", "UKR", "venue/belarus", 2, number=3)
    nowhere = said("2022-03-02", "UKR", "venue/any", -2, number=4)
    displaced = position(yes_belarus, nowhere, about="venue/minsk")
    assert displaced is not None
    assert (displaced.stance, displaced.said_of) == (-2, "any")


def test_an_inner_place_has_the_position_of_what_contains_it() -> None:
    found = position(said("2022-03-01", "UKR", "venue/any", 1), about="venue/turkey")
    assert found is not None
    assert (found.stance, found.said_of) == (1, "any")


RANKED = golden_codebook_with(
    speakers=(
        Speaker(id="head", kind="person", name="Head", roles=(Role(party="UKR", title="President", rank=1),)),
        Speaker(id="aide", kind="person", name="Aide", roles=(Role(party="UKR", title="adviser", rank=3),)),
    )
)


def ranked(*records: Record) -> Position:
    found = state_at(records, RANKED, as_of=DAY).position("UKR", "neutrality")
    assert found is not None
    return found


def test_on_one_day_the_higher_rank_decides_even_against_direct_speech() -> None:
    head = said("2022-03-01", "UKR", "neutrality", 2, number=2, speaker="head", directness="paraphrase")
    aide = said("2022-03-01", "UKR", "neutrality", -2, number=1, speaker="aide")
    found = ranked(aide, head)
    assert (found.stance, found.contested, found.outranked) == (2, True, None)


def test_a_later_word_of_a_lower_rank_decides_and_names_the_higher_one_that_it_goes_against() -> None:
    head = said("2022-03-01", "UKR", "neutrality", 2, number=1, speaker="head")
    against = said("2022-03-02", "UKR", "neutrality", -1, number=2, speaker="aide")
    along = said("2022-03-02", "UKR", "neutrality", 1, number=3, speaker="aide")
    assert (ranked(head, against).stance, ranked(head, against).outranked) == (-1, "s001")
    assert ranked(head, along).outranked is None


def test_a_position_is_stale_once_nobody_can_have_repeated_it_lately() -> None:
    said_once = said("2022-02-01", "UKR", "neutrality", 1, number=1)
    assert golden_codebook().issue("neutrality").stale_after == 30
    days = {age: position(said_once, on=date(2022, 2, 1) + timedelta(age)) for age in (29, 30)}
    assert {age: found.stale for age, found in days.items() if found} == {29: False, 30: True}
    repeated = position(said_once, said("2022-03-20", "UKR", "neutrality", 1, number=2))
    assert repeated is not None
    assert not repeated.stale


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


def test_ties_fall_to_the_later_publication_then_the_earlier_record_then_the_smaller_id() -> None:
    early = said("2022-03-01", "UKR", "neutrality", 1, number=5, published_on="2022-03-02")
    late = said("2022-03-01", "UKR", "neutrality", -1, number=1, published_on="2022-03-03")
    again = said("2022-03-01", "UKR", "neutrality", 2, number=6, published_on="2022-03-02")
    twin = said(
        "2022-03-01", "UKR", "neutrality", 0, number=4, published_on="2022-03-02", recorded_at=early.recorded_at
    )
    decided = [position(*records) for records in ((early, late), (early, again), (early, twin))]
    assert [found and found.stance for found in decided] == [-1, 1, 0]


def test_silence_is_no_position() -> None:
    assert state_at([], golden_codebook(), as_of=DAY).positions == {}


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
