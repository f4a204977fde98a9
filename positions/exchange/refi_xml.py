"""What REFI-QDA's two kinds of files share: their names, their XML, and how a codebook is written in both."""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from typing import Final

from positions.errors import DataError, Finding
from positions.exchange.coded_file import CodePath
from positions.exchange.own_codes import OwnCodes
from positions.exchange.own_record import xml_text
from positions.model.codebook import Codebook
from positions.model.statement import Statement
from positions.wording.party_style import party_styles

PROJECT: Final = "urn:QDA-XML:project:1.0"
"""The namespace of a project (``.qde`` in a ``.qdpx``)."""
CODEBOOK: Final = "urn:QDA-XML:codebook:1.0"
"""The namespace of a codebook alone (``.qdc``)."""
ORIGIN: Final = "positions"
_NAMES: Final = uuid.UUID("6c0d7a0e-5b0f-5d7e-9a43-2f7a1c7f3f10")
_SCHEMAS: Final = {PROJECT: "Project", CODEBOOK: "Codebook"}
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"


def guid_of(kind: str, *content: str) -> str:
    """Return the identifier of what has this content: the same for the same, in any export."""
    return str(uuid.uuid5(_NAMES, "\x1f".join((kind, *content)))).upper()


def new_root(name: str, namespace: str) -> ET.Element:
    """Return a root element with its namespace and the address of its schema."""
    location = (
        f"{namespace} http://schema.qdasoftware.org/versions/{_SCHEMAS[namespace]}/v1.0/{_SCHEMAS[namespace]}.xsd"
    )
    attributes = {"xmlns": namespace, "xmlns:xsi": _XSI, "xsi:schemaLocation": location, "origin": ORIGIN}
    return ET.Element(name, attributes)


def add_element(parent: ET.Element, name: str, text: str = "", /, **attributes: str) -> ET.Element:
    """Add an element with attributes and a text as XML can hold them; empty attributes are left out."""
    element = ET.SubElement(parent, name, {key: xml_text(value) for key, value in attributes.items() if value})
    element.text = xml_text(text) or None
    return element


def xml_bytes(root: ET.Element) -> bytes:
    """Return a tree as an indented file in UTF-8."""
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def code_guid(path: CodePath) -> str:
    """Return the identifier of a code."""
    return guid_of("code", *path)


def add_codes(parent: ET.Element, codebook: Codebook, statements: Iterable[Statement]) -> None:
    """Add a codebook's codes, of its speakers those that some statements have: a list of hundreds hides the issues.

    Codes that only hold others cannot be coded with. Parties have their hues.
    """
    own = OwnCodes(codebook)
    used = {path for statement in statements for path in own.of(statement)}
    codes = add_element(parent, "Codes")
    hues = {party: style.hue for party, style in party_styles(codebook).items()}
    elements: dict[CodePath, ET.Element] = {}
    for code in own.codes:
        if {"speaker", "relayed_by"} & set(code.fields) and code.path not in used:
            continue
        element = add_element(
            elements.get(code.path[:-1], codes),
            "Code",
            guid=code_guid(code.path),
            name=code.path[-1],
            isCodable="true" if code.fields else "false",
            color=hues.get(str(code.fields.get("holder")), ""),
        )
        if code.description:
            add_element(element, "Description", code.description)
        elements[code.path] = element


def parse_xml(content: bytes, *, where: str) -> ET.Element:
    """Read a file's XML; raise ``DataError`` if it is none, or declares entities, which may swell to any size."""
    builder = ET.TreeBuilder(insert_comments=False, insert_pis=False)
    parser = ET.XMLParser(target=_Plain(builder, where))  # noqa: S314, entities are refused with their declaration
    try:
        parser.feed(content)
        root: ET.Element = parser.close()
    except (ET.ParseError, ValueError, LookupError) as error:
        raise DataError([Finding(where, "", f"cannot be read as XML: {error}")]) from None
    return root


class _Plain:
    """Builds a tree and refuses a document type, which these files never have."""

    def __init__(self, builder: ET.TreeBuilder, where: str) -> None:
        self.start, self.end, self.data, self.close = builder.start, builder.end, builder.data, builder.close
        self._where = where

    def doctype(self, *names: str | None) -> None:
        raise DataError([Finding(self._where, "", f"declares a document type ({names[0]}), which no such file has")])


def children(element: ET.Element | None, *names: str) -> Iterable[ET.Element]:
    """Return the child elements of these names in any namespace, in the file's order; none of ``None``."""
    return () if element is None else (one for one in element if local_name(one) in names)


def local_name(element: ET.Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2]
