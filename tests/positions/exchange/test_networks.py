"""Networks as files: what networkx reads back, what Gephi's schema asks for, and what is never silently lost."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.errors import MissingExtraError, QueryError
from positions.exchange.content import ONLY, BookContent, Exported, ExportOptions
from positions.exchange.networks import write_gexf, write_graphml
from positions.exchange.xml_text import writable_in_xml
from positions.model.network_choices import NETWORK_KINDS, NetworkChoices
from positions.model.query import Query
from positions.model.revision import Record
from positions.wording.party_style import party_styles
from tests.command_line import call_command
from tests.examples import golden_codebook, golden_codebook_with, golden_records, said
from tests.negotiations import write_tigray
from tests.strategies import books

GEXF = "{http://gexf.net/1.3}"


def content(*records: Record, codebook: Any = None, query: Query | None = None, **options: Any) -> BookContent:
    days = {name: options.pop(name) for name in ("start", "end") if name in options}
    asked = ExportOptions(**days, network=NetworkChoices(**options))
    return BookContent(codebook or golden_codebook(), (), records, "7:abc", query or Query(), asked)


def read_graphml(exported: Exported) -> Any:
    return nx.read_graphml(io.BytesIO(exported.files[ONLY]))


def read_gexf(exported: Exported) -> Any:
    return nx.read_gexf(io.BytesIO(exported.files[ONLY]), version="1.3")


def test_graphml_holds_names_hues_weights_and_the_head_of_the_log() -> None:
    exported = write_graphml(content(*golden_records(), kind="congruence", normalisation="jaccard"))
    graph = read_graphml(exported)
    assert (graph.graph["head"], graph.graph["network"], graph.graph["normalisation"]) == (
        "7:abc",
        "congruence",
        "jaccard",
    )
    assert (graph.graph["from"], graph.graph["to"]) == ("2022-03-01", "2022-03-10")
    assert graph.nodes["UKR"]["label"] == "Ukraine"
    assert graph.nodes["UKR"]["hue"] == party_styles(golden_codebook())["UKR"].hue
    assert "preconditions/halt-attacks" in graph.edges["RUS", "UKR"]["concepts"].split()
    assert set(graph.edges["RUS", "UKR"]["statements"].split()) <= {record.statement.id for record in golden_records()}
    assert exported.summary == "a network of 3 actors and 3 ties"


@pytest.mark.parametrize("kind", NETWORK_KINDS)
@given(book=books())
def test_both_formats_read_back_hold_the_same_network(kind: Any, book: tuple[Record, ...]) -> None:
    asked = content(*book, kind=kind)
    one, two = read_graphml(write_graphml(asked)), read_gexf(write_gexf(asked))
    assert list(one.nodes) == list(two.nodes)
    weights = [{frozenset(ends): weight for *ends, weight in graph.edges(data="weight")} for graph in (one, two)]
    assert weights[0] == weights[1]
    modes = set(nx.get_node_attributes(one, "mode").values())
    assert modes <= ({"actor", "concept"} if kind in ("affiliation", "mentions") else {"actor"})


@given(name=st.text(st.characters(codec="utf-8"), max_size=20), title=st.text(max_size=10))
def test_hostile_names_come_back_but_for_what_xml_has_no_place_for(name: str, title: str) -> None:
    parties = [party.model_copy(update={"name": f"x{name}"}) for party in golden_codebook().parties]
    codebook = golden_codebook_with(parties=parties, title=f"t{title}")
    asked = content(*golden_records(), codebook=codebook)
    for graph in (read_graphml(write_graphml(asked)), read_gexf(write_gexf(asked))):
        assert graph.nodes["RUS"]["label"] == writable_in_xml(f"x{name}")
    assert read_graphml(write_graphml(asked)).graph["title"] == writable_in_xml(f"t{title}")


def test_gexf_keeps_to_its_schema_and_says_what_it_is_in_its_head() -> None:
    exported = write_gexf(content(*golden_records()))
    root = ET.fromstring(exported.files[ONLY])  # noqa: S314, our own
    assert (root.tag, root.attrib) == (f"{GEXF}gexf", {"version": "1.3"})
    meta, graph = root
    assert (meta.tag, meta.attrib) == (f"{GEXF}meta", {}), "no day of writing: the same log gives the same bytes"
    assert [child.tag.removeprefix(GEXF) for child in meta] == ["creator", "keywords", "description"]
    assert "head: 7:abc; network: affiliation" in str(meta[2].text)
    assert set(graph.attrib) == {"defaultedgetype", "mode"}
    types = {attribute.get("type") for attribute in graph.iter(f"{GEXF}attribute")}
    assert types <= {"string", "long", "double"}
    declared = {attribute.get("id") for attribute in graph.iter(f"{GEXF}attribute")}
    assert {value.get("for") for value in graph.iter(f"{GEXF}attvalue")} <= declared
    colours = [element.attrib for element in graph.iter("{http://gexf.net/1.3/viz}color")]
    assert len(colours) == 3, "one for each party"


def test_a_window_gives_a_file_for_each_day() -> None:
    exported = write_graphml(content(*golden_records(), window=3, kind="overlap"))
    assert sorted(exported.files) == [f"2022-03-{day:02}.graphml" for day in range(2, 10)]
    quiet = nx.read_graphml(io.BytesIO(exported.files["2022-03-05.graphml"]))
    assert (len(quiet), quiet.graph["from"]) == (0, "2022-03-05")
    assert exported.summary == "8 networks"
    with pytest.raises(QueryError, match="window: found a window of 400 days, allowed: as long as what was said"):
        write_graphml(content(*golden_records(), window=400))


def test_bounds_and_days_go_with_what_is_counted() -> None:
    with pytest.raises(QueryError, match="--as-of names the day of positions; statements are bounded by --from"):
        write_graphml(content(*golden_records(), query=Query(as_of="2022-03-05")))  # type: ignore[arg-type]
    with pytest.raises(QueryError, match="--from and --to bound statements; positions are those of --as-of"):
        write_graphml(content(*golden_records(), start=golden_records()[0].statement.said_on.last, basis="positions"))


def test_an_empty_book_is_an_empty_network() -> None:
    graph = read_graphml(write_graphml(content()))
    assert (len(graph), graph.graph["from"]) == (0, "")
    assert len(read_gexf(write_gexf(content()))) == 0


def test_actors_may_be_speakers() -> None:
    records = [
        said("2022-03-01", "RUS", "neutrality", 2, number=1, speaker="putin"),
        said("2022-03-01", "UKR", "neutrality", -2, number=2, speaker="unknown"),
    ]
    role = {"party": "RUS", "title": "President"}
    speakers = [{"id": "putin", "kind": "person", "name": "Vladimir Putin", "roles": [role]}]
    codebook = golden_codebook_with(speakers=speakers)
    exported = write_graphml(content(*records, codebook=codebook, actors="speaker"))
    graph = read_graphml(exported)
    assert graph.nodes["putin"]["label"] == "Vladimir Putin"
    assert graph.nodes["putin"]["hue"] == party_styles(codebook)["RUS"].hue
    assert exported.left_out == ("1 statement of speakers without a name",)


def test_levels_as_concepts_are_named_by_their_words() -> None:
    graph = read_graphml(write_graphml(content(said("2022-03-01", "RUS", "neutrality", 2), concepts="level")))
    (node,) = [name for name, mode in graph.nodes(data="mode") if mode == "concept"]
    assert node == "issue:neutrality=2"
    assert graph.nodes[node]["label"].startswith(golden_codebook().path_label("neutrality", None))


def test_without_networkx_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "networkx", None)
    with pytest.raises(MissingExtraError, match=re.escape("pip install 'positions[network]'")):
        write_graphml(content(*golden_records()))


def test_the_command_writes_the_same_bytes_and_says_what_it_left_out(shipped: Path, tmp_path: Path) -> None:
    arguments = ["--data", str(shipped), "--network", "conflict", "--from", "2022-02-24", "--to", "2022-03-31"]
    first = call_command("export", str(tmp_path / "one.graphml"), *arguments)
    call_command("export", str(tmp_path / "two.graphml"), *arguments)
    assert (tmp_path / "one.graphml").read_bytes() == (tmp_path / "two.graphml").read_bytes()
    assert b"wrote a network of" in first.out
    assert b"not of the holder's own side" in first.err


def test_positions_of_a_day_can_be_exported_of_another_negotiation(tmp_path: Path) -> None:
    data = str(write_tigray(tmp_path / "tigray"))
    options = ["--basis", "positions", "--network", "congruence"]
    result = call_command("export", str(tmp_path / "t.gexf"), "--data", data, *options)
    assert result.code == 0, result.err
    assert len(nx.read_gexf(tmp_path / "t.gexf", version="1.3")) >= 2


def test_a_format_refuses_options_that_it_has_no_use_for(shipped: Path, tmp_path: Path) -> None:
    refused = call_command("export", str(tmp_path / "x.csv"), "--data", str(shipped), "--network", "conflict")
    assert refused.code != 0
    assert b"csv: takes no network, which goes with graphml, gexf" in refused.err
    assert not (tmp_path / "x.csv").exists()


def test_a_day_goes_only_with_positions_and_options_never_with_a_folder(shipped: Path, tmp_path: Path) -> None:
    day = call_command("export", str(tmp_path / "x.csv"), "--data", str(shipped), "--as-of", "2022-03-01")
    assert b"csv: takes no as_of, which goes with graphml, gexf, decide, ktab" in day.err
    folder = call_command("export", str(tmp_path / "x"), "--data", str(shipped), "--network", "conflict")
    assert folder.code == 2
    assert b"a folder gets the whole history; these options go with a file or --format" in folder.err
    assert not list(tmp_path.glob("x*"))


def test_a_dry_run_says_what_would_be_written_and_writes_nothing(shipped: Path, tmp_path: Path) -> None:
    answer = call_command("export", str(tmp_path / "x.gexf"), "--data", str(shipped), "--dry-run")
    assert answer.code == 0
    assert answer.out.startswith(b"would write a network of ")
    assert b"left out 41 statements" in answer.err
    assert not (tmp_path / "x.gexf").exists()
