from __future__ import annotations

import re
import time
from typing import Any

import pytest
from flask import Flask, request
from werkzeug.datastructures import Headers

from dashboard import create_app
from dashboard.editing import access as guard
from dashboard.editing.access import (
    TRIES,
    WAIT_SECONDS,
    AttemptLimiter,
    client_address,
    constant_time_equal,
    host_of,
    is_loopback,
    refuse_foreign,
    refuse_outsider,
)
from dashboard.settings import Settings
from positions.workspace import Workspace


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.8.9.1", "::1", "[::1]"])
def test_this_machine_is_known_by_name_and_number(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    ["", "0.0.0.0", "::", "192.168.0.4", "localhost.example.org", "127.0.0.1.example.org", "example.org"],  # noqa: S104
)
def test_other_hosts_are_not_this_machine(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("header", "host"),
    [("localhost:8050", "localhost"), ("[::1]:8050", "::1"), ("example.org", "example.org"), ("", ""), ("[::1", "")],
)
def test_a_host_header_is_read_without_its_port(header: str, host: str) -> None:
    assert host_of(header) == host


@pytest.mark.parametrize(
    ("headers", "address", "told"),
    [
        ({"Host": "localhost:8050"}, "127.0.0.1", ""),
        ({"Host": "[::1]:8050"}, "::1", ""),
        ({"Host": "localhost:8050"}, "192.168.0.4", "from its own machine only"),
        ({"Host": "evil.example.org"}, "127.0.0.1", "names of its own machine"),
        ({"Host": "localhost", "X-Forwarded-For": "203.0.113.9"}, "127.0.0.1", "through a proxy"),
        *(
            ({"Host": "localhost", name: "203.0.113.9"}, "127.0.0.1", "through a proxy")
            for name in (
                *("Forwarded", "Via", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Server", "X-Forwarded"),
                *("X-Original-Forwarded-For", "Forwarded-For", "X-Real-IP", "X-Client-IP", "Client-IP"),
                *("X-Cluster-Client-IP", "True-Client-IP", "CF-Connecting-IP", "Fly-Client-IP", "X-Original-Host"),
                *("X-Envoy-External-Address", "X-Amzn-Trace-Id", "x-forwarded-for"),
            )
        ),
    ],
)
def test_without_a_token_only_this_machine_is_answered(headers: dict[str, str], address: str, told: str) -> None:
    with Flask("here").test_request_context("/", headers=headers, environ_overrides={"REMOTE_ADDR": address}):
        found = refuse_outsider(request)
    assert (told in found) if told else found == ""


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ({}, False),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost:8050"}, False),
        ({"Origin": "https://localhost:8050"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, True),
        ({"Sec-Fetch-Site": "same-site"}, True),
        ({"Origin": "http://localhost:8051"}, True),
        ({"Origin": "http://evil.example.org"}, True),
        ({"Origin": "null"}, True),
        ({"Origin": ""}, True),
        ({"Origin": "http://[::1"}, True),
    ],
)
def test_a_post_from_another_site_is_refused(headers: dict[str, str], refused: bool) -> None:
    assert bool(refuse_foreign(Headers({"Host": "localhost:8050"} | headers))) == refused


@pytest.mark.parametrize(
    ("given", "wanted", "same"),
    [("a", "a", True), ("a", "b", False), ("", "", False), ("", "a", False), ("é\ud800", "é", False), ("é", "é", True)],
)
def test_secrets_are_compared_whatever_they_hold(given: str, wanted: str, same: bool) -> None:
    assert constant_time_equal(given, wanted) == same


def test_who_guesses_has_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    now: Any = [1000.0]
    monkeypatch.setattr(guard.time, "monotonic", lambda: now[0])
    limiter = AttemptLimiter()
    for _ in range(TRIES):
        assert not limiter.must_wait("203.0.113.9")
        limiter.count_failure("203.0.113.9")
    assert limiter.must_wait("203.0.113.9")
    assert not limiter.must_wait("203.0.113.10")
    now[0] += WAIT_SECONDS + 1
    assert not limiter.must_wait("203.0.113.9")
    assert not limiter.failures
    assert time.monotonic() == now[0]


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "10.9.9.9, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("127.0.0.1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("127.0.0.1", "[2001:db8:1:2::9]:443", "2001:db8:1:2::/64"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("2001:db8::1", "", "2001:db8::/64"),
    ],
)
def test_only_the_proxy_is_believed_and_an_address_counts_without_what_its_client_can_change(
    peer: str, forwarded: str, address: str
) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    with Flask("here").test_request_context("/", headers=headers, environ_overrides={"REMOTE_ADDR": peer}):
        assert client_address(request, "127.0.0.1") == address


TOKEN = "correct horse"  # noqa: S105


def enter(browser: Any, token: str, address: str) -> int:
    """Give a token as a client of the proxy on this machine; return the status."""
    sent = {"headers": {"X-Forwarded-For": address}, "environ_overrides": {"REMOTE_ADDR": "127.0.0.1"}}
    page = browser.get("/edit/login", **sent).get_data(as_text=True)
    found = re.search(r'name="secret" value="([^"]+)"', page)
    if found is None:  # signed in already
        return 303
    answer = browser.post("/edit/login", data={"secret": found[1], "token": token}, **sent)
    return int(answer.status_code)


def test_who_guesses_shuts_nobody_out_but_new_browsers_at_the_same_address(workspace: Workspace) -> None:
    server = create_app(workspace, Settings(edit=True, token=TOKEN, proxy="127.0.0.1")).server
    known, guesser = server.test_client(), server.test_client()
    assert enter(known, TOKEN, "203.0.113.9") == 303
    page = known.get("/edit/", headers={"X-Forwarded-For": "203.0.113.9"}).get_data(as_text=True)
    secret = re.search(r'name="secret" value="([^"]+)"', page)
    assert secret
    known.post("/edit/logout", data={"secret": secret[1]})
    assert [enter(guesser, "wrong", "203.0.113.9") for _ in range(TRIES + 1)] == [403] * TRIES + [429]
    assert enter(server.test_client(), TOKEN, "203.0.113.9") == 429
    assert enter(server.test_client(), TOKEN, "198.51.100.7") == 303, "the right one from another address"
    assert enter(known, TOKEN, "203.0.113.9") == 303, "a browser that was signed in before"
    assert enter(guesser, TOKEN, "198.51.100.8") == 303
