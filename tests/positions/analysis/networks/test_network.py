from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given

from positions.analysis.networks.network import Network, Tie, build_network
from positions.analysis.networks.referrals import Concept, referrals_of_positions, referrals_of_statements
from positions.analysis.state import state_at
from positions.model.network_choices import NetworkChoices, NetworkKind
from positions.model.revision import Record
from tests.examples import golden_codebook, golden_records, golden_state, said
from tests.strategies import FIRST, books


def network(*records: Record, **choices: object) -> Network:
    built = NetworkChoices(**choices)  # type: ignore[arg-type]
    counted = referrals_of_statements(records, golden_codebook(), built, span=(None, None))
    return build_network(counted.rows, golden_codebook(), built)


def between(built: Network, *ends: object) -> Tie | None:
    return next((tie for tie in built.ties if (tie.source, tie.target) == ends), None)


def test_for_and_against_at_once_is_a_tie_of_weight_0_and_not_silence() -> None:
    built = network(
        said("2022-03-01", "RUS", "neutrality", 2, number=1), said("2022-03-02", "RUS", "neutrality", -2, number=2)
    )
    tie = between(built, "RUS", Concept("neutrality", None))
    assert tie is not None
    assert (tie.weight, tie.mentions, tie.basis) == (0, 2, ("s001", "s002"))
    assert built.actors == ("RUS",)


def test_two_who_only_agree_have_no_conflict_and_balance_is_a_tie_of_subtraction() -> None:
    agree = [said("2022-03-01", party, "neutrality", 2, number=n) for n, party in enumerate(("RUS", "UKR"))]
    assert network(*agree, kind="conflict").ties == ()
    oppose = [
        said("2022-03-01", "RUS", "military-aid", 2, number=7),
        said("2022-03-01", "UKR", "military-aid", -2, number=8),
    ]
    tie = between(network(*agree, *oppose, kind="subtract"), "RUS", "UKR")
    assert tie is not None
    assert tie.weight == 0
    assert tie.concepts == (Concept("neutrality", None), Concept("military-aid", None))


def test_isolates_are_all_parties_and_concepts_of_the_codebook() -> None:
    lonely = network(said("2022-03-01", "RUS", "neutrality", 2), isolates=True)
    assert lonely.actors == tuple(party.id for party in golden_codebook().parties)
    assert len(lonely.ties) == 1
    assert lonely.frequency == {"RUS": 1, Concept("neutrality", None): 1}


def test_the_golden_examples_positions_agree_as_their_distances_say() -> None:
    choices = NetworkChoices(kind="congruence", basis="positions")
    counted = referrals_of_positions(golden_state("2022-03-05"), golden_codebook(), choices)
    built = build_network(counted.rows, golden_codebook(), choices)
    tie = between(built, "RUS", "UKR")
    assert tie is not None
    # neutrality 7/8 apart, demilitarisation 1, Minsk and Gomel 1 each
    assert tie.weight == pytest.approx(1 / 8)


@pytest.mark.parametrize("kind", ["affiliation", "congruence", "conflict", "subtract"])
@given(books(most=12))
def test_the_order_of_records_never_matters(kind: NetworkKind, book: tuple[Record, ...]) -> None:
    expected = network(*book, kind=kind)
    for order in [book[::-1], *list(permutations(book))[:2]] if len(book) < 7 else [book[::-1]]:
        assert network(*order, kind=kind) == expected


@given(books())
def test_who_holds_no_position_has_no_tie(book: tuple[Record, ...]) -> None:
    for kind in ("affiliation", "congruence", "overlap"):
        choices = NetworkChoices(kind=kind, basis="positions")
        state = state_at(book, golden_codebook(), as_of=FIRST)
        built = build_network(
            referrals_of_positions(state, golden_codebook(), choices).rows, golden_codebook(), choices
        )
        assert {tie.source for tie in built.ties} <= {holder for holder, _, _ in state.positions}


def test_congruence_and_conflict_add_up_to_overlap() -> None:
    parts = [network(*golden_records(), kind=kind) for kind in ("congruence", "conflict", "overlap")]
    one, two, both = (between(built, "RUS", "UKR") for built in parts)
    assert one is not None
    assert two is not None
    assert both is not None
    assert one.weight + two.weight == pytest.approx(both.weight)
