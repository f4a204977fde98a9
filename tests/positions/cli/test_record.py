"""The scripts that update records, as an analyst runs them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import LOGGED
from tests.positions.cli.test_cli import run

__all__ = ["run"]
QUOTE = "At the moment, we're saying no to Minsk,"
ADD = [
    *("add", "--document", "003", "--quote", QUOTE, "--speaker", "zelensky", "--holder", "UKR", "--issue", "venue"),
    *("--stance", "-2", "--said-on", "2022-02-27", "--said-on-basis", "inherited", "--coder", "anna"),
]


def test_add_fills_in_offsets_party_voice_and_directness(run: Any) -> None:
    assert "added 003-39: UKR venue/border -2" in run(*ADD, "--element", "border").out
    shown = run("show", "003-39", "--format", "json").json
    assert (shown["speaker_party"], shown["voice"], shown["directness"], shown["coder"]) == (
        "UKR",
        "self",
        "direct",
        "anna",
    )
    assert shown["end"] - shown["start"] == len(QUOTE)


def test_several_places_make_one_record_each_in_one_transaction(run: Any) -> None:
    told = run(*ADD, "--element", "border", "--element", "gomel")
    assert "003-39" in told.out
    assert "003-40" in told.out
    refused = run(*ADD, "--element", "border", "--element", "moscow")
    assert refused.code == 1
    assert "element: found 'moscow', allowed: abu-dhabi" in refused.err
    assert "003-41" not in run("log", "--format", "json").out


@pytest.mark.parametrize(
    ("quote", "told"),
    [
        ("At the moment we say no to Minsk", "the nearest passage is"),
        ("Belarus", "times in the document; say which"),
    ],
)
def test_altered_and_ambiguous_quotes_are_refused(run: Any, quote: str, told: str) -> None:
    words = [quote if word == QUOTE else word for word in ADD]
    refused = run(*words, "--element", "minsk")
    assert (refused.code, refused.out) == (1, "")
    assert told in refused.err


def test_dry_run_shows_what_would_be_and_records_nothing(run: Any) -> None:
    told = run(*ADD, "--element", "border", "--dry-run")
    assert "would have added 003-39" in told.out
    assert run("show", "003-39").code == 2


def test_correct_retract_history_and_log_tell_one_story(run: Any) -> None:
    assert "corrected 000-01: stance = 1" in run("correct", "000-01", "--stance", "1", "--reason", "read again").out
    assert run("correct", "000-01", "--stance", "-1", "--replaces", "1", "--coder", "ben").code == 2
    assert "retracted 000-01" in run("retract", "000-01", "--reason", "coded twice").out
    history = run("history", "000-01", "--format", "json").json["revisions"]
    assert [(row["revision"], row["action"], row["reason"]) for row in history] == [
        (1, "add", ""),
        (2, "correct", "read again"),
        (3, "retract", "coded twice"),
    ]
    log = run("log", "-n", "2", "--format", "json").json
    assert [row["action"] for row in log["revisions"]] == ["retract", "correct"]
    assert "coded twice" in run("log", "-n", "1").out
    assert run("show", "000-01").code == 2
    assert run("verify").code == 0
    assert run("verify", "--head", log["head"]).code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("correct", "000-01"), "found nothing to change, allowed: --FIELD VALUE"),
        (("correct", "000-01", "--stance"), "allowed: --FIELD VALUE"),
        (("correct", "000-77", "--stance", "1"), "found '000-77', which was never recorded"),
        (("retract", "000-01"), "Missing option '--reason'"),
        (("history", "nothing"), "found 'nothing', which was never recorded"),
        (("import", "/nowhere.csv"), "/nowhere.csv: no such file"),
        (("import", "/"), "/: is a folder, allowed: a file"),
        (("export", ""), "'TARGET': found an empty text"),
        (("load", "/nowhere"), "/nowhere: no such folder, database or file"),
        (("diff",), "give either --from and --to"),
        (("diff", "--from", "2022-02-25"), "--from and --to go together"),
        (("diff", "--known-to", "2026-11-22"), "--known-from is missing"),
        (("add-document", "/nowhere.txt", "--published-on", "2022", "--outlet", "x"), "cannot be read"),
    ],
)
def test_a_wrong_call_is_told_with_code_2(run: Any, words: tuple[str, ...], told: str) -> None:
    found = run(*words)
    assert found.code == 2, found.out
    assert told in found.err


def test_show_puts_the_quote_in_its_context(run: Any) -> None:
    told = run("show", "003-22").out
    assert f"»{QUOTE}«" in told
    assert "Volodymyr Zelensky, President of Ukraine" in told
    assert "Kremlin ready for talks" in run("show", "003").out


def test_diff_tells_the_world_from_our_knowledge(run: Any) -> None:
    world = run("diff", "--from", "2022-02-25", "--to", "2022-04-14", "--format", "json").json
    moved = [change for change in world["changes"] if (change["holder"], change["issue"]) == ("RUS", "talks")]
    assert [(c["kind"], c["before"]["stance"], c["after"]["stance"]) for c in moved] == [("moved", 2, -1)]
    assert "first stated" in run("diff", "--from", "2022-02-25", "--to", "2022-02-28").out
    before = run("log", "-n", "1", "--format", "json").json["revisions"][0]["recorded_at"]
    run("correct", "000-01", "--stance", "1")
    knowledge = run("diff", "--known-from", before, "--format", "json").json
    assert [(row["action"], row["id"]) for row in knowledge["revisions"]] == [("correct", "000-01")]


def test_a_new_article_is_added_and_coded(run: Any, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Talks in Minsk\n\nThe Kremlin said on Monday that it was ready for talks.\n")
    words = ["add-document", article, "--published-on", "2022-02-28", "--outlet", "The Example"]
    assert "added article: Talks in Minsk" in run(*words).out
    coded = run(
        *("add", "--document", "article", "--quote", "The Kremlin said on Monday that it was ready for talks."),
        *("--speaker", "kremlin", "--holder", "RUS", "--issue", "talks", "--stance", "2", "--said-on", "2022-02-28"),
    )
    assert "added article-01" in coded.out
    article.write_bytes(b"\xff\xfe")
    assert run(*words, "--id", "other").code == 1


def test_import_export_and_load_go_round(run: Any, tmp_path: Path, shipped: Path) -> None:
    csv_file, folder = tmp_path / "all.csv", tmp_path / "out" / "data"
    assert "wrote 117 statements" in run("export", csv_file).out
    assert "imported 0 new" in run("import", csv_file).out
    assert f"wrote {LOGGED} revisions" in run("export", folder).out
    assert "loaded 0 new revisions" in run("load", folder).out
    broken = tmp_path / "broken.jsonl"
    row = json.loads((shipped / "statements.jsonl").read_text().splitlines()[0])
    broken.write_text(
        json.dumps(row | {"id": "x-1", "stance": 5}) + "\n" + json.dumps(row | {"id": "x-2", "end": 1}) + "\n"
    )
    told = run("import", broken)
    assert told.code == 1
    assert "broken.jsonl:1 stance" in told.err
    assert "broken.jsonl:2 end" in told.err


def test_backup_and_verify_name_the_file(run: Any, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "copy.db").code == 0
    assert run("backup", tmp_path / "copy.db").code == 2
    assert "0 findings" in run("verify").out
    assert run("verify", "--head", "1:0000").code == 1


def test_what_was_previewed_is_applied_only_if_nothing_it_touches_changed_since(run: Any) -> None:
    many = ("correct", "--where", "element=gomel", "--note", "seen")
    head = run(*many, "--dry-run").out.split()[-1]
    assert run("codebook", "rename", "venue/gomel", "homel", "--dry-run", "--if-unchanged", head).code == 0
    run("correct", "003-12", "--confidence", "0.5", "--coder", "ben")
    for words in (
        (*many, "--yes"),
        ("correct", "003-12", "--note", "seen"),
        ("codebook", "rename", "venue/gomel", "homel"),
    ):
        told = run(*words, "--if-unchanged", head)
        assert told.code != 0
        assert "003-12: was changed since, by revision 2 by ben" in told.err
    head = run(*many, "--dry-run").out.split()[-1]
    assert run(*many, "--yes", "--if-unchanged", head).code == 0
    assert run("codebook", "undo", "--if-unchanged", "1:0123456789ab").code != 0
