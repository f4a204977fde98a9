"""Demands and what waits for what, in words."""

from __future__ import annotations

from positions.analysis.demands import Link
from positions.model.codebook import Codebook


def link_words(link: Link, codebook: Codebook) -> str:
    """Tell what a holder says comes only after what."""
    after, before = (codebook.path_label(*_split(path)) for path in (link.after, link.before))
    return f"{codebook.party(link.holder).name}: “{after}” only with or after “{before}” ({link.statement})"


def _split(path: str) -> tuple[str, str | None]:
    issue, _, element = path.partition("/")
    return issue, element or None
