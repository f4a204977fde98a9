"""The codebook page says and does what the command line does: counts, previews, changes, versions, undo."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from positions.coding.codebook_operation import build_operation
from positions.coding.codebook_use import count_use, version_diff
from positions.workspace import open_workspace
from tests.conftest import SHIPPED
from tests.dashboard.editing.conftest import Editor, Opened, command, finding, typed_in

RENAME = {"operation": "rename", "word": "element", "old": "venue/gomel", "rename": "homel"}
GOMEL = "/edit/codebook/element/venue/gomel"
WORDS = ("party", "speaker", "issue", "element", "level")


def preview(editor: Editor, **fields: str) -> str:
    answer = editor.post("/edit/codebook/change", **fields)
    assert answer.status_code == 200
    text: str = answer.get_data(as_text=True)
    return text


def carry_out(editor: Editor, *, head: str = "", reason: str = "spelling", **fields: str) -> Any:
    sent = fields | {"head": head or str(editor.workspace.head), "reason": reason, "step": "record"}
    return editor.post("/edit/codebook/change", **sent)


def words_of(page: str) -> str:
    """What a page says that a change would do."""
    found = re.search(r'id="words">([^<]*)<', page)
    assert found
    return html.unescape(found[1])


def rows_of(page: str) -> list[list[str]]:
    """The cells of a page's only table, as text."""
    body = re.search(r"<tbody>(.*?)</tbody>", page, re.DOTALL)
    cells = re.findall(r"<tr.*?>(.*?)</tr>", body[1] if body else "", re.DOTALL)
    return [
        [html.unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in re.findall(r"<td.*?>(.*?)</td>", row)]
        for row in cells
    ]


@pytest.mark.parametrize("word", WORDS)
def test_counts_of_use_are_those_of_the_command(editor: Editor, word: str) -> None:
    carry_out(editor, **RENAME)
    told = json.loads(command(editor.workspace.folder, "codebook", "check", "--format", "json"))["use"]
    wanted = [
        [one["id"], *(str(one[name]) for name in ("statements", "ever_used", "candidates"))]
        for one in told
        if one["word"] == word
    ]
    shown = rows_of(editor.page(f"/edit/codebook?word={word}"))
    assert [[row[1], *row[-3:]] for row in shown] == wanted
    assert any(int(row[-3]) for row in shown)


def test_a_retired_word_and_a_renamed_one_are_marked_and_counted_by_what_they_were(editor: Editor) -> None:
    carry_out(editor, **RENAME)
    carry_out(editor, operation="retire", word="element", old="venue/jeddah")
    rows = {row[1]: row for row in rows_of(editor.page("/edit/codebook?word=element"))}
    assert rows["venue/homel"][-3:] == ["2", "2", "0"]
    assert rows["venue/gomel"][0].endswith("is venue/homel now")
    assert rows["venue/gomel"][-3:] == ["0", "2", "0"]
    assert rows["venue/jeddah"][0].endswith("is retired")
    assert editor.get("/edit/codebook/element/venue/jeddah").status_code == 404
    assert editor.get(GOMEL).headers["Location"] == "/edit/codebook/element/venue/homel"


def test_speakers_are_listed_with_their_roles_and_found_by_name(editor: Editor) -> None:
    rows = rows_of(editor.page("/edit/codebook?word=speaker&q=peskov"))
    assert [row[1] for row in rows] == ["peskov"]
    assert "Kremlin spokesman, Russia (from 22 May 2012)" in rows[0][2]
    assert "No speaker was found" in editor.page("/edit/codebook?word=speaker&q=nobody+at+all")


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        (["rename", "venue/gomel", "homel"], RENAME),
        (
            ["rename", "--party", "BLR", "BEL"],
            {"operation": "rename", "word": "party", "old": "BLR", "rename": "BEL"},
        ),
        (
            ["merge", "venue/gomel", "minsk"],
            {"operation": "merge", "word": "element", "old": "venue/gomel", "merge": "venue/minsk"},
        ),
        (
            ["split", "venue/gomel", "city", "region"],
            {"operation": "split", "word": "element", "old": "venue/gomel", "split": "city, region"},
        ),
        (
            ["move", "venue/gomel", "poland"],
            {"operation": "move", "word": "element", "old": "venue/gomel", "move": "venue/poland"},
        ),
        (
            ["move", "venue/gomel"],
            {"operation": "move", "word": "element", "old": "venue/gomel", "move": ""},
        ),
        (
            ["retire", "--level", "talks:2"],
            {"operation": "retire", "word": "level", "old": "talks:2"},
        ),
        (
            ["add", "venue/vienna", "--label", "Vienna"],
            {"operation": "add", "word": "element", "issue": "venue", "id": "vienna", "label": "Vienna"},
        ),
    ],
    ids=["rename", "party", "merge", "split", "move", "to-the-top", "level", "add"],
)
def test_a_preview_is_that_of_the_command_and_records_nothing(
    editor: Editor, words: list[str], fields: dict[str, str]
) -> None:
    head, text = editor.workspace.head, (editor.workspace.folder / "codebook.toml").read_bytes()
    told = command(editor.workspace.folder, "codebook", *words, "--dry-run").splitlines()
    page = preview(editor, **fields)
    assert words_of(page) == told[-1]
    assert [" ".join(row) for row in rows_of(page)] == [" ".join(line.split()) for line in told[2:-1]]
    assert editor.workspace.head == head
    assert (editor.workspace.folder / "codebook.toml").read_bytes() == text


def test_a_rename_is_carried_out_by_the_coder_with_the_reason(editor: Editor) -> None:
    page = preview(editor, **RENAME)
    assert "Carry it out as anna" in page
    assert html.unescape(page).count('id = "homel"') == 1
    answer = carry_out(editor, **RENAME)
    assert answer.status_code == 303
    page = editor.page(answer.headers["Location"])
    assert f"Version {SHIPPED + 1} was recorded: rename venue/gomel to venue/homel: spelling" in page
    last = editor.workspace.revisions()[-1]
    assert (last.id, last.action, last.recorded_by) == ("003-12", "recode", "anna")
    assert "venue/gomel is venue/homel now" in command(editor.workspace.folder, "codebook", "log")
    assert "homel" in editor.page(f"/edit/codebook/diff?first={SHIPPED}&last={SHIPPED + 1}")
    page = editor.page("/edit/statement/003-09")
    assert "Revision 2</strong> · recoded by anna" in page
    assert "<del>gomel</del> <ins>Gomel</ins>" in page


def test_a_split_puts_its_statements_into_the_review_queue(editor: Editor) -> None:
    carry_out(editor, operation="split", word="element", old="venue/gomel", split="city region")
    ids = {item.candidate.id for item in editor.workspace.candidates(status="open")}
    assert {"003-09-split", "003-12-split"} <= ids
    assert "was 003-09" in editor.page("/edit/review?at=003-09-split")


@pytest.mark.parametrize(
    ("fields", "name", "told"),
    [
        (RENAME | {"rename": "minsk"}, "rename", "declared already"),
        (RENAME | {"rename": "no id"}, "rename", "should match pattern"),
        (RENAME | {"rename": " "}, "rename", "is needed"),
        (RENAME | {"operation": "merge"}, "merge", "is needed"),
        (RENAME | {"operation": "split", "split": "one"}, "split", "two ids or more"),
        (RENAME | {"operation": "move", "move": "venue/gomel"}, "move", "contains itself"),
        ({"operation": "add", "word": "element", "id": "x"}, "issue", "is needed"),
        ({"operation": "add", "word": "party", "id": "RUS"}, "id", "declared twice"),
        ({"operation": "add", "word": "level", "issue": "venue", "id": "high"}, "id", "ISSUE:NUMBER"),
        ({"operation": "add", "word": "level", "issue": "talks", "id": "3"}, "definition", "missing"),
        (
            {"operation": "add", "word": "element", "issue": "preconditions", "id": "x", "addressees": "ZZZ"},
            "id",
            "found 'ZZZ', allowed: BLR",
        ),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(
    editor: Editor, fields: dict[str, str], name: str, told: str
) -> None:
    head = editor.workspace.head
    page = preview(editor, **fields)
    assert told in html.unescape(finding(page, name))
    assert 'class="summary" role="alert" tabindex="-1"' in page
    if fields.get("rename", "").strip() and fields["operation"] == "rename":
        assert typed_in(page, "rename") == fields["rename"]
    assert editor.workspace.head == head


def test_what_statements_name_is_not_retired_and_they_are_named(editor: Editor) -> None:
    page = preview(editor, operation="retire", word="element", old="venue/gomel")
    assert "003-09 element: 'venue/gomel' is used here" in html.unescape(page)


def test_a_change_needs_a_reason(editor: Editor) -> None:
    head = editor.workspace.head
    page = carry_out(editor, reason=" ", **RENAME).get_data(as_text=True)
    assert finding(page, "reason") == "a change needs a reason"
    assert editor.workspace.head == head


def test_of_two_people_one_wins_and_the_other_is_told_and_can_go_on(editors: Opened) -> None:
    anna, ben = editors(), editors(coder="ben")
    seen = str(ben.workspace.head)
    assert carry_out(anna, head=seen, **RENAME).status_code == 303
    minsk = {"operation": "rename", "word": "element", "old": "venue/minsk", "rename": "mensk"}
    page = carry_out(ben, head=seen, reason="my reason", **minsk).get_data(as_text=True)
    assert f"codebook: was changed since, by revision {SHIPPED + 1} by anna" in page
    assert "Nothing was changed" in page
    assert typed_in(page, "reason") == "my reason"
    found = re.search(r'name="head" value="([^"]+)"', page)
    assert found
    assert carry_out(ben, head=found[1], **minsk).status_code == 303
    lost = carry_out(ben, head=seen, **RENAME).get_data(as_text=True)
    assert "found 'venue/homel', which is its id already" in html.unescape(finding(lost, "rename"))


@pytest.mark.parametrize("head", ["x", "1:000000000000", "9999999:0123456789ab"])
def test_a_form_of_another_record_book_is_refused(editor: Editor, head: str) -> None:
    page = carry_out(editor, head=head, **RENAME).get_data(as_text=True)
    assert "another state of the record book" in page


def test_the_last_change_is_undone_with_a_reason(editor: Editor) -> None:
    before = (editor.workspace.folder / "codebook.toml").read_bytes()
    carry_out(editor, **RENAME)
    page = editor.page("/edit/codebook/versions")
    told = command(editor.workspace.folder, "codebook", "undo", "--dry-run").strip()
    assert words_of(page) == told
    assert "2 records put back" in told
    head = str(editor.workspace.head)
    page = editor.post("/edit/codebook/undo", head=head, reason="").get_data(as_text=True)
    assert finding(page, "reason") == "an undo needs a reason"
    answer = editor.post("/edit/codebook/undo", head=head, reason="the old name is better known")
    assert answer.status_code == 303
    assert f"Version {SHIPPED + 2} was recorded" in editor.page(answer.headers["Location"])
    assert (editor.workspace.folder / "codebook.toml").read_bytes() == before
    late = editor.post("/edit/codebook/undo", head=head, reason="again").get_data(as_text=True)
    assert f"was changed since, by revision {SHIPPED + 2} by anna" in late


def test_the_history_is_that_of_the_command(editor: Editor) -> None:
    carry_out(editor, **RENAME)
    told = json.loads(command(editor.workspace.folder, "codebook", "log", "--format", "json"))["versions"]
    rows = rows_of(editor.page("/edit/codebook/versions"))
    assert [[row[0], row[2], row[3]] for row in rows] == [
        [f"{one['id'].capitalize()}, version {one['version']}", one["reason"], one["changes"] or "none"] for one in told
    ]
    page = editor.page("/edit/codebook/diff?first=1&last=2")
    shown = re.search(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)
    assert shown
    text = html.unescape(re.sub(r"<[^>]+>", "", shown[1]))
    assert text.splitlines() == version_diff(editor.workspace, 1, 2).splitlines()
    assert editor.get("/edit/codebook/diff?first=7&last=9").status_code == 404


def test_an_edit_by_hand_is_told_and_shown_in_the_preview(editor: Editor) -> None:
    path = editor.workspace.folder / "codebook.toml"
    path.write_text(path.read_text().replace('label = "Budapest"', 'label = "Buda and Pest"'))
    page = editor.page("/edit/codebook")
    assert "was edited by hand" in page
    assert "Buda and Pest" in editor.page("/edit/codebook/diff")
    assert "Buda and Pest" in preview(editor, **RENAME)
    path.write_text(path.read_text().replace('id = "gomel"', 'id = "other"').replace("venue/gomel", "venue/other"))
    assert "gomel" in html.unescape(editor.page("/edit/codebook"))
    path.write_text("not = [toml")
    assert "not TOML" in editor.page("/edit/codebook")


def test_the_second_negotiation_has_the_same_pages(tmp_path: Path) -> None:
    import shutil

    from dashboard import create_app
    from dashboard.settings import Settings
    from tests.conftest import ROOT

    shutil.copytree(ROOT / "tests" / "tigray", tmp_path / "tigray")
    with open_workspace(tmp_path / "tigray") as workspace:
        client = create_app(workspace, Settings(edit=True, coder="anna")).server.test_client()
        editor = Editor(workspace, client)
        use = count_use(workspace)
        for word in WORDS:
            rows = rows_of(editor.page(f"/edit/codebook?word={word}"))
            assert [row[1] for row in rows] == [one.id for one in use if one.word == word]
        for one in {one.word: one for one in use}.values():
            page = editor.page(f"/edit/codebook/{one.word}/{one.id}")
            assert html.escape(one.label, quote=False) in page
        party = workspace.codebook.parties[0].id
        fields = {"operation": "rename", "word": "party", "old": party, "rename": "NEW"}
        told = command(tmp_path / "tigray", "codebook", "rename", "--party", party, "NEW", "--dry-run")
        editor.get("/edit/codebook")
        assert words_of(preview(editor, **fields)) == told.splitlines()[-1]
        assert carry_out(editor, **fields).status_code == 303
        assert build_operation("rename", "party", "a", ["b"]).words() == "rename party a to b"
