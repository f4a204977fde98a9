"""What the command line prints about a team's database never holds its password, in success and in error."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest

from tests.positions.cli.test_cli import run
from tests.postgres_addresses import FORMS, address_of, is_silent, schema

__all__ = ["run", "schema"]

pytestmark = pytest.mark.postgres


@pytest.mark.parametrize("form", FORMS)
def test_no_command_prints_the_password(
    run: Any, schema: str, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    address = address_of(form, schema)
    monkeypatch.setenv("POSITIONS_DATABASE", address)
    source = tmp_path / "text.txt"
    source.write_text("“We are ready for talks,” he said.\n")
    told = "--document text --speaker zelensky --holder UKR --issue talks --stance 1 --said-on 2022-03-01"
    right = (
        ("add-document", source, "--outlet", "The Day", "--published-on", "2022-03-01"),
        ("add", "--quote", "We are ready for talks,", *told.split()),
        *(("status",), ("state",), ("log",), ("verify",), ("backup", tmp_path / "copy.db")),
        ("snapshot", "-o", tmp_path / "report.html"),
    )
    wrong = (("show", "nothing"), ("correct", "nothing", "--note", "x"), ("backup", tmp_path / "copy.db"))
    for words, is_right in [*((words, True) for words in right), *((words, False) for words in wrong)]:
        answer = run(*words)
        assert (answer.code == 0) is is_right, (words, answer.err)
        assert is_silent(answer.out + answer.err + caplog.text), words
    assert is_silent((tmp_path / "report.html").read_text())
    assert all(is_silent(path.read_bytes().decode(errors="replace")) for path in tmp_path.glob("copy.db"))
    monkeypatch.setenv("POSITIONS_DATABASE", address.replace(schema, "missing"))
    for words in (("status",), ("state",), ("add-document", source, "--outlet", "A", "--published-on", "2022-03-01")):
        answer = run(*words)
        assert answer.code == 2
        assert is_silent(answer.out + answer.err + caplog.text), words
