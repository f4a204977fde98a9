"""REFI-QDA written: what the standard's schema demands, the same bytes each time, and what another tool shows."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest

from positions.exchange.content import ONLY, BookContent
from positions.exchange.refi_write import write_refi_codebook, write_refi_project
from positions.exchange.refi_xml import parse_xml
from positions.model.document import Document
from tests.positions.exchange.books import book_of, content_of, document_of, quoted

GUID = re.compile(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}")
ORDER = {
    "Project": [
        "Users",
        "CodeBook",
        "Variables",
        "Cases",
        "Sources",
        "Notes",
        "Links",
        "Sets",
        "Graphs",
        "Description",
    ],
    "CodeBook": ["Codes"],
    "Code": ["Description", "NoteRef", "Code"],
    "TextSource": ["Description", "PlainTextContent", "PlainTextSelection", "Coding", "NoteRef", "VariableValue"],
    "Note": ["Description", "PlainTextContent", "PlainTextSelection", "Coding", "NoteRef", "VariableValue"],
    "PlainTextSelection": ["Description", "Coding", "NoteRef"],
    "Coding": ["CodeRef", "NoteRef"],
    "VariableValue": ["VariableRef", "TextValue"],
}
NEEDED = {
    "Project": {"name"},
    "User": {"guid"},
    "Code": {"guid", "name", "isCodable"},
    "Variable": {"guid", "name", "typeOfVariable"},
    "TextSource": {"guid"},
    "Note": {"guid"},
    "PlainTextSelection": {"guid", "startPosition", "endPosition"},
    "Coding": {"guid"},
    "CodeRef": {"targetGUID"},
    "NoteRef": {"targetGUID"},
    "VariableRef": {"targetGUID"},
}
"""The order of elements and the attributes that the published schema demands, in our own words."""


@pytest.fixture(scope="module")
def case(opened_case: Path) -> BookContent:
    return content_of(opened_case)


def opened(content: BookContent) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(write_refi_project(content).files[ONLY]))


def project(content: BookContent) -> ET.Element:
    return parse_xml(opened(content).read("project.qde"), where="project.qde")


def name_of(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def named(root: ET.Element, name: str) -> list[ET.Element]:
    return [one for one in root.iter() if name_of(one) == name]


def test_elements_stand_in_the_schemas_order_with_the_attributes_that_it_demands(case: BookContent) -> None:
    root = project(case)
    assert root.tag == "{urn:QDA-XML:project:1.0}Project"
    for element in root.iter():
        order = ORDER.get(name_of(element))
        if order is not None:
            places = [order.index(name_of(child)) for child in element]
            assert all(one <= two for one, two in pairwise(places)), name_of(element)
        assert NEEDED.get(name_of(element), set()) <= set(element.attrib), name_of(element)


def test_identifiers_are_guids_each_given_once_and_every_reference_leads_to_one(case: BookContent) -> None:
    root = project(case)
    given = [one.get("guid", "") for one in root.iter() if one.get("guid")]
    assert len(given) == len(set(given))
    assert all(GUID.fullmatch(one) for one in given)
    references = {one.get(name) for one in root.iter() for name in ("targetGUID", "creatingUser") if one.get(name)}
    assert references <= set(given)
    times = {one.get("creationDateTime", "") for one in named(root, "Coding")}
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", time) for time in times)


def test_the_texts_lie_beside_the_project_byte_for_byte_under_their_guids(case: BookContent) -> None:
    archive = opened(case)
    assert archive.namelist()[0] == "project.qde"
    for source, document in zip(named(project(case), "TextSource"), case.documents, strict=True):
        path = source.get("plainTextPath", "")
        assert path == f"internal://{source.get('guid')}.txt"
        text = archive.read(f"sources/{path.removeprefix('internal://')}").decode()
        assert text == document.text
        for selection, record in zip(
            named(source, "PlainTextSelection"),
            sorted(
                (one.statement for one in case.records if one.statement.document == document.id),
                key=lambda one: (one.start, one.id),
            ),
            strict=True,
        ):
            start, end = int(selection.get("startPosition", "")), int(selection.get("endPosition", ""))
            assert text[start:end] == record.quote, "offsets are code points from 0, the end behind the last one"


def test_a_code_is_an_issue_an_element_or_a_level_and_no_two_have_one_name(case: BookContent) -> None:
    codes = named(project(case), "Code")
    names = [code.get("name", "") for code in codes]
    assert len(names) == len(set(names)), "some tools allow a name only once"
    by_name = {code.get("name"): code for code in codes}
    venue, belarus = by_name["Venue"], by_name["Venue: Belarus"]
    assert belarus in list(named(venue, "Code"))
    assert by_name["Venue: Minsk"] in list(named(belarus, "Code"))
    assert by_name["Venue: Minsk – backs it"].get("isCodable") == "true"
    assert belarus.get("isCodable") == "false", "what only holds levels is not coded with"
    assert by_name["Holder: Russia"].get("color") == "#E69F00"
    assert (venue[0].text or "").startswith("Where talks between Russia and Ukraine are held")


def test_a_statement_is_a_selection_with_its_codes_its_coder_its_note_and_all_of_its_fields(case: BookContent) -> None:
    root = project(case)
    names = {code.get("guid"): code.get("name") for code in named(root, "Code")}
    notes = {note.get("guid"): "".join(note.itertext()) for note in named(root, "Note")}
    statement = next(one.statement for one in case.records if one.statement.speaker)
    own = f'id = "{statement.id}"'
    selection = next(one for one in named(root, "PlainTextSelection") if own in notes[one[-1].get("targetGUID")])
    codes = [names[reference.get("targetGUID")] for reference in named(selection, "CodeRef")]
    party = case.codebook.party(statement.holder).name
    speaker = case.codebook.speaker(statement.speaker or "").name
    assert codes[1:] == [f"Holder: {party}", f"Speaker: {speaker}"]
    users = {user.get("guid"): user.get("name") for user in named(root, "User")}
    assert {users[coding.get("creatingUser")] for coding in named(selection, "Coding")} == {statement.coder}


def test_of_the_speakers_only_those_who_are_quoted_are_codes(case: BookContent) -> None:
    names = {code.get("name") for code in named(project(case), "Code")}
    quoted_speakers = {one.statement.speaker for one in case.records} - {None}
    shown = {speaker.id for speaker in case.codebook.speakers if f"Speaker: {speaker.name}" in names}
    assert shown == quoted_speakers


def test_the_same_content_gives_the_same_bytes_and_another_note_another_identifier(case: BookContent) -> None:
    assert write_refi_project(case).files == write_refi_project(case).files
    text = "They will talk."
    one, two = (book_of([document_of(text)], [quoted(text, 0, 14, number=1, note=note)]) for note in ("a", "b"))
    assert named(project(one), "PlainTextSelection")[0].get("guid") != named(project(two), "PlainTextSelection")[0].get(
        "guid"
    )


def test_what_the_format_has_no_place_for_is_listed(case: BookContent) -> None:
    bare = Document.model_validate(
        {"id": "doc", "title": "t", "outlet": "o", "published_on": "2022", "published_on_basis": "explicit"}
    )
    left_out = write_refi_project(book_of([bare], [quoted("They will talk.", 0, 14, number=1)])).left_out
    assert left_out == ("1 document and 1 statement on them: without a text there is nothing to select",)
    assert write_refi_project(case).left_out == (
        f"{len(case.codebook.events)} events of the codebook: REFI-QDA has no place for them",
        f"{len(case.codebook.rules)} coding rules: REFI-QDA has no place for them",
    )


def test_a_codebook_alone_is_a_qdc_file(case: BookContent) -> None:
    exported = write_refi_codebook(case)
    root = parse_xml(exported.files[ONLY], where="codebook.qdc")
    assert root.tag == "{urn:QDA-XML:codebook:1.0}CodeBook"
    assert [name_of(one) for one in root] == ["Codes"]
    assert exported.summary == f"{len(case.codebook.issues)} issues"
    assert exported.left_out == (
        f"5 documents and {len(case.records)} statements: a .qdc file is a codebook alone, a .qdpx file holds them",
    )
