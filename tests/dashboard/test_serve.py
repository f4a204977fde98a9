"""Serving: by ourselves, and by any server that calls what ``create_app`` returns."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest

from dashboard import create_app
from dashboard.serve import is_local, serve_workspace
from positions.errors import WorkspaceError
from positions.workspace import Workspace

ROOT = Path(__file__).parents[2]


def test_a_busy_port_is_told_in_a_line(workspace: Workspace) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(WorkspaceError, match=r"port \d+ is taken on 127\.0\.0\.1; choose another with --port"):
            serve_workspace(workspace, port=taken.getsockname()[1], open_browser=False)


def test_an_address_of_another_machine_is_told_in_a_line(workspace: Workspace) -> None:
    with pytest.raises(WorkspaceError, match="cannot be served at"):
        serve_workspace(workspace, host="203.0.113.1", port=0, open_browser=False, public=True)


def test_the_address_is_printed(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from waitress.server import BaseWSGIServer

    opened: list[str] = []
    monkeypatch.setattr(BaseWSGIServer, "run", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
    monkeypatch.setattr("dashboard.serve.webbrowser.open", opened.append)
    serve_workspace(workspace, port=0, open_browser=False)
    assert capsys.readouterr().out.startswith("The dashboard is at http://127.0.0.1:")
    assert opened == []


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_this_machine_is_local(host: str) -> None:
    assert is_local(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org", ""])  # noqa: S104
def test_an_address_that_others_reach_needs_a_flag_and_is_warned_about(
    workspace: Workspace, host: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(WorkspaceError, match="is reached from other machines; add --public"):
        serve_workspace(workspace, host=host, port=0, open_browser=False)
    monkeypatch.setattr("dashboard.serve.socket.create_server", lambda *_, **__: (_ for _ in ()).throw(OSError("gone")))
    with pytest.raises(WorkspaceError, match="cannot be served at"):
        serve_workspace(workspace, host=host, port=0, open_browser=False, public=True)
    assert f"everybody who reaches {host} can read this workspace" in capsys.readouterr().err


def test_what_is_made_is_an_application_by_the_rules(workspace: Workspace) -> None:
    app, told = create_app(workspace), []

    def start(status: str, headers: Any, _info: Any = None) -> Any:
        told.append((status, dict(headers)))
        return lambda _data: None

    for path in ("/", "/healthz", "/overview.csv", "/nobody"):
        environ: dict[str, Any] = {}
        setup_testing_defaults(environ)
        environ |= {"PATH_INFO": path, "wsgi.input": BytesIO(), "QUERY_STRING": ""}
        answer = validator(app)(environ, start)
        assert b"".join(answer)
        answer.close()
    assert [status for status, _ in told][:3] == ["200 OK"] * 3
    assert told[0][1]["X-Content-Type-Options"] == "nosniff"


@pytest.mark.skipif(find_spec("gunicorn") is None, reason="gunicorn is not installed")
def test_gunicorn_serves_it(case_folder: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "dashboard:create_app()", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "2", "--worker-tmp-dir", str(tmp_path), "--no-control-socket"]
    env = {**os.environ, "POSITIONS_DATA": str(case_folder), "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    with subprocess.Popen(command, env=env, cwd=ROOT, stderr=subprocess.PIPE) as server:
        try:
            assert b'"status": "ok"' in _answer(f"http://127.0.0.1:{port}/healthz", server)
            assert b"<title>" in _answer(f"http://127.0.0.1:{port}/issue", server)
        finally:
            server.terminate()


def _answer(url: str, server: subprocess.Popen[bytes]) -> bytes:
    """Ask until somebody answers or the server has gone."""
    until = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < until:
        try:
            found: bytes = urlopen(url).read()
        except (URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return found
    raise AssertionError((server.stderr.read() if server.stderr else b"").decode())
