from __future__ import annotations

from datetime import date
from typing import Any

from positions.analysis.explanation import DistanceExplanation, explain_distance
from positions.wording.explanation import distance_title, explanation_reasons
from tests.examples import golden_codebook, golden_records, said
from tests.positions.analysis.test_explanation import EARLY, LATE, PAIR, explained
from tests.positions.analysis.test_state_index import index_of


def reasons(explanation: DistanceExplanation) -> dict[str, str]:
    return dict(explanation_reasons(explanation, golden_codebook()))


def test_a_scale_is_explained_by_its_values_weight_bounds_levels_and_outlets() -> None:
    explanation = explained("neutrality", day=LATE)
    assert distance_title(explanation.comparison, explanation.issue, golden_codebook()) == (
        "0.50 apart: Russia and Ukraine on Neutrality, 15 March 2022"
    )
    told = reasons(explanation)
    assert told["Distance"] == (
        "From 0 to 1 Russia stands at 0.75 to 1.00 and Ukraine stands at 0.25 to 0.50: 0.50 apart, the mean of how far "
        "the lower and the upper ends are."
    )
    assert told["Bounds"] == "0.50, whatever the silent may say."
    assert told["One level off"].startswith("Between 0.25 and 0.75 if one coding")
    assert told["Outlets"] == "Without The Example they could not be compared."
    assert told["What would change it"].startswith("No common ground. A gap of 0.25; either could close it.")
    assert "it adds 0.17 to the distance over all issues, 0.70." in told["Weight"]


def test_options_name_the_places_in_conflict_and_those_that_both_accept() -> None:
    told = reasons(explained("venue", day=LATE))
    assert told["Distance"].startswith("One is for and the other against: Minsk and Gomel; both accept: Istanbul.")
    assert told["Bounds"] == "Between 0.33 and 0.83 once the silent have spoken."


def test_conditions_name_the_demands_that_are_unmet_or_unanswered() -> None:
    early = reasons(explained("preconditions", day=EARLY))
    assert "Ukraine meeting the demand for demilitarisation" in early["What would change it"].replace("De", "de")
    assert "Russia has not answered on" in early["What would change it"]
    assert early["Distance"].endswith("A demand counts by how firmly it is made times how far it is refused.")


def test_what_cannot_be_compared_says_so_and_who_is_silent() -> None:
    explanation = explained("military-aid", day=EARLY)
    title = distance_title(explanation.comparison, explanation.issue, golden_codebook())
    assert title == "Not comparable: Russia and Ukraine on Military aid, 5 March 2022"
    told = reasons(explanation)
    assert told["What would change it"] == "Russia has not said."
    assert "adds nothing to the distance over all issues" in told["Weight"]
    assert not {"Distance", "One level off", "Outlets"} & set(told)


def test_the_whole_is_explained_by_its_parts_coverage_bounds_weights_and_silences() -> None:
    explanation = explain_distance(index_of(golden_records()), golden_codebook(), PAIR, EARLY)
    assert (
        distance_title(explanation.comparison, explanation.issue, golden_codebook())
        == "0.94 apart: Russia and Ukraine, 5 March 2022"
    )
    told = reasons(explanation)
    assert told["Coverage"] == "69\u00a0% of the agenda by weight can be compared."
    assert told["Bounds"] == "Between 0.46 and 0.96 once the silent have spoken."
    assert told["Weights"].endswith("with the weight of a single issue halved or doubled.")
    assert told["What would change it"] == "Military aid: Russia has not said."
    assert told["Made of"].endswith(": each issue's distance by its weight.")


def test_nothing_recorded_gives_no_reasons() -> None:
    nothing: Any = explain_distance(
        index_of((said("2022-03-01", "USA", "neutrality", 0),)), golden_codebook(), PAIR, date(2022, 3, 5)
    )
    assert reasons(nothing) == {}


def test_what_only_outlets_say_is_told_apart_from_the_parties_own_word() -> None:
    records = (
        said("2022-03-01", "RUS", "neutrality", 2),
        said("2022-03-01", "UKR", "neutrality", 0, number=1, voice="framing"),
    )
    assert reasons(explained("neutrality", records))["Own word"] == (
        "By the parties' own word alone, without what only outlets say, they could not be compared."
    )
    assert "Own word" not in reasons(explained("neutrality", day=LATE))


def test_bounds_say_whether_silence_or_statements_that_disagree_leave_them_open() -> None:
    records = (
        said("2022-03-01", "RUS", "neutrality", 2),
        said("2022-03-01", "UKR", "neutrality", 0, number=1),
        said("2022-03-01", "UKR", "neutrality", -2, number=2),
    )
    assert reasons(explained("neutrality", records))["Bounds"] == (
        "Between 0.50 and 1.00, depending on which of the statements that disagree counts."
    )
    assert reasons(explained("neutrality", records[:1]))["Bounds"].endswith("once the silent have spoken.")


def test_two_who_share_some_options_could_give_way_on_those_in_conflict() -> None:
    told = reasons(explained("venue", day=LATE))["What would change it"]
    assert told.startswith("Either giving way on Minsk and Gomel.")
