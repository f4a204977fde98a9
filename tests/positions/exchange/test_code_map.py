"""The mapping file: what a code means with those around it, and what is said of words that the codebook lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from positions.errors import DataError
from positions.exchange.code_map import CodeMap, read_code_map
from tests.examples import golden_codebook


def written(folder: Path, text: str) -> Path:
    path = folder / "map.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_code_means_what_those_that_contain_it_mean_and_what_it_says_itself(tmp_path: Path) -> None:
    code_map = read_code_map(
        written(
            tmp_path,
            """
            [[codes]]
            code = ["Where"]
            issue = "venue"
            stance = 1

            [[codes]]
            code = ["Where", "Minsk"]
            element = "belarus"

            [[codes]]
            code = ["Where", "Minsk", "never"]
            stance = -2

            [[codes]]
            code = "Moscow"
            holder = "RUS"
            """,
        ),
        golden_codebook(),
    )
    assert code_map.fields_of(("Where", "Minsk", "never")) == {"issue": "venue", "element": "belarus", "stance": -2}
    assert code_map.fields_of(("Where", "Geneva")) == {"issue": "venue", "stance": 1}, (
        "what is not listed is its parent"
    )
    assert code_map.fields_of(("Actors", "Moscow")) == {"holder": "RUS"}, "a name alone is found wherever it stands"
    assert code_map.fields_of(("Weather",)) == {}


def test_what_is_in_an_ignored_code_is_ignored_unless_it_says_something_itself() -> None:
    code_map = CodeMap.model_validate(
        {"codes": [{"code": ["Old"], "ignore": True}, {"code": ["Old", "Arms"], "issue": "military-aid", "stance": 2}]}
    )
    assert code_map.fields_of(("Old", "Junk")) == {"ignore": True}
    assert code_map.fields_of(("Old", "Arms")) == {"issue": "military-aid", "stance": 2}


def test_another_issue_does_not_take_over_the_element_of_the_code_around_it() -> None:
    code_map = CodeMap.model_validate(
        {
            "codes": [
                {"code": ["A"], "issue": "venue", "element": "belarus", "stance": 2},
                {"code": ["A", "B"], "issue": "neutrality"},
            ]
        }
    )
    assert code_map.fields_of(("A", "B")) == {"issue": "neutrality"}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('issue = "neutralty"', "map.toml:4 codes.issue: found 'neutralty', allowed: .*; did you mean neutrality?"),
        ('issue = "venue"\nelement = "belaru"', "map.toml:5 codes.element: .*found 'belaru'.*did you mean belarus?"),
        ('issue = "neutrality"\nstance = 7', "map.toml:5 codes.stance: .*found 7, allowed: -1, -2"),
        ('holder = "RSU"', "map.toml:4 codes.holder: .*found 'RSU'.*did you mean RUS?"),
        ('speaker = "putn"', "codes.speaker: .*found 'putn'"),
        ('element = "belarus"', "neither this code nor one that contains it has an issue"),
        ('isue = "venue"', "codes.isue: unknown field"),
    ],
)
def test_a_word_that_the_codebook_lacks_is_answered_with_the_nearest(tmp_path: Path, line: str, message: str) -> None:
    path = written(tmp_path, f'[[codes]]\ncode = ["x"]\n# as it is here\n{line}\n')
    with pytest.raises(DataError, match=message):
        read_code_map(path, golden_codebook())


def test_all_that_is_wrong_with_a_map_comes_at_once(tmp_path: Path) -> None:
    codes = '[[codes]]\ncode = "a"\nissue = "tals"\n\n[[codes]]\ncode = "b"\nstance_to = 1\nholder = "x"\n'
    path = written(tmp_path, f'[defaults]\nholder = "RSU"\n\n{codes}')
    with pytest.raises(DataError, match="found 'RSU'") as caught:
        read_code_map(path, golden_codebook())
    assert [finding.field for finding in caught.value.findings] == ["defaults.holder", "codes.issue", "codes.holder"]


def test_a_code_that_is_declared_twice_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, '[[codes]]\ncode = ["a", "b"]\n\n[[codes]]\ncode = ["a", "b"]\n')
    with pytest.raises(DataError, match="codes: code 'a › b' is declared twice"):
        read_code_map(path, golden_codebook())
