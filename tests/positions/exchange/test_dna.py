"""Databases of the Discourse Network Analyzer: every quote equal, both schemas, and files that mean harm."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.errors import DataError, WorkspaceError
from positions.exchange.coded_file import CodedFile
from positions.exchange.dna import read_dna
from positions.exchange.incoming import ImportSource
from positions.workspace import open_workspace
from tests.command_line import call_command
from tests.discourse import sample, sample_codings, slow_one_mode
from tests.dna_files import Said, codebook_of, take_in, write_dna
from tests.examples import golden_codebook

TEXT = "Ann said that dams help everybody here. Bob replied that dams help nobody at all."
SAID = [
    Said("dams help everybody here"),
    Said("dams help nobody at all", "Bob", "Anglers", agrees=False),
]


def read(path: Path) -> CodedFile:
    return read_dna(ImportSource(path, golden_codebook()))


def quotes(coded: CodedFile) -> list[str]:
    texts = {source.key: source.text for source in coded.sources}
    return [texts[one.source][one.start : one.end] for one in coded.passages]


def test_all_quotes_of_the_sample_are_those_that_its_own_database_cuts_out() -> None:
    query = "select substr(Text, Start + 1, Stop - Start) from STATEMENTS s join DOCUMENTS d on d.ID = s.DocumentId"
    with closing(sqlite3.connect(f"{sample('sample.dna').as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        own = [words for (words,) in connection.execute(f"{query} order by s.ID")]
    coded = read(sample("sample.dna"))
    assert quotes(coded) == own
    assert (len(own), len(coded.sources)) == (41, 7)
    assert sum(bool(one.codes) for one in coded.passages) == 40
    assert "6 regular expressions" in coded.left_out


def test_the_sample_becomes_a_book_whose_networks_are_the_analyzers(tmp_path: Path) -> None:
    folder = take_in(sample("sample.dna"), tmp_path / "work")
    with open_workspace(folder) as workspace:
        records = workspace.known().records
        codebook = workspace.codebook_for()
    assert len(records) == 40
    assert {record.statement.voice for record in records} == {"self"}
    names = {party.id: party.name for party in codebook.parties}
    codings = sample_codings()
    for kind in ("congruence", "conflict"):
        for normalisation in ("no", "average", "jaccard", "cosine"):
            target = tmp_path / f"{kind}-{normalisation}.graphml"
            options = ["--network", kind, "--normalise", normalisation, "--data", str(folder)]
            assert call_command("export", str(target), *options).code == 0
            graph = nx.read_graphml(target)
            expected = slow_one_mode(codings, kind, normalisation)
            for one in graph:
                for two in graph:
                    if one != two:
                        weight = graph.edges[one, two]["weight"] if graph.has_edge(one, two) else 0
                        assert weight == pytest.approx(expected[names[one], names[two]], abs=1e-9)


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    database = write_dna(tmp_path / "x.dna", TEXT, SAID)
    folder = take_in(database, tmp_path / "work")
    again = call_command("import", str(database), "--map", str(tmp_path / "work.map.toml"), "--data", str(folder))
    assert b"imported 0 new documents and 0 new statements" in again.out


@pytest.mark.parametrize("schema", [2, 3])
def test_both_schemas_bring_the_same(tmp_path: Path, schema: int) -> None:
    coded = read(write_dna(tmp_path / "x.dna", TEXT, SAID, schema=schema))
    assert quotes(coded) == [one.quote for one in SAID]
    assert coded.sources[0].fields["published_on"] == "2005-03-02"
    assert coded.passages[1].codes == (
        ("person", "Bob"),
        ("organization", "Anglers"),
        ("concept", "Dams help"),
        ("agreement", "no"),
    )
    assert coded.passages[0].fields == {"coder": "Ada"}


@given(before=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30))
def test_offsets_are_javas_and_stay_right_behind_any_sign(
    tmp_path_factory: pytest.TempPathFactory, before: str
) -> None:
    text = f"{before}😀 Ann said that dams help. {before}"
    path = write_dna(tmp_path_factory.mktemp("dna") / "x.dna", text, [Said("Ann said that dams help")])
    assert quotes(read(path)) == ["Ann said that dams help"]


def test_a_proposed_codebook_has_parties_speakers_with_roles_and_issues(tmp_path: Path) -> None:
    database = write_dna(tmp_path / "x.dna", TEXT, [*SAID, Said("Ann said that dams", organization="Anglers")])
    codebook = codebook_of(take_in(database, tmp_path / "work"))
    assert [party.name for party in codebook.parties] == ["Mill", "Anglers"]
    assert [role.party for role in codebook.speaker("ann").roles] == ["mill", "anglers"]
    assert [issue.label for issue in codebook.issues] == ["Dams help"]


def test_names_that_mean_harm_make_a_codebook_that_can_be_read(tmp_path: Path) -> None:
    said = Said("Ann said that dams help", '"""\n[[parties]]', "…", "=cmd|' /C calc'!A0 \\ \u202e")
    codebook = codebook_of(take_in(write_dna(tmp_path / "x.dna", TEXT, [said]), tmp_path / "work"))
    assert codebook.parties[0].name == "…"
    assert codebook.issues[0].label == "=cmd|' /C calc'!A0 \\ \u202e"


def test_without_a_map_the_command_says_how_to_get_one(tmp_path: Path, shipped: Path) -> None:
    database = write_dna(tmp_path / "x.dna", TEXT, SAID)
    answer = call_command("import", str(database), "--data", str(shipped))
    assert answer.code != 0
    assert b"--propose-map" in answer.err


def change(path: Path, script: str) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
    return path


@pytest.mark.parametrize(
    ("script", "finding"),
    [
        ("update STATEMENTS set Stop = 9999 where ID = 1", "statement 1 Start: found 0?.* to 9999"),
        ("update STATEMENTS set Start = 'x' where ID = 2", "statement 2 Start: found 'x' to "),
        ("update STATEMENTS set DocumentId = 7 where ID = 1", "statement 1 DocumentId: found 7, which is no document"),
        ("update DOCUMENTS set Date = 'soon'", "document 1 Date: found 'soon', allowed: a time"),
        ("update DOCUMENTS set Date = 99999999999999999", "document 1 Date: found 99999999999999999"),
    ],
)
def test_what_a_row_has_wrong_is_named_with_its_number(tmp_path: Path, script: str, finding: str) -> None:
    coded = read(change(write_dna(tmp_path / "x.dna", TEXT, SAID), script))
    with pytest.raises(DataError, match=finding):
        raise DataError(coded.findings)


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("drop table VARIABLES", "VARIABLES: missing, or no table of its own"),
        (
            "alter table DOCUMENTS rename to D; create view DOCUMENTS as select * from D",
            "DOCUMENTS: missing, or no table of its own",
        ),
        (
            "drop table CODERS; create table CODERS(ID integer, Name text generated always as (hex(zeroblob(9))))",
            "CODERS: has computed columns, which are not run",
        ),
        ("alter table STATEMENTS rename column Stop to Halt", "is damaged: no such column: Stop"),
    ],
)
def test_views_and_functions_of_a_foreign_file_are_never_run(tmp_path: Path, script: str, message: str) -> None:
    path = change(write_dna(tmp_path / "x.dna", TEXT, SAID), script)
    with pytest.raises(DataError, match=message):
        read(path)


def test_files_that_are_no_database_or_damaged_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "x.dna"
    other.write_bytes(b"PK\x03\x04")
    with pytest.raises(DataError, match="is no SQLite database"):
        read(other)
    whole = write_dna(tmp_path / "y.dna", TEXT * 500, SAID).read_bytes()
    (tmp_path / "z.dna").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DataError, match=r"z\.dna: is damaged: "):
        read(tmp_path / "z.dna")


def test_a_database_that_is_being_written_to_is_refused_and_none_is_ever_changed(tmp_path: Path) -> None:
    path = write_dna(tmp_path / "x.dna", TEXT, SAID)
    before = path.read_bytes()
    path.chmod(0o444)
    read(path)
    assert path.read_bytes() == before
    assert {file.name for file in tmp_path.iterdir()} == {"x.dna"}
    (tmp_path / "x.dna-wal").write_bytes(b"pages")
    with pytest.raises(WorkspaceError, match=r"is open in another program \(x\.dna-wal\); close it there first"):
        read(path)


def test_a_document_without_a_text_is_listed(tmp_path: Path) -> None:
    script = "insert into DOCUMENTS values (2, 'Empty', '', 1, '', 'Committee', '', '', '', 0)"
    coded = read(change(write_dna(tmp_path / "x.dna", TEXT, SAID), script))
    assert "1 document without a text" in coded.left_out
    assert len(coded.sources) == 1
