"""Projects as other tools write them, built from a few parts."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from positions.exchange.coded_file import CodedFile
from positions.exchange.incoming import ImportSource
from positions.exchange.refi_read import read_refi_project
from tests.examples import golden_codebook

HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="urn:QDA-XML:project:1.0" name="Talks" origin="Tool 1.0">'
)
TEXT = "Putin said that neutrality was a must. Zelensky would go to Belarus, or to Geneva."
USERS = '<Users><User guid="{00000000-0000-0000-0000-00000000000A}" name="Anna"/></Users>'
CODES = """
<CodeBook><Codes>
 <Code guid="00000000-0000-0000-0000-0000000000C1" name="Neutral" isCodable="false" color="#FF0000">
  <Description>stays out</Description>
  <Code guid="00000000-0000-0000-0000-0000000000C2" name="yes" isCodable="true"/>
 </Code>
 <Code guid="00000000-0000-0000-0000-0000000000C3" name="Russia" isCodable="true"/>
</Codes></CodeBook>
"""


def written(folder: Path, project: str | bytes, files: Mapping[str, bytes], *, name: str = "project.qde") -> Path:
    """Write an archive and return its path."""
    path = folder / "talks.qdpx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, project)
        for file, content in files.items():
            archive.writestr(file, content)
    return path


def read(path: Path) -> CodedFile:
    """Read a project, with the golden example's codebook."""
    return read_refi_project(ImportSource(path, golden_codebook()))


def selection(start: int, end: int, codings: str, *, more: str = "", attributes: str = "") -> str:
    """A selection's XML; ``codings`` are the last digits of codes, one or more."""
    parts = [
        f'<Coding guid="00000000-0000-0000-0000-0000000{start:03d}{code}" {attributes}>'
        f'<CodeRef targetGUID="00000000-0000-0000-0000-0000000000{code}"/></Coding>'
        for code in codings.split()
    ]
    place = f'guid="00000000-0000-0000-0000-00000000{start:04d}" startPosition="{start}" endPosition="{end}"'
    return f"<PlainTextSelection {place}>{more}{''.join(parts)}</PlainTextSelection>"


def project_of(selections: str, *, source: str = 'plainTextPath="internal://t.txt"', rest: str = "") -> str:
    """A project with one source and these selections in it."""
    text = (
        f'<TextSource guid="00000000-0000-0000-0000-0000000000F1" name="Interview" {source}>{selections}</TextSource>'
    )
    return f"{HEAD}{USERS}{CODES}<Sources>{text}</Sources>{rest}</Project>"
