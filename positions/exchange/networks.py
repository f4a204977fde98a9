"""Networks of a book as GraphML and GEXF, which R, Gephi and visone open; networkx (extra ``network``) writes them."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from positions.analysis.networks.network import Network, Tie, build_network
from positions.analysis.networks.referrals import (
    Concept,
    Referral,
    Referrals,
    referrals_of_positions,
    referrals_of_statements,
    windows,
)
from positions.analysis.state import state_at
from positions.errors import MissingExtraError, QueryError
from positions.exchange.content import ONLY, BookContent, Exported
from positions.exchange.xml_text import writable_in_xml
from positions.model.codebook import Codebook
from positions.model.lists import count_words, join_words
from positions.model.query import answerable_day
from positions.wording.party_style import party_styles

if TYPE_CHECKING:
    import networkx as nx

Graph: TypeAlias = "nx.Graph[str]"
WriteGraph: TypeAlias = Callable[[Graph], bytes]


def write_graphml(content: BookContent) -> Exported:
    """Return the network that the options ask for as GraphML, or a file of it for each day's window."""
    return _write(content, _graphml_bytes, ".graphml")


def write_gexf(content: BookContent) -> Exported:
    """Return the network that the options ask for as GEXF 1.3, or a file of it for each day's window."""
    return _write(content, _gexf_bytes, ".gexf")


def network_referrals(content: BookContent) -> tuple[Referrals, tuple[date, date] | None]:
    """Return what a network of the content counts, and the days that it covers (``None`` if nothing was said).

    Raises ``QueryError`` for bounds that do not go with what is counted.
    """
    options, choices = content.options, content.options.network
    if choices.basis == "positions":
        if options.start or options.end:
            raise QueryError("--from and --to bound statements; positions are those of --as-of")
        days = tuple(sorted({record.statement.said_on.last for record in content.records}))
        day = answerable_day(content.query.as_of, days, query=content.query)
        state = state_at(content.records, content.codebook, as_of=day)
        return referrals_of_positions(state, content.codebook, choices), (day, day)
    if content.query.as_of is not None:
        raise QueryError("--as-of names the day of positions; statements are bounded by --from and --to")
    referrals = referrals_of_statements(content.records, content.codebook, choices, span=(options.start, options.end))
    said = [row.day for row in referrals.rows]
    first, last = options.start or min(said, default=None), options.end or max(said, default=None)
    return referrals, (first, last) if first and last else None


def _write(content: BookContent, write: WriteGraph, ending: str) -> Exported:
    referrals, span = network_referrals(content)
    length = content.options.network.window
    if length is None:
        graph = _graph(content, referrals.rows, span)
        return Exported({ONLY: write(graph)}, referrals.left_out, _size_words(graph))
    slices = windows(referrals.rows, length, span) if span else ()
    files = {f"{middle.isoformat()}{ending}": write(_graph(content, rows, (middle, middle))) for middle, rows in slices}
    if not files:
        raise QueryError(f"found a window of {length} days, allowed: as long as what was said at most", field="window")
    return Exported(files, referrals.left_out, count_words(len(files), "network"))


def _size_words(graph: Graph) -> str:
    modes = Counter(mode for _, mode in graph.nodes(data="mode"))
    nodes = [count_words(modes[mode], mode) for mode in ("actor", "concept") if modes[mode]]
    return f"a network of {join_words([*nodes, count_words(graph.number_of_edges(), 'tie')])}"


def _graph(content: BookContent, rows: tuple[Referral, ...], span: tuple[date, date] | None) -> Graph:
    """Return a network with the attributes of its nodes, of its ties and of itself, ready to be written."""
    try:
        from networkx import Graph as NetworkxGraph
    except ImportError:
        raise MissingExtraError("A network", "network") from None
    choices = content.options.network
    network = build_network(rows, content.codebook, choices)
    graph: Graph = NetworkxGraph(**_graph_words(content, span))
    for name, words in (*_actor_nodes(network, content.codebook), *_concept_nodes(network, content.codebook)):
        graph.add_node(name, **_writable(words))
    for tie in network.ties:
        graph.add_edge(tie.source, _node_id(tie.target), **_writable(_tie_words(tie)))
    return graph


def _graph_words(content: BookContent, span: tuple[date, date] | None) -> dict[str, str]:
    choices = content.options.network
    first, last = span or ("", "")
    return _writable(
        {
            "title": content.codebook.title,
            "head": content.head,
            "network": choices.kind,
            "normalisation": choices.normalisation,
            "basis": choices.basis,
            "qualifier": choices.qualifier,
            "duplicates": choices.duplicates,
            "from": str(first),
            "to": str(last),
            "known_at": str(content.query.known_at or ""),
            "public_by": str(content.query.public_by or ""),
        }
    )


def _actor_nodes(network: Network, codebook: Codebook) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each actor's id and attributes; a speaker has the hue of the first party that it ever spoke for."""
    styles = party_styles(codebook)
    parties = {party.id for party in codebook.parties}
    for actor in network.actors:
        speaker = None if actor in parties else codebook.speaker(actor)
        party = actor if speaker is None else next((role.party for role in speaker.roles), "")
        name = speaker.name if speaker else codebook.party(actor).name
        words = {"label": name, "mode": "actor", "kind": speaker.kind if speaker else "party"}
        hue = styles[party].hue if party else ""
        yield actor, words | {"issue": "", "hue": hue, "frequency": network.frequency.get(actor, 0)}


def _concept_nodes(network: Network, codebook: Codebook) -> Iterator[tuple[str, dict[str, Any]]]:
    for concept in network.concepts:
        issue = codebook.issue(concept.issue)
        label = codebook.path_label(concept.issue, concept.element)
        if concept.stance is not None:
            label = f"{label}: {issue.level_words(concept.stance)}"
        words = {"label": label, "mode": "concept", "kind": issue.kind, "issue": issue.id, "hue": ""}
        yield _node_id(concept), words | {"frequency": network.frequency.get(concept, 0)}


def _tie_words(tie: Tie) -> dict[str, Any]:
    return {
        "weight": tie.weight,
        "raw": tie.raw,
        "mentions": tie.mentions,
        "concepts": " ".join(_concept_id(concept) for concept in tie.concepts),
        "statements": " ".join(tie.basis),
    }


def _concept_id(concept: Concept) -> str:
    """Write a concept as a node's id does behind its mark: ``venue/minsk``, ``venue/minsk=2``."""
    name = concept.issue if concept.element is None else f"{concept.issue}/{concept.element}"
    return name if concept.stance is None else f"{name}={concept.stance}"


def _node_id(target: str | Concept) -> str:
    """Return a node's id: an actor's own, a concept's behind a mark that no actor's id can have."""
    return target if isinstance(target, str) else f"issue:{_concept_id(target)}"


def _writable(words: dict[str, Any]) -> dict[str, Any]:
    return {name: writable_in_xml(word) if isinstance(word, str) else word for name, word in words.items()}


def _graphml_bytes(graph: Graph) -> bytes:
    # Not networkx.write_graphml, which writes otherwise where lxml is installed.
    from networkx.readwrite.graphml import GraphMLWriter

    writer = GraphMLWriter(encoding="utf-8", prettyprint=True, infer_numeric_types=False, named_key_ids=True)
    writer.add_graph_element(graph)
    target = io.BytesIO()
    writer.dump(target)
    return target.getvalue()


def _gexf_bytes(graph: Graph) -> bytes:
    """Return a graph as GEXF 1.3, which has no attributes of the whole graph: they are its description."""
    from networkx.readwrite.gexf import GEXFWriter

    coloured = graph.copy()
    for _, words in coloured.nodes(data=True):
        if hue := words.get("hue"):
            red, green, blue = (int(hue[place : place + 2], 16) for place in (1, 3, 5))
            words["viz"] = {"color": {"r": red, "g": green, "b": blue, "a": 1.0}}
    writer = GEXFWriter(coloured, encoding="utf-8", prettyprint=True, version="1.3")
    _mend_head(writer, graph.graph)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _mend_head(writer: Any, words: dict[str, str]) -> None:
    """Leave out of a file's head what the schema of GEXF 1.3 does not allow, and the day on which it was written."""
    from xml.etree.ElementTree import SubElement

    for name in [name for name in writer.xml.attrib if name.startswith("x") and name != "xmlns"]:
        del writer.xml.attrib[name]  # a schema location in a namespace that is not XML Schema's
    writer.graph_element.attrib.pop("name", None)
    meta = writer.xml.find("meta")
    meta.attrib.clear()
    meta.find("creator").text = "positions"
    SubElement(meta, "keywords").text = ", ".join((words["network"], words["basis"]))
    SubElement(meta, "description").text = "; ".join(f"{name}: {word}" for name, word in words.items() if word)
