from __future__ import annotations

from datetime import date
from typing import Any

from dashboard.components.sides_board import build_sides_board, spoken_elements
from dashboard.editing.form_fields import label_fields
from dashboard.pages import PAGES
from dashboard.query.source import CaseStore
from dashboard.query.view import View
from positions.model.codebook import Codebook
from positions.wording.party_style import party_styles
from tests.examples import golden_codebook


def texts(node: Any) -> list[str]:
    """All text of some nodes, in order."""
    if isinstance(node, list | tuple):
        return [text for child in node for text in texts(child)]
    return [node] if isinstance(node, str) else texts(getattr(node, "children", ()))


def above(source: CaseStore, **fields: Any) -> list[str]:
    view = source.fit_view(View(page="venues", **fields))
    picture = source.picture(view)
    return texts(PAGES["venues"].above(picture, view, party_styles(picture.case.codebook)))


def without(codebook: Codebook, *names: str) -> Codebook:
    return codebook.model_copy(update={"issues": tuple(one for one in codebook.issues if one.id not in names)})


def test_the_page_of_options_is_titled_by_its_issues_as_the_codebook_labels_them(source: CaseStore) -> None:
    shipped = source.case(View()).codebook
    assert PAGES["venues"].title_in(shipped) == "Venue · Humanitarian steps"
    assert PAGES["venues"].title_in(without(shipped, "humanitarian")) == "Venue"
    assert PAGES["venues"].title_in(without(golden_codebook(), "venue")) == "Options"
    assert PAGES["overview"].title_in(shipped) == "Overview"


def test_a_table_of_options_is_headed_by_the_codebooks_noun(source: CaseStore) -> None:
    assert {"Place", "Step"} <= set(above(source))
    steps = above(source, issues=("humanitarian",))
    assert "Step" in steps
    assert not any("place" in text.casefold() for text in steps)
    assert any("A place that lies in another takes over" in text for text in above(source, issues=("venue",)))


def test_places_nobody_spoke_of_are_named_in_one_sentence_and_have_no_row(source: CaseStore) -> None:
    said = above(source, issues=("venue",), as_of=date(2022, 2, 25))
    (unspoken,) = [text for text in said if text.startswith("Nobody has spoken of")]
    assert "Warsaw" in unspoken
    assert "Warsaw" not in said
    assert {"For", "Against", "Has not said"} <= set(said)


def test_an_entry_says_what_its_party_held_on_the_day_compared_with(source: CaseStore) -> None:
    said = above(source, issues=("venue",), as_of=date(2022, 2, 27), compare=date(2022, 2, 25))
    assert "“was” is what a party held on 25 February 2022. " in said[0]
    assert any(text.startswith("was: ") for text in said)
    assert "new" in said


def test_each_party_is_once_in_the_row_of_an_element(source: CaseStore) -> None:
    view = source.fit_view(View(page="venues", issues=("venue",)))
    picture = source.picture(view)
    assert picture
    styles, parties = party_styles(picture.case.codebook), ("RUS", "UKR", "USA")
    issue = picture.case.codebook.issue("venue")
    (board, _) = build_sides_board(picture, issue, parties, styles, before=None)
    rows = board.children.children[1].children
    assert len(rows) == len(spoken_elements(issue, picture, parties)) > 5
    for row in rows:
        names = [text for text in texts(row) if text in {styles[party].name for party in parties}]
        assert sorted(names) == sorted(styles[party].name for party in parties)


def test_the_page_says_if_there_is_nothing_to_choose_from(source: CaseStore) -> None:
    assert above(source, issues=("talks",)) == [
        "The codebook has no issue of options to choose from, or the filters leave none."
    ]


def test_forms_list_what_elements_are_called() -> None:
    book = golden_codebook()
    assert {field.name: field.label for field in label_fields(book)}["element"] == "Option or condition"
    bare = without(book, "venue", "preconditions")
    assert {field.name: field.label for field in label_fields(bare)}["element"] == "Element"
