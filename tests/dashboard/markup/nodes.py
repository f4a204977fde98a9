"""Reading the elements that parts of the page are made of."""

from __future__ import annotations

from typing import Any


def text_of(component: Any) -> str:
    """All the text of a component, in reading order."""
    if component is None or isinstance(component, str | int | float):
        return "" if component is None else str(component)
    if isinstance(component, list | tuple):
        return "".join(text_of(child) for child in component)
    return text_of(getattr(component, "children", None))


def all_of(component: Any, kind: str) -> list[Any]:
    """All elements of a tag, in reading order."""
    if isinstance(component, list | tuple):
        return [found for child in component for found in all_of(child, kind)]
    own = [component] if getattr(component, "tag", None) == kind.lower() else []
    return own + (all_of(getattr(component, "children", None), kind) if hasattr(component, "children") else [])


def opened(button: Any) -> str:
    """The statement that a button opens."""
    return str(button.attributes["data-open"])
