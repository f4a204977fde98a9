"""The codebook and the conflicts page in a real browser: carried out by hand and keyboard, and usable by everybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from werkzeug.serving import make_server

from dashboard import create_app
from dashboard.settings import Settings
from positions.workspace import Workspace, open_workspace
from tests.conftest import SHIPPED
from tests.dashboard.conftest import violations
from tests.dashboard.editing.conftest import wait_focus, wait_text
from tests.dashboard.editing.test_conflicts_page import CORRECTED, RETRACTED, disagree
from tests.dashboard.hostile import hostile_workspace

pytestmark = pytest.mark.browser
ADDRESSES = (
    *("codebook", "codebook?word=speaker&q=k", "codebook?word=element", "codebook/element/venue/gomel"),
    *("codebook/add/element", "codebook/versions", "codebook/diff?first=1&last=2", "conflicts"),
)
SIZES = [(1280, 900), (390, 844)]


def rename(page: Any, new: str = "homel", old: str = "gomel") -> None:
    page.goto(f"/edit/codebook/element/venue/{old}")
    page.fill("#f-rename", new)
    with page.expect_navigation():
        page.get_by_role("button", name="Preview: rename").click()


def carry_out(page: Any) -> None:
    page.fill("#f-reason", "spelling")
    page.get_by_role("button", name="Carry it out as anna").click()


def test_a_word_is_found_renamed_after_a_preview_and_undone(page: Any, book: Workspace) -> None:
    page.goto("/edit/")
    page.get_by_role("link", name="Codebook").click()
    page.get_by_role("link", name="Elements").click()
    page.get_by_label("Search elements").fill("gomel")
    page.get_by_label("Search elements").press("Enter")
    page.get_by_role("link", name="Gomel").click()
    page.fill("#f-rename", "minsk")
    page.get_by_role("button", name="Preview: rename").click()
    wait_text(page, "#e-rename", "declared already")
    wait_focus(page, ".summary")
    page.click(".summary a")
    wait_focus(page, "#f-rename")
    page.fill("#f-rename", "homel")
    page.keyboard.press("Enter")
    wait_text(page, "#words", "would touch 2 statements and 0 candidates")
    page.get_by_role("button", name="Carry it out as anna").click()
    wait_text(page, "#e-reason", "a change needs a reason")
    wait_focus(page, ".summary")
    carry_out(page)
    wait_text(page, ".done", f"Version {SHIPPED + 1} was recorded: rename venue/gomel to venue/homel: spelling")
    wait_focus(page, ".done")
    assert book.codebook.element("venue", "homel").label == "Gomel"
    page.fill("#f-reason", "the old name is better known")
    page.get_by_role("button", name="Undo it as anna").click()
    wait_text(page, ".done", f"Version {SHIPPED + 2} was recorded")
    book.revisions()
    assert book.codebook.element("venue", "gomel")


def test_a_change_made_from_an_older_codebook_is_told_and_can_go_on(page: Any, book: Workspace) -> None:
    rename(page)
    wait_text(page, "#words", "would touch")
    with open_workspace(book.folder) as other:
        from positions.coding.codebook_migration import migrate
        from positions.coding.codebook_operation import build_operation

        migrate(other, build_operation("rename", "element", "venue/minsk", ["mensk"]), coder="ben")
    carry_out(page)
    wait_text(page, ".summary", f"codebook: was changed since, by revision {SHIPPED + 1} by ben")
    wait_focus(page, ".summary")
    assert page.input_value("#f-reason") == "spelling"
    page.get_by_role("button", name="Carry it out as anna").click()
    wait_text(page, ".done", f"Version {SHIPPED + 2} was recorded")


def test_conflicts_are_settled_one_by_one(page: Any, book: Workspace, tmp_path: Path) -> None:
    disagree(book.folder, tmp_path / "clone")
    page.goto("/edit/conflicts")
    section = page.locator("section", has=page.get_by_role("heading", name=f"Statement {CORRECTED}"))
    section.get_by_label("Reason").fill("closer to the text")
    section.get_by_label("Reason").press("Enter")
    wait_text(page, f"#e-v-{CORRECTED}", "choose one of the versions")
    wait_focus(page, ".summary")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    wait_focus(page, f"#v-{CORRECTED}-1")
    page.keyboard.press("ArrowDown")
    assert page.is_checked(f"#v-{CORRECTED}-2")
    section.get_by_role("button", name=f"Settle {CORRECTED} as anna").click()
    wait_text(page, ".done", f"The conflict of {CORRECTED} was settled. 1 is left.")
    wait_focus(page, ".done")
    assert [one.conflict.record for one in book.open_conflicts()] == [RETRACTED]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_everybody_can_use_the_pages(
    page: Any, book: Workspace, tmp_path: Path, width: int, height: int, scheme: str
) -> None:
    disagree(book.folder, tmp_path / "clone")
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
    rename(page, "antalia", old="antalya")
    carry_out(page)
    page.wait_for_selector(".done")
    for address in ADDRESSES:
        page.goto(f"/edit/{address}")
        look(page, address, scheme)
    for new in ("minsk", "homel"):
        rename(page, new)
        look(page, new, scheme)
    page.get_by_role("button", name="Carry it out as anna").click()
    page.wait_for_selector(".summary")
    look(page, "no reason", scheme)


def look(page: Any, where: str, scheme: str) -> None:
    assert violations(page) == [], where
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), where
    background = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert (background == "rgb(255, 255, 255)") == (scheme == "light")


def test_the_pages_work_without_javascript(browser: Any, served: tuple[str, Workspace]) -> None:
    context = browser.new_context(base_url=served[0], java_script_enabled=False)
    page = context.new_page()
    rename(page)
    assert "would touch 2 statements" in page.inner_text("#words")
    carry_out(page)
    assert f"Version {SHIPPED + 1} was recorded" in page.inner_text(".done")
    context.close()


@pytest.fixture
def hostile_page(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """A page of a case whose every word is hostile, on a phone."""
    with open_workspace(hostile_workspace(tmp_path)) as workspace:
        server = make_server("127.0.0.1", 0, create_app(workspace, Settings(edit=True, coder="anna")).server)
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        context = browser.new_context(
            base_url=f"http://127.0.0.1:{server.server_port}", viewport={"width": 390, "height": 844}
        )
        yield context.new_page()
        context.close()
        server.shutdown()
        thread.join(5)


def test_hostile_words_are_text_and_push_nothing_off_the_screen(hostile_page: Any) -> None:
    words = [f"codebook?word={word}" for word in ("party", "speaker", "issue", "element", "level")]
    own = ["party/P0", "speaker/s1", "issue/scale0", "element/places/p0", "level/scale0:2"]
    for address in [*words, *(f"codebook/{one}" for one in own), "codebook/add/element", "codebook/versions"]:
        hostile_page.goto(f"/edit/{address}")
        assert hostile_page.evaluate("() => window.hurt") is None, address
        assert hostile_page.evaluate("() => document.querySelectorAll('main img, main iframe').length") == 0
        assert hostile_page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), address
    hostile_page.goto("/edit/codebook/element/places/p0")
    hostile_page.fill("#f-rename", "p9")
    hostile_page.get_by_role("button", name="Preview: rename").click()
    wait_text(hostile_page, "#words", "would touch")
    assert hostile_page.evaluate("() => window.hurt") is None
    assert hostile_page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
