"""Serve the dashboard from the user's own machine."""

from __future__ import annotations

import errno
import logging
import socket
import sys
import webbrowser
from threading import Timer

from dashboard.editing.access import is_loopback
from dashboard.server.app import create_app
from dashboard.server.collection import collect_less_often, freeze_objects
from dashboard.settings import Settings
from positions.errors import WorkspaceError
from positions.workspace import Workspace


def serve_workspace(
    workspace: Workspace,
    host: str = "127.0.0.1",
    port: int = 8050,
    open_browser: bool = True,
    settings: Settings | None = None,
) -> None:
    """Serve a workspace's dashboard until interrupted, and print its address; port 0 takes any free port.

    Warns if other machines can reach it. Raises ``WorkspaceError`` if the server cannot listen at the address, and if
    others could edit without a token.
    """
    from waitress.server import create_server

    # A request that waits for a moment deserves no warning.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    settings = settings or Settings()
    warning = _exposure_warning(host, settings)
    collect_less_often()
    app = create_app(workspace, settings, on_load=freeze_objects)
    listener = _listen(host, port)
    server = create_server(app.server, sockets=[listener], threads=8, ident="positions")
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{listener.getsockname()[1]}/"
    print(f"The dashboard is at {address} (stop it with Ctrl-C)", flush=True)
    if settings.edit:
        print(f"Code and review at {address}edit/", flush=True)
    if warning:
        print(warning, file=sys.stderr, flush=True)
    if open_browser:
        opening = Timer(0.5, webbrowser.open, [address])
        opening.daemon = True
        opening.start()
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()


def _exposure_warning(host: str, settings: Settings) -> str:
    """Return a warning if other machines can reach the host, else an empty text.

    Raises ``WorkspaceError`` for an empty token, and if others could edit without one.
    """
    if settings.token is not None and not settings.token.strip():
        raise WorkspaceError("token: is empty; --token or POSITIONS_TOKEN needs a secret")
    if is_loopback(host):
        return ""
    if settings.edit and not settings.token:
        raise WorkspaceError(
            f"--edit without a token is served on this machine only, not on {host}: set --token or POSITIONS_TOKEN"
        )
    warning = f"warning: whoever can reach {host} can read this record book"
    return f"{warning}; the token goes there unencrypted unless a proxy adds TLS" if settings.edit else warning


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            problem = f"port {port} is taken on {host}; choose another with --port, or 0 for any free one"
        else:
            problem = f"{host}:{port} cannot be served at: {error.strerror or error}"
        raise WorkspaceError(problem) from None
