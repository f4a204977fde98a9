"""Settings of a dashboard."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """How one dashboard is set up.

    ``folder`` is the workspace to open if none is passed (default: the one that ``open_workspace`` finds).
    ``refresh_seconds`` is how often an open page asks for new records; 0 means never.
    ``edit`` adds the pages that change the record book. ``token`` is the secret that they ask for once; without one
    they serve this machine only. ``coder`` is the name that is recorded with changes (default: the user's). ``key``
    signs the cookies of the editing pages (default: one kept beside the book, so that all processes have the same).
    ``hosts`` are names that the dashboard answers to beside ``localhost`` and numbers. ``embed_from`` are the origins,
    such as ``https://example.org``, whose pages may show it in a frame. ``proxy`` is the address of the proxy whose
    word on who asks (``X-Forwarded-For``) is taken; of anybody else it is not.
    """

    folder: Path | None = None
    refresh_seconds: float = 10.0
    edit: bool = False
    token: str | None = field(default=None, repr=False)
    coder: str | None = None
    key: str | None = field(default=None, repr=False)
    hosts: tuple[str, ...] = ()
    embed_from: tuple[str, ...] = ()
    proxy: str | None = None

    @classmethod
    def from_environment(cls, values: Mapping[str, str] = os.environ) -> Settings:
        """Return the settings of the environment, for servers that call ``create_app()`` without any.

        ``POSITIONS_EDIT=1`` turns editing on; ``POSITIONS_TOKEN``, ``POSITIONS_KEY`` and ``POSITIONS_PROXY`` are as
        above, ``POSITIONS_HOSTS`` and ``POSITIONS_EMBED_FROM`` lists with spaces between.
        """
        return cls(
            edit=values.get("POSITIONS_EDIT", "") == "1",
            token=values.get("POSITIONS_TOKEN"),
            key=values.get("POSITIONS_KEY"),
            hosts=tuple(values.get("POSITIONS_HOSTS", "").split()),
            embed_from=tuple(values.get("POSITIONS_EMBED_FROM", "").split()),
            proxy=values.get("POSITIONS_PROXY"),
        )
