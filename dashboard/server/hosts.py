"""Which names the dashboard answers to, so that no page elsewhere can read it under a name of its own."""

from __future__ import annotations

from ipaddress import ip_address

from flask import Flask, Response, request

from dashboard.editing.access import host_of, is_loopback
from dashboard.settings import Settings


def add_host_check(server: Flask, settings: Settings) -> None:
    """Answer requests for other names than this machine's and those of the settings with status 421.

    A page of another site can let its own name mean this machine (DNS rebinding) and would then read the answers as its
    own. It cannot do so with a number, so numbers are answered.
    """
    names = {name.casefold() for name in settings.hosts}

    @server.before_request
    def check() -> Response | None:
        host = host_of(request.headers.get("Host", "")).casefold()
        if is_loopback(host) or host in names or _is_number(host):
            return None
        words = f"This dashboard does not answer to the name {host!r}; --allow-host adds names.\n"
        return Response(words, status=421, mimetype="text/plain")


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
