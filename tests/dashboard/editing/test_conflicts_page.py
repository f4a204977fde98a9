"""The conflicts page shows what the command line tells of a merge, and settles one conflict at a time."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from positions.coding.codebook_migration import migrate
from positions.coding.codebook_operation import build_operation
from positions.errors import WorkspaceError
from positions.wording.conflicts import conflict_lines, differing_fields, version_words
from positions.workspace import open_workspace
from positions.workspace.merging import merge_into
from tests.dashboard.editing.conftest import HOSTILE, Editor, Opened, command

CORRECTED, RETRACTED = "003-05", "003-22"


def disagree(folder: Path, clone: Path, *, note: str = "theirs") -> None:
    """Let two people correct one statement, and one of them retract another; then merge their books."""
    open_workspace(folder).close()
    shutil.copytree(folder.parent, clone)
    with open_workspace(folder) as ours, ours.recording(coder="anna") as book:
        book.correct(CORRECTED, note="ours", stance=1, reason="read again")
        book.correct(RETRACTED, note="ours")
    with open_workspace(clone / "data") as theirs, theirs.recording(coder="ben") as book:
        book.correct(CORRECTED, note=note, stance=-1)
        book.retract(RETRACTED, reason="not said by him")
    with open_workspace(folder) as workspace:
        merge_into(workspace, str(clone / "data"), coder="anna")


@pytest.fixture
def conflicts(folder: Path, tmp_path: Path, editors: Opened) -> Editor:
    disagree(folder, tmp_path / "clone")
    return editors()


def settle_at(editor: Editor, record: str = CORRECTED, **fields: str) -> Any:
    sent = {"head": str(editor.workspace.head), "version": "2", "reason": "closer to the text"} | fields
    return editor.post(f"/edit/conflicts/{record}", **sent)


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


def test_every_conflict_is_told_as_the_command_tells_it(conflicts: Editor) -> None:
    page = text_of(conflicts.page("/edit/conflicts"))
    told = command_lines(conflicts.workspace.folder)
    still_open = conflicts.workspace.open_conflicts()
    assert [one.conflict.record for one in still_open] == [CORRECTED, RETRACTED]
    for conflict in still_open:
        assert set(conflict_lines(conflict)) <= set(told)
        for version in conflict.versions:
            assert version_words(conflict, version) in page
        for difference in differing_fields(conflict):
            assert all(value in page for value in difference.values)
    for words in ("open to talks", "sceptical", "theirs", "read again", "retracted (not said by him)", "Stance"):
        assert words in page


def command_lines(folder: Path) -> list[str]:
    return command(folder, "merge", code=1).splitlines()  # a conflict is open


def test_one_conflict_is_settled_with_a_reason_and_the_other_stays(conflicts: Editor) -> None:
    answer = settle_at(conflicts)
    assert answer.status_code == 303
    page = text_of(conflicts.page(answer.headers["Location"]))
    assert f"The conflict of {CORRECTED} was settled. 1 is left." in page
    last = conflicts.workspace.history(CORRECTED)[-1]
    assert (last.content.note, last.recorded_by) == ("ours", "anna")  # type: ignore[union-attr]
    assert last.reason == "settled: the version of anna: closer to the text"
    assert [one.conflict.record for one in conflicts.workspace.open_conflicts()] == [RETRACTED]
    assert settle_at(conflicts, RETRACTED, version="3").status_code == 303
    page = conflicts.page("/edit/conflicts")
    assert "No conflict is open." in page
    assert conflicts.workspace.history(RETRACTED)[-1].content is None


def test_a_retracted_statement_is_kept_by_settling_for_the_other_version(conflicts: Editor) -> None:
    assert settle_at(conflicts, RETRACTED).status_code == 303
    last = conflicts.workspace.history(RETRACTED)[-1]
    assert (last.action, last.content.note) == ("restore", "ours")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"reason": " "}, "a choice needs a reason"),
        ({"version": ""}, "choose one of the versions"),
        ({"version": "ours"}, "choose one of the versions"),
        ({"version": "²"}, "choose one of the versions"),
        ({"version": "9" * 40}, "choose one of the versions"),
        ({"version": "1"}, "version: found '1', allowed: 2, 3, ours, theirs"),
        ({"head": "1:000000000000"}, "another state of the record book"),
    ],
)
def test_a_choice_that_is_none_is_told_at_its_conflict(conflicts: Editor, fields: dict[str, str], told: str) -> None:
    head = conflicts.workspace.head
    page = settle_at(conflicts, **fields).get_data(as_text=True)
    assert told in text_of(page)
    section = page[page.index(f'id="c-{CORRECTED}"') : page.index(f'id="c-{RETRACTED}"')]
    assert 'role="alert" tabindex="-1"' in section
    assert conflicts.workspace.head == head
    if fields.get("reason", "x").strip() and "version" not in fields:
        assert 'value="2" aria-describedby="e-v-003-05" checked' in page
        assert 'value="closer to the text"' in page


def test_of_two_people_one_settles_and_the_other_is_told(folder: Path, tmp_path: Path, editors: Opened) -> None:
    disagree(folder, tmp_path / "clone")
    anna, ben = editors(), editors(coder="ben")
    head = str(ben.workspace.head)
    assert settle_at(anna, head=head).status_code == 303
    page = text_of(settle_at(ben, head=head, version="3").get_data(as_text=True))
    assert f"found '{CORRECTED}', which has no open conflict" in page
    assert "Nothing was changed." in page
    assert ben.workspace.history(CORRECTED)[-1].recorded_by == "anna"


def test_a_version_that_came_since_is_not_overwritten(folder: Path, tmp_path: Path, editors: Opened) -> None:
    disagree(folder, tmp_path / "clone")
    anna = editors()
    head = str(anna.workspace.head)
    third = tmp_path / "third"
    shutil.copytree(tmp_path / "clone", third)
    with open_workspace(third / "data") as theirs, theirs.recording(coder="carla") as book:
        book.correct(CORRECTED, note="a third reading")
    merge_into(anna.workspace, str(third / "data"), coder="anna")
    page = text_of(settle_at(anna, head=head).get_data(as_text=True))
    assert f"{CORRECTED}: was changed since, by revision 4 by carla" in page or "by revision 4" in page
    assert [one.conflict.record for one in anna.workspace.open_conflicts()] == [CORRECTED, RETRACTED]


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: text[:12])
def test_hostile_versions_and_reasons_are_texts(folder: Path, tmp_path: Path, editors: Opened, hostile: str) -> None:
    disagree(folder, tmp_path / "clone", note=hostile)
    editor = editors()
    page = editor.page("/edit/conflicts")
    assert not re.search(r"<script>alert|<img|<svg|49 ", page)
    assert hostile in html.unescape(page)
    page = settle_at(editor, version="", reason=hostile).get_data(as_text=True)
    assert not re.search(r"<script>alert|<img|<svg|49 ", page)
    assert settle_at(editor, reason=hostile).status_code == 303
    assert editor.workspace.history(CORRECTED)[-1].reason.endswith(f": {hostile}")


def test_a_book_that_keeps_nothing_refuses_to_settle(conflicts: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise WorkspaceError("cannot be written, so nothing can be recorded here")

    monkeypatch.setattr(type(conflicts.workspace), "require_writable", refuse)
    assert "nothing can be recorded here" in text_of(settle_at(conflicts).get_data(as_text=True))


def test_without_a_conflict_the_page_says_how_one_comes(editor: Editor) -> None:
    assert "No conflict is open." in editor.page("/edit/conflicts")
    page = text_of(settle_at(editor).get_data(as_text=True))
    assert "which has no open conflict" in page


def test_the_pages_are_linked_from_the_editing_navigation(editor: Editor) -> None:
    for place in ("", "review", "codebook", "conflicts"):
        page = editor.page(f"/edit/{place}")
        for address in ("/edit/codebook", "/edit/conflicts"):
            current = ' aria-current="page"' if address == f"/edit/{place}" else ""
            assert f'<a href="{address}"{current}>' in page


def test_the_navigation_counts_the_open_conflicts(conflicts: Editor) -> None:
    assert ">Conflicts (2)</a>" in conflicts.page("/edit/")
    settle_at(conflicts)
    assert ">Conflicts (1)</a>" in conflicts.page("/edit/review")


def test_a_conflict_of_the_codebook_itself_is_shown_with_its_lines_and_settled(
    folder: Path, tmp_path: Path, editors: Opened
) -> None:
    open_workspace(folder).close()
    shutil.copytree(folder.parent, tmp_path / "clone")
    for place, coder, new in ((folder, "anna", "homel"), (tmp_path / "clone" / "data", "ben", "gomiel")):
        with open_workspace(place) as workspace:
            migrate(workspace, build_operation("rename", "element", "venue/gomel", [new]), coder=coder)
    editor = editors()
    merge_into(editor.workspace, str(tmp_path / "clone" / "data"), coder="anna")
    (conflict,) = (one for one in editor.workspace.open_conflicts() if one.conflict.record == "codebook")
    page = editor.page("/edit/conflicts")
    assert all(f'id = "{new}"' in text_of(page) for new in ("homel", "gomiel"))
    (address,) = re.findall(r'href="(/edit/codebook/diff[^"]*)"', page)
    assert "gomiel" in editor.page(html.unescape(address))
    number = str(conflict.versions[-1].number)
    assert settle_at(editor, "codebook", version=number).status_code == 303
    assert editor.get("/edit/codebook/element/venue/gomiel").status_code == 200


def test_the_reason_of_the_command_is_kept_too(conflicts: Editor) -> None:
    words = ["merge", "--theirs", "--id", CORRECTED, "--reason", "agreed by phone", "--coder", "anna"]
    folder = conflicts.workspace.folder
    command(folder, *words, code=1)  # the other conflict stays open
    assert conflicts.workspace.history(CORRECTED)[-1].reason == "settled: the version of ben: agreed by phone"
    assert [row.conflict.record for row in conflicts.workspace.open_conflicts()] == [RETRACTED]
    assert command(folder, "history", CORRECTED)
