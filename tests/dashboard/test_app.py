from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import dashboard
from dashboard import create_app
from dashboard.serve import serve_workspace
from dashboard.settings import Settings
from positions.errors import WorkspaceError
from positions.workspace import Workspace

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def client(workspace: Workspace) -> Any:
    return create_app(workspace).server.test_client()


def test_the_page_is_english_and_asks_for_nothing_elsewhere(client: Any) -> None:
    page = client.get("/").get_data(as_text=True)
    assert '<html lang="en">' in page
    assert "<title>Russia–Ukraine 2022</title>" in page
    assert 'src="http' not in page
    assert 'href="http' not in page


def test_the_policy_allows_no_inline_code_but_ours(client: Any) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'self' 'sha256-" in policy
    assert "'unsafe-inline'" not in policy.split("style-src")[0]


def test_no_rows_are_in_the_layout(client: Any) -> None:
    assert len(client.get("/_dash-layout").data) < 20_000


def test_two_apps_do_not_disturb_each_other(workspace: Workspace) -> None:
    first, second = create_app(workspace), create_app(workspace, Settings(refresh_seconds=0))
    assert first.callback_map.keys() == second.callback_map.keys() or len(first.callback_map) == len(
        second.callback_map
    )
    assert second.server.test_client().get("/_dash-dependencies").status_code == 200


def test_a_workspace_is_opened_by_the_settings(case_folder: Path) -> None:
    assert create_app(settings=Settings(folder=case_folder)).title == "Russia–Ukraine 2022"


def test_importing_loads_nothing_heavy() -> None:
    code = "import dashboard, sys; assert not {'dash', 'plotly', 'pandas'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_only_the_app_is_exported() -> None:
    assert dashboard.__all__ == ["create_app"]
    with pytest.raises(AttributeError, match="no attribute 'else'"):
        getattr(dashboard, "else")


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
    monkeypatch.setattr("dashboard.serve.webbrowser.open", opened.append)
    serve_workspace(workspace, port=0, open_browser=False)
    assert capsys.readouterr().out.startswith("The dashboard is at http://127.0.0.1:")
    assert opened == []


def test_a_server_of_web_applications_can_call_what_is_made(workspace: Workspace) -> None:
    from werkzeug.test import Client

    assert Client(create_app(workspace)).get("/").status_code == 200
