from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import dashboard
from dashboard import create_app
from dashboard.settings import Settings
from positions.workspace import Workspace

ROOT = Path(__file__).parents[3]


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
