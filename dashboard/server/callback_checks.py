"""Refuse requests to the callbacks that no page of ours sends, with status 400, before Dash reads them.

Dash answers a request that it cannot follow with an error of the server and a traceback in the log.
"""

from __future__ import annotations

import json
import math
from typing import Any, Final

from dash import Dash
from flask import Flask, Response, request

PATH: Final = "/_dash-update-component"
KINDS: Final[dict[str, type | tuple[type, ...]]] = {
    "asked.data": dict,
    "n_intervals": int,
}
"""The values that a property may have beside ``None``, by its name or its component and name; others are texts."""


def add_callback_checks(app: Dash) -> None:
    """Check each request to the callbacks of an app, once these are registered."""
    server: Flask = app.server

    @server.before_request
    def check() -> Response | None:
        if request.path != PATH or request.method != "POST":
            return None
        why = refuse_call(request.get_data(), app.callback_map)
        return Response(f"{why}\n", status=400, mimetype="text/plain") if why else None


def refuse_call(content: bytes, callbacks: Any) -> str:
    """Return in a sentence why the body of a request calls no callback of the map; empty if it calls one."""
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        return "The request is not JSON."
    if not isinstance(body, dict) or not isinstance(body.get("output"), str) or body["output"] not in callbacks:
        return "The request names no callback of this dashboard."
    callback = callbacks[body["output"]]
    if "callback" not in callback:
        return "The request names a callback that runs in the browser."
    if not _are_outputs(body.get("outputs"), callback["output"]):
        return "The request names other outputs than its callback has."
    for part, wanted in (("inputs", callback["inputs"]), ("state", callback["state"])):
        values = body.get(part, [])
        if not isinstance(values, list) or len(values) != len(wanted) or not all(map(_is_value, values, wanted)):
            return f"The request's {part} are not those of its callback."
    changed = body.get("changedPropIds", [])
    names = {f"{one['id']}.{one['property']}" for one in callback["inputs"]}
    if not isinstance(changed, list) or not all(isinstance(name, str) and name in names for name in changed):
        return "The request says that something changed which is no input of its callback."
    return ""


def _are_outputs(given: Any, output: Any) -> bool:
    wanted = output if isinstance(output, list | tuple) else [output]
    listed = given if isinstance(given, list) else [given]
    return len(listed) == len(wanted) and all(
        isinstance(one, dict)
        and one.get("id") == two.component_id
        # A second callback of the same output has a mark after its name.
        and str(one.get("property")).partition("@")[0] == two.component_property
        for one, two in zip(listed, wanted, strict=True)
    )


def _is_value(given: Any, wanted: dict[str, str]) -> bool:
    """Return whether an input names the component and property that are wanted, with a value of the right kind."""
    if not isinstance(given, dict) or any(given.get(name) != wanted[name] for name in ("id", "property")):
        return False
    value, prop = given.get("value"), wanted["property"]
    kind = KINDS.get(f"{wanted['id']}.{prop}", KINDS.get(prop, str))
    if value is None:
        return True
    if isinstance(value, bool):
        return kind is bool
    return isinstance(value, kind) and not (isinstance(value, float) and not math.isfinite(value))
