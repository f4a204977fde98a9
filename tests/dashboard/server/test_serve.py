"""Serving, by ourselves and by any other server: who is let in where, and that the command hands it all on."""

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
from dashboard.server import serve
from dashboard.server.serve import serve_workspace
from dashboard.settings import Settings
from positions.cli import main
from positions.errors import WorkspaceError
from positions.workspace import Workspace

ROOT = Path(__file__).parents[3]


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that is interrupted as soon as it runs."""
    from waitress.server import BaseWSGIServer

    monkeypatch.setattr(BaseWSGIServer, "run", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.0.2.1", "positions.example.org"])  # noqa: S104 - refused
def test_others_cannot_edit_without_a_token(workspace: Workspace, host: str) -> None:
    with pytest.raises(WorkspaceError, match="--edit without a token is served on this machine only"):
        serve_workspace(workspace, host=host, port=0, open_browser=False, settings=Settings(edit=True))


@pytest.mark.parametrize("token", ["", "  "])
def test_an_empty_token_is_none(workspace: Workspace, token: str) -> None:
    with pytest.raises(WorkspaceError, match="token: is empty"):
        serve_workspace(workspace, port=0, open_browser=False, settings=Settings(edit=True, token=token))


@pytest.mark.usefixtures("stopped")
@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (Settings(), "warning: whoever can reach 0.0.0.0 can read this record book\n"),
        (Settings(edit=True, token="correct horse"), "the token goes there unencrypted unless a proxy adds TLS\n"),  # noqa: S106
    ],
)
def test_other_machines_are_warned_of(
    workspace: Workspace, settings: Settings, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    serve_workspace(workspace, host="0.0.0.0", port=0, open_browser=False, settings=settings)  # noqa: S104 - warned of
    assert capsys.readouterr().err.endswith(told)


@pytest.mark.usefixtures("stopped")
def test_this_machine_needs_no_warning(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    serve_workspace(workspace, port=0, open_browser=False, settings=Settings(edit=True))
    told = capsys.readouterr()
    assert told.err == ""
    assert "Code and review at http://127.0.0.1:" in told.out


@pytest.mark.parametrize(
    ("words", "environment", "settings"),
    [
        ([], {}, Settings()),
        (["--edit", "--coder", "anna"], {}, Settings(edit=True, coder="anna")),
        (["--edit"], {"POSITIONS_TOKEN": "secret"}, Settings(edit=True, token="secret")),  # noqa: S106
        (["--edit", "--token", "own"], {"POSITIONS_TOKEN": "x"}, Settings(edit=True, token="own")),  # noqa: S106
    ],
)
def test_the_command_hands_on_what_it_is_told(
    monkeypatch: pytest.MonkeyPatch,
    case_folder: Path,
    words: list[str],
    environment: dict[str, str],
    settings: Settings,
) -> None:
    served: dict[str, Any] = {}
    monkeypatch.setattr(serve, "serve_workspace", lambda _, **given: served.update(given))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", ["positions", "dashboard", "--no-browser", "--data", str(case_folder), *words])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    assert served == {"host": "127.0.0.1", "port": 8050, "open_browser": False, "settings": settings}


def test_the_refusal_is_one_line(
    monkeypatch: pytest.MonkeyPatch, case_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("POSITIONS_TOKEN", raising=False)
    words = ["--edit", "--host", "0.0.0.0", "--port", "0", "--no-browser"]  # noqa: S104 - refused
    monkeypatch.setattr(sys, "argv", ["positions", "dashboard", *words, "--data", str(case_folder)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_busy_port_is_told_in_a_line(workspace: Workspace) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(WorkspaceError, match=r"port \d+ is taken on 127\.0\.0\.1; choose another with --port"):
            serve_workspace(workspace, port=taken.getsockname()[1], open_browser=False)


def test_an_address_of_another_machine_is_told_in_a_line(workspace: Workspace) -> None:
    with pytest.raises(WorkspaceError, match="cannot be served at"):
        serve_workspace(workspace, host="203.0.113.1", port=0, open_browser=False)


def test_the_address_is_printed(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from waitress.server import BaseWSGIServer

    opened: list[str] = []
    monkeypatch.setattr(BaseWSGIServer, "run", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
    monkeypatch.setattr("dashboard.server.serve.webbrowser.open", opened.append)
    serve_workspace(workspace, port=0, open_browser=False)
    assert capsys.readouterr().out.startswith("The dashboard is at http://127.0.0.1:")
    assert opened == []


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
