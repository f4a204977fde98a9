"""Small parts that several pages share: a party's name with its marker, the button that opens a statement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.markup import elements as html
from positions.model.document import Document
from positions.wording.party_style import PartyStyle


def aria(**words: str) -> dict[str, Any]:
    """Return attributes for assistive technology as keyword arguments: ``aria(label="Day")``."""
    return {f"aria-{name}": word for name, word in words.items()}


def data_attributes(**names: str) -> dict[str, Any]:
    """Return ``data-`` attributes, which the page's script reads, as keyword arguments."""
    return {f"data-{name}": word for name, word in names.items()}


def text_attributes(document: Document) -> dict[str, str]:
    """Return the attributes of a document's words: its language if it is known, and the direction that they have."""
    return {"dir": "auto"} | ({"lang": document.language} if document.language else {})


def party_name(party: str, styles: Mapping[str, PartyStyle]) -> html.Node:
    """Return a party's name after its marker in its hue."""
    return html.Span(styles[party].name, **party_attributes(party, styles))


def party_attributes(party: str, styles: Mapping[str, PartyStyle]) -> dict[str, Any]:
    """Return the attributes that show a party's marker before the text of an element."""
    style = styles[party]
    return {"className": f"party {style.shape}", "style": {"--hue": style.hue}}


def statement_button(statement: str, children: Any, *, name: str = "", style: str = "quote") -> html.Node:
    """Return a button that opens a statement; ``name`` is its accessible name if the text does not say enough."""
    # One listener serves all buttons: a callback input for each makes a step of the slider several times slower.
    attributes = {"data-open": statement} | (aria(label=name) if name else {})
    return html.Button(children, className=style, type="button", **attributes)
