from __future__ import annotations

from dashboard.editing.form_checks import (
    LONGEST_FINDING,
    Form,
    check_candidate,
    check_new,
    group_by_field,
    proposed_texts,
)
from dashboard.editing.form_fields import EMPTY_TEXTS
from positions.errors import ConflictError, DataError, Finding, QueryError
from positions.files.reading import read_toml
from positions.model.codebook import Codebook
from tests.conftest import ROOT
from tests.positions.proposing import article, candidates

CODEBOOK = read_toml(ROOT / "data" / "codebook.toml", Codebook)


def test_findings_go_to_their_fields_and_the_rest_to_the_whole() -> None:
    found = [
        Finding("", "end", "a"),
        Finding("003-22", "start", "b"),
        Finding("003-22", "", "c"),
        Finding("", "stance", "d --start 7: e"),
    ]
    assert group_by_field(found) == {"start": ("a", "b"), "": ("c",), "stance": ("d character 7: e",)}


def test_a_long_finding_is_cut() -> None:
    (told,) = group_by_field([Finding("", "note", f"found {'x' * 5000}, allowed: y")])["note"]
    assert len(told) == LONGEST_FINDING + 3
    assert (told[:7], told[-12:]) == ("found x", ", allowed: y")


def test_a_refusal_keeps_the_texts() -> None:
    form = Form(EMPTY_TEXTS | {"note": "mine"})
    assert form.with_error(DataError([Finding("003-22", "stance", "no")])).findings_of("stance") == ("no",)
    lost = form.with_error(ConflictError("somebody was faster"))
    assert (lost.conflict, lost.texts["note"], lost.findings_of("")) == (True, "mine", ("somebody was faster",))
    assert not form.with_error(QueryError("x")).conflict


def test_nothing_is_told_of_fields_that_follow_from_a_missing_one() -> None:
    checked = check_new(EMPTY_TEXTS | {"speaker": "Nobody Known"}, article(), CODEBOOK, coder="anna")
    assert [one.field for one in checked.findings] == ["speaker", "quote", "holder", "issue", "stance", "said_on"]
    assert checked.words(CODEBOOK) == ""


def test_a_candidate_as_it_is_changes_nothing() -> None:
    for candidate in candidates():
        texts = proposed_texts(candidate, CODEBOOK)
        checked = check_candidate(texts, candidate, article(), CODEBOOK, coder="anna")
        assert checked.fields == {}
        assert [one.field for one in checked.findings] == ([] if candidate.stance is not None else ["stance"])
