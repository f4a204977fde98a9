"""Serving, by ourselves and by any other server: who is let in where, and that the command hands it all on."""

from __future__ import annotations

import gzip
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.cookiejar import CookieJar
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener, urlopen
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest

from dashboard import create_app
from dashboard.server import serve
from dashboard.server.serve import build_server, serve_workspace
from dashboard.settings import Settings
from positions.cli import main
from positions.errors import WorkspaceError
from positions.workspace import Workspace, open_workspace

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


@contextmanager
def _by_waitress(workspace: Workspace, **settings: Any) -> Iterator[int]:
    """Serve a dashboard as the command does; yield the port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = build_server(create_app(workspace, Settings(**settings)).server, listener)
        thread = Thread(target=server.run, daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            server.close()
            server.task_dispatcher.shutdown()
            thread.join(5)


@pytest.mark.parametrize(
    "header",
    ["X-Forwarded-For: 203.0.113.9", "X-Forwarded-Host: example.org", "Forwarded: for=203.0.113.9", "Via: 1.1 p"],
)
def test_a_request_relayed_by_a_proxy_on_this_machine_edits_nothing_without_a_token(shipped: Path, header: str) -> None:
    name, _, value = header.partition(": ")
    with open_workspace(shipped) as workspace, _by_waitress(workspace, edit=True) as port:
        for path, status in (("/edit/", 403), ("/overview.json", 200)):
            connection = HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request("GET", path, headers={name: value})
            assert connection.getresponse().status == status
            connection.close()


def test_a_compressed_file_comes_whole(workspace: Workspace) -> None:
    with _by_waitress(workspace) as port:
        answers = []
        for accepted in ("gzip", "identity"):
            connection = HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request("GET", "/assets/dashboard.css", headers={"Accept-Encoding": accepted})
            answer = connection.getresponse()
            assert answer.status == 200
            answers.append(answer.read())
            connection.close()
    assert gzip.decompress(answers[0]) == answers[1]


def test_many_connections_that_send_nothing_shut_nobody_out(workspace: Workspace) -> None:
    with _by_waitress(workspace) as port:
        silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(200)]
        try:
            for one in silent[::2]:
                one.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
            began = time.monotonic()
            assert b'"status": "ok"' in urlopen(f"http://127.0.0.1:{port}/healthz", timeout=20).read()
            assert time.monotonic() - began < 10
        finally:
            for one in silent:
                one.close()


def test_a_huge_body_is_refused_before_it_is_read(workspace: Workspace) -> None:
    with _by_waitress(workspace) as port, socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        head = b"POST /_dash-update-component HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        connection.sendall(head + b"Content-Length: 300000000\r\n\r\n" + b"x" * 1000)
        assert connection.recv(100).startswith(b"HTTP/1.1 413")


def test_processes_of_one_book_share_the_key_of_their_cookies_and_a_new_token_ends_all_sessions(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        first, second, other = (
            create_app(workspace, Settings(edit=True, token=token)).server for token in ("a", "a", "b")
        )
    assert first.secret_key == second.secret_key != other.secret_key
    assert first.config["SESSION_COOKIE_NAME"] == second.config["SESSION_COOKIE_NAME"]
    assert (shipped / "positions.db-key").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(find_spec("gunicorn") is None, reason="gunicorn is not installed")
def test_editing_works_with_four_workers(shipped: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "dashboard:create_app()", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "4", "--worker-tmp-dir", str(tmp_path), "--no-control-socket"]
    env = {**os.environ, "POSITIONS_DATA": str(shipped), "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    env |= {"POSITIONS_EDIT": "1", "POSITIONS_TOKEN": "correct horse"}
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, env=env, cwd=ROOT, stderr=subprocess.PIPE) as server:
        try:
            _answer(f"{address}/healthz", server)
            browser = build_opener(HTTPCookieProcessor(CookieJar()))

            def secret(path: str) -> str:
                found = re.search(r'name="secret" value="([^"]+)"', browser.open(address + path).read().decode())
                assert found
                return found[1]

            form = {"secret": secret("/edit/login"), "token": "correct horse", "coder": "anna"}
            browser.open(f"{address}/edit/login", urlencode(form).encode())
            kept = secret("/edit/code/003")
            for _ in range(12):  # whichever worker answers
                answer = browser.open(f"{address}/edit/check/code/003", urlencode({"secret": kept}).encode())
                assert answer.status == 200
        finally:
            server.terminate()
