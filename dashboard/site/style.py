"""The style sheet of a site: the dashboard's own, and what only pages without a script have."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

ASSETS: Final = Path(__file__).parent.parent / "assets"
OWN: Final = Path(__file__).parent / "site.css"
_DARK: Final = ':root[data-scheme="dark"] {'


def site_style() -> str:
    """Return the style sheets as one; the dark colours follow the reader's system, as there is no button for them.

    Raises ``ValueError`` if the dashboard's style sheet has no rule for them.
    """
    sheets = [path.read_text(encoding="utf-8") for path in sorted(ASSETS.glob("*.css"))]
    before, found, rest = "\n".join(sheets).partition(_DARK)
    if not found:
        raise ValueError(f"style sheet: found no rule {_DARK!r}")
    colours, _, after = rest.partition("}")
    dark = f"@media screen and (prefers-color-scheme: dark) {{ :root {{{colours}}} }}"
    whole = f"{before}{dark}{after}\n{OWN.read_text(encoding='utf-8')}"
    return re.sub(r"\s+", " ", re.sub(r"(?s)/\*.*?\*/", "", whole))
