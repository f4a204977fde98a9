"""Drawings read back as XML."""

from __future__ import annotations

import xml.etree.ElementTree as ET

SPACE = "{http://www.w3.org/2000/svg}"


def parse_svg(text: str) -> ET.Element:
    """Read a drawing; its own escaping is what the tests look at."""
    return ET.fromstring(text)  # noqa: S314  the text is of our own making


def texts(root: ET.Element) -> list[str]:
    """Return the lines of text in a drawing."""
    return ["".join(text.itertext()) for text in root.iter(f"{SPACE}text")]
