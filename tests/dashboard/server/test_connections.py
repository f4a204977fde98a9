"""Slow, silent and many clients cost the others no time."""

from __future__ import annotations

import resource
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from threading import Event, Thread
from urllib.request import urlopen

import pytest

from dashboard.server import connections
from dashboard.server.connections import CONNECTIONS, OTHER_FILES, connection_limit
from positions.workspace import Workspace
from tests.dashboard.server.test_serve import _by_waitress

BODY = (
    b"POST /_dash-update-component HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    b"Content-Length: 1000\r\n\r\n{"
)
LIVE = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


@contextmanager
def sending_slowly(port: int, count: int, *, seconds: float) -> Iterator[list[socket.socket]]:
    """Send the bodies of some requests byte by byte."""
    senders = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(count)]
    for sender in senders:
        sender.sendall(BODY)
    over = Event()

    def send() -> None:
        until = time.monotonic() + 30
        while not over.wait(seconds) and time.monotonic() < until:
            for sender in senders:
                try:
                    sender.sendall(b" ")
                except OSError:
                    return

    thread = Thread(target=send)
    thread.start()
    try:
        yield senders
    finally:
        over.set()
        thread.join(5)
        for sender in senders:
            sender.close()


def answer_seconds(port: int) -> float:
    began = time.monotonic()
    assert b'"status": "ok"' in urlopen(f"http://127.0.0.1:{port}/healthz", timeout=20).read()
    return time.monotonic() - began


def test_a_reader_is_answered_beside_slow_silent_and_many_clients(workspace: Workspace) -> None:
    with _by_waitress(workspace) as port, sending_slowly(port, 40, seconds=0.5):
        silent = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(130)]
        alive = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(200)]
        try:
            for connection in silent:
                connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
            for connection in alive:
                connection.sendall(LIVE)
                assert connection.recv(4096).startswith(b"HTTP/1.1 200")
            assert sorted(answer_seconds(port) for _ in range(5))[2] < 1
        finally:
            for connection in [*silent, *alive]:
                connection.close()


def test_a_request_that_takes_too_long_to_arrive_is_ended(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "REQUEST_SECONDS", 0.5)
    with _by_waitress(workspace) as port, sending_slowly(port, 1, seconds=0.1) as (sender,):
        began = time.monotonic()
        with suppress(ConnectionResetError):
            assert sender.recv(100) == b""
        assert time.monotonic() - began < 10


def test_a_connection_that_is_used_again_and_again_is_not_ended(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "REQUEST_SECONDS", 0.2)
    with _by_waitress(workspace) as port:
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        for _ in range(3):
            connection.request("GET", "/healthz")
            assert b'"ok"' in connection.getresponse().read()
            time.sleep(0.3)
        connection.close()


@pytest.mark.parametrize(
    ("soft", "hard", "limit", "raised"),
    [
        (20_000, 20_000, CONNECTIONS, None),
        (1024, 1024, 1024 - OTHER_FILES, 1024),
        (1024, 1_000_000, CONNECTIONS, CONNECTIONS + OTHER_FILES),
        (256, resource.RLIM_INFINITY, CONNECTIONS, CONNECTIONS + OTHER_FILES),
        (resource.RLIM_INFINITY, resource.RLIM_INFINITY, CONNECTIONS, None),
    ],
)
def test_there_are_no_more_connections_than_files_may_be_open(
    monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, limit: int, raised: int | None
) -> None:
    changed: list[int] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _kind: (soft, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda _kind, limits: changed.append(limits[0]))
    assert connection_limit() == limit
    assert changed == ([] if raised is None else [raised])
