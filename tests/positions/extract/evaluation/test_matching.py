from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.extract.evaluation.matching import match_claims
from positions.model.candidate import same_claim
from positions.model.statement import Claim
from tests.positions.extract.coded import coded, codings


def kinds(gold: list[Claim], found: list[Claim]) -> tuple[list[str], list[str]]:
    """What is wrong with the misses, and with the false hits."""
    matches = match_claims(gold, found)
    return [stray.kind for stray in matches.misses], [stray.kind for stray in matches.false_hits]


@pytest.mark.parametrize(
    ("at", "is_match"),
    [((0, 40), True), ((0, 20), True), ((20, 80), True), ((21, 80), False), ((30, 50), True), ((31, 51), False)],
)
def test_quotes_match_when_they_share_half_of_the_shorter(at: tuple[int, int], is_match: bool) -> None:
    matches = match_claims([coded("UKR neutrality")], [coded("UKR neutrality", at=at)])
    assert bool(matches.pairs) == is_match
    if not is_match:
        assert [stray.kind for stray in matches.misses] == ["wrong span"]


def test_of_several_found_claims_the_closest_counts_and_the_others_are_false_hits() -> None:
    gold = [coded("UKR neutrality")]
    found = [coded("UKR neutrality", at=at) for at in ((0, 80), (0, 38), (5, 25))]
    matches = match_claims(gold, found)
    assert matches.pairs == ((gold[0], found[1]),)
    assert [(stray.claim, stray.kind) for stray in matches.false_hits] == [
        (found[0], "duplicate"),
        (found[2], "duplicate"),
    ]
    assert matches.misses == ()


def test_two_coded_claims_on_one_found_leave_one_missed_as_a_duplicate() -> None:
    gold = [coded("UKR neutrality"), coded("UKR neutrality", at=(10, 40))]
    assert kinds(gold, [coded("UKR neutrality", at=(0, 39))]) == (["duplicate"], [])


def test_the_same_words_go_to_the_same_voice() -> None:
    gold = [coded("UKR neutrality", voice=voice, id=f"g-{voice}") for voice in ("ascribed", "framing")]
    found = [coded("UKR neutrality", voice=voice, id=f"f-{voice}") for voice in ("framing", "self", "ascribed")]
    pairs = match_claims(gold, found).pairs
    assert {(left.voice, right.voice) for left, right in pairs} == {("ascribed", "ascribed"), ("framing", "framing")}


@pytest.mark.parametrize(
    ("about", "at", "kind"),
    [
        ("RUS venue/minsk", (0, 40), "wrong holder"),
        ("UKR venue/geneva", (0, 40), "wrong element"),
        ("UKR neutrality", (0, 40), "wrong issue"),
        ("RUS neutrality", (0, 40), "wrong holder and issue"),
        ("RUS venue/geneva", (0, 40), "wrong holder and element"),
        ("UKR venue/minsk", (35, 90), "wrong span"),
        ("RUS neutrality", (35, 90), "wrong holder and issue and span"),
        ("UKR venue/minsk", (40, 90), "nothing there"),
    ],
)
def test_a_stray_says_what_is_wrong_against_the_nearest(about: str, at: tuple[int, int], kind: str) -> None:
    assert kinds([coded("UKR venue/minsk")], [coded(about, at=at)]) == ([kind], [kind])


def test_another_document_is_never_near() -> None:
    gold, found = coded("UKR neutrality"), coded("UKR neutrality", document="other")
    assert kinds([gold], [found]) == (["nothing there"], ["nothing there"])


def test_the_nearest_differs_least_and_is_free_before_it_is_taken() -> None:
    taken, free, far = coded("UKR venue/minsk"), coded("UKR venue/gomel", at=(0, 30)), coded("RUS venue/gomel")
    hit, stray = coded("UKR venue/minsk", id="hit"), coded("UKR venue/geneva", id="stray")
    [wrong] = match_claims([taken, free, far], [hit, stray]).false_hits
    assert (wrong.claim, wrong.nearest, wrong.differs) == (stray, free, ("element",))


def test_claims_apart_only_in_the_holder_are_paired_after_those_that_match() -> None:
    # "Both sides": each holder's claim meets its own first, and only what is left over is a wrong holder.
    gold = [coded("RUS neutrality"), coded("UKR neutrality")]
    found = [coded("UKR neutrality", id="f1"), coded("USA neutrality", id="f2")]
    matches = match_claims(gold, found)
    assert [(left.holder, right.id) for left, right in matches.pairs] == [("UKR", "f1")]
    assert [(left.holder, right.id) for left, right in matches.apart] == [("RUS", "f2")]


def test_a_claim_that_stands_twice_counts_twice() -> None:
    claim = coded("UKR neutrality")
    matches = match_claims([claim], [claim, claim])
    assert (len(matches.pairs), [stray.kind for stray in matches.false_hits]) == (1, ["duplicate"])


@given(codings(), codings())
def test_every_claim_is_once_in_a_pair_or_astray(gold: list[Claim], found: list[Claim]) -> None:
    matches = match_claims(gold, found)
    pairs, apart = ([[pair[side] for pair in group] for side in (0, 1)] for group in (matches.pairs, matches.apart))
    for side, every, strays in ((0, gold, matches.misses), (1, found, matches.false_hits)):
        left = [stray.claim for stray in strays]
        assert Counter(claim.id for claim in every) == Counter(claim.id for claim in [*pairs[side], *left])
        assert {claim.id for claim in apart[side]} <= {claim.id for claim in left}
    assert all(same_claim(*pair) for pair in matches.pairs)
    assert not any(same_claim(miss.claim, hit.claim) for miss in matches.misses for hit in matches.false_hits)
    assert all(left.holder != right.holder for left, right in matches.apart)


@given(codings(), codings(), st.randoms(use_true_random=False))
def test_the_order_never_matters(gold: list[Claim], found: list[Claim], chance: random.Random) -> None:
    def shuffled(claims: Sequence[Claim]) -> list[Claim]:
        return chance.sample(claims, len(claims))

    assert match_claims(shuffled(gold), shuffled(found)) == match_claims(gold, found)


@given(codings(), codings())
def test_swapping_the_sides_swaps_the_pairs(gold: list[Claim], found: list[Claim]) -> None:
    ahead, back = match_claims(gold, found), match_claims(found, gold)
    assert {(left.id, right.id) for left, right in ahead.pairs} == {(right.id, left.id) for left, right in back.pairs}
    assert ahead.misses == back.false_hits
