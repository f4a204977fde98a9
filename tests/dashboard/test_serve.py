"""Who is let in where: what is refused, what is warned of, and that the command hands it all on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from dashboard import serve
from dashboard.serve import serve_workspace
from dashboard.settings import Settings
from positions.cli import main
from positions.errors import WorkspaceError
from positions.workspace import Workspace


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
