"""Serving the dashboard from one's own machine."""

from __future__ import annotations

import errno
import socket
import sys
import webbrowser
from ipaddress import ip_address
from threading import Timer

from dashboard.app import create_app
from dashboard.settings import Settings
from positions.errors import WorkspaceError
from positions.workspace import Workspace


def serve_workspace(
    workspace: Workspace,
    host: str = "127.0.0.1",
    port: int = 8050,
    open_browser: bool = True,
    settings: Settings | None = None,
    public: bool = False,
) -> None:
    """Serve a workspace's dashboard until it is interrupted, and print where; port 0 takes any free one.

    ``public`` allows a host that other machines reach, with a warning. Raises ``WorkspaceError`` where the address
    cannot be served at, and for such a host without it.
    """
    from waitress.server import create_server

    _check_host(host, public=public)
    app = create_app(workspace, settings)
    try:
        place = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise WorkspaceError(_why(error, host, port)) from None
    server = create_server(app.server, sockets=[place], threads=8, ident="positions")
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{place.getsockname()[1]}/"
    print(f"The dashboard is at {address} (stop it with Ctrl-C)", flush=True)
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


def is_local(host: str) -> bool:
    """Tell whether only this machine reaches a host."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _check_host(host: str, *, public: bool) -> None:
    if is_local(host):
        return
    if not public:
        raise WorkspaceError(f"host: {host} is reached from other machines; add --public to serve the dashboard there")
    print(f"Warning: everybody who reaches {host} can read this workspace; there is no password.", file=sys.stderr)


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is taken on {host}; choose another with --port, or 0 for any free one"
    return f"{host}:{port} cannot be served at: {error.strerror or error}"
