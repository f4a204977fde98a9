"""The door to one negotiation: open it, ask it, export it, check it, make a new one."""

from __future__ import annotations

from positions.workspace.open import find_folder, open_workspace
from positions.workspace.versions import user_name
from positions.workspace.workspace import Workspace

__all__ = ["Workspace", "find_folder", "open_workspace", "user_name"]
