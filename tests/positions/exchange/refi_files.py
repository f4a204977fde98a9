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


FIELD_NOTES = (
    "🕊 Briefing of 26 February 2022\r\n"
    "Peskov said that Russia was ready to send a delegation to Minsk.\r\n"
    "Podolyak answered that Ukraine would not talk in Belarus, but that Warsaw was fine.\r\n"
)
_PASSAGES = (
    ("Russia was ready to send a delegation to Minsk", "C2 C6", "D1"),
    ("Ukraine would not talk in Belarus", "C3 C7", "D2"),
    ("Warsaw was fine", "C4 C6", "D2"),
    ("Podolyak answered", "C8", ""),
)


def write_like_nvivo(path: Path) -> Path:
    """Write a project as NVivo does: a byte order mark, a styled source beside its plain text, offsets in UTF-16 units,
    nested codes with colours, cases, variables, memos, sets, links and a map."""

    def guid(digits: str) -> str:
        return f"0f5d1c2e-7a61-4d0b-9c5e-0000000000{digits}"

    def code(digits: str, name: str, inner: str = "") -> str:
        return f'<Code guid="{guid(digits)}" name="{name}" isCodable="true" color="#ff0000">{inner}</Code>'

    by_case: dict[str, list[str]] = {"D1": [], "D2": []}
    selections = []
    for number, (words, codes, case) in enumerate(_PASSAGES, 10):
        start = len(FIELD_NOTES[: FIELD_NOTES.index(words)].encode("utf-16-le")) // 2
        codings = "".join(
            f'<Coding guid="{guid(f"{number}")[:-4]}{digits}{number}" creatingUser="{guid("A1")}" '
            f'creationDateTime="2022-03-01T10:00:00Z"><CodeRef targetGUID="{guid(digits)}"/></Coding>'
            for digits in codes.split()
        )
        memo = f'<NoteRef targetGUID="{guid("E1")}"/>' if number == 10 else ""
        selections.append(
            f'<PlainTextSelection guid="{guid(str(number))}" name="{words}" startPosition="{start}" '
            f'endPosition="{start + len(words)}" creatingUser="{guid("A1")}">{codings}{memo}</PlainTextSelection>'
        )
        if case:
            by_case[case].append(f'<SelectionRef targetGUID="{guid(str(number))}"/>')
    codes = code("C1", "Venue", code("C2", "Minsk") + code("C3", "Belarus") + code("C4", "Warsaw"))
    codes += code("C5", "Attitude", code("C6", "positive") + code("C7", "negative")) + code("C8", "Mood")
    cases = "".join(
        f'<Case guid="{guid(digits)}" name="{name}">{"".join(by_case[digits])}</Case>'
        for digits, name in (("D1", "Russia"), ("D2", "Ukraine"))
    )
    project = (
        f'\ufeff<?xml version="1.0" encoding="utf-8"?>\r\n<Project xmlns="urn:QDA-XML:project:1.0" name="Field work" '
        f'origin="NVivo 14.23" creatingUserGUID="{guid("A1")}" creationDateTime="2022-03-01T10:00:00Z">'
        f'<Users><User guid="{guid("A1")}" name="Mara" id="M"/></Users><CodeBook><Codes>{codes}</Codes></CodeBook>'
        f'<Variables><Variable guid="{guid("B1")}" name="Place" typeOfVariable="Text"/></Variables>'
        f"<Cases>{cases}</Cases>"
        f'<Sources><TextSource guid="{guid("F1")}" name="Briefing" richTextPath="internal://{guid("F1")}.docx" '
        f'plainTextPath="internal://{guid("F2")}.txt" creatingUser="{guid("A1")}">{"".join(selections)}'
        f'<VariableValue><VariableRef targetGUID="{guid("B1")}"/><TextValue>Kyiv</TextValue></VariableValue>'
        f"</TextSource>"
        f'</Sources><Notes><Note guid="{guid("E1")}" name="Memo"><PlainTextContent>He smiled.</PlainTextContent></Note>'
        f'</Notes><Links><Link guid="{guid("B2")}" originGUID="{guid("C2")}" targetGUID="{guid("C4")}"/></Links>'
        f'<Sets><Set guid="{guid("B3")}" name="Places"><MemberCode targetGUID="{guid("C2")}"/></Set></Sets>'
        f'<Graphs><Graph guid="{guid("B4")}" name="Map"/></Graphs></Project>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Field work.qde", project.encode())
        archive.writestr(f"Sources/{guid('F1').upper()}.docx", b"PK styled text")
        archive.writestr(f"Sources/{guid('F2').upper()}.txt", b"\xef\xbb\xbf" + FIELD_NOTES.encode())
    return path
