"""What codes mean together: several on a passage, wider passages, ranges, what is missing and what comes twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from positions.exchange.code_map import CodeMap
from positions.exchange.coded_file import CodedPassage, CodePath
from positions.exchange.coded_statements import CodedStatements
from positions.model.document import Document, sha256_of
from tests.examples import golden_codebook

TEXT = "Putin said that neutrality was a must. Zelensky would go to Belarus, or to Geneva."
MAP = CodeMap.model_validate(
    {
        "codes": [
            {"code": ["Neutral"], "issue": "neutrality"},
            {"code": ["Neutral", "yes"], "stance": 2},
            {"code": ["Neutral", "maybe"], "stance": 0},
            {"code": ["Belarus"], "issue": "venue", "element": "belarus"},
            {"code": ["Geneva"], "issue": "venue", "element": "geneva", "stance": 1},
            {"code": ["agree"], "stance": 1},
            {"code": ["Russia"], "holder": "RUS"},
            {"code": ["Ukraine"], "holder": "UKR"},
            {"code": ["dull"], "ignore": True},
        ]
    }
)
YES, MAYBE, BELARUS, GENEVA = ("Neutral", "yes"), ("Neutral", "maybe"), ("Belarus",), ("Geneva",)
AGREE, RUSSIA, UKRAINE = ("agree",), ("Russia",), ("Ukraine",)


def document() -> Document:
    return Document.model_validate(
        {
            "id": "doc",
            "title": "t",
            "outlet": "The Wire",
            "published_on": "2022-03-01",
            "published_on_basis": "explicit",
            "file": "doc.txt",
            "text": TEXT,
            "sha256": sha256_of(TEXT.encode()),
        }
    )


def coded(start: int, end: int, *codes: CodePath, **fields: Any) -> CodedPassage:
    return CodedPassage(f"doc {start}", "doc", start, end, codes, fields)


def read(passages: Sequence[CodedPassage], code_map: CodeMap = MAP) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    reading = CodedStatements(code_map, golden_codebook(), {"doc": document()})
    return [dict(one.fields) for one in reading.read(passages)], reading.left_out


def test_two_codes_on_one_passage_are_two_statements_with_what_the_others_say_of_both() -> None:
    [one, two], left_out = read([coded(39, 81, BELARUS, GENEVA, AGREE, UKRAINE, ("dull",))])
    assert (one["issue"], one["element"], one["stance"], one["holder"]) == ("venue", "belarus", 1, "UKR")
    assert (two["element"], two["stance"], two["holder"]) == ("geneva", 1, "UKR")
    assert one["quote"] == TEXT[39:81]
    assert (one["said_on"], one["said_on_basis"]) == ("2022-03-01", "document")
    assert left_out == ()


def test_a_wider_passage_tells_whose_position_it_is_and_the_nearest_one_wins() -> None:
    passages = [coded(0, 82, RUSSIA), coded(39, 82, UKRAINE), coded(0, 38, YES), coded(60, 67, GENEVA)]
    statements, _ = read(passages)
    assert [(one["issue"], one["holder"]) for one in statements] == [("neutrality", "RUS"), ("venue", "UKR")]


def test_two_holders_on_one_passage_have_a_record_each() -> None:
    statements, _ = read([coded(0, 38, YES, RUSSIA, UKRAINE)])
    assert [one["holder"] for one in statements] == ["RUS", "UKR"]


def test_two_levels_of_one_scale_are_a_range() -> None:
    [statement], _ = read([coded(0, 38, YES, MAYBE, RUSSIA)])
    assert (statement["stance"], statement["stance_to"]) == (0, 2)


def test_the_same_claim_by_two_coders_is_recorded_once_and_told() -> None:
    statements, left_out = read([coded(0, 38, YES, RUSSIA, coder="anna"), coded(0, 38, YES, RUSSIA, coder="ben")])
    assert [one["coder"] for one in statements] == ["anna"]
    assert left_out == ("1 coding of what another coding says already",)


def test_what_lacks_a_stance_or_a_holder_and_codes_without_a_meaning_are_told() -> None:
    statements, left_out = read([coded(0, 38, YES), coded(39, 81, BELARUS, UKRAINE), coded(0, 5, ("Topics", "War"))])
    assert statements == []
    assert left_out == (
        "1 coding without a holder",
        "1 coding without a stance",
        "1 coding with 1 unknown code: Topics › War",
    )


def test_a_date_of_the_defaults_holds_unless_it_is_after_the_publication() -> None:
    for day, said_on, basis in (("2022-02", "2022-02", "inferred"), ("2023", "2022-03-01", "document")):
        code_map = MAP.model_copy(update={"defaults": CodeMap.model_validate({"defaults": {"said_on": day}}).defaults})
        [statement], _ = read([coded(0, 38, YES, RUSSIA)], code_map)
        assert (str(statement["said_on"]), statement["said_on_basis"]) == (said_on, basis)


def test_a_record_that_was_written_here_tells_nothing_of_what_lies_within_it() -> None:
    own = coded(0, 82, YES, RUSSIA, id="doc-01", holder="RUS", issue="neutrality", stance=2, said_on="2022-03-01")
    statements, left_out = read([own, coded(60, 67, GENEVA)])
    assert [one["id"] for one in statements] == ["doc-01"]
    assert left_out == ("1 coding without a holder",)
