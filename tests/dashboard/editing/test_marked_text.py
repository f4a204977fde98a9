from __future__ import annotations

import html

from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.marked_text import cut_at_quotes
from dashboard.editing.marked_text import claim_stretches, escape_exactly
from positions.wording.party_style import party_styles
from positions.workspace import Workspace
from tests.positions.proposing import TEXT, candidates


@given(st.text())
def test_a_text_is_escaped_and_keeps_its_line_ends(text: str) -> None:
    found = str(escape_exactly(text))
    assert not set("<>\r") & set(found)
    assert html.unescape(found.replace("&#13;", "\r")) == html.unescape(text) or "&" in text
    assert found.count("&#13;") == text.count("\r")


def test_every_document_is_cut_without_loss(workspace: Workspace) -> None:
    known, codebook = workspace.known(), workspace.codebook
    for document in known.documents.values():
        spoken = [record.statement for record in known.records if record.statement.document == document.id]
        stretches = cut_at_quotes(document.text or "", spoken, codebook, party_styles(codebook))
        assert "".join(stretch.text for stretch in stretches) == document.text
        assert any("Ukraine on " in stretch.title for stretch in stretches)


def test_a_quote_that_is_not_where_it_should_be_is_not_marked(workspace: Workspace) -> None:
    look = party_styles(workspace.codebook)["UKR"]
    claim = candidates()[1]
    assert [stretch.text for stretch in claim_stretches(TEXT, claim, look) if stretch.claims] == [claim.quote]
    assert claim_stretches(TEXT[5:], claim, look) == [(TEXT[5:], (), "", "", "")]
    assert claim_stretches(None, claim, look) == []
