"""What is kept by others and who may show the dashboard in a frame."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard import create_app
from dashboard.settings import Settings
from positions.errors import WorkspaceError
from positions.workspace import Workspace


def asked(workspace: Workspace, path: str, **settings: Any) -> Any:
    with create_app(workspace, Settings(**settings)).server.test_client().get(path) as answer:
        return answer.headers


@pytest.mark.parametrize("path", ["/", "/overview.json", "/overview.csv", "/_dash-layout", "/healthz", "/nowhere"])
def test_what_may_hold_data_is_kept_by_nobody(workspace: Workspace, path: str) -> None:
    assert asked(workspace, path)["Cache-Control"] == "no-store"


def test_a_style_sheet_may_be_kept(workspace: Workspace) -> None:
    assert asked(workspace, "/assets/dashboard.css")["Cache-Control"] != "no-store"


def test_only_pages_drawn_by_dash_may_have_styles_in_them(workspace: Workspace) -> None:
    policies = {path: asked(workspace, path, edit=True)["Content-Security-Policy"] for path in ("/issue", "/edit/")}
    assert "style-src 'self' 'unsafe-inline';" in policies["/issue"]
    assert "style-src 'self'; style-src-attr 'unsafe-inline';" in policies["/edit/"]


def test_by_default_nobody_may_embed_it(workspace: Workspace) -> None:
    headers = asked(workspace, "/?embed=1")
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"


def test_named_origins_may_embed_the_pages_and_never_the_editing(workspace: Workspace) -> None:
    origins = ("https://example.org", "http://localhost:3000")
    headers = asked(workspace, "/?embed=1", embed_from=origins)
    assert "frame-ancestors https://example.org http://localhost:3000" in headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in headers
    assert asked(workspace, "/edit/", embed_from=origins)["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    "origin", ["example.org", "https://example.org/path", "*", "https://a;script-src *", "https://a b", ""]
)
def test_what_is_not_an_origin_is_refused(workspace: Workspace, origin: str) -> None:
    with pytest.raises(WorkspaceError, match="--embed-from: found .* allowed: an origin such as"):
        create_app(workspace, Settings(embed_from=(origin,)))
