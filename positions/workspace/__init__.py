"""The workspace of one negotiation: open, query, export, validate and create it."""

from __future__ import annotations

from positions.workspace.open import find_folder, open_workspace
from positions.workspace.versions import user_name
from positions.workspace.workspace import Workspace

__all__ = ["Workspace", "find_folder", "open_workspace", "user_name"]
