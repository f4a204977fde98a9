from __future__ import annotations

import json
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
    measure_reliability,
)
from positions.errors import DataError
from positions.model.statement import Statement
from positions.store.published import read_codebook
from positions.wording.reliability import reliability_words
from tests.conftest import ROOT
from tests.examples import golden_codebook, said

CODING = [ROOT / "data" / "coding" / f"{name}.jsonl" for name in ("first", "second")]


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
