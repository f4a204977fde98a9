"""Names from right to left leave the order of the words and numbers beside them as it is, in HTML reports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.snapshot.escape import isolate
from tests import languages_workspace
from tests.positions.cli.test_cli import run

__all__ = ["run"]

NAME = "ليلى حداد"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "Sudia (سامي الكريمي, وزير الخارجية, 14 March 2024).",
            "Sudia (<bdi>سامي الكريمي, وزير الخارجية</bdi>, 14 March 2024).",
        ),
        ("<b> & שלום 3", "&lt;b&gt; &amp; <bdi>שלום</bdi> 3"),
        ("Анна Петрова, 14 March", "Анна Петрова, 14 March"),
        ("\u202eabc", "\ufffdabc"),
        ("", ""),
    ],
)
def test_each_stretch_from_right_to_left_is_laid_out_by_itself(text: str, html: str) -> None:
    assert isolate(text) == html


@given(st.text("aش1 <&,\u2067", max_size=20))
def test_nothing_of_a_text_is_markup(text: str) -> None:
    plain = str(isolate(text)).replace("<bdi>", "").replace("</bdi>", "")
    assert "<" not in plain
    assert isolate(text).striptags().split() == text.replace("\u2067", "\ufffd").split()


def test_a_report_keeps_the_day_behind_a_speaker_s_name(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codebook = languages_workspace.CODEBOOK.replace('name = "Leila Haddad"', f'name = "{NAME}"')
    monkeypatch.setattr(languages_workspace, "CODEBOOK", codebook)
    languages_workspace.make_languages_workspace(tmp_path / "dam").close()
    html = run("snapshot", "--format", "html", "--data", tmp_path / "dam").out
    assert f"<bdi>{NAME}</bdi>, foreign minister</span>, " in html
