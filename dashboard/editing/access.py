"""Who may change the record book through the browser, and with which requests.

Without a token only this machine is served: a request must come from it and name it as its host, which stops
neighbours and DNS rebinding. A token is asked for once. Every change is a POST from our own pages with the secret of
its session.
"""

from __future__ import annotations

import hmac
import re
import secrets
import time
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from threading import Lock
from typing import Final
from urllib.parse import urlsplit

from flask import Request, session
from werkzeug.datastructures import Headers

MOST_BYTES: Final = 1_000_000
"""The largest form that is read, bytes."""
MOST_UPLOAD: Final = 14_000_000
"""The largest form that brings a document, bytes: one of 10 MB as base64 takes a third more."""
TRIES: Final = 10
"""The number of wrong tokens after which an address has to wait."""
WAIT_SECONDS: Final = 60.0
"""How long a wrong token counts, seconds."""
_OF_PROXIES: Final = re.compile(
    r"forwarded(-for)?|via|x-(original-)?forwarded.*|x-real-ip|(x-)?(cluster-)?client-ip|x-(remote|proxyuser)-.*"
    r"|(true|cf|fly|fastly)-(connecting|client)-ip|x-original-(host|url)|x-envoy-.*|x-amzn-.*",
    re.IGNORECASE,
)
"""Headers by which a proxy shows itself.

One that adds none and names us as the host cannot be told from a browser here: what browsers post through it is refused
by its origin.
"""


def is_loopback(host: str) -> bool:
    """Return whether a host, by name or number, is this machine and cannot be reached from another."""
    name = host.strip("[]").casefold()
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def host_of(header: str) -> str:
    """Return the host of a Host header without its port; empty if there is none."""
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def refuse_outsider(request: Request) -> str:
    """Return in a sentence why a request is not from this machine; empty if it is. For editing without a token."""
    if not is_loopback(request.remote_addr or ""):
        return "Editing without a token answers requests from its own machine only."
    if not is_loopback(host_of(request.headers.get("Host", ""))):
        return "Editing without a token answers to the names of its own machine only, such as localhost."
    if any(_OF_PROXIES.fullmatch(name) for name, _ in request.headers):
        return "This request came through a proxy; behind one, editing needs a token."
    return ""


def client_address(request: Request, proxy: str | None) -> str:
    """Return the address that a request comes from; what a proxy says of it counts only from the address ``proxy``.

    Of IPv6 it is the network of 64 bits, all of which one client has; a port beside it is left out.
    """
    address = request.remote_addr or ""
    if proxy and address == proxy:
        # The last one is what the proxy itself saw; those before it are its client's word.
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        return _network_of(forwarded) or _network_of(host_of(forwarded)) or address
    return _network_of(address) or address


def _network_of(address: str) -> str:
    try:
        number = ip_address(address)
    except ValueError:
        return ""
    number = getattr(number, "ipv4_mapped", None) or number
    return str(number) if number.version == 4 else str(ip_network((int(number), 64), strict=False))


def attempt_source(request: Request, proxy: str | None) -> str:
    """Return whose wrong tokens are counted together: a browser's that had the right one once, else an address's.

    The right token is not looked at while its sender has to wait: who could try on without waiting for the one that
    opens would guess as fast as without a limit. So the limit shuts nobody out but those who share an address with
    somebody who guesses, and of these only browsers that were never signed in.
    """
    return str(session.get("known") or client_address(request, proxy))


def sign_in(coder: str) -> None:
    """Begin a session of somebody who gave the token."""
    known = session.get("known") or secrets.token_urlsafe(12)
    session.clear()
    session.update({"in": True, "coder": coder, "known": known})


def sign_out() -> None:
    """End a session; that the browser knew the token once remains."""
    known = session.get("known")
    session.clear()
    if known:
        session["known"] = known


def refuse_foreign(headers: Headers) -> str:
    """Return in a sentence why a POST does not come from our own pages; empty if it may."""
    if headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return "This request comes from another site; nothing was changed."
    origin = headers.get("Origin")
    if origin is None:
        return ""
    try:
        host = urlsplit(origin).netloc
    except ValueError:
        host = ""
    # The scheme is left out: a proxy that ends TLS speaks plain HTTP to us.
    if not host or host.casefold() != headers.get("Host", "").casefold():
        return "This request comes from another site; nothing was changed."
    return ""


def form_secret() -> str:
    """Return the secret that the forms of this session carry; it is created on first use."""
    if "secret" not in session:
        session["secret"] = secrets.token_urlsafe(24)
    return str(session["secret"])


def knows_secret(text: str) -> bool:
    """Return whether a form carries the secret of its session."""
    return constant_time_equal(text, str(session.get("secret", "")))


def constant_time_equal(text: str, secret: str) -> bool:
    """Return whether a text equals a secret, in constant time; an empty secret equals nothing."""
    return bool(secret) and hmac.compare_digest(text.encode("utf-8", "replace"), secret.encode("utf-8", "replace"))


@dataclass(slots=True)
class AttemptLimiter:
    """Counts the wrong tokens of each address, so that guessing takes too long."""

    failures: dict[str, list[float]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def must_wait(self, address: str) -> bool:
        """Return whether an address has to wait before it may try again."""
        since = time.monotonic() - WAIT_SECONDS
        with self._lock:
            self.failures = {name: recent for name, at in self.failures.items() if (recent := _later_times(since, at))}
            return len(self.failures.get(address, ())) >= TRIES

    def count_failure(self, address: str) -> None:
        """Count a wrong token of an address."""
        with self._lock:
            self.failures.setdefault(address, []).append(time.monotonic())


def _later_times(since: float, times: list[float]) -> list[float]:
    return [at for at in times if at > since]
