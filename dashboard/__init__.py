"""The dashboard: a thin client of the toolkit that draws its answers.

Only ``create_app`` is exported. The heavy libraries are loaded when it is first used, not on import.
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
