from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given

from positions.analysis.codings import read_codings
from positions.errors import QueryError
from positions.extract.evaluation.scores import CORE, MEASURES, ScoreRow, Scores, measure_scores, wrong_fields
from positions.model.codebook import Codebook
from positions.model.resampling import draw_documents
from positions.model.statement import Claim
from positions.store.published import read_codebook
from tests.conftest import ROOT
from tests.examples import golden_codebook
from tests.positions.extract.coded import coded, codings


def scored(gold: list[Claim], found: list[Claim], *, core: float = 0.0, resamples: int = 0) -> Scores:
    return measure_scores(gold, found, golden_codebook(), core=core, resamples=resamples)


def values(row: ScoreRow) -> dict[str, Fraction | None]:
    """The measures as exact fractions, ``None`` where there is nothing to divide by."""
    return {name: Fraction(measure.right, measure.of) if measure.of else None for name, measure in row.measures.items()}


GOLD = [
    coded("UKR neutrality", 1),
    coded("RUS neutrality", 2, at=(50, 90), directness="direct"),
    coded("RUS venue/minsk", 2, at=(100, 140), voice="ascribed", speaker_party="UKR"),
    coded("UKR venue/minsk", -2, at=(200, 240), document="other"),
    coded("USA military-aid", None, at=(300, 340), document="other"),
    coded("USA neutrality", -1, at=(400, 440), document="other", voice="framing"),
]
FOUND = [
    coded("UKR neutrality", 2, said_on="2022-02-28"),
    coded("RUS neutrality", None, at=(50, 80), said_on="2022-03"),
    coded("RUS venue/minsk", 2, at=(100, 140)),
    coded("USA venue/minsk", -2, at=(200, 240), document="other"),
    coded("USA military-aid", 2, at=(300, 340), document="other"),
    coded("RUS military-aid", 2, at=(500, 540), document="other"),
    coded("UKR military-aid", 2, at=(600, 640), document="third"),
]


def test_a_known_example_to_the_fraction() -> None:
    result = scored(GOLD, FOUND)
    assert (result.documents, result.whole.gold, result.whole.found, result.whole.matched) == (3, 6, 7, 4)
    assert values(result.whole) == {
        "precision": Fraction(4, 7),
        "recall": Fraction(4, 6),
        "f": Fraction(8, 13),
        "holder": Fraction(4, 5),  # Minsk on words that are Ukraine's
        "speaker_party": Fraction(3, 4),
        "voice": Fraction(3, 4),
        "voiced_recall": Fraction(3, 6),
        "directness": Fraction(3, 4),
        "said_on": Fraction(3, 4),  # a month overlaps its day, the day before does not
        "stance_sign": Fraction(2, 2),
        "stance_level": Fraction(1, 2),
        "unresolved": Fraction(1, 3),  # of the four matched one is unresolved by the coder too
    }
    assert [stray.claim.id for stray in result.misses] == ["UKR-venue.minsk-200", "USA-neutrality-400"]
    assert [stray.kind for stray in result.false_hits] == ["wrong holder", "nothing there", "nothing there"]


def test_a_matched_claim_names_its_wrong_fields() -> None:
    pairs = scored(GOLD, FOUND).pairs
    assert [wrong_fields(gold, found, golden_codebook()) for gold, found in pairs] == [
        ("said_on", "stance_level"),
        ("directness",),
        ("speaker_party", "voice"),
        (),
    ]


def test_groups_count_each_side_by_its_own_voice() -> None:
    rows = {row.group: row for row in scored(GOLD, FOUND).by_voice}
    assert list(rows) == ["self", "ascribed", "ascribed by a party", "framing"]
    assert values(rows["self"])["precision"] == Fraction(4, 7)
    assert values(rows["self"])["recall"] == Fraction(3, 4)
    assert rows["ascribed"].measures == rows["ascribed by a party"].measures
    ascribed = values(rows["ascribed"])
    assert (ascribed["recall"], ascribed["voiced_recall"], ascribed["precision"]) == (1, 0, None)
    assert values(rows["framing"])["recall"] == 0


def test_groups_by_issue_stand_in_codebook_order_and_by_document_in_order() -> None:
    result = scored(GOLD, FOUND)
    assert [row.group for row in result.by_issue] == ["neutrality", "venue", "military-aid"]
    assert [row.group for row in result.by_document] == ["doc", "other", "third"]
    assert values(result.by_issue[1])["holder"] == Fraction(1, 2)
    assert [row.matched for row in result.by_document] == [3, 1, 0]


@pytest.mark.parametrize(
    ("gold", "found", "sign", "level"),
    [
        ((2, None), (1, None), 1, 0),
        ((-1, None), (-1, None), 1, 1),
        ((0, None), (0, None), 1, 1),
        ((0, None), (1, None), 0, 0),
        ((-2, 0), (-1, None), 1, 0),
        ((-1, 1), (0, None), 1, 0),
        ((-1, 1), (-1, 1), 1, 1),
        ((1, 2), (1, None), 1, 0),
        ((-2, None), (2, None), 0, 0),
    ],
)
def test_a_stance_is_right_in_its_side_or_exactly(
    gold: tuple[int, int | None], found: tuple[int, int | None], sign: int, level: int
) -> None:
    one, two = (coded("UKR neutrality", low, stance_to=high) for low, high in (gold, found))
    got = values(scored([one], [two]).whole)
    assert (got["stance_sign"], got["stance_level"]) == (sign, level)


def test_the_side_is_that_of_the_scales_own_middle() -> None:
    levels = [{"stance": stance, "label": f"step {stance}", "definition": "so"} for stance in range(5)]
    parties = [{"id": name, "name": name} for name in ("RUS", "UKR")]
    tax = {"id": "tax", "kind": "scale", "label": "Tax", "levels": levels}
    codebook = Codebook.model_validate({"title": "Own levels", "parties": parties, "issues": [tax]})

    def right(one: int, two: int) -> int:
        got = measure_scores([coded("UKR tax", one)], [coded("UKR tax", two)], codebook, resamples=0)
        return got.whole.measures["stance_sign"].right

    assert [right(*pair) for pair in ((3, 4), (0, 1), (1, 3), (2, 2), (2, 3))] == [1, 1, 0, 1, 0]


def test_a_stance_that_nobody_coded_is_not_counted() -> None:
    got = values(scored([coded("UKR neutrality", None)], [coded("UKR neutrality", 2)]).whole)
    assert (got["f"], got["stance_sign"], got["stance_level"], got["unresolved"]) == (1, None, None, None)


def test_unsure_claims_are_neither_asked_for_nor_held_against() -> None:
    sure, unsure, missed = (
        coded("UKR neutrality", confidence=CORE),
        coded("RUS neutrality", at=(50, 90), confidence=0.69),
        coded("USA neutrality", at=(100, 140), confidence=0.5),
    )
    found = [coded("UKR neutrality"), coded("RUS neutrality", at=(50, 90)), coded("RUS neutrality", at=(100, 140))]
    result = scored([sure, unsure, missed], found, core=CORE)
    assert (result.whole.gold, result.whole.found, result.whole.matched, result.misses) == (1, 2, 1, ())
    assert values(result.whole)["holder"] == 1
    assert [stray.kind for stray in result.false_hits] == ["wrong holder"]


def test_the_case_bears_the_bar_of_core_claims_out() -> None:
    codebook = read_codebook(ROOT / "data")
    first, second = ([*read_codings([ROOT / f"data/coding/{name}.jsonl"], codebook)] for name in ("first", "second"))
    surely = [
        measure_scores(*sides, codebook, core=CORE, resamples=0).whole for sides in ((first, second), (second, first))
    ]
    both = [measure_scores(*sides, codebook, resamples=0).whole for sides in ((first, second), (second, first))]
    assert sum(row.matched for row in surely) == sum(row.gold for row in surely) == 104
    assert sum(row.matched for row in both) - 104 == 20
    assert sum(row.gold for row in both) - 104 == 24


def test_an_issue_that_the_codebook_lacks_is_refused() -> None:
    with pytest.raises(QueryError, match="issue: found 'weather'"):
        scored([coded("UKR weather")], [])


def test_nothing_against_nothing_has_no_value() -> None:
    result = scored([], [], resamples=100)
    assert set(values(result.whole).values()) == {None}
    assert (result.documents, result.by_voice, result.by_issue) == (0, (), ())


def test_an_interval_is_the_middle_of_resampled_documents() -> None:
    # A slow, obvious twin: draw the documents themselves and score what was drawn as one text after the other.
    gold = [coded("UKR neutrality", document=f"d{number}") for number in range(6)]
    found = [*gold[:3], coded("RUS neutrality", at=(50, 90), document="d5")]
    recalls, precisions = [], []
    for times in draw_documents(6, resamples=200):
        hits = int(times[:3].sum())
        recalls.append(hits / 6)
        if hits + times[5]:
            precisions.append(hits / int(hits + times[5]))
    result = measure_scores(gold, found, golden_codebook(), resamples=200)
    for name, drawn in (("recall", recalls), ("precision", precisions)):
        measure = result.whole.measures[name]
        assert (measure.low, measure.high) == pytest.approx(tuple(np.quantile(drawn, (0.025, 0.975))))


def test_one_document_has_no_interval_nor_has_a_group_in_one() -> None:
    assert scored(GOLD[:3], FOUND[:3], resamples=50).whole.measures["f"].low is None
    rows = scored(GOLD, FOUND, resamples=50).by_voice
    assert rows[0].measures["f"].low is not None
    assert {row.group: row.measures["recall"].low for row in rows}["framing"] is None


@given(codings(), codings())
def test_measures_keep_their_bounds_and_swap_with_the_sides(gold: list[Claim], found: list[Claim]) -> None:
    ahead, back = scored(gold, found, resamples=20), scored(found, gold)
    assert list(ahead.whole.measures) == list(MEASURES)
    for row in (ahead.whole, *ahead.by_voice, *ahead.by_issue, *ahead.by_document):
        for measure in row.measures.values():
            assert 0 <= measure.right <= measure.of
            if measure.low is not None and measure.high is not None:
                assert 0 <= measure.low <= measure.high <= 1
    one, two = values(ahead.whole), values(back.whole)
    assert (one["precision"], one["recall"], one["f"]) == (two["recall"], two["precision"], two["f"])
    assert (len(ahead.misses), len(ahead.false_hits)) == (len(back.false_hits), len(back.misses))


@given(codings(), codings())
def test_groups_add_up_to_the_whole(gold: list[Claim], found: list[Claim]) -> None:
    result = scored(gold, found)
    voices = [row for row in result.by_voice if row.group != "ascribed by a party"]
    for rows in (voices, result.by_issue, result.by_document):
        for name in ("precision", "recall", "f", "said_on", "stance_sign"):
            assert sum(row.measures[name].right for row in rows) == result.whole.measures[name].right
            assert sum(row.measures[name].of for row in rows) == result.whole.measures[name].of


@given(codings())
def test_a_coding_scores_itself_perfectly(gold: list[Claim]) -> None:
    result = scored(gold, [claim.model_copy(update={"coder": "machine"}) for claim in gold])
    got = values(result.whole)
    assert not result.misses
    assert not result.false_hits
    assert {value for name, value in got.items() if name in ("precision", "recall", "f", "holder", "voice")} <= {
        1,
        None,
    }


@given(codings(), codings())
def test_the_same_call_gives_the_same_scores(gold: list[Claim], found: list[Claim]) -> None:
    assert scored(gold, found, resamples=10) == scored(gold[::-1], found[::-1], resamples=10)
