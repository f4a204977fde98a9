"""REFI-QDA read: the codes, texts and coded selections of a project, or the codes of a codebook.

Identifiers are new at each export of a tool, so nothing here outlives the reading of one file: what comes twice is
recognised by its content.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from positions.errors import DataError
from positions.exchange.coded_file import Code, CodedFile, CodedPassage, CodedSource, CodePath
from positions.exchange.incoming import ImportSource
from positions.exchange.own_record import read_record_note
from positions.exchange.refi_archive import RefiArchive
from positions.exchange.refi_write import VARIABLES
from positions.exchange.refi_xml import children, local_name, parse_xml
from positions.exchange.text_offsets import TextSelection, resolve_selections
from positions.extract.sources.word import read_word
from positions.files.reading import read_bytes
from positions.model.document import Document, sha256_of
from positions.model.lists import count_words
from positions.model.statement import Statement

_SOURCES: Final = ("TextSource", "PDFSource", "PictureSource", "AudioSource", "VideoSource")
_TEXTS: Final = {"PDFSource": "Representation", "PictureSource": "TextDescription"}
_MEDIA: Final = {
    "PDFSelection": "selection of PDF pages",
    "PictureSelection": "selection of pictures",
    "AudioSelection": "selection of recordings",
    "VideoSelection": "selection of films",
    "TranscriptSelection": "selection of transcripts",
}
_UNUSED: Final = {
    "Sets": ("Set", "set"),
    "Graphs": ("Graph", "graph"),
    "Links": ("Link", "link"),
}
_CASES: Final = "Cases"


def read_refi_project(source: ImportSource) -> CodedFile:
    """Return what was coded in a ``.qdpx`` file; raise ``DataError`` if it is none."""
    name = source.path.name
    archive = RefiArchive(read_bytes(source.path), where=name)
    return _Project(parse_xml(archive.project(), where=name), archive, name).read()


def read_refi_codebook(source: ImportSource) -> CodedFile:
    """Return the codes of a ``.qdc`` file; raise ``DataError`` if it is none."""
    root = parse_xml(read_bytes(source.path), where=source.path.name)
    codes = tuple(_codes(next(iter(children(root, "Codes")), None)))
    words = f"{count_words(len(codes), 'code')}: a codebook brings no statements; --propose-map makes issues of codes"
    return CodedFile(tuple(code for _, code in codes), left_out=(words,))


def _codes(parent: ET.Element | None, path: CodePath = ()) -> Iterator[tuple[str, Code]]:
    """Yield codes with their identifiers, each before those in it, whether or not it may be coded with."""
    for element in children(parent, "Code"):
        own = (*path, element.get("name", "").strip() or "code without a name")
        yield _guid(element), Code(own, _text_of(element, "Description"))
        yield from _codes(element, own)


@dataclass(slots=True)
class _Project:
    """One project while it is read; ``left_out`` counts what has no place here, by its name for one."""

    root: ET.Element
    archive: RefiArchive
    name: str
    left_out: Counter[str] = field(default_factory=Counter)
    missing: list[str] = field(default_factory=list)
    sources: list[CodedSource] = field(default_factory=list)
    passages: list[CodedPassage] = field(default_factory=list)
    users: dict[str, str] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    used_notes: set[str] = field(default_factory=set)
    cases: dict[str, list[CodePath]] = field(default_factory=lambda: defaultdict(list))

    def read(self) -> CodedFile:
        for user in children(self._part("Users"), "User"):
            self.users[_guid(user)] = (user.get("name") or user.get("id") or "").strip()
        self.codes = dict(_codes(next(iter(children(self._part("CodeBook"), "Codes")), None)))
        self.notes = {_guid(note): self._note_text(note) for note in children(self._part("Notes"), "Note")}
        cases = [self._case(case) for case in children(self._part("Cases"), "Case")]
        for source in children(self._part("Sources"), *_SOURCES):
            self._read_source(source)
        for part, (one, words) in _UNUSED.items():
            self.left_out[words] += len(list(children(self._part(part), one)))
        self.left_out["note that no selection has"] += len(set(self.notes) - self.used_notes)
        codes = (*self.codes.values(), *cases)
        return CodedFile(codes, tuple(self.sources), tuple(self.passages), tuple(self._left_out_lines()))

    def _left_out_lines(self) -> Iterator[str]:
        yield from self.missing
        for words, count in self.left_out.items():
            if count:
                head, _, rest = words.partition(" ")
                yield f"{count_words(count, head)} {rest}".strip()

    def _part(self, name: str) -> ET.Element | None:
        return next(iter(children(self.root, name)), None)

    def _case(self, case: ET.Element) -> Code:
        """Note what a case groups: it says of a source or selection who it is about, as a code does."""
        path = (_CASES, case.get("name", "").strip() or "case without a name")
        for reference in children(case, "SourceRef", "SelectionRef"):
            self.cases[_plain_guid(reference.get("targetGUID", ""))].append(path)
        for reference in children(case, "CodeRef"):
            if code := self.codes.get(_plain_guid(reference.get("targetGUID", ""))):
                self.cases[f"code {' '.join(code.path)}"].append(path)
        self.left_out["value of cases' variables"] += len(list(children(case, "VariableValue")))
        return Code(path, _text_of(case, "Description"))

    def _note_text(self, note: ET.Element) -> str:
        content = next(iter(children(note, "PlainTextContent")), None)
        if content is not None:
            return content.text or ""
        path = note.get("plainTextPath", "")
        written = self.archive.source(path) if path else None
        return _decode(written)[0] if written is not None else ""

    def _read_source(self, source: ET.Element) -> None:
        name = source.get("name", "").strip()
        texts = [source] if local_name(source) == "TextSource" else []
        texts += children(source, _TEXTS.get(local_name(source), "Transcript"))
        for element in source:
            if (kind := _MEDIA.get(local_name(element))) is not None:
                self.left_out[kind] += 1
                self.used_notes.update(self._references(element))
        if not texts:
            self.missing.append(f"source {name or _guid(source)}: it has no text")
        for text in texts:
            self._read_text(source, text, name)

    def _read_text(self, source: ET.Element, element: ET.Element, name: str) -> None:
        key = _guid(element) or _guid(source)
        path = element.get("plainTextPath", "")
        name = name or element.get("name", "").strip() or path.rpartition("/")[2] or key
        if local_name(element) == "Transcript":
            self.left_out[_MEDIA["TranscriptSelection"]] += len(list(children(element, "TranscriptSelection")))
        fields = self._source_fields(source)
        text = self._text(element, name, sha256=fields.pop("sha256", ""))
        if text is None:
            return
        self.sources.append(CodedSource(key, name, text, fields))
        selections = list(children(element, "PlainTextSelection"))
        spans = resolve_selections(text, [self._selection(one) for one in selections])
        for selection, span in zip(selections, spans, strict=True):
            if span is None:
                self.left_out["selection that is empty or outside of its text"] += 1
                self.used_notes.update(self._references(selection))
                continue
            for codes, fields in self._coded(selection):
                where = f"{self.name} {name} {span.start}"
                self.passages.append(CodedPassage(where, key, span.start, span.end, codes, fields))
        whole = [*children(element, "Coding"), *(children(source, "Coding") if element is not source else ())]
        self.used_notes.update(one for coding in whole for one in self._references(coding))
        codes = (*self._paths(whole), *self.cases.get(_guid(source), ()))
        if codes:
            where = f"{self.name} {name}"
            self.passages.append(CodedPassage(where, key, 0, len(text), codes, {}, is_whole=True))

    def _text(self, element: ET.Element, name: str, *, sha256: str) -> str | None:
        """Return the text of a source as the tool has it, ``None`` if the file does not hold it.

        A byte order mark is a part of it only if it was when the text was written here, with this hash.
        """
        content = next(iter(children(element, "PlainTextContent")), None)
        if content is not None and content.text:
            return content.text.removeprefix("\ufeff")
        path = element.get("plainTextPath", "")
        written = self.archive.source(path) if path else None
        if written is not None and sha256_of(written) == sha256:
            return written.decode()
        if written is not None:
            text, encoding = _decode(written)
            if encoding:
                self.missing.append(f"no character of {name}, though it is not UTF-8: it was read as {encoding}")
            return text
        rich = element.get("richTextPath", "")
        if rich.lower().endswith(".docx") and (written := self.archive.source(rich)) is not None:
            try:
                return read_word(written, where=name).text
            except DataError as error:
                self.missing.append(f"source {name}: {error.findings[0].message}")
                return None
        reason = f"its text {path} is not in the file" if path else "it has no plain text"
        self.missing.append(f"source {name}: {reason}")
        return None

    def _selection(self, element: ET.Element) -> TextSelection:
        start, end = (_whole_number(element.get(name, "")) for name in ("startPosition", "endPosition"))
        if quote := next((str(one["quote"]) for one in self._records(element) if one.get("quote")), ""):
            return TextSelection(start, end, quote, is_exact=True)
        return TextSelection(start, end, element.get("name", ""))

    def _records(self, element: ET.Element) -> list[Mapping[str, Any]]:
        notes = [self.notes[guid] for guid in self._references(element) if guid in self.notes]
        return [record for note in notes if (record := read_record_note(note, Statement)) is not None]

    def _references(self, element: ET.Element) -> list[str]:
        """Return the notes that a selection or its codings have."""
        owners = [element, *children(element, "Coding")]
        return [_plain_guid(one.get("targetGUID", "")) for owner in owners for one in children(owner, "NoteRef")]

    def _coded(self, selection: ET.Element) -> Iterator[tuple[tuple[CodePath, ...], dict[str, Any]]]:
        """Yield the codes that a selection has by each user, with what is noted of it; a record written here whole."""
        self.used_notes.update(self._references(selection))
        records = self._records(selection)
        by_user: dict[str, list[ET.Element]] = defaultdict(list)
        for coding in children(selection, "Coding"):
            by_user[self._user(coding) or self._user(selection)].append(coding)
        cases = self.cases.get(_guid(selection), ())
        if len(records) == 1:
            codings = [coding for of_user in by_user.values() for coding in of_user]
            yield (*self._paths(codings), *cases), dict(records[0])
            return
        yield from (((), dict(record)) for record in records)
        for user, codings in {} if records else (by_user or {"": []}).items():
            if codes := (*self._paths(codings), *cases):
                fields = {"coder": user, "note": self._noted(selection, codings)}
                yield codes, {name: value for name, value in fields.items() if value}

    def _noted(self, selection: ET.Element, codings: Iterable[ET.Element]) -> str:
        guids = [guid for one in (selection, *codings) for guid in self._references(one)]
        texts = [_text_of(selection, "Description"), *(self.notes.get(guid, "") for guid in dict.fromkeys(guids))]
        return "\n".join(text.strip() for text in texts if text.strip())

    def _paths(self, codings: Iterable[ET.Element]) -> tuple[CodePath, ...]:
        paths: list[CodePath] = []
        for coding in codings:
            for reference in children(coding, "CodeRef"):
                if code := self.codes.get(_plain_guid(reference.get("targetGUID", ""))):
                    paths += [code.path, *self.cases.get(f"code {' '.join(code.path)}", ())]
                else:
                    self.left_out["coding with a code that the file does not have"] += 1
        return tuple(dict.fromkeys(paths))

    def _user(self, element: ET.Element) -> str:
        return self.users.get(_plain_guid(element.get("creatingUser", "")), "")

    def _source_fields(self, source: ET.Element) -> dict[str, Any]:
        """Return a document's fields that the file tells: those noted here, or in variables as they are named here."""
        references = [_plain_guid(one.get("targetGUID", "")) for one in children(source, "NoteRef")]
        self.used_notes.update(references)
        for guid in references:
            if (record := read_record_note(self.notes.get(guid, ""), Document)) is not None:
                return dict(record)
        names = {_guid(one): one.get("name", "") for one in children(self._part("Variables"), "Variable")}
        fields: dict[str, Any] = {}
        for value in children(source, "VariableValue"):
            reference = next(iter(children(value, "VariableRef")), None)
            name = names.get(_plain_guid(reference.get("targetGUID", "")), "") if reference is not None else ""
            words = "".join((one.text or "").strip() for one in value if one is not reference)
            if name in VARIABLES:
                fields |= {name: words} if words else {}
            else:
                self.left_out["value of sources' variables"] += 1
        return fields


def _decode(content: bytes) -> tuple[str, str]:
    """Return a text without its byte order mark, and the encoding that was guessed, empty if it is as it should be."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), ""
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), "Windows-1252"


def _text_of(element: ET.Element, name: str) -> str:
    child = next(iter(children(element, name)), None)
    return "" if child is None else "".join(child.itertext())


def _guid(element: ET.Element) -> str:
    return _plain_guid(element.get("guid", ""))


def _plain_guid(guid: str) -> str:
    return guid.strip().strip("{}").casefold()


def _whole_number(text: str) -> int:
    """Return an offset, -1 for what is none."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 12 else -1
