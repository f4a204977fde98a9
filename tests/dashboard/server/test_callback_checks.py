"""No request makes the callbacks end in an error of the server, and those that a page sends are answered."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import create_app
from dashboard.server.callback_checks import PATH, refuse_call
from positions.workspace import Workspace


@pytest.fixture(scope="module")
def app(workspace: Workspace) -> Any:
    made = create_app(workspace)
    made.server.test_client().get("/")  # Dash collects its callbacks on the first request
    return made


def calls(app: Any) -> dict[str, dict[str, Any]]:
    """Return a request that each callback of the app takes, by the id of its output."""
    requests = {}
    for name, callback in app.callback_map.items():
        if "callback" not in callback:
            continue
        output = callback["output"]
        outputs = [{"id": one.component_id, "property": one.component_property} for one in _listed(output)]
        requests[name] = {
            "output": name,
            "outputs": outputs if isinstance(output, list | tuple) else outputs[0],
            "inputs": [dict(one, value=None) for one in callback["inputs"]],
            "state": [dict(one, value=None) for one in callback["state"]],
            "changedPropIds": [f"{one['id']}.{one['property']}" for one in callback["inputs"][:1]],
        }
    return requests


def _listed(output: Any) -> Any:
    return output if isinstance(output, list | tuple) else [output]


def test_what_a_page_sends_is_answered(app: Any) -> None:
    client = app.server.test_client()
    for request in calls(app).values():
        assert client.post(PATH, json=request).status_code in (200, 204)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"output": "nobody.children"}, "names no callback"),
        ({"output": 7}, "names no callback"),
        ({"outputs": []}, "other outputs"),
        ({"outputs": {"id": "page"}}, "other outputs"),
        ({"inputs": []}, "inputs are not those"),
        ({"inputs": [7, 8]}, "inputs are not those"),
        ({"inputs": None}, "inputs are not those"),
        ({"state": [{"id": "question", "property": "data"}]}, "state are not those"),
        ({"changedPropIds": ["nobody.data"]}, "which is no input"),
        ({"changedPropIds": 7}, "which is no input"),
    ],
)
def test_a_request_that_no_page_sends_is_refused(app: Any, change: dict[str, Any], told: str) -> None:
    request = calls(app)["..page.className...parts.data...written.data.."] | change
    assert told in refuse_call(json.dumps(request).encode(), app.callback_map)
    assert app.server.test_client().post(PATH, json=request).status_code == 400


@pytest.mark.parametrize("body", [b"", b"7", b"[]", b"{", b"\xff", b"[" * 100_000, b'{"output": NaN}', b"null"])
def test_a_body_that_is_not_a_request_is_refused(app: Any, body: bytes) -> None:
    assert app.server.test_client().post(PATH, data=body, content_type="application/json").status_code == 400


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.just("/movement?as_of=2022-13-99"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["points", "customdata", "statement", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_values_are_answered_or_refused_without_a_word_in_the_log(app: Any, data: st.DataObject) -> None:
    known = calls(app)
    request = json.loads(json.dumps(known[data.draw(st.sampled_from(sorted(known)))]))
    for one in (*request["inputs"], *request["state"]):
        one["value"] = data.draw(VALUES)
    request["changedPropIds"] = [data.draw(st.sampled_from(request["changedPropIds"]))]
    for part in data.draw(
        st.lists(st.sampled_from(["output", "outputs", "inputs", "state", "changedPropIds"]), max_size=1)
    ):
        request[part] = data.draw(VALUES)
    words: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = words.append  # type: ignore[method-assign]
    app.server.logger.addHandler(handler)
    try:
        answer = app.server.test_client().post(PATH, data=json.dumps(request), content_type="application/json")
    finally:
        app.server.logger.removeHandler(handler)
    assert answer.status_code in (200, 204, 400)
    assert words == []


def test_a_click_on_no_statement_changes_nothing(app: Any) -> None:
    request = next(call for name, call in calls(app).items() if "url.pathname" in name)
    for asked in ({"statement": None}, {"statement": ""}, {"day": "2022-02-27"}, {}, None):
        for one in request["inputs"]:
            if one["id"] == "asked":
                one["value"] = asked
        request["changedPropIds"] = ["asked.data"]
        answer = app.server.test_client().post(PATH, json=request)
        assert answer.status_code == 200
        assert answer.get_json()["response"]["question"]["data"] == "/"
