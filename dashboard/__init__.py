"""The dashboard: a thin client of the toolkit that draws what it answers.

``create_app`` is all that is exported; it loads the heavy libraries when it is first used, not when this is imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.server.app import create_app as create_app

__all__ = ["create_app"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'dashboard' has no attribute {name!r}")
    from dashboard.server import app

    return getattr(app, name)
