"""Settings of a dashboard."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """How one dashboard is set up.

    ``folder`` is the workspace to open if none is passed (default: the one that ``open_workspace`` finds).
    ``refresh_seconds`` is how often an open page asks for new records; 0 means never.
    ``edit`` adds the pages that change the record book. ``token`` is the secret that they ask for once; without one
    they serve this machine only. ``coder`` is the name that is recorded with changes (default: the user's).
    """

    folder: Path | None = None
    refresh_seconds: float = 10.0
    edit: bool = False
    token: str | None = field(default=None, repr=False)
    coder: str | None = None
