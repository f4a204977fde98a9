"""What can be set about a dashboard without touching its code."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """How one dashboard is set up.

    ``folder`` is the workspace to open when none is handed over (default: as ``open_workspace`` finds it).
    ``refresh_seconds`` is how often an open page asks for new records; 0 never asks.
    ``edit`` adds the pages that change the record book. ``token`` is what they ask for once; without one they answer
    this machine only. ``coder`` is whose name is recorded (default: the user's).
    """

    folder: Path | None = None
    refresh_seconds: float = 10.0
    edit: bool = False
    token: str | None = field(default=None, repr=False)
    coder: str | None = None
