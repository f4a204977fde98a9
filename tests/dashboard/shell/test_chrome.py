from __future__ import annotations

from datetime import date

import pytest

from dashboard.markup.serialise import serialise_part
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from dashboard.shell.callbacks import day_parts
from dashboard.shell.chrome import build_twin_links
from positions.workspace import Workspace


@pytest.mark.parametrize("embeddable", [False, True])
def test_the_address_to_embed_is_offered_only_if_somebody_may(workspace: Workspace, embeddable: bool) -> None:
    view = View(as_of=date(2022, 2, 27), page="issue", issue="talks")
    links = build_twin_links(CaseStore(workspace, embeddable=embeddable).case(view), view)
    addresses = [part[1]["href"] for part in serialise_part(links) if part[0] == "a"]
    assert [address for address in addresses if "embed=1" in address] == (
        ["/issue?as_of=2022-02-27&issue=talks&embed=1"] if embeddable else []
    )


def test_a_copied_link_names_both_days(source: CaseStore) -> None:
    view = source.fit_view(View())
    picture = source.picture(view)
    assert picture is not None
    copies = [
        part[1]["data-copy"]
        for part in serialise_part(day_parts(picture, view)["twins"])
        if part[0] == "button" and "data-copy" in part[1]
    ]
    assert copies == ["/?as_of=2022-04-14&compare=2022-02-25"]
