"""What the server draws of a page before any script runs: the shell as HTML text, its parts and charts in their places.

The page's script moves the same parts into the app once that is there, so nothing on the page moves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from dash.development.base_component import Component

from dashboard.components.heatmap import build_heatmaps
from dashboard.components.small_multiples import build_small_charts
from dashboard.components.statement import build_record, view_in_document
from dashboard.markup.html_text import DRAWN_NAMES, DRAWN_TAGS, write_nodes
from dashboard.markup.serialise import serialise_part
from dashboard.pages.overview import late_parts
from dashboard.query.case import Picture
from dashboard.query.source import CaseStore
from dashboard.query.view import PAGE_IDS, View
from dashboard.shell.callbacks import page_class, write_parts
from dashboard.shell.open_statement import is_beside
from positions.wording.party_style import party_styles

_NAMES: Final = {"className": "class", "tabIndex": "tabindex", "htmlFor": "for"}
_VOID: Final = frozenset({"br", "input", "hr"})


@dataclass(frozen=True, slots=True)
class _Filling:
    """HTML text by the id of the element that it fills; the classes of the page."""

    texts: Mapping[str, str]
    page_class: str


def write_first_content(shell: Component, view: View, source: CaseStore) -> str:
    """Return the HTML text of a view's page as the shell and its callbacks will show it.

    ``view`` is a fitted one. What only a script can draw is left out. Raises what reading the record book raises.
    """
    case = source.case(view)
    return case.answer_once(("first content", view), lambda: _write_page(shell, view, source))


def _write_page(shell: Component, view: View, source: CaseStore) -> str:
    picture, written = source.picture(view), write_parts(view, source)
    drawer = ""
    if picture is not None:
        record = _record(picture, view, source)
        written |= _late_parts(picture, view)
        written = {name: _link_quotes(nodes, picture, record) for name, nodes in written.items()}
        if record and not is_beside(view):
            drawer = f"<noscript>{write_nodes(_link_quotes(record, picture))}</noscript>"
    texts = {name: write_nodes(nodes, tags=DRAWN_TAGS, names=DRAWN_NAMES) for name, nodes in written.items()}
    return _write(shell, _Filling(texts, page_class(view, empty=picture is None))) + drawer


def _late_parts(picture: Picture, view: View) -> dict[str, list[Any]]:
    """Return what further callbacks write on the first page of a case that is not long."""
    if view.page != PAGE_IDS[0] or picture.case.is_long:
        return {}
    styles = party_styles(picture.case.codebook)
    late: dict[str, Any] = {
        **late_parts(picture, view),
        "heat": build_heatmaps(picture.case, view, styles),
        "multiples": build_small_charts(picture.case, view, styles),
    }
    return {name: serialise_part(part) for name, part in late.items()}


def _record(picture: Picture, view: View, source: CaseStore) -> list[Any]:
    """Return the record of the statement that the view opens; empty if it opens none."""
    record = picture.case.records.get(view.statement) if view.statement else None
    if record is None:
        return []
    history = source.revisions(record.statement.id)
    return serialise_part(build_record(record, picture, party_styles(picture.case.codebook), history, view))


def _link_quotes(nodes: Sequence[Any], picture: Picture, beside: Sequence[Any] = ()) -> list[Any]:
    """Return serialised nodes with links to the quotes that buttons open, and a record beside its document."""
    linked: list[Any] = []
    for node in nodes:
        if isinstance(node, str):
            linked.append(node)
            continue
        tag, attributes, inside = node
        if quote := attributes.get("data-open"):
            to = view_in_document(picture.case.records[quote], picture).address()
            kept = {name: attributes[name] for name in ("class", "aria-label") if name in attributes}
            tag, attributes = "a", {"href": to, **kept}
        if attributes.get("data-part") == "beside":
            inside = beside
        linked.append([tag, attributes, _link_quotes(inside, picture, beside)])
    return linked


def _write(component: Any, filling: _Filling) -> str:
    if component is None:
        return ""
    if isinstance(component, list | tuple):
        return "".join(_write(one, filling) for one in component)
    if not isinstance(component, Component):
        return escape(str(component), quote=False)
    props = component.to_plotly_json()["props"]  # type: ignore[no-untyped-call]
    name, kind = str(props.get("id", "")), component._type
    if component._namespace != "dash_html_components":
        return ""
    tag = kind.lower()
    content = filling.texts.get(name, "") if name in filling.texts else _write(props.get("children"), filling)
    if name == "page":
        props = {**props, "className": filling.page_class}
    if name in filling.texts:
        props = {**props, "data-first": True}
    return f"<{tag}{_attributes(props)}>" + ("" if tag in _VOID else f"{content}</{tag}>")


def _attributes(props: Mapping[str, Any]) -> str:
    texts = []
    for name, value in sorted(props.items()):  # Dash keeps some in a set, whose order differs from start to start
        if name == "children" or value is None or value is False:
            continue
        if name == "style":
            value = ";".join(f"{setting}:{one}" for setting, one in value.items())
        name = _NAMES.get(name, name).lower()
        texts.append(f" {name}" if value is True else f' {name}="{escape(str(value))}"')
    return "".join(texts)
