"""The oracle's movements where the golden example does not reach: windows, parts, bands, origins."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from positions.model.codebook import Codebook
from tests.examples import golden_codebook, said
from tests.oracle.movement import movement
from tests.oracle_examples import SCALE, book, conditions

F = Fraction
EARLY, LATE, DAY = date(2022, 3, 5), date(2022, 3, 15), date(2022, 3, 31)


def test_a_window_starts_when_own_word_first_compares_something() -> None:
    records = [
        said("2022-03-01", "RUS", "neutrality", 2, number=1),
        said("2022-03-01", "UKR", "neutrality", 2, number=2, voice="framing"),
        said("2022-03-08", "UKR", "neutrality", -2, number=3),
        said("2022-03-10", "UKR", "neutrality", 1, number=4),
    ]
    book, pair = golden_codebook(), ("RUS", "UKR")
    found = movement(records, book, pair, EARLY, LATE)
    assert (found.asked, found.start, found.movement, found.change) == (EARLY, date(2022, 3, 8), F(-3, 4), F(-3, 4))
    assert [(row.statement, row.contribution) for row in found.ledger] == [("s004", F(-3, 4))]
    on_its_last_day = movement(records, book, pair, EARLY, date(2022, 3, 8))
    assert (on_its_last_day.start, on_its_last_day.movement) == (EARLY, None)
    assert on_its_last_day.change == 1


def test_framing_is_a_part_of_its_own() -> None:
    records = [
        said("2022-03-01", "RUS", "neutrality", 2, number=1),
        said("2022-03-01", "UKR", "neutrality", 2, number=2),
        said("2022-03-01", "RUS", "military-aid", -2, number=3),
        said("2022-03-10", "UKR", "military-aid", 2, number=4, voice="framing"),
    ]
    found = movement(records, golden_codebook(), ("RUS", "UKR"), EARLY, LATE)
    assert found.parts == {"movement": 0, "entered": 0, "left": 0, "framing": F(8, 17)}
    assert found.verdict == "no measurable change"


def test_a_finding_rests_on_the_origins_without_which_it_would_not_be_there() -> None:
    records = [
        said("2022-03-01", "RUS", "neutrality", 2, number=1, outlet="One"),
        said("2022-03-01", "UKR", "neutrality", -2, number=2, outlet="Two"),
        said("2022-03-10", "UKR", "neutrality", 1, number=3, outlet="Three"),
        said("2022-03-10", "UKR", "neutrality", 1, number=4, outlet="Four"),
    ]
    found = movement(records, golden_codebook(), ("RUS", "UKR"), EARLY, LATE)
    assert (found.verdict, found.rests_on) == ("closer", ("One", "Two"))
    assert found.issues["neutrality"].rests_on == ("One", "Two")


def test_a_finding_rests_on_the_origin_without_which_it_would_be_the_opposite() -> None:
    records = [
        said("2022-03-01", "AAA", "scale", 2, number=1, outlet="Base"),
        said("2022-03-01", "BBB", "scale", 0, number=2, outlet="Base"),
        said("2022-03-08", "BBB", "scale", -2, number=3, outlet="Two"),
        said("2022-03-10", "BBB", "scale", 2, number=4, outlet="One"),
    ]
    found = movement(records, book(SCALE), ("AAA", "BBB"), EARLY, LATE)
    assert (found.movement, found.verdict, found.rests_on) == (F(-1, 2), "closer", ("Base", "One"))


def test_an_issue_that_left_and_one_that_entered_have_their_amounts() -> None:
    codebook = book(SCALE, conditions("BBB"), SCALE | {"id": "other"})
    records = [
        *(
            said("2022-03-01", who, "scale", stance, number=n)
            for n, (who, stance) in enumerate([("AAA", 2), ("BBB", 0)])
        ),
        said("2022-03-01", "AAA", "terms/one", 2, number=3),
        said("2022-03-01", "BBB", "terms/one", -2, number=4),
        said("2022-03-10", "AAA", "terms/one", 0, number=5),
        said("2022-03-10", "AAA", "other", 2, number=6),
        said("2022-03-10", "BBB", "other", 2, number=7),
    ]
    found = movement(records, codebook, ("AAA", "BBB"), EARLY, DAY)
    assert (found.left, found.entered) == ({"terms": F(-1, 4)}, {"other": F(-1, 4)})
    assert found.change == F(-1, 2)
    assert found.parts is not None
    assert found.parts["left"] + found.parts["entered"] == found.change


def test_an_order_that_can_not_be_compared_half_way_is_left_out_of_the_shares() -> None:
    elements = [{"id": name, "label": name} for name in ("here", "there")]
    codebook = book({"id": "place", "kind": "options", "elements": elements})
    records = [
        said("2022-03-01", "AAA", "place/here", 2, number=1),
        said("2022-03-01", "BBB", "place/here", -2, number=2),
        said("2022-03-10", "AAA", "place/here", -2, number=3),
        said("2022-03-10", "AAA", "place/there", 1, number=4),
        said("2022-03-10", "BBB", "place/there", 1, number=5),
    ]
    found = movement(records, codebook, ("AAA", "BBB"), EARLY, DAY)
    assert found.issues["place"].shares == {"AAA": -1, "BBB": 0}
    assert [row.contribution for row in found.ledger] == [None, None, -1]


def test_the_level_band_is_of_the_first_of_equally_heavy_issues_and_of_half_a_scale_at_most() -> None:
    levels = [{"stance": stance, "label": "", "definition": ""} for stance in (0, 1)]
    codebook = book(SCALE, SCALE | {"id": "coarse", "levels": levels})
    for issues, band in ((codebook.issues, F(1, 8)), (codebook.issues[::-1], F(1, 4))):
        ordered = Codebook(title="Example", parties=codebook.parties, issues=issues)
        records = [
            said("2022-03-01", who, issue.id, 1, number=2 * place + number)
            for number, who in enumerate(("AAA", "BBB"))
            for place, issue in enumerate(issues)
        ]
        assert movement(records, ordered, ("AAA", "BBB"), EARLY, DAY).level_band == band


def test_equal_to_the_band_is_within_it() -> None:
    records = [
        said("2022-03-01", "AAA", "scale", 2, number=1),
        said("2022-03-01", "BBB", "scale", 0, number=2),
        said("2022-03-10", "BBB", "scale", 1, number=3),
    ]
    found = movement(records, book(SCALE), ("AAA", "BBB"), EARLY, DAY)
    assert (found.movement, found.level_band, found.verdict) == (F(-1, 4), F(1, 4), "no measurable change")
