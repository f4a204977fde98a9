"""REFI-QDA, the exchange format of NVivo, MAXQDA, ATLAS.ti and QualCoder, written: a project, or a codebook alone.

A document is a plain text source whose offsets are code points, as the standard counts them. A statement is a selection
of its own with the codes of its level, holder and speaker, made by its coder, with a note that holds all its fields.
"""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from positions.exchange.content import ONLY, BookContent, Exported
from positions.exchange.own_codes import OwnCodes
from positions.exchange.own_record import record_note
from positions.exchange.refi_xml import (
    CODEBOOK,
    PROJECT,
    add_codes,
    add_element,
    code_guid,
    guid_of,
    new_root,
    xml_bytes,
)
from positions.model.dates import instant_text
from positions.model.document import Document
from positions.model.lists import count_words
from positions.model.revision import Record
from positions.model.statement import Statement
from positions.wording.citation import document_citation
from positions.wording.quotes import readable_quote

VARIABLES: Final = ("outlet", "origin", "published_on", "author", "url", "language", "note")
"""The fields of a document that are variables of its source, as other tools show them."""
_TIME: Final = (1980, 1, 1, 0, 0, 0)
_NAME: Final = 100
"""The most characters of a selection's name."""


def write_refi_project(content: BookContent) -> Exported:
    """Return a ``.qdpx`` file; statements on documents without a text cannot be selections and are left out."""
    documents = {one.id: one for one in content.documents if one.text}
    by_document: dict[str, list[Record]] = defaultdict(list)
    for record in content.records:
        by_document[record.statement.document].append(record)
    files = {"project.qde": xml_bytes(_project(content, documents, by_document))}
    files |= {f"sources/{_source_guid(one)}.txt": (one.text or "").encode() for one in documents.values()}
    return Exported({ONLY: _zip(files)}, tuple(_left_out(content, documents)))


def write_refi_codebook(content: BookContent) -> Exported:
    """Return the codebook as a ``.qdc`` file."""
    root = new_root("CodeBook", CODEBOOK)
    add_codes(root, content.codebook, (record.statement for record in content.records))
    left_out = [
        count_words(len(content.documents), "document"),
        count_words(len(content.records), "statement"),
    ]
    words = f"{' and '.join(left_out)}: a .qdc file is a codebook alone, a .qdpx file holds them"
    return Exported({ONLY: xml_bytes(root)}, (words,), summary=count_words(len(content.codebook.issues), "issue"))


def _left_out(content: BookContent, documents: Mapping[str, Document]) -> Iterable[str]:
    bare = [one for one in content.documents if one.id not in documents]
    lost = [one for one in content.records if one.statement.document not in documents]
    if bare:
        on_them = f" and {count_words(len(lost), 'statement')} on them" if lost else ""
        yield f"{count_words(len(bare), 'document')}{on_them}: without a text there is nothing to select"
    if content.codebook.events:
        yield f"{count_words(len(content.codebook.events), 'event')} of the codebook: REFI-QDA has no place for them"
    if content.codebook.rules:
        yield f"{count_words(len(content.codebook.rules), 'coding rule')}: REFI-QDA has no place for them"


def _project(
    content: BookContent, documents: Mapping[str, Document], by_document: Mapping[str, list[Record]]
) -> ET.Element:
    """Build the project; the schema gives the order of its parts."""
    root = new_root("Project", PROJECT)
    root.set("name", content.codebook.title)
    kept = [record for name in documents for record in by_document[name]]
    if kept:
        root.set("modifiedDateTime", _instant(max(kept, key=lambda record: record.recorded_at)))
    if coders := sorted({record.statement.coder for record in kept}):
        users = add_element(root, "Users")
        for coder in coders:
            add_element(users, "User", guid=guid_of("user", coder), name=coder)
    add_codes(add_element(root, "CodeBook"), content.codebook, (record.statement for record in kept))
    if not documents:
        return root
    variables = add_element(root, "Variables")
    for name in VARIABLES:
        add_element(variables, "Variable", guid=guid_of("variable", name), name=name, typeOfVariable="Text")
    sources, notes = add_element(root, "Sources"), add_element(root, "Notes")
    codes = OwnCodes(content.codebook)
    for document in documents.values():
        source = _add_source(sources, document)
        for record in sorted(by_document[document.id], key=lambda one: (one.statement.start, one.statement.id)):
            _add_selection(source, record, codes)
            _add_note(notes, record.statement, record.statement.coder, _instant(record))
        add_element(source, "NoteRef", targetGUID=_note_guid(document))
        _add_note(notes, document)
        _add_values(source, document)
    return root


def _add_source(sources: ET.Element, document: Document) -> ET.Element:
    guid = _source_guid(document)
    source = add_element(
        sources,
        "TextSource",
        guid=guid,
        name=document.title or document.id,
        plainTextPath=f"internal://{guid}.txt",
    )
    add_element(source, "Description", document_citation(document))
    return source


def _add_values(source: ET.Element, document: Document) -> None:
    for name in VARIABLES:
        if (value := getattr(document, name)) not in (None, ""):
            variable = add_element(source, "VariableValue")
            add_element(variable, "VariableRef", targetGUID=guid_of("variable", name))
            add_element(variable, "TextValue", str(value))


def _add_selection(source: ET.Element, record: Record, codes: OwnCodes) -> None:
    statement = record.statement
    user, made = guid_of("user", statement.coder), _instant(record)
    words = readable_quote(statement.quote)
    selection = add_element(
        source,
        "PlainTextSelection",
        guid=_guid_of_record("selection", statement),
        name=words if len(words) <= _NAME else f"{words[:_NAME]}…",
        startPosition=str(statement.start),
        endPosition=str(statement.end),
        creatingUser=user,
        creationDateTime=made,
    )
    if statement.note:
        add_element(selection, "Description", statement.note)
    for path in codes.of(statement):
        guid = guid_of("coding", statement.model_dump_json(), *path)
        coding = add_element(selection, "Coding", guid=guid, creatingUser=user, creationDateTime=made)
        add_element(coding, "CodeRef", targetGUID=code_guid(path))
    add_element(selection, "NoteRef", targetGUID=_note_guid(statement))


def _add_note(notes: ET.Element, record: Statement | Document, coder: str = "", made: str = "") -> None:
    user = guid_of("user", coder) if coder else ""
    name = f"{'Statement' if isinstance(record, Statement) else 'Document'} {record.id}"
    note = add_element(notes, "Note", guid=_note_guid(record), name=name, creatingUser=user, creationDateTime=made)
    add_element(note, "PlainTextContent", record_note(record))


def _source_guid(document: Document) -> str:
    return guid_of("source", document.id, document.sha256 or "")


def _note_guid(record: Statement | Document) -> str:
    return _guid_of_record("note", record)


def _guid_of_record(kind: str, record: Statement | Document) -> str:
    return guid_of(kind, record.id, record.model_dump_json(exclude={"text"}))


def _instant(record: Record) -> str:
    """Return the instant of recording as XML's dateTime."""
    return instant_text(record.recorded_at)


def _zip(files: Mapping[str, bytes]) -> bytes:
    """Return files as an archive that is the same for the same files, whenever it is made."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, written in files.items():
            entry = zipfile.ZipInfo(name, date_time=_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, written)
    return target.getvalue()
