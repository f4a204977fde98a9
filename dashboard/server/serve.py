"""Serve the dashboard from the user's own machine."""

from __future__ import annotations

import errno
import logging
import socket
import sys
import webbrowser
from dataclasses import replace
from threading import Timer
from typing import Any, Final

from dashboard.editing.access import MOST_UPLOAD, is_loopback
from dashboard.server.app import create_app
from dashboard.server.collection import collect_less_often, freeze_objects
from dashboard.settings import Settings
from positions.errors import WorkspaceError
from positions.workspace import Workspace

IDLE_SECONDS: Final = 20
"""The seconds after which a connection on which nothing happens is ended."""
MOST_HEADER_BYTES: Final = 65_536
THREADS: Final = 24
"""How many requests are answered at once. Most of them wait for the few that compute
(:data:`dashboard.server.answers.AT_ONCE`), which costs nothing: with as many as can compute, a few readers of one slow
question would keep all others out."""


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
    # A request that waits for a moment deserves no warning.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    settings = settings or Settings.from_environment()
    warning = _exposure_warning(host, settings)
    collect_less_often()
    # Nobody else can let these names lead here: the one it was told to listen at, and the machine's own.
    settings = replace(settings, hosts=(*settings.hosts, host, socket.gethostname()))
    app = create_app(workspace, settings, on_load=freeze_objects)
    listener = _listen(host, port)
    server = build_server(app.server, listener)
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


def build_server(application: Any, listener: socket.socket) -> Any:
    """Return waitress's server of an application on an open socket; its ``run`` serves until ``close``."""
    from waitress.server import create_server

    from dashboard.server.connections import TimedChannel, connection_limit

    server = create_server(
        application,
        sockets=[listener],
        threads=THREADS,
        ident="positions",
        # What a proxy says of itself shows the checks of who may edit that the reader is not on this machine.
        clear_untrusted_proxy_headers=False,
        # Connections that send nothing cost little; they are ended soon and leave room for others.
        asyncore_use_poll=True,
        connection_limit=connection_limit(),
        channel_timeout=IDLE_SECONDS,
        cleanup_interval=IDLE_SECONDS // 4,
        max_request_body_size=MOST_UPLOAD,
        max_request_header_size=MOST_HEADER_BYTES,
    )
    server.channel_class = TimedChannel
    return server


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
