"""A proposed mapping file: it is a mapping file, has what the codebook has, and guesses stand behind comment signs."""

from __future__ import annotations

import tomllib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from positions.exchange.code_map import CodeMap, read_code_map
from positions.exchange.code_proposal import propose_code_map, propose_issues
from positions.exchange.coded_file import Code, CodedFile, CodedPassage, CodedSource, CodePath
from positions.exchange.own_codes import OwnCodes
from positions.files.reading import parse_toml
from positions.model.codebook_version import parse_codebook
from tests.examples import golden_codebook

NAMES = st.text(min_size=1, max_size=12)


def coded(*paths: CodePath) -> CodedFile:
    passages = tuple(CodedPassage("f", "s", 0, 1, (path,), {}) for path in paths)
    return CodedFile(
        tuple(Code(path, f"about {path[-1]}") for path in paths), (CodedSource("s", "s", "x", {}),), passages
    )


def test_names_of_the_codebook_have_their_meaning_and_near_ones_are_comments(tmp_path: Path) -> None:
    proposal = propose_code_map(
        coded(("Venue", "Belarus"), ("Neutrality", "for it"), ("neutralty",), ("Russia",), ("Weather",)),
        golden_codebook(),
        name="talks.qdpx",
    )
    path = tmp_path / "map.toml"
    path.write_text(proposal.text, encoding="utf-8")
    code_map = read_code_map(path, golden_codebook())
    assert code_map.fields_of(("Venue", "Belarus")) == {"issue": "venue", "element": "belarus"}
    assert code_map.fields_of(("Neutrality", "for it")) == {"issue": "neutrality", "stance": 2}
    assert code_map.fields_of(("Russia",)) == {"holder": "RUS"}
    assert code_map.fields_of(("neutralty",)) == {}
    assert 'code = ["neutralty"]\n# issue = "neutrality"\n' in proposal.text
    assert "# used 1 time: about Weather\n[[codes]]" in proposal.text
    assert (proposal.codes, proposal.known) == (5, 4)


def test_the_codebooks_own_codes_need_no_entry() -> None:
    own = OwnCodes(golden_codebook()).codes
    proposal = propose_code_map(coded(*(code.path for code in own if code.fields)), golden_codebook(), name="f")
    assert "[[codes]]" not in proposal.text
    assert proposal.codes == proposal.known


@given(st.lists(st.lists(NAMES, min_size=1, max_size=3).map(tuple), min_size=1, max_size=6, unique=True))
def test_whatever_codes_are_called_the_proposal_is_a_mapping_file(paths: list[CodePath]) -> None:
    proposal = propose_code_map(coded(*paths), golden_codebook(), name="a\nb")
    code_map = parse_toml(proposal.text.encode("utf-8"), CodeMap, name="map.toml")
    own = OwnCodes(golden_codebook())
    assert [one.code for one in code_map.codes] == [path for path in paths if own.fields_of(path) is None]


def test_codes_without_an_issue_here_become_issues_of_a_codebook_with_their_elements_in_a_tree() -> None:
    codes = [
        Code(("Fish",), "Who may\ncatch what"),
        Code(("Fish", "Cod")),
        Code(("Fish", "Cod", "North Sea")),
        Code(("Fish", "Hake/Ling")),
        Code(("Borders",)),
    ]
    parties = '[[parties]]\nid = "A"\nname = "A"\n[[parties]]\nid = "B"\nname = "B"\n'
    codebook = parse_codebook(f'title = "Fish"\n{parties}{propose_issues(codes)}')
    fish, borders = codebook.issues
    assert (fish.id, fish.kind, fish.definition) == ("fish", "options", "Who may catch what")
    assert [(one.id, one.label, one.parent) for one in fish.elements] == [
        ("cod", "Cod", None),
        ("north-sea", "North Sea", "cod"),
        ("hake-ling", "Hake/Ling", None),
    ]
    assert (borders.id, borders.kind) == ("borders", "scale")
    text = propose_code_map(coded(*(code.path for code in codes)), golden_codebook(), name="f").text
    pasted = "\n".join(line[2:] for line in text.split("As issues of its own:")[1].splitlines())
    assert [issue["id"] for issue in tomllib.loads(pasted)["issues"]] == ["fish", "borders"]
