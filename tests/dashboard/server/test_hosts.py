"""The dashboard answers to this machine's names, numbers and the names that it was given, and to no other."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard import create_app
from dashboard.settings import Settings
from positions.workspace import Workspace


@pytest.fixture(scope="module")
def client(workspace: Workspace) -> Any:
    return create_app(workspace, Settings(hosts=("Talks.example.org",))).server.test_client()


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8050", "127.0.0.1:80", "[::1]:8050", "10.1.2.3", "talks.example.org:443"]
)
def test_its_own_names_and_numbers_are_answered(client: Any, host: str) -> None:
    assert client.get("/overview.json", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example.org", "localhost.evil.example.org", "127.0.0.1.nip.io", "example.org:8050", "", "[", "0x7f.1"],
)
@pytest.mark.parametrize("path", ["/", "/overview.json", "/healthz", "/assets/dashboard.css", "/_dash-layout"])
def test_another_name_is_not_answered_whatever_it_asks_for(client: Any, host: str, path: str) -> None:
    answer = client.get(path, headers={"Host": host})
    assert answer.status_code == 421
    assert b"2022" not in answer.data
