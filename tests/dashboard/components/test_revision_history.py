from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dashboard.components.related_statements import build_related, list_overlapping
from dashboard.components.revision_history import build_history, field_changes
from dashboard.components.statement import build_record, build_statement_body, view_in_document
from dashboard.markup.serialise import serialise_part
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from positions.wording.party_style import party_styles
from positions.workspace import open_workspace


@pytest.fixture
def corrected(shipped: Path) -> Any:
    """A case in which 003-22 was corrected twice and 003-21 retracted."""
    with open_workspace(shipped) as workspace:
        with workspace.recording(coder="ann") as book:
            first = book.correct("003-22", reason="read again", stance=-1, note="softer")
        with workspace.recording(coder="ben") as book:
            book.correct("003-22", reason="no: as it was", stance=-2, note=f"{first.note}?")
            book.retract("003-21", reason="said twice")
        yield workspace


def test_a_history_tells_who_changed_what_and_why(corrected: Any) -> None:
    archive = CaseStore(corrected)
    found = archive.revisions("003-22")
    assert [revision.action for revision in found] == ["add", "correct", "correct"]
    codebook = corrected.codebook
    assert field_changes(found[0], found[1], codebook) == [
        ("position", "rejects it", "reluctant"),
        ("note", found[0].content.note, "softer"),  # type: ignore[union-attr]
    ]
    told = str(serialise_part(build_history(found, codebook, None)))
    for words in ("Corrected on ", " by ann", "Reason: read again", "rejects it", " → reluctant", "no: as it was"):
        assert words in told
    assert told.index("no: as it was") < told.index("read again"), "the last comes first"


def test_a_retraction_is_told_and_what_was_recorded_later_is_marked(corrected: Any) -> None:
    found = CaseStore(corrected).revisions("003-21")
    assert [revision.action for revision in found] == ["add", "retract"]
    assert field_changes(*found, corrected.codebook) == []
    before = found[1].recorded_at - timedelta(seconds=1)
    told = str(serialise_part(build_history(found, corrected.codebook, before)))
    assert "Retracted on " in told
    assert told.count("after what is shown here") == 1
    assert CaseStore(corrected).revisions("nobody") == ()
    assert build_history((), corrected.codebook, datetime.now(UTC)) == []


def test_a_holders_word_and_the_claims_of_others_stand_side_by_side(source: CaseStore) -> None:
    picture = source.picture(View())
    assert picture is not None
    style = party_styles(picture.case.codebook)
    for place, refs in picture.state.claims.items():
        record = picture.case.records[refs[-1]]
        nodes = serialise_part(build_related(record, picture, style))
        own, told = str(nodes[0][2][0]), str(nodes[0][2][1])
        held = picture.state.position(*place)
        assert ("It has not said." in own) == (held is None or held.reported)
        assert repr(f"“{record.statement.quote}”")[1:-1] in told


def test_what_shares_words_can_be_opened_from_each_other(source: CaseStore) -> None:
    picture = source.picture(View())
    assert picture is not None
    for record in picture.case.records.values():
        text = str(serialise_part(list_overlapping(record, picture)))
        for other in picture.case.records.values():
            said, own = other.statement, record.statement
            shared = said.document == own.document and said.start < own.end and own.start < said.end and other != record
            assert (f"'{said.id}'" in text) == shared


def test_a_record_beside_a_document_can_be_closed_and_leads_to_its_own_document(source: CaseStore) -> None:
    view = source.fit_view(View(page="documents", document="003", statement="003-22"))
    picture = source.picture(view)
    assert picture is not None
    record, style = picture.case.records["003-22"], party_styles(picture.case.codebook)
    here = str(serialise_part(build_record(record, picture, style, (), view)))
    assert "Close" in here
    assert "Read it in its own document" not in here
    other = source.fit_view(View(page="documents", document="002", statement="003-22"))
    assert "Read it in its own document" in str(serialise_part(build_record(record, picture, style, (), other)))
    assert view_in_document(record, picture).address() == "/documents?as_of=2022-04-14&document=003&statement=003-22"
    assert "History of this record" not in str(serialise_part(build_statement_body(record, picture, style).children[0]))
