"""Bargaining models' files: what their readers take, what comes back equal, and what is never made up."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.errors import DataError, QueryError
from positions.exchange.bargaining_text import plain_number
from positions.exchange.coded_file import CodedFile
from positions.exchange.content import ONLY, BookContent, ExportOptions
from positions.exchange.decide import read_decide, write_decide
from positions.exchange.incoming import ImportSource
from positions.exchange.ktab import read_ktab, write_ktab
from positions.model.query import Query
from positions.model.revision import Record
from positions.workspace import open_workspace
from tests.command_line import call_command
from tests.discourse import sample
from tests.examples import golden_codebook, golden_codebook_with, golden_records, said
from tests.negotiations import write_tigray
from tests.strategies import books


def content(*records: Record, day: str | None = None, parties: tuple[str, ...] = ()) -> BookContent:
    query = Query(as_of=day)  # type: ignore[arg-type] # ISO text is read
    return BookContent(golden_codebook(), (), records, "7:abc", query, ExportOptions(parties=parties))


def decide_rows(text: str) -> list[list[str]]:
    """Read as the model does: it guesses how cells are parted and quoted from the first kilobyte."""
    dialect = csv.Sniffer().sniff(text[:1024])
    return list(csv.reader(io.StringIO(text), dialect=dialect))


def ktab_table(text: str) -> tuple[list[str], dict[str, list[float]]]:
    """Read as the model does: plain commas, the numbers of actors and dimensions first; refuse what it refuses."""
    scenario, header, *actors = [line.rstrip(",").split(",") for line in text.splitlines()]
    assert len(scenario) == 4
    assert len(actors) == int(scenario[2]) >= 3
    numbers = {}
    for name, _, *cells in actors:
        assert 0 < len(name) <= 25
        assert len(cells) == 1 + 2 * int(scenario[3])
        numbers[name] = [float(cell) for cell in cells]
        assert all(0 <= position <= 100 for position in numbers[name][1::2])
        assert sum(numbers[name][2::2]) <= 100
    return header[3::2], numbers


def test_decide_takes_positions_saliences_and_scales_as_distances_place_them() -> None:
    rows = decide_rows(write_decide(content(*golden_records(), day="2022-03-05")).files[ONLY].decode())
    positions = {(row[1], row[2]): [float(cell) for cell in row[3:6]] for row in rows if row[0] == "#D"}
    assert positions["RUS", "neutrality"] == [100, 1, 1]
    assert positions["UKR", "neutrality"] == [12.5, 0.8, 1], "the middle of a range"
    # 4/5 for preconditions, shared by the two that anybody has spoken of
    assert positions["RUS", "preconditions/demilitarisation"] == [100, 0.4, 1]
    assert ("USA", "venue/minsk") not in positions
    places = [float(row[2]) for row in rows if row[:2] == ["#M", "neutrality"]]
    assert places == [0, 25, 50, 75, 100]
    assert [row[1:3] for row in rows if row[0] == "#A"] == [
        ["RUS", "Russia"],
        ["UKR", "Ukraine"],
        ["USA", "United States"],
    ]


def test_bounds_and_statements_stand_beside_each_position() -> None:
    rows = decide_rows(write_decide(content(*golden_records(), day="2022-03-05")).files[ONLY].decode())
    (beside,) = [row[6] for row in rows if row[:3] == ["#D", "UKR", "neutrality"]]
    assert beside == "0.0 to 25.0; said 2022-03-01, s001"


def test_silence_is_no_row_and_is_listed() -> None:
    exported = write_decide(content(*golden_records(), day="2022-03-05"))
    (silent,) = [line for line in exported.left_out if line.startswith("USA, silent on ")]
    assert "preconditions/demilitarisation" in silent
    assert "the power of 3 parties: a codebook has none, each has 1" in exported.left_out
    with pytest.raises(QueryError, match="nothing to export: none of these parties holds a position"):
        write_decide(content(said("2022-03-01", "RUS", "neutrality", 1), parties=("UKR",)))
    with pytest.raises(QueryError, match="party: found 'XXX', allowed: "):
        write_decide(content(*golden_records(), parties=("XXX",)))


def test_ktab_has_only_dimensions_on_which_all_have_spoken() -> None:
    exported = write_ktab(content(*golden_records(), day="2022-03-15"))
    dimensions, numbers = ktab_table(exported.files[ONLY].decode())
    assert dimensions == ["neutrality", "preconditions/halt-attacks", "military-aid"]
    assert numbers["USA"][1::2] == [50, 100, 100]
    # 2/5, 1/5 and 3/5 of what is left
    assert numbers["USA"][2::2] == pytest.approx([100 * w / 1.2 for w in (0.4, 0.2, 0.6)], abs=1e-3)
    assert "preconditions/demilitarisation: silent are USA" in exported.left_out


def test_ktab_without_enough_to_compare_says_what_is_nearest() -> None:
    with pytest.raises(QueryError, match="party: found RUS, UKR, allowed: at least 3 with a position"):
        write_ktab(content(*golden_records(), parties=("RUS", "UKR")))
    apart = [said("2022-03-01", "RUS", "neutrality", 1, number=1), said("2022-03-01", "UKR", "neutrality", 1, number=2)]
    apart += [said("2022-03-01", "USA", "military-aid", 1, number=3)]
    with pytest.raises(QueryError, match="on no issue all of them have one; nearest is neutrality, without USA"):
        write_ktab(content(*apart))


@given(book=books())
def test_what_the_models_readers_refuse_is_never_written(book: tuple[Record, ...]) -> None:
    for write, read in ((write_decide, decide_rows), (write_ktab, ktab_table)):
        try:
            exported = write(content(*book, day="2022-03-31"))
        except QueryError:
            continue
        assert read(exported.files[ONLY].decode())


@given(name=st.text(st.characters(codec="utf-8"), min_size=1, max_size=40))
def test_names_that_would_part_cells_do_not(name: str) -> None:
    parties = [party.model_copy(update={"name": f"x{name}"}) for party in golden_codebook().parties]
    asked = content(*golden_records())
    hostile = BookContent(golden_codebook_with(parties=parties), (), asked.records, asked.head)
    rows = decide_rows(write_decide(hostile).files[ONLY].decode())
    assert {row[0] for row in rows} == {"#/", "#A", "#P", "#M", "#D"}
    assert len(ktab_table(write_ktab(hostile).files[ONLY].decode())[1]) == 3


def read(path: Path, text: str, *, ktab: bool = False) -> CodedFile:
    path.write_text(text, encoding="utf-8")
    return (read_ktab if ktab else read_decide)(ImportSource(path, golden_codebook()))


def take_in(file: Path, form: str, folder: Path) -> Path:
    """Take a model's file into a workspace of its own codebook by the commands alone."""
    words, code_map = folder.with_suffix(".words.toml"), folder.with_suffix(".map.toml")
    arguments = [str(file), "--format", form, "--data", str(folder)]
    assert call_command("init", str(folder)).code == 0
    assert call_command("import", *arguments, "--propose-codebook", str(words)).code == 0
    (folder / "codebook.toml").write_bytes(words.read_bytes())
    (folder / "lexicon.toml").unlink()
    proposed = call_command("import", *arguments, "--propose-map", str(code_map))
    assert f"--format {form} --map".encode() in proposed.err
    text = code_map.read_text("utf-8").replace('# outlet = "…"', 'outlet = "Experts"')
    code_map.write_text(text.replace('# published_on = "YYYY-MM-DD"', "published_on = 2015-12-01"), encoding="utf-8")
    answer = call_command("import", *arguments, "--map", str(code_map))
    assert answer.code == 0, answer.err
    return folder


def test_the_sample_of_decide_comes_back_with_every_position_and_salience(tmp_path: Path) -> None:
    file = sample("decide_cop21.csv")
    folder = take_in(file, "decide", tmp_path / "work")
    assert call_command("export", str(tmp_path / "back.csv"), "--format", "decide", "--data", str(folder)).code == 0
    first, back = (decide_rows(path.read_text("utf-8")) for path in (file, tmp_path / "back.csv"))
    wanted = {(row[1].lower(), row[2]): [float(cell) for cell in row[3:5]] for row in first if row[0] == "#D"}
    assert len(wanted) == 181
    assert {(row[1], row[2]): [float(cell) for cell in row[3:5]] for row in back if row[0] == "#D"} == wanted


KTAB = """Talks,"A scenario, of experts",3,2,
Actor,Description,Power,Dam,Dam weight,Tolls,Tolls weight,
UPL,Upland, 100, 75.5, 40, 0, 60,
DEL,"Delta, lower", 50, 10, 50, 100, 50,
CIT,Free City, 20, 33.3, 20, 50, 30
"""


def test_a_file_of_ktab_comes_back_with_every_position(tmp_path: Path) -> None:
    (tmp_path / "smp.csv").write_text(KTAB, encoding="utf-8")
    folder = take_in(tmp_path / "smp.csv", "ktab", tmp_path / "work")
    assert call_command("export", str(tmp_path / "back.csv"), "--format", "ktab", "--data", str(folder)).code == 0
    dimensions, numbers = ktab_table((tmp_path / "back.csv").read_text("utf-8"))
    assert dimensions == ["dam", "tolls"]
    assert [numbers[name][1::2] for name in ("upl", "del", "cit")] == [[75.5, 0], [10, 100], [33.3, 50]]
    assert numbers["cit"][2::2] == [40, 60]


def test_an_experts_number_is_nobodys_own_word(tmp_path: Path) -> None:
    (tmp_path / "smp.csv").write_text(KTAB, encoding="utf-8")
    with open_workspace(take_in(tmp_path / "smp.csv", "ktab", tmp_path / "work")) as workspace:
        positions = workspace.state().positions.values()
        notes = [record.statement.note for record in workspace.known().records]
    assert all(position.reported for position in positions)
    assert "salience 40 on Dam, power 100" in notes


def test_a_file_that_was_written_here_is_read_with_its_own_levels(tmp_path: Path) -> None:
    text = write_decide(content(*golden_records(), day="2022-03-05")).files[ONLY].decode()
    coded = read(tmp_path / "own.csv", text)
    told = {code.path: code.fields for code in coded.codes if code.fields}
    assert told["issue", "neutrality", "100"] == {"issue": "neutrality", "stance": 2}
    assert told["issue", "preconditions/halt-attacks", "100"] == {
        "issue": "preconditions",
        "element": "halt-attacks",
        "stance": 2,
    }
    assert ("issue", "neutrality", "12.5") not in told, "the middle of a range is no level"


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        ("#D\tRUS\tdam\tmany\t1\t1", "x.csv:4: found 'many', allowed: a number"),
        ("#D\tRUS\tdam\t101\t1\t1", "x.csv:4: found 101, allowed: 0 to 100"),
        ("#D\tUKR\tdam\t10\t1\t1", "x.csv:4: found actor 'UKR', which no line of the file declares"),
        ("#D\tRUS\ttolls\t10\t1\t1", "x.csv:4: found issue 'tolls', which no line of the file declares"),
        ("#X\tRUS", "x.csv:4: found '#X', allowed: "),
        ("#D\tRUS", "x.csv:4: found '#D', allowed: "),
    ],
)
def test_every_wrong_line_is_named(tmp_path: Path, line: str, finding: str) -> None:
    coded = read(tmp_path / "x.csv", f"#A\tRUS\tRussia\n#P\tdam\tThe dam\n#D\tRUS\tdam\t50,5\t1\t1\n{line}\n")
    with pytest.raises(DataError, match=finding):
        raise DataError(coded.findings)


def test_rows_of_ktab_that_lack_cells_are_named(tmp_path: Path) -> None:
    coded = read(tmp_path / "x.csv", KTAB.replace(", 50, 30\n", ", 50\n"), ktab=True)
    assert [str(one) for one in coded.findings] == ["x.csv:5: found 6 cells, allowed: 7"]
    assert read(tmp_path / "y.csv", "nothing\n", ktab=True).findings[0].message.startswith("found no dimensions")


@pytest.mark.parametrize("form", ["decide", "ktab"])
def test_another_negotiations_positions_go_out_the_same_way(tmp_path: Path, form: str) -> None:
    data = write_tigray(tmp_path / "tigray")
    target = tmp_path / "deal.csv"
    with open_workspace(data) as workspace:
        held = {key[0] for key in workspace.state().positions}
        parties = [party.id for party in workspace.codebook_for().parties if party.id in held]
    options = [word for party in parties for word in ("--party", party)]
    answer = call_command("export", str(target), "--format", form, "--data", str(data), *options)
    if form == "decide":
        rows = decide_rows(target.read_text("utf-8"))
        assert [row[1] for row in rows if row[0] == "#A"] == parties
    else:
        assert (answer.code == 0) == target.exists()
        assert answer.code == 0 or b"party: " in answer.err


@given(st.floats(0, 100))
def test_numbers_are_short_and_near(number: float) -> None:
    assert float(plain_number(number)) == pytest.approx(number, abs=5e-5)
    assert len(plain_number(number)) <= 8
