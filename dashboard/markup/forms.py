"""Form fields that change the view."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from dashboard.markup import elements as html
from dashboard.query.view import View


def boolean_attribute(name: str, is_set: bool) -> dict[str, Any]:
    """Return an attribute that is present or absent, such as ``checked``, as keyword arguments."""
    return {name: name} if is_set else {}


def day_field(label: str, name: str, day: date | None) -> html.Node:
    """Return an input for a day."""
    return html.Label([label, html.Input(type="date", name=name, value=day.isoformat() if day else "")])


def choice_field(label: str, name: str, options: Iterable[tuple[str, str]], chosen: str | None) -> html.Node:
    """Return a select field; ``options`` are values with their labels."""
    items = [
        html.Option(words, value=value, **boolean_attribute("selected", value == chosen)) for value, words in options
    ]
    return html.Label([label, html.Select(items, name=name)])


def hidden_fields(view: View, *, without: Collection[str] = ()) -> list[Any]:
    """Return the parts of a view's address as hidden fields, except those named in ``without``."""
    parts = parse_qsl(view.query_string().removeprefix("?"))
    return [html.Input(type="hidden", name=name, value=value) for name, value in parts if name not in without]
