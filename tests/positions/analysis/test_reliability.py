from __future__ import annotations

import json
import math
from collections import Counter
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.analysis.codings import read_codings
from positions.analysis.reliability import (
    ONE_CODER,
    AgreementRow,
    Reliability,
    coded_units,
    krippendorff_alpha,
    measure_reliability,
)
from positions.errors import DataError, QueryError
from positions.kinds.base import Metric
from positions.model.statement import Statement
from positions.store.published import read_codebook
from positions.wording.reliability import reliability_words
from tests.conftest import ROOT
from tests.examples import golden_codebook, said

CODING = [ROOT / "data" / "coding" / f"{name}.jsonl" for name in ("first", "second")]
METRICS: tuple[Metric, ...] = ("nominal", "ordinal", "interval")


def matrix(*rows: str) -> list[list[float]]:
    return [[math.nan if value == "*" else float(value) for value in row.split()] for row in rows]


THREE = matrix("* * * * * 3 4 1 2 1 1 3 3 * 3", "1 * 2 1 3 3 4 3 * * * * * * *", "* * 2 1 3 4 4 * 2 1 1 3 3 * 4")
FOUR = matrix(
    "1 2 3 3 2 1 4 1 2 * * *", "1 2 3 3 2 2 4 1 2 5 * 3", "* 3 3 3 2 3 4 2 2 5 1 *", "1 2 3 3 2 4 4 1 2 5 1 *"
)


def coding(coder: str, about: str, stance: int, *, at: tuple[int, int] = (0, 40), **fields: Any) -> Statement:
    """One coder's statement on a span of document ``doc``."""
    record = said("2022-03-01", fields.pop("holder", "RUS"), about, stance, fields.pop("to", None), **fields)
    start, end = at
    changed = {"coder": coder, "start": start, "end": end, "quote": "x" * (end - start), "id": f"{coder}-{start}"}
    return Statement.model_validate(record.statement.model_dump(by_alias=True) | changed)


def measured(*statements: Statement) -> Reliability:
    return measure_reliability(statements, golden_codebook())


def row(found: Reliability, subject: str, issue: str | None = None) -> AgreementRow:
    return next(row for row in found.rows if (row.subject, row.issue) == (subject, issue))


def slow_alpha(values: list[list[float]], metric: Metric) -> float:
    """α from its definition: mean disagreement of all pairs within units over that of all pairs at all."""
    units = [[value for value in unit if not math.isnan(value)] for unit in zip(*values, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    every = [value for unit in units for value in unit]
    counts = Counter(every)

    def apart(one: float, two: float) -> float:
        if metric == "nominal":
            return float(one != two)
        if metric == "interval":
            return (one - two) ** 2
        low, high = sorted((one, two))
        between = sum(count for value, count in counts.items() if low <= value <= high)
        return (between - (counts[low] + counts[high]) / 2) ** 2

    observed = sum(sum(apart(*pair) for pair in permutations(unit, 2)) / (len(unit) - 1) for unit in units)
    expected = sum(apart(*pair) for pair in permutations(every, 2)) / (len(every) - 1)
    return 1 - observed / expected


@pytest.mark.parametrize(
    ("values", "metric", "alpha"),
    [
        (THREE, "nominal", 0.691),
        (THREE, "ordinal", 0.807),
        (THREE, "interval", 0.811),
        (FOUR, "nominal", 0.743),
        (FOUR, "ordinal", 0.815),
        (FOUR, "interval", 0.849),
    ],
)
def test_the_published_examples_come_out(values: list[list[float]], metric: Metric, alpha: float) -> None:
    found = krippendorff_alpha(values, metric=metric).alpha
    assert found == pytest.approx(alpha, abs=0.0005)
    assert found == pytest.approx(slow_alpha(values, metric))


def test_only_units_of_two_coders_count_and_agreement_is_the_share_of_agreeing_pairs() -> None:
    found = krippendorff_alpha(matrix("1 1 2 *", "1 2 * 5", "1 2 * *"), metric="nominal")
    assert found.units == 2
    assert found.agreement == pytest.approx((1 + 1 / 3) / 2)


CELLS = st.sampled_from([1.0, 2, 3, math.nan])
COLUMNS = st.integers(2, 4).flatmap(lambda coders: st.lists(st.tuples(*[CELLS] * coders), min_size=2, max_size=8))


@given(COLUMNS)
def test_alpha_is_its_definition_whoever_comes_first(columns: list[tuple[float, ...]]) -> None:
    values = [list(coder) for coder in zip(*columns, strict=True)]
    for metric in METRICS:
        found = krippendorff_alpha(values, metric=metric)
        assert (found.alpha is None) == bool(found.reason)
        if found.alpha is not None:
            assert found.alpha <= 1
            assert found.alpha == pytest.approx(slow_alpha(values, metric))
            assert found.alpha == pytest.approx(krippendorff_alpha(values[::-1], metric=metric).alpha)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], "fewer than two coders, found 0"),
        (["1 2 3"], "fewer than two coders, found 1"),
        (["", ""], "no unit was coded by two coders"),
        (["1 2 * *", "* * 1 2"], "no unit was coded by two coders"),
        (["1 1 3", "1 1 *"], "no variation"),
    ],
)
def test_where_alpha_cannot_be_computed_the_reason_is_told(rows: list[str], reason: str) -> None:
    found = krippendorff_alpha(matrix(*rows), metric="interval")
    assert found.alpha is None
    assert reason in found.reason


def test_a_matrix_that_is_none_and_an_unknown_metric_are_refused() -> None:
    with pytest.raises(QueryError, match="found rows of 1 and 2 units"):
        krippendorff_alpha([[1.0], [1.0, 2.0]], metric="nominal")
    with pytest.raises(QueryError, match="metric: found 'ratio', allowed: interval, nominal, ordinal"):
        krippendorff_alpha(THREE, metric="ratio")  # type: ignore[arg-type]


def test_quotes_that_share_half_of_the_shorter_are_one_unit() -> None:
    assert len(coded_units([coding("a", "neutrality", 1), coding("b", "neutrality", 2, at=(20, 60))])) == 1
    assert len(coded_units([coding("a", "neutrality", 1), coding("b", "neutrality", 2, at=(21, 61))])) == 2
    assert len(coded_units([coding("a", "neutrality", 1), coding("b", "neutrality", 2, at=(10, 14))])) == 1


def test_another_holder_issue_element_or_document_is_another_unit() -> None:
    first = coding("a", "venue/minsk", 2)
    for second in (
        coding("b", "venue/gomel", 2),
        coding("b", "neutrality", 2),
        coding("b", "venue/minsk", 2, holder="UKR"),
    ):
        assert [len(unit.codings) for unit in coded_units([first, second])] == [1, 1]
    assert coded_units([first, coding("b", "venue/minsk", 2, document="other")]) == ()


def test_a_unit_has_one_statement_of_each_coder_and_the_closest_quotes_are_joined() -> None:
    wide, near = coding("a", "neutrality", -2, at=(0, 60)), coding("a", "neutrality", 2, at=(2, 40))
    units = coded_units([wide, near, coding("b", "neutrality", 2)])
    assert sorted([said.stance for said in unit.codings] for unit in units) == [[-2], [2, 2]]


def test_of_equal_quotes_those_of_the_same_voice_are_joined() -> None:
    framing = coding("a", "neutrality", -2, voice="framing")
    units = coded_units([framing, coding("a", "neutrality", 2), coding("b", "neutrality", 2)])
    assert [[said.voice for said in unit.codings] for unit in units if len(unit.codings) == 2] == [["self", "self"]]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 4), st.sampled_from([-2, 0, 2])), max_size=9))
def test_units_hold_every_statement_once_in_whatever_order(found: list[tuple[str, int, int]]) -> None:
    every = [coding(coder, "neutrality", stance, at=(10 * place, 10 * place + 25)) for coder, place, stance in found]
    units = coded_units(every)
    assert units == coded_units(every[::-1])
    held = [said for unit in units for said in unit.codings]
    assert len(held) == len(set(held))
    assert set(held) == (set(every) if len({said.coder for said in every}) > 1 else set())
    assert all(len({said.coder for said in unit.codings}) == len(unit.codings) for unit in units)


def test_the_metric_is_the_issues_own() -> None:
    found = measured(
        *(coding(coder, "neutrality", stance) for coder, stance in (("a", 1), ("b", 2))),
        *(coding(coder, "venue/minsk", stance) for coder, stance in (("a", -2), ("b", 2))),
        *(coding(coder, "preconditions/halt-attacks", stance) for coder, stance in (("a", 1), ("b", 2))),
    )
    assert [(row.subject, row.issue, row.metric) for row in found.rows] == [
        ("stance", "neutrality", "interval"),
        ("stance", "venue", "ordinal"),
        ("stance", "preconditions", "interval"),
        ("stance", None, "ordinal"),
        ("voice", None, "nominal"),
        ("coded", None, "nominal"),
    ]


def test_a_nearer_level_disagrees_less_on_a_scale() -> None:
    def alpha(other: int) -> float:
        pairs = [(-2, -2), (2, 2), (2, other)]
        found = measured(
            *(coding("a", "neutrality", one, at=(n * 50, n * 50 + 40)) for n, (one, _) in enumerate(pairs)),
            *(coding("b", "neutrality", two, at=(n * 50, n * 50 + 40)) for n, (_, two) in enumerate(pairs)),
        )
        return row(found, "stance", "neutrality").score.alpha or 0.0

    assert 1 == alpha(2) > alpha(1) > alpha(0) > alpha(-2)


def test_a_range_counts_as_its_middle() -> None:
    found = measured(coding("a", "neutrality", 0, to=2), coding("b", "neutrality", 1))
    assert row(found, "stance", "neutrality").score.agreement == 1


def test_what_only_one_coder_coded_lowers_the_agreement_on_what_was_coded() -> None:
    both = [coding(coder, "neutrality", 2) for coder in "ab"]
    alone = coding("a", "military-aid", 1, at=(100, 140))
    assert row(measured(*both), "coded").score.agreement == 1
    found = measured(*both, alone)
    assert row(found, "coded").score.agreement == 0.75  # two passages by two places, one of the four differs
    assert (row(found, "stance", "military-aid").coded, row(found, "stance", "military-aid").score.units) == (1, 0)
    assert "no unit was coded by two" in row(found, "stance", "military-aid").score.reason


def test_one_coder_no_shared_document_and_no_statements_are_told() -> None:
    one = measured(coding("a", "neutrality", 2), coding("a", "neutrality", 1, at=(50, 90)))
    apart = measured(coding("a", "neutrality", 2), coding("b", "neutrality", 2, document="other"))
    for found in (one, apart):
        assert {row.score.reason for row in found.rows} == {ONE_CODER}
        assert all(row.score.alpha is None for row in found.rows)
    assert reliability_words(one) == f"1 coder: agreement cannot be computed, {ONE_CODER}."
    assert measured().rows == ()
    assert reliability_words(measured()) == "There are no statements."


def test_differences_are_in_the_stance_the_voice_or_what_was_coded_at_all() -> None:
    found = measured(
        coding("a", "neutrality", 1),
        coding("b", "neutrality", 2),
        coding("a", "military-aid", 1, at=(50, 90)),
        coding("b", "military-aid", 1, at=(50, 90), voice="framing"),
        coding("b", "venue/minsk", 2, at=(100, 140)),
        coding("a", "venue/geneva", 2, at=(150, 190)),
        coding("b", "venue/geneva", 2, at=(150, 190)),
    )
    assert [one.subjects for one in found.differences] == [("stance",), ("voice",), ("coded",)]
    alone = found.differences[-1]
    assert alone.coders == ("a", "b")
    assert [coding and coding.stance for coding in alone.codings] == [None, 2]


def test_who_did_not_read_a_document_passed_nothing_over_in_it() -> None:
    three = [coding("c", "neutrality", 2, document="other"), coding("a", "neutrality", 2, document="other")]
    found = measured(coding("a", "neutrality", 2), coding("b", "neutrality", 2), *three)
    assert found.differences == ()


def test_an_issue_coded_only_where_one_coder_read_says_so() -> None:
    found = measured(
        *(coding(coder, "neutrality", 2) for coder in "ab"), coding("a", "military-aid", 2, document="other")
    )
    assert row(found, "stance", "military-aid").score.reason == "coded only in documents of one coder"


def test_the_same_file_given_twice_changes_nothing() -> None:
    codebook = read_codebook(ROOT / "data")
    once, twice = (measure_reliability(read_codings(paths, codebook), codebook) for paths in (CODING, CODING * 2))
    assert once == twice


def test_the_shipped_double_coding_agrees_on_stances_and_less_on_whose_word_it_is() -> None:
    codebook = read_codebook(ROOT / "data")
    found = measure_reliability(read_codings(CODING, codebook), codebook)
    assert (found.coders, found.documents) == (("coder-1", "coder-2"), ("000", "003"))
    stance, voice, coded = row(found, "stance"), row(found, "voice"), row(found, "coded")
    assert (stance.coded, stance.score.units) == (66, 62)
    assert (stance.score.alpha, stance.score.agreement) == (1, 1)
    assert voice.score.alpha == pytest.approx(0.899, abs=0.001)
    assert coded.score.alpha == pytest.approx(0.965, abs=0.001)
    assert "no variation" in row(found, "stance", "ceasefire").score.reason


def test_a_coding_file_is_read_strictly_with_all_findings(tmp_path: Path) -> None:
    lines = CODING[0].read_text().splitlines()
    wrong = {**json.loads(lines[1]), "issue": "nuetrality"}
    path = tmp_path / "third.jsonl"
    path.write_text("\n".join([lines[0], json.dumps(wrong), "{}", lines[3][:-5]]) + "\n")
    with pytest.raises(DataError, match=r"(?m)third\.jsonl:2 issue: found 'nuetrality', allowed: ") as told:
        read_codings([path], read_codebook(ROOT / "data"))
    where = [f"{finding.where} {finding.field}" for finding in told.value.findings]
    assert "third.jsonl:2 issue" in where
    assert any(place.startswith("third.jsonl:3") for place in where)
    assert any(place.startswith("third.jsonl:4") for place in where)


def test_the_last_revision_of_a_statement_counts_and_a_retracted_one_does_not(tmp_path: Path) -> None:
    first, second = (json.loads(line) for line in CODING[0].read_text().splitlines()[:2])
    corrected = {**first, "stance": 1, "revision": 2, "action": "correct", "reason": "read again"}
    retracted = {"id": second["id"], "revision": 2, "action": "retract", "reason": "a slip"}
    path = tmp_path / "coded.jsonl"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in (first, second, corrected, retracted)))
    assert [said.stance for said in read_codings([path], read_codebook(ROOT / "data"))] == [1]
