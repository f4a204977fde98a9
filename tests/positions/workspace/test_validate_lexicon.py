"""What validate finds in a workspace's lexicon, and that the one of a new workspace is sound."""

from pathlib import Path

import pytest

from positions.workspace.scaffold import make_workspace
from positions.workspace.validate import data_findings


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    make_workspace(tmp_path / "own")
    return tmp_path / "own"


def test_a_new_workspace_has_a_lexicon_that_fits_its_codebook(fresh: Path) -> None:
    assert (fresh / "lexicon.toml").read_text().startswith("# How documents speak of your negotiation")
    assert data_findings(fresh) == ()


def test_a_lexicon_that_is_there_is_kept(tmp_path: Path) -> None:
    (tmp_path / "lexicon.toml").write_text("# mine\n")

    make_workspace(tmp_path)

    assert (tmp_path / "lexicon.toml").read_text() == "# mine\n"


def test_a_workspace_without_a_lexicon_is_sound(fresh: Path) -> None:
    (fresh / "lexicon.toml").unlink()

    assert data_findings(fresh) == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ('both = ["AAA"', 'both = ["AAX"', 'both = ["AAX"', "both: party: found 'AAX'"),
        ('party = "BBB"', 'party = "BBX"', 'party = "BBX"', "did you mean BBB?"),
        ('talking = "talks"', 'talking = "talk"', 'talking = "talk"', "did you mean talks?"),
        (
            'element = "withdrawal"',
            'element = "retreat"',
            'element = "retreat"',
            "found 'retreat', allowed: with",
        ),
        ('issue = "venue"', 'issue = "venues"', 'issue = "venues"', "did you mean venue?"),
        ('terms = ["talks",', 'terms = ["dialogue", "talks",', '"dialogue"', "'dialogue', which no example in `yes`"),
        (
            'terms = ["talks",',
            'terms = ["talks", "{stoping} ~ talks",',
            '"{stoping} ~ talks"',
            "class: found 'stoping', allowed: ",
        ),
        ("pole = -1", "pole = 3", "pole = 3", "pole: found"),
        ("never = [", "nevr = [", "nevr = [", "nevr: unknown field"),
    ],
    ids=["both", "party", "talking", "element", "place", "term", "class", "pole", "field"],
)
def test_each_mistake_is_named_with_its_line(fresh: Path, old: str, new: str, line: str, told: str) -> None:
    path = fresh / "lexicon.toml"
    text = path.read_text().replace(old, new, 1)
    path.write_text(text)
    number = next(n for n, words in enumerate(text.split("\n"), 1) if line in words)

    findings = data_findings(fresh)

    assert any(finding.where == f"lexicon.toml:{number}" and told in str(finding) for finding in findings), findings


def test_a_lexicon_in_another_encoding_is_a_finding_of_its_line(fresh: Path) -> None:
    (fresh / "lexicon.toml").write_bytes('# words\nboth = ["Ö"]\n'.encode("latin-1"))

    (finding,) = data_findings(fresh)

    assert finding.where == "lexicon.toml:2"
    assert "UTF-8" in finding.message
