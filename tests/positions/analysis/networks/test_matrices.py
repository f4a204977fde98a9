"""The ties of discourse networks against the same formulas written out over single codings, and by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.analysis.networks.matrices import count_array, tie_weights
from positions.analysis.networks.referrals import Concept, Referral
from positions.errors import QueryError
from positions.model.network_choices import NetworkChoices, NetworkKind
from tests.discourse import Coding, sample_codings, slow_one_mode, slow_two_mode

ONE_MODE: tuple[NetworkKind, ...] = ("overlap", "congruence", "conflict", "subtract")
OF_ONE_MODE = [(kind, norm) for kind in ONE_MODE for norm in ("no", "average", "jaccard", "cosine")]
OF_TWO_MODE = [(kind, norm) for kind in ("affiliation", "mentions") for norm in ("no", "activity", "prominence")]


def ties(codings: Sequence[Coding], kind: str, normalisation: str = "no") -> dict[tuple[str, str], float]:
    """Return the weights of all ties of some codings, by the names of both ends."""
    choices = NetworkChoices(kind=kind, normalisation=normalisation)  # type: ignore[arg-type]
    rows = [Referral(row.actor, Concept(row.concept, None), row.value, row.day, row.document, ()) for row in codings]
    actors = sorted({row.actor for row in codings})
    concepts = [Concept(name, None) for name in sorted({row.concept for row in codings})]
    _, weights = tie_weights(*count_array(rows, actors, concepts), choices)
    ends = [concept.issue for concept in concepts] if choices.is_two_mode else actors
    return {
        (one, two): float(weights[i, j])
        for i, one in enumerate(actors)
        for j, two in enumerate(ends)
        if choices.is_two_mode or i != j
    }


@pytest.mark.parametrize("actor", ["organization", "person"])
@pytest.mark.parametrize(("kind", "normalisation"), OF_ONE_MODE)
def test_ties_of_the_sample_between_actors_are_the_analyzers(kind: str, normalisation: str, actor: str) -> None:
    codings = sample_codings(actor)
    assert ties(codings, kind, normalisation) == pytest.approx(slow_one_mode(codings, kind, normalisation), abs=1e-12)


@pytest.mark.parametrize(("kind", "normalisation"), OF_TWO_MODE)
def test_ties_of_the_sample_to_concepts_are_the_analyzers(kind: str, normalisation: str) -> None:
    codings = sample_codings()
    assert ties(codings, kind, normalisation) == pytest.approx(slow_two_mode(codings, kind, normalisation), abs=1e-12)


def test_the_sample_has_the_totals_that_the_analyzers_own_tests_name() -> None:
    codings = sample_codings()
    two_mode, one_mode = ties(codings, "mentions"), ties(codings, "overlap")
    assert (len(two_mode), sum(two_mode.values())) == (7 * 6, 40)
    assert (len(one_mode), sum(one_mode.values())) == (7 * 6, 276)


@pytest.mark.parametrize(("kind", "normalisation"), OF_ONE_MODE)
@given(
    st.lists(
        st.builds(Coding, st.sampled_from("ABC"), st.sampled_from("xyz"), st.sampled_from([0.0, 0.25, 0.5, 1.0])),
        max_size=15,
    )
)
def test_ties_of_any_codings_equal_the_slow_sums(kind: str, normalisation: str, codings: list[Coding]) -> None:
    computed = ties(codings, kind, normalisation)
    assert computed == pytest.approx(slow_one_mode(codings, kind, normalisation), abs=1e-12)
    assert all(computed[two, one] == pytest.approx(weight) for (one, two), weight in computed.items())


HAND = [
    *[Coding("A", "x", 1.0)] * 2,
    Coding("A", "y", 0.0),
    *[Coding("B", "x", 1.0)] * 3,
    Coding("B", "y", 1.0),
    Coding("B", "z", 0.0),
]
"""A supports x twice and rejects y; B supports x three times and y, and rejects z."""


@pytest.mark.parametrize(
    ("kind", "normalisation", "weight"),
    [
        ("congruence", "no", 6),  # 2 · 3 on x
        ("conflict", "no", 1),  # 1 · 1 on y
        ("subtract", "no", 5),
        ("overlap", "no", 7),
        ("congruence", "average", 6 / 4),  # A speaks 3 times, B 5 times
        ("congruence", "cosine", 6 / 15),
        ("congruence", "jaccard", 6 / 9),  # A alone: y rejected; B alone: y supported, z rejected; both: 2 · 3
        ("conflict", "jaccard", 1 / 9),
    ],
)
def test_ties_computed_by_hand(kind: str, normalisation: str, weight: float) -> None:
    assert ties(HAND, kind, normalisation)["A", "B"] == pytest.approx(weight, abs=1e-12)


def test_ties_to_concepts_computed_by_hand() -> None:
    assert ties(HAND, "affiliation")["A", "y"] == -1
    assert ties(HAND, "affiliation", "activity")["B", "x"] == pytest.approx(3 / 5)
    assert ties(HAND, "affiliation", "prominence")["B", "x"] == pytest.approx(3 / 5)
    assert ties(HAND, "mentions", "prominence")["A", "y"] == pytest.approx(1 / 2)


def test_the_manuals_example_of_an_intensity() -> None:
    # −4 twice against +2 three times on a scale from −5 to +5
    codings = [*[Coding("A", "x", 0.1)] * 2, *[Coding("B", "x", 0.7)] * 3]
    assert ties(codings, "congruence")["A", "B"] == pytest.approx(2.4)
    assert ties(codings, "conflict")["A", "B"] == pytest.approx(3.6)


def test_nobody_has_ties_where_nothing_was_said() -> None:
    assert ties([], "congruence", "cosine") == {}
    assert ties([Coding("A", "x", 1.0), Coding("B", "y", 1.0)], "congruence", "jaccard") == {
        ("A", "B"): 0,
        ("B", "A"): 0,
    }


@pytest.mark.parametrize("kind", get_args(NetworkKind))
def test_a_normalisation_of_the_other_mode_is_refused(kind: NetworkKind) -> None:
    wrong = "average" if NetworkChoices(kind=kind).is_two_mode else "activity"
    with pytest.raises(QueryError, match=f"normalisation of {kind}: found '{wrong}', allowed: "):
        NetworkChoices(kind=kind, normalisation=wrong)  # type: ignore[arg-type]
