"""Runs the benchmarks: ``python -m benchmarks [--smoke] [NAME ...]``."""

from __future__ import annotations

import sys
from importlib import import_module

ALL = (
    "store",
    "adding",
    "merge",
    "spreadsheet",
    "panel",
    "extract",
    "snapshot",
    "opening",
    "search",
    "dashboard",
    "dashboard_clients",
    "dashboard_editor",
    "dashboard_browser",
    "dashboard_drag",
)

names = [word for word in sys.argv[1:] if not word.startswith("-")] or ALL
print(f"{'what':62} {'ours':>11} {'peer':>11}   {'ratio':>7}   goal")
for name in names:
    import_module(f"benchmarks.{name}").run(smoke="--smoke" in sys.argv)
