"""An operation makes the same of a codebook however its tables are written, and keeps what else stands in the text."""

from __future__ import annotations

import pytest

from positions.errors import DataError, QueryError
from positions.model.codebook import Codebook
from positions.model.codebook_version import parse_codebook
from positions.store.codebook_text import Operation, edit_codebook

HEADERS = """\
title = "Talks on a bridge" # the bridge

[[parties]]
id = "AAA" # the first
name = "First"

[[parties]]
id = "BBB"
name = "Second"

[[parties]]
id = "CCC"
name = "Third"

[[speakers]]
id = "ann"
kind = "person"
name = "Ann" # the minister

[[speakers.roles]]
party = "AAA"
title = "minister" # since then
from = 2020-01-01

[[speakers.roles]]
party = "AAA"
title = "president"

[[speakers]]
id = "bob"
kind = "person"
name = "Bob"
aliases = ["Robert"]

[[speakers.roles]]
party = "BBB"
title = "envoy"

[[speakers]]
id = "cyd"
kind = "person"
name = "Cyd"

[[issues]]
id = "truce"
kind = "scale"
label = "Truce" # how it is called
addressees = ["AAA"]

[issues.saliences]
AAA = 1
BBB = 0.5

[[issues]]
id = "place"
kind = "options"
label = "Place"
saliences.AAA = 1
saliences.BBB = 1

[[issues.elements]]
id = "any"
label = "any place"

[[issues.elements]]
id = "bay" # the bay
label = "Bay"
parent = "any"

[[issues.elements]]
id = "cape"
label = "Cape"
parent = "bay"

[[issues]]
id = "terms"
kind = "conditions"
label = "Terms"

[[issues.elements]]
id = "pay"
label = "Pay"
addressees = ["AAA"]

[[issues.elements]]
id = "leave"
label = "Leave"
addressees = ["BBB", "CCC"] # both
"""
INLINE = """\
title = "Talks on a bridge"
parties = [{ id = "AAA", name = "First" }, { id = "BBB", name = "Second" }, {id="CCC",name="Third"}]
speakers = [
  { id = "ann", kind = "person", name = "Ann", roles = [
    { party = "AAA", title = "minister", from = 2020-01-01 },
    { party = "AAA", title = "president" },
  ] },
  { id = "bob", kind = "person", name = "Bob", aliases = ["Robert"], roles = [{ party = "BBB", title = "envoy" }] },
  { id = "cyd", kind = "person", name = "Cyd" } # the last
]
issues = [
  { id = "truce", kind = "scale", label = "Truce", addressees = ["AAA"], saliences = { AAA = 1, BBB = 0.5 } },
  { id = "place", kind = "options", label = "Place", saliences = { AAA = 1, BBB = 1 }, elements = [
    { id = "any", label = "any place" }, # all of them
    { id = "bay", label = "Bay", parent = "any" },
    { id = "cape", label = "Cape", parent = "bay" },
  ] },
  { id = "terms", kind = "conditions", label = "Terms", elements = [
    { id = "pay", label = "Pay", addressees = ["AAA"] }, { id = "leave", label = "Leave", addressees = ["BBB", "CCC"] }
  ] },
]
"""
NEW = {"label": "New"}
OPERATIONS = (
    Operation("rename", "party", "AAA", ("AAX",)),
    Operation("rename", "speaker", "ann", ("anna",)),
    Operation("rename", "issue", "place", ("seat",)),
    Operation("rename", "element", "place/bay", ("place/gulf",)),
    Operation("rename", "level", "truce:2", ("truce:3",)),
    Operation("merge", "party", "BBB", ("AAA",)),
    Operation("merge", "party", "CCC", ("BBB",)),
    Operation("merge", "speaker", "ann", ("bob",)),
    Operation("merge", "speaker", "bob", ("cyd",)),
    Operation("merge", "speaker", "cyd", ("ann",)),
    Operation("merge", "issue", "truce", ("terms",)),
    Operation("merge", "element", "place/cape", ("place/any",)),
    Operation("merge", "level", "terms:1", ("terms:2",)),
    Operation("split", "party", "CCC", ("CC1", "CC2")),
    Operation("split", "speaker", "ann", ("ann-1", "ann-2")),
    Operation("split", "issue", "terms", ("terms-a", "terms-b")),
    Operation("split", "issue", "place", ("place", "seat")),
    Operation("split", "element", "terms/pay", ("terms/pay-now", "terms/pay-later")),
    Operation("split", "level", "truce:2", ("truce:2", "truce:3")),
    Operation("move", "element", "place/cape", ("place/any",)),
    Operation("move", "element", "place/cape"),
    Operation("move", "element", "place/any", ("place/cape",)),
    Operation("retire", "party", "CCC"),
    Operation("retire", "speaker", "ann"),
    Operation("retire", "issue", "truce"),
    Operation("retire", "issue", "place"),
    Operation("retire", "issue", "terms"),
    Operation("retire", "element", "terms/leave"),
    Operation("retire", "level", "truce:0"),
    Operation("add", "party", "DDD", fields={"name": "Fourth"}),
    Operation("add", "speaker", "dan", fields={"kind": "person", "name": "Dan"}),
    Operation("add", "issue", "food", fields={"kind": "scale", **NEW}),
    Operation("add", "issue", "food", fields={"kind": "options", **NEW, "elements": [{"id": "rice", **NEW}]}),
    Operation("add", "element", "place/dune", fields={**NEW, "parent": "bay"}),
    Operation("add", "element", "terms/stay", fields={**NEW, "addressees": ("AAA", "CCC")}),
    Operation("add", "level", "truce:3", fields={**NEW, "definition": "At once."}),
)


def result(text: str, operation: Operation) -> Codebook | str:
    """The codebook after an operation, or what is wrong with it."""
    try:
        return parse_codebook(edit_codebook(text, operation))
    except DataError as error:
        return error.findings[0].message


@pytest.mark.parametrize("operation", OPERATIONS, ids=Operation.words)
def test_the_same_comes_of_tables_under_headers_and_on_lines(operation: Operation) -> None:
    assert parse_codebook(HEADERS) == parse_codebook(INLINE)
    of_headers = result(HEADERS, operation)
    assert of_headers == result(INLINE, operation)
    assert of_headers == result(HEADERS.replace("\n", "\r\n"), operation)
    if operation.new == ("place/cape",):
        assert of_headers == "elements: 'any' contains itself: any > cape > bay > any"
    else:
        assert isinstance(of_headers, Codebook)


@pytest.mark.parametrize("text", [HEADERS, INLINE], ids=["headers", "lines"])
def test_comments_stay_beside_what_they_are_about(text: str) -> None:
    pairs = [(line.split(",")[0].split(" #")[0], line.split("# ")[1]) for line in text.split("\n") if "#" in line]
    for operation in OPERATIONS:
        if operation.name in ("add", "move"):
            lines = edit_codebook(text, operation).split("\n")
            assert all(any(word in line and comment in line for line in lines) for word, comment in pairs)


def test_a_speaker_that_is_merged_hands_every_role_over() -> None:
    codebook = parse_codebook(edit_codebook(HEADERS, Operation("merge", "speaker", "ann", ("bob",))))
    bob = codebook.speaker("bob")
    assert [role.title for role in bob.roles] == ["envoy", "minister", "president"]
    assert bob.aliases == ("Robert", "Ann")


def test_levels_that_an_issue_has_by_default_are_declared_when_one_is_changed() -> None:
    before, after = (parse_codebook(text) for text in (HEADERS, edit_codebook(HEADERS, OPERATIONS[4])))
    assert [level.stance for level in after.issue("truce").levels] == [3, 1, 0, -1, -2]
    assert list(after.issue("truce").values.values()) == list(before.issue("truce").values.values())
    assert [level.label for level in after.issue("truce").levels] == [
        level.label for level in before.issue("truce").levels
    ]


def test_the_first_word_of_an_empty_list_is_added_to_it() -> None:
    text = "speakers = []\n" + HEADERS[: HEADERS.index("[[speakers]]")] + HEADERS[HEADERS.index("[[issues]]") :]
    codebook = parse_codebook(edit_codebook(text, OPERATIONS[30]))
    assert [speaker.id for speaker in codebook.speakers] == ["dan"]


def test_an_issue_whose_tables_stand_apart_is_not_torn() -> None:
    elements = HEADERS[HEADERS.index("[[issues.elements]]", HEADERS.index('id = "terms"')) :]
    text = HEADERS.removesuffix(elements) + '[[parties]]\nid = "DDD"\nname = "Fourth"\n\n' + elements
    assert len(parse_codebook(text).issue("terms").elements) == 2
    with pytest.raises(QueryError, match="terms: its tables stand apart in the codebook; put them one after the other"):
        edit_codebook(text, Operation("retire", "issue", "terms"))
