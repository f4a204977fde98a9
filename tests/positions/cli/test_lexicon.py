"""Working on a lexicon by the command line, and the start that the documentation shows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.positions.cli.test_cli import run

__all__ = ["run"]

PAGE = Path(__file__).parents[3] / "docs" / "lexicon.md"
CODEBOOK = """
title = "The river"
description = "Upland and Lowland over a dam."
[[parties]]
id = "UPL"
name = "Upland"
principal = true
[[parties]]
id = "LOW"
name = "Lowland"
principal = true
[[speakers]]
id = "brook"
kind = "person"
name = "Ada Brook"
aliases = ["Brook"]
roles = [{ party = "UPL", title = "foreign minister" }]
[[issues]]
id = "dam"
kind = "scale"
label = "Dam"
definition = "Whether the dam is built and filled."
plus = "is built"
minus = "is not built"
[[issues]]
id = "inspectors"
kind = "scale"
label = "Inspectors"
definition = "Whether inspectors may come to the dam."
plus = "may come"
minus = "may not come"
"""
ARTICLE = """Upland insists on its dam

Published 4 May 2024

Upland will not stop building the dam, Foreign Minister Ada Brook said on Friday.

“We are ready to accept inspectors at the dam,” Brook said.

Lowland rejected the dam again on Thursday. Lowland demands inspections of the reservoir before the river rises.
"""


def test_a_sentence_is_tried(run: Any) -> None:
    told = run("lexicon", "try", "Zelensky said Ukraine is ready for talks.", "--published-on", "2022-03-01")

    assert told.code == 0
    assert "topic: “talks” means Peace talks" in told.out
    assert "claim: Ukraine, Peace talks: ready now" in told.out


def test_what_is_heard_is_told_to_programs(run: Any) -> None:
    (sentence,) = run("lexicon", "try", "Ukraine rejects neutrality.", "--format", "json").json

    assert sentence["topics"][0]["issue"] == "neutrality"
    assert sentence["topics"][0]["outcome"] in ("claims", "nobody says it")


def test_a_wrong_day_is_refused(run: Any) -> None:
    told = run("lexicon", "try", "Talks.", "--published-on", "yesterday")

    assert told.code == 2
    assert "--published-on" in told.err


def test_suggestions_are_printed_and_nothing_is_written(run: Any, shipped: Path) -> None:
    before = (shipped / "lexicon.toml").read_bytes()

    told = run("lexicon", "suggest")

    assert told.code == 0
    assert "[[topics]]" in told.out
    assert (shipped / "lexicon.toml").read_bytes() == before


def test_the_start_of_the_documentation_finds_the_claims_of_an_article(run: Any, tmp_path: Path) -> None:
    (start,) = re.findall(r"```toml\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert len([line for line in start.splitlines() if line.strip()]) <= 20
    folder, article = tmp_path / "river", tmp_path / "dam.txt"
    run("init", str(folder))
    (folder / "codebook.toml").write_text(CODEBOOK)
    (folder / "lexicon.toml").write_text(start)
    article.write_text(ARTICLE)

    assert run("validate", "--data", str(folder)).code == 0
    claims = run("extract", str(article), "--outlet", "Gazette", "--format", "json", "--data", str(folder)).json

    found = {(claim["holder"], claim["issue"], claim["stance"]) for claim in claims}
    assert {("UPL", "dam", 2), ("UPL", "inspectors", 1), ("LOW", "dam", -2), ("LOW", "inspectors", 2)} <= found
