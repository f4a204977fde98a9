from __future__ import annotations

from dashboard.components.statement import build_statement_body
from dashboard.markup.serialise import serialise_part
from dashboard.pages import PAGES
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from dashboard.shell.callbacks import frame_parts
from positions.wording.party_style import party_styles
from positions.workspace import Workspace


def test_the_ways_to_the_editing_pages_are_there_only_where_editing_is_on(workspace: Workspace) -> None:
    for editable in (False, True):
        source = CaseStore(workspace, editable=editable)
        view = source.fit_view(View(page="documents", document="003"))
        picture = source.picture(view)
        assert picture is not None
        style = party_styles(picture.case.codebook)
        documents = str(serialise_part(PAGES["documents"].above(picture, view, style)))
        drawer = str(build_statement_body(picture.case.records["003-22"], picture, style))
        assert ("/edit/code/003" in documents) == editable
        assert ("/edit/statement/003-22" in drawer) == editable
        assert ("/edit/review" in str(serialise_part(frame_parts(view, picture.case)["nav"]))) == editable
