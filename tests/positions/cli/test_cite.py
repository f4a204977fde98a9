"""A quote, a document and a view are cited so that a reader finds them again, and in forms for reference managers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
import rispy

from dashboard.pages.findings import citation
from dashboard.query.source import CaseStore
from dashboard.query.view import read_address
from positions.workspace import open_workspace
from tests.positions.cli.test_cli import run

__all__ = ["run"]


def test_a_quote_is_cited_with_its_words_speaker_document_and_record(run: Any, shipped: Path) -> None:
    told = run("cite", "003-17").out
    with open_workspace(shipped) as workspace:
        statement = next(one.statement for one in workspace.known().records if one.statement.id == "003-17")
        head = str(workspace.head)
    assert told.startswith(f"“{statement.quote}” (Volodymyr Zelensky, President of Ukraine, 27 February 2022), in: “")
    assert told.endswith(f"Statement 003-17 of Russia–Ukraine 2022, record book at {head}.\n")


def test_a_page_of_the_dashboard_is_cited_as_the_dashboard_cites_it(run: Any, shipped: Path) -> None:
    address = "/overview?as_of=2022-02-27&public_by=2022-02-26"
    with open_workspace(shipped) as workspace:
        source = CaseStore(workspace)
        picture = source.picture(source.fit_view(read_address(address)))
        assert picture is not None
        cited = citation(picture, address)
    assert run("cite", address).out == f"{cited}\n"


@pytest.mark.parametrize("target", ["003-17", "002", "/overview?as_of=2022-02-27", ""])
def test_what_is_cited_is_read_by_reference_managers(run: Any, target: str) -> None:
    (csl,) = json.loads(run("cite", target, "--format", "csl-json").out)
    (ris,) = rispy.loads(run("cite", target, "--format", "ris").out)
    (bib,) = bibtexparser.parse_string(run("cite", target, "--format", "bibtex").out).entries
    assert csl["id"] == ris["id"] == bib.key
    assert csl["title"] == ris["title"]
    assert ("version" in csl) == (csl["type"] == "dataset") == ("version" in bib.fields_dict)


def test_options_and_address_ask_together_and_the_option_decides(run: Any) -> None:
    asked = run("cite", "/overview?as_of=2022-02-27&known_at=2026-11-25", "--as-of", "2022-02-25").out
    assert "positions as of 25 February 2022." in asked


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("nope",), "id: found 'nope', which was never recorded"),
        (("/overview?as_of=soon",), "as_of: found 'soon'"),
        (("--as-of", "2022-01-01"), "before the first statement"),
    ],
)
def test_what_cannot_be_cited_is_told_in_a_line(run: Any, words: tuple[str, ...], message: str) -> None:
    told = run("cite", *words)
    assert told.code == 2
    assert message in told.err
