"""A small negotiation over a dam in Arabic, Russian and Spanish documents, coded by hand with translations."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from positions.extract.sources.reader import read_source
from positions.model.dates import PartialDate
from positions.workspace import Workspace, open_workspace

TEXTS: Final = Path(__file__).parent / "examples" / "languages"
CODEBOOK: Final = """
title = "The dam above the valley"
description = "Mountain and Valley over a dam, in three languages."
[[parties]]
id = "MTN"
name = "Mountain"
principal = true
[[parties]]
id = "VAL"
name = "Valley"
principal = true
[[speakers]]
id = "haddad"
kind = "person"
name = "Leila Haddad"
roles = [{ party = "MTN", title = "foreign minister", rank = 2 }]
[[speakers]]
id = "mansur"
kind = "person"
name = "Karim Mansur"
roles = [{ party = "VAL", title = "spokesman" }]
[[issues]]
id = "talks"
kind = "scale"
label = "Talks"
definition = "Whether the two talk now."
plus = "talks now"
minus = "refuses talks"
[[issues]]
id = "inspectors"
kind = "scale"
label = "Inspectors"
definition = "Whether inspectors may come to the border."
plus = "may come"
minus = "may not come"
"""
CLAIMS: Final = (
    ("arabic", "نحن مستعدون للمحادثات في أي وقت", "haddad", "MTN", "talks", 2, "We are ready for talks at any time."),
    (
        *("arabic", "ترفض أي محادثات ما دام الماء محجوزا", "mansur", "VAL", "talks", -2),
        "rejects any talks as long as the water is held back",
    ),
    (
        *("russian", "готово к переговорам без предварительных условий", "haddad", "MTN", "talks", 2),
        "is ready for talks without preconditions",
    ),
    (
        *("russian", "Мы не станем вести переговоры, пока вода удерживается", "mansur", "VAL", "talks", -2),
        "We will not hold talks while the water is held back.",
    ),
    (
        *("spanish", "acepta la presencia de inspectores internacionales en la frontera", "mansur", "VAL"),
        *("inspectors", 2, "accepts the presence of international inspectors at the border"),
    ),
)
"""Document, quote, speaker, holder, issue, stance and translation of each claim."""
DAYS: Final = {"arabic": "2024-03-12", "russian": "2024-03-13", "spanish": "2024-03-14"}


def make_languages_workspace(folder: Path) -> Workspace:
    """Make the workspace in a folder, which is created, and return it open."""
    folder.mkdir()
    (folder / "seeds").mkdir()
    (folder / "codebook.toml").write_text(CODEBOOK, encoding="utf-8")
    for name in ("documents.jsonl", "statements.jsonl"):
        (folder / name).touch()
    workspace = open_workspace(folder)
    with workspace.recording(coder="anna") as book:
        for name, day in DAYS.items():
            source = read_source(TEXTS / f"{name}.txt", published_on=PartialDate.parse(day))
            book.add_document(source.document(outlet="The River Post"))
        for claim in CLAIMS:
            book.add(**_fields(claim))
    return workspace


def _fields(claim: tuple[Any, ...]) -> dict[str, Any]:
    names = ("document", "quote", "speaker", "holder", "issue", "stance", "translation")
    fields = dict(zip(names, claim, strict=True))
    return fields | {"said_on": DAYS[fields["document"]], "said_on_basis": "document", "translated_by": "Anna Berg"}
