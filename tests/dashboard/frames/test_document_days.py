from __future__ import annotations

import pytest

from dashboard.frames import document_days as module
from dashboard.frames.document_days import list_document_days
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from positions.workspace import Workspace


def test_each_document_has_its_day_of_publication_and_those_of_its_statements(source: CaseStore) -> None:
    case = source.case(View())
    rows = list_document_days(case)
    assert [row.published for row in rows] == sorted(row.published for row in rows)
    assert {row.document.id for row in rows} == set(case.documents)
    for row in rows:
        said = {record.statement.said_on.last for record in case.index.in_document(row.document.id)}
        assert row.published == row.document.published_on.last
        assert list(row.said) == sorted(said)


def test_too_many_documents_are_left_out(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_DOCUMENTS", 4)
    assert list_document_days(CaseStore(workspace).case(View())) == ()
