"""Small codebooks for the tests of the oracle."""

from __future__ import annotations

from typing import Any

from positions.model.codebook import Codebook

SCALE = {"id": "scale", "kind": "scale"}


def book(*issues: dict[str, Any], **fields: Any) -> Codebook:
    """A codebook of three parties; speakers and issues as given."""
    parties = [{"id": name, "name": name} for name in ("AAA", "BBB", "CCC")]
    return Codebook.model_validate(
        {"title": "Example", "parties": parties, "issues": [{"label": "Issue"} | issue for issue in issues]} | fields
    )


def conditions(*addressees: str, **fields: Any) -> dict[str, Any]:
    element = {"id": "one", "label": "One", "addressees": addressees}
    return {"id": "terms", "kind": "conditions", "elements": [element]} | fields
