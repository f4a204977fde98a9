"""Taking back what was written, and telling what was written before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SHIPPED
from tests.positions.cli.test_cli import run
from tests.positions.cli.test_record import ADD

__all__ = ["run"]


def note_of(run: Any, record_id: str) -> str:
    return str(run("show", record_id, "--format", "json").json["note"])


def test_undo_takes_back_what_one_command_wrote_and_then_the_one_before(run: Any) -> None:
    before = note_of(run, "003-04")
    run("correct", "003-04", "--note", "once", "--coder", "anna")
    run("correct", "003-04", "--note", "twice", "--coder", "anna")
    run(*ADD, "--element", "border", "--element", "gomel")
    told = run("undo", "--coder", "anna")
    assert told.code == 0
    assert "withdrawn statement 003-39" in told.out
    assert "withdrawn statement 003-40" in told.out
    assert "put statement 003-04 back to revision 2" in run("undo", "--coder", "anna").out
    assert note_of(run, "003-04") == "once"
    run("undo", "--coder", "anna")
    assert note_of(run, "003-04") == before
    assert "allowed: up to 0" in run("undo", "--coder", "anna").err
    assert run("verify").code == 0


def test_several_are_undone_at_once_and_only_ones_own(run: Any) -> None:
    before = note_of(run, "003-04"), note_of(run, "003-05")
    run("correct", "003-04", "--note", "once", "--coder", "anna")
    run("correct", "003-06", "--note", "his", "--coder", "ben")
    run("correct", "003-05", "--note", "twice", "--coder", "anna")
    assert run("undo", "2", "--coder", "anna").code == 0
    assert (note_of(run, "003-04"), note_of(run, "003-05"), note_of(run, "003-06")) == (*before, "his")


def test_what_somebody_changed_since_is_not_undone(run: Any) -> None:
    run("correct", "003-04", "--note", "once", "--coder", "anna")
    run("correct", "003-04", "--note", "his", "--coder", "ben")
    told = run("undo", "--coder", "anna")
    assert (told.code, "was changed since by revision 3 by ben" in told.err) == (2, True)


def test_a_retracted_record_comes_back_as_it_was(run: Any) -> None:
    shown = run("show", "003-04", "--format", "json").json
    run("retract", "003-04", "--reason", "coded twice")
    assert "restored 003-04 as revision 1 had it" in run("restore", "003-04").out
    assert run("show", "003-04", "--format", "json").json["quote"] == shown["quote"]
    assert "which is not retracted" in run("restore", "003-04").err


def test_the_same_text_and_the_same_claim_are_told(run: Any, shipped: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.txt"
    text = next((shipped.parent / "seeds").glob("003*.txt")).read_text()
    again.write_text(text.replace("Minsk", "MINSK", 1) + "\nMore of it.\n")
    added = run("add-document", again, "--outlet", "Another", "--published-on", "2022-02-27")
    assert "again shares" in added.err
    assert "again shares" in run("validate").out
    for name in ("003", "again"):
        run("correct", name, "--origin", "Agency")
    assert "again shares" not in run("validate").out
    run(*ADD, "--element", "border")
    assert "note: 003-40 repeats 003-39" in run(*ADD, "--element", "border").err


@pytest.mark.parametrize("words", [("--where", "issue=venue", "--where", "speaker=zelensky")])
def test_many_are_corrected_after_a_preview(run: Any, words: tuple[str, ...]) -> None:
    told = run("correct", *words, "--note", "read again", "--reason", "bulk")
    assert told.code == 1
    assert "would have corrected" in told.out
    assert "nothing was recorded; --yes records it" in told.err
    ids = [line.split()[3].rstrip(":") for line in told.out.splitlines() if line.startswith("would")]
    assert len(ids) > 2
    assert run("correct", *words, "--note", "read again", "--yes", "--coder", "anna").code == 0
    assert {note_of(run, name) for name in ids} == {"read again"}
    run("undo", "--coder", "anna")
    assert "read again" not in {note_of(run, name) for name in ids}


def test_where_needs_a_field_that_is_there_and_something_that_fits(run: Any) -> None:
    assert "allowed: coder" in run("correct", "--where", "nothing=x", "--note", "y", "--yes").err
    assert "no statement" in run("correct", "--where", "issue=nothing", "--note", "y", "--yes").err


def test_a_change_of_the_codebook_is_undone_with_the_records_that_it_recoded(run: Any, shipped: Path) -> None:
    text = (shipped / "codebook.toml").read_text()
    run("codebook", "rename", "venue/gomel", "homel", "--coder", "anna")
    run(*ADD, "--element", "homel", "--coder", "ben")
    undone = run("undo", "--coder", "anna")
    assert f"put the codebook back to version {SHIPPED}" in undone.out
    assert "put statement 003-09 back to revision 1" in undone.out
    assert (shipped / "codebook.toml").read_text() == text
    assert run("show", "003-39", "--format", "json").json["element"] == "gomel", "recorded since, and recoded back"
    assert "allowed: up to 0" in run("undo", "--coder", "anna").err, "what was undone is passed over"
    assert run("codebook", "check").code == run("verify").code == 0


def test_codebook_undo_and_undo_know_of_each_other(run: Any) -> None:
    run("correct", "003-04", "--note", "once", "--coder", "anna")
    run("codebook", "rename", "venue/gomel", "homel", "--coder", "anna")
    assert run("codebook", "undo", "--coder", "anna").code == 0
    assert "put statement 003-04 back to revision 1" in run("undo", "--coder", "anna").out
    for _ in range(SHIPPED - 2):
        assert run("codebook", "undo", "--coder", "anna").code == 0
    refused = run("codebook", "undo", "--coder", "anna").err
    assert "001-43 element: found 'republics-recognition'" in refused, "the version before is in use"


def test_a_change_of_the_codebook_under_a_later_one_is_not_undone(run: Any) -> None:
    run("codebook", "rename", "venue/gomel", "homel", "--coder", "anna")
    run("codebook", "rename", "venue/homel", "homiel", "--coder", "ben")
    told = run("undo", "--coder", "anna")
    assert (told.code, "changed since by ben (rename venue/homel to venue/homiel)" in told.err) == (2, True)


def test_a_bulk_correction_passes_over_what_has_the_value_already(run: Any) -> None:
    many = ("correct", "--where", "issue=venue", "--confidence", "0.5", "--yes")
    run("correct", "003-22", "--confidence", "0.5")
    first = run(*many)
    assert first.code == 0
    assert "corrected 003-22" not in first.out
    assert first.out.count("corrected ") > 10
    again = run(*many)
    assert (again.code, "nothing would change" in again.err) == (1, True)
