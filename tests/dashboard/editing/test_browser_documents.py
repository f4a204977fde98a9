"""Adding a document in a real browser: a pasted text in two steps, and a file that the browser sends."""

from __future__ import annotations

from typing import Any

import pytest

from positions.workspace import Workspace
from tests.dashboard.editing.conftest import wait_text
from tests.positions.extract.pages import page as web_page

pytestmark = pytest.mark.browser
TEXT = "محادثات في جنيف\n\nقال الوزير إن المحادثات ستستمر في الأسبوع القادم، وإن الطرفين يريدان السلام.\n"


def test_a_pasted_text_and_a_file_are_previewed_then_recorded(page: Any, book: Workspace) -> None:
    page.goto("/edit/")
    page.get_by_role("link", name="Add a document").click()
    page.fill("#f-text", TEXT)
    page.get_by_role("button", name="Read it").click()
    wait_text(page, "#e-outlet", "give --outlet")
    page.fill("#f-outlet", "The Wire")
    page.fill("#f-published_on", "2022-02-25")
    page.get_by_role("button", name="Read it").click()
    wait_text(page, "dl.facts", "25 February 2022 (explicit)")
    assert page.locator(".document.whole").evaluate("box => getComputedStyle(box).direction") == "rtl"
    page.get_by_role("button", name="Record", exact=True).click()
    wait_text(page, ".done", "Added as")
    assert TEXT in [document.text for document in book.documents()]

    page.goto("/edit/add")
    content = web_page(meta='<meta property="article:published_time" content="2022-02-25">').encode()
    page.set_input_files("#f-file", {"name": "Putin ready.html", "mimeType": "text/html", "buffer": content})
    page.fill("#f-outlet", "The Wire")
    page.get_by_role("button", name="Read it").click()
    wait_text(page, "dl.facts", "Putin ready for talks")
    page.get_by_role("button", name="Record", exact=True).click()
    wait_text(page, ".done", "Added as Putin-ready")
