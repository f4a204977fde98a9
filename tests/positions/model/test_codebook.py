from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from positions.errors import DataError, QueryError
from positions.files.reading import read_toml
from positions.model.codebook import Codebook
from positions.model.issues import Level, ScaleIssue
from tests.examples import HERE, golden_codebook

SHIPPED = read_toml(HERE.parent / "data" / "codebook.toml", Codebook)
GOLDEN_TEXT = (HERE / "examples" / "golden.toml").read_text()


def broken(tmp_path: Path, old: str, new: str) -> str:
    """The error of the golden codebook with one thing changed."""
    assert old in GOLDEN_TEXT
    path = tmp_path / "codebook.toml"
    path.write_text(GOLDEN_TEXT.replace(old, new, 1))
    with pytest.raises(DataError, match=r"codebook\.toml") as caught:
        read_toml(path, Codebook)
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('kind = "conditions"', 'kind = "wishes"', 47, "issues.kind: found 'wishes', allowed: 'scale', 'options'"),
        ('id = "UKR"', 'id = "RUS"', 9, "id 'RUS' is declared twice"),
        ('id = "venue"', 'id = "neutrality"', 30, "id 'neutrality' is declared twice"),
        ('id = "gomel"', 'id = "minsk"', 41, "id 'minsk' is declared twice in issue 'venue'"),
        ('parent = "turkey"', 'parent = "turkei"', 37, "parent of 'istanbul': found 'turkei', allowed: antalya, any"),
        ('label = "Belarus", parent = "any"', 'label = "Belarus", parent = "minsk"', 39, "contains itself"),
        ('addressees = ["UKR"]', 'addressees = ["UKA"]', 51, "found 'UKA', allowed: RUS, UKR, USA"),
        ("saliences = { RUS = 0.2", "saliences = { RUS = -1", 33, "greater than or equal to 0"),
        ('label = "Venue"', 'lable = "Venue"', 32, "unknown field"),
        ('name = "Ukraine"', "", 8, "parties.name: missing"),
        ('name = "Ukraine"', "name =", 10, "not TOML"),
    ],
)
def test_a_broken_codebook_is_told_by_file_line_and_field(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    told = broken(tmp_path, old, new)
    assert any(
        f"codebook.toml:{line} " in finding.replace(": ", " : ", 1) and message in finding
        for finding in told.splitlines()
    ), told


def test_a_codebook_that_is_no_utf8_is_told_by_line(tmp_path: Path) -> None:
    path = tmp_path / "codebook.toml"
    path.write_bytes(b'title = "x"\nname = "\xff"\n')
    with pytest.raises(DataError, match=r"codebook.toml:2: found the byte 0xff, allowed: UTF-8 text"):
        read_toml(path, Codebook)


@pytest.mark.parametrize(
    ("look_up", "message"),
    [
        (lambda book: book.party("RSU"), "party: found 'RSU', allowed: RUS, UKR, USA"),
        (lambda book: book.issue("venues"), "issue: found 'venues', allowed: military-aid, neutrality"),
        (lambda book: book.element("venue", "moscow"), "element of venue: found 'moscow', allowed: antalya"),
        (lambda book: book.speaker("nobody"), "speaker: found 'nobody', allowed: someone"),
        (lambda book: book.issue("neutrality").level(7), "stance of neutrality: found 7, allowed: -1, -2, 0, 1, 2"),
    ],
)
def test_unknown_ids_list_the_allowed_ones(look_up: Any, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        look_up(golden_codebook())


def test_default_levels_are_a_quarter_apart() -> None:
    assert golden_codebook().issue("neutrality").values == {-2: 0.0, -1: 0.25, 0: 0.5, 1: 0.75, 2: 1.0}


def test_own_levels_are_equally_spaced_unless_they_say_a_value() -> None:
    levels = tuple(Level(stance=n, label=str(n), definition="") for n in range(4))
    assert list(ScaleIssue(id="x", label="x", kind="scale", levels=levels).values.values()) == [0, 1 / 3, 2 / 3, 1]
    uneven = (*levels[:3], Level(stance=3, label="3", definition="", value=0.9))
    issue = ScaleIssue(id="x", label="x", kind="scale", levels=uneven)
    assert issue.values[3] == 0.9
    assert issue.step == pytest.approx(1 / 3)


def test_values_that_do_not_rise_are_refused() -> None:
    levels = (
        Level(stance=0, label="a", definition="", value=0.5),
        Level(stance=1, label="b", definition="", value=0.5),
    )
    with pytest.raises(ValidationError, match="must rise"):
        ScaleIssue(id="x", label="x", kind="scale", levels=levels)


def test_a_speaker_speaks_for_a_party_only_while_the_role_lasts() -> None:
    biden = SHIPPED.speaker("biden")
    assert biden.parties_on(date(2022, 2, 25)) == ("USA",)
    assert biden.parties_on(date(2025, 1, 21)) == ()
    assert biden.title_on(date(2020, 1, 1)) == ""
    assert SHIPPED.speaker("kremlin").parties_on(date(1999, 1, 1)) == ("RUS",)


def test_every_level_and_element_of_the_shipped_codebook_is_defined() -> None:
    for issue in SHIPPED.issues:
        assert issue.definition, issue.id
        assert issue.plus, issue.id
        assert issue.minus, issue.id
        for word in (*issue.levels, *issue.elements):
            assert word.definition, (issue.id, word)


def test_words_are_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        SHIPPED.parties[0].name = "other"  # type: ignore[misc]
