"""The languages of documents, as BCP 47 writes them."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

Language: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$", max_length=35)]
"""A language tag of BCP 47: ``ru``, ``pt-BR``, ``zh-Hant``."""


def base_language(tag: str) -> str:
    """Return a tag's language without script and region, in lower case: ``pt`` of ``pt-BR``."""
    return tag.partition("-")[0].lower()
