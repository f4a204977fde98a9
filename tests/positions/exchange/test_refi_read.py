"""REFI-QDA as real tools write it: names, paths, encodings and identifiers of all kinds, and what cannot be carried."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from positions.errors import DataError
from positions.exchange.coded_file import Code
from positions.exchange.incoming import ImportSource
from positions.exchange.refi_read import read_refi_codebook
from tests.examples import golden_codebook
from tests.positions.exchange.refi_files import (
    CODES,
    FIELD_NOTES,
    HEAD,
    TEXT,
    project_of,
    read,
    selection,
    write_like_nvivo,
    written,
)

ANNA = 'creatingUser="00000000-0000-0000-0000-00000000000A"'


@pytest.mark.parametrize("name", ["project.qde", "Talks in Minsk.qde", "Talks/project.QDE", "Gespräche.qde"])
@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("internal://t.txt", "sources/t.txt"),
        ("internal://T.TXT", "Sources/t.txt"),
        ("t.txt", "sources/t.txt"),
        ("relative:///texts/t.txt", "sources/t.txt"),
        ("absolute:///C:\\Users\\x\\t.txt", "t.txt"),
        ("internal://größe.txt", "sources/größe.txt"),
    ],
)
def test_project_and_sources_are_found_whatever_they_are_called(
    tmp_path: Path, name: str, path: str, file: str
) -> None:
    xml = project_of(selection(0, 38, "C2", attributes=ANNA), source=f'plainTextPath="{path}"')
    coded = read(written(tmp_path, xml, {file: TEXT.encode()}, name=name))
    [source], [passage] = coded.sources, coded.passages
    assert (source.name, source.text) == ("Interview", TEXT)
    assert (passage.start, passage.end, passage.codes) == (0, 38, (("Neutral", "yes"),))
    assert passage.fields == {"coder": "Anna"}, "braces and capitals do not matter in a GUID"
    assert coded.codes[:2] == (Code(("Neutral",), "stays out"), Code(("Neutral", "yes")))
    assert coded.left_out == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_project_and_text_may_have_a_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    xml = project_of(selection(0, 38, "C2")).replace('encoding="utf-8"', f'encoding="{encoding.removesuffix("-sig")}"')
    coded = read(written(tmp_path, xml.encode(encoding), {"sources/t.txt": TEXT.encode(encoding)}))
    assert coded.sources[0].text == TEXT
    assert len(coded.passages) == 1


def test_a_text_that_is_not_utf_8_is_read_as_windows_wrote_it_and_told(tmp_path: Path) -> None:
    text = "“Größe” is a German word – he said so."
    coded = read(written(tmp_path, project_of(selection(0, 38, "C2")), {"sources/t.txt": text.encode("cp1252")}))
    assert coded.sources[0].text == text
    assert coded.left_out == ("no character of Interview, though it is not UTF-8: it was read as Windows-1252",)


def test_a_text_in_the_project_itself_needs_no_file(tmp_path: Path) -> None:
    xml = project_of(f"<PlainTextContent>{TEXT}</PlainTextContent>{selection(0, 38, 'C2')}", source="")
    coded = read(written(tmp_path, xml, {}))
    assert (coded.sources[0].text, len(coded.passages)) == (TEXT, 1)


def test_two_codings_on_one_selection_are_one_passage_for_each_user(tmp_path: Path) -> None:
    both = selection(0, 38, "C2 C3", attributes=ANNA)
    coded = read(written(tmp_path, project_of(both + selection(39, 82, "C3")), {"sources/t.txt": TEXT.encode()}))
    assert [passage.codes for passage in coded.passages] == [(("Neutral", "yes"), ("Russia",)), (("Russia",),)]
    assert [dict(passage.fields) for passage in coded.passages] == [{"coder": "Anna"}, {}], "nobody made the second"


def test_a_user_that_is_not_listed_is_nobody(tmp_path: Path) -> None:
    stranger = 'creatingUser="99999999-0000-0000-0000-00000000000A"'
    coded = read(
        written(tmp_path, project_of(selection(0, 38, "C2", attributes=stranger)), {"sources/t.txt": TEXT.encode()})
    )
    assert coded.passages[0].fields == {}


def test_notes_and_descriptions_of_a_selection_are_its_note(tmp_path: Path) -> None:
    note = '<NoteRef targetGUID="00000000-0000-0000-0000-0000000000E1"/>'
    inner = selection(0, 38, "C2").replace("</PlainTextSelection>", f"{note}</PlainTextSelection>")
    inner = inner.replace("<Coding", "<Description>read twice</Description><Coding", 1)
    notes = (
        '<Notes><Note guid="00000000-0000-0000-0000-0000000000E1" name="memo" plainTextPath="internal://n.txt"/>'
        '<Note guid="00000000-0000-0000-0000-0000000000E2"><PlainTextContent>of the project</PlainTextContent></Note>'
        "</Notes>"
    )
    files = {"sources/t.txt": TEXT.encode(), "sources/n.txt": "\ufeffwhy not?".encode()}
    coded = read(written(tmp_path, project_of(inner, rest=notes), files))
    assert coded.passages[0].fields == {"note": "read twice\nwhy not?"}
    assert coded.left_out == ("1 note that no selection has",)


def test_cases_and_codes_of_whole_sources_tell_of_what_is_coded_in_them(tmp_path: Path) -> None:
    cases = (
        '<Cases><Case guid="00000000-0000-0000-0000-0000000000D1" name="Lavrov">'
        '<SourceRef targetGUID="00000000-0000-0000-0000-0000000000F1"/>'
        '<SelectionRef targetGUID="00000000-0000-0000-0000-000000000039"/></Case></Cases>'
    )
    reference = '<CodeRef targetGUID="00000000-0000-0000-0000-0000000000C3"/>'
    whole = f'<Coding guid="00000000-0000-0000-0000-0000000000B1">{reference}</Coding>'
    xml = project_of(selection(39, 82, "C2") + whole).replace("<Sources>", f"{cases}<Sources>")
    one, two = read(written(tmp_path, xml, {"sources/t.txt": TEXT.encode()})).passages
    assert one.codes == (("Neutral", "yes"), ("Cases", "Lavrov"))
    assert (two.is_whole, two.codes) == (True, (("Russia",), ("Cases", "Lavrov")))


def test_all_that_has_no_place_here_is_counted(tmp_path: Path) -> None:
    page = (
        '<PDFSource guid="00000000-0000-0000-0000-0000000000F2" name="Scan.pdf" path="internal://s.pdf">'
        '<PDFSelection guid="00000000-0000-0000-0000-0000000000F3" page="0" firstX="1" firstY="1" secondX="9"/>'
        f'<Representation guid="00000000-0000-0000-0000-0000000000F4" plainTextPath="internal://s.txt">'
        f"{selection(0, 38, 'C2')}</Representation></PDFSource>"
        '<PictureSource guid="00000000-0000-0000-0000-0000000000F5" name="Map" path="internal://m.png">'
        '<PictureSelection guid="00000000-0000-0000-0000-0000000000F6" firstX="1" firstY="1" secondX="9" secondY="9"/>'
        "</PictureSource>"
        '<TextSource guid="00000000-0000-0000-0000-0000000000F7" name="Lost" plainTextPath="internal://lost.txt"/>'
    )
    rest = (
        '<Links><Link guid="00000000-0000-0000-0000-0000000000A1"/></Links>'
        '<Sets><Set guid="00000000-0000-0000-0000-0000000000A2" name="s"/></Sets>'
        '<Graphs><Graph guid="00000000-0000-0000-0000-0000000000A3"/></Graphs>'
    )
    inner = selection(0, 38, "C2") + selection(500, 510, "C2") + selection(39, 82, "CF")
    xml = project_of(inner, rest=rest).replace("</Sources>", f"{page}</Sources>")
    coded = read(written(tmp_path, xml, {"sources/t.txt": TEXT.encode(), "sources/s.txt": TEXT.encode()}))
    assert [source.name for source in coded.sources] == ["Interview", "Scan.pdf"]
    assert len(coded.passages) == 2
    assert coded.left_out == (
        "source Map: it has no text",
        "source Lost: its text internal://lost.txt is not in the file",
        "1 selection that is empty or outside of its text",
        "1 coding with a code that the file does not have",
        "1 selection of PDF pages",
        "1 selection of pictures",
        "1 set",
        "1 graph",
        "1 link",
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"no archive", "is no .qdpx file, which is a zip archive"),
        (b"", "is no .qdpx file"),
    ],
)
def test_what_is_no_archive_is_refused_in_words(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "talks.qdpx"
    path.write_bytes(content)
    with pytest.raises(DataError, match=f"talks.qdpx: {message}"):
        read(path)


def test_an_archive_without_a_project_and_a_broken_one_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="talks.qdpx: has no project in it"):
        read(written(tmp_path, "", {}, name="readme.txt"))
    with pytest.raises(DataError, match="cannot be read as XML: no element found"):
        read(written(tmp_path, "", {}))
    broken = bytearray(written(tmp_path, HEAD + "x" * 500, {}).read_bytes())
    broken[60:90] = bytes(30)
    (tmp_path / "broken.qdpx").write_bytes(broken)
    with pytest.raises(DataError, match="project.qde: cannot be unpacked"):
        read(tmp_path / "broken.qdpx")


def test_entities_are_refused_before_they_swell(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE p [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><Project name="&b;"/>'
    with pytest.raises(DataError, match=r"declares a document type \(p\)"):
        read(written(tmp_path, bomb, {}))


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("positions.exchange.refi_archive._LARGEST", 2_000)
    with pytest.raises(DataError, match="unpacked its texts have over 2,000 bytes"):
        read(written(tmp_path, project_of(""), {"sources/t.txt": bytes(5_000)}))


def test_a_path_leads_to_nothing_outside_of_the_archive(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("not for you")
    xml = project_of("", source=f'plainTextPath="absolute://{tmp_path}/secret.txt"')
    assert read(written(tmp_path, xml, {})).sources == ()


def test_a_styled_source_is_read_by_its_plain_text_or_else_by_itself(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    pytest.importorskip("mammoth", reason="mammoth is not installed")
    styled, target = docx.Document(), io.BytesIO()
    styled.add_paragraph(TEXT)
    styled.save(target)
    paths = 'richTextPath="internal://t.docx" plainTextPath="internal://t.txt"'
    files = {"sources/t.docx": target.getvalue(), "sources/t.txt": f"{TEXT} And more.".encode()}
    both = read(written(tmp_path, project_of(selection(0, 38, "C2"), source=paths), files))
    assert both.sources[0].text == f"{TEXT} And more."
    alone = project_of(selection(0, 38, "C2"), source='richTextPath="internal://t.docx"')
    assert read(written(tmp_path, alone, files)).sources[0].text == TEXT


def test_a_codebook_brings_codes_and_says_what_to_do_with_them(tmp_path: Path) -> None:
    path = tmp_path / "codes.qdc"
    path.write_text(f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0">{CODES.split("<CodeBook>")[1].strip()}')
    coded = read_refi_codebook(ImportSource(path, golden_codebook()))
    assert [code.path for code in coded.codes] == [("Neutral",), ("Neutral", "yes"), ("Russia",)]
    assert coded.left_out == ("3 codes: a codebook brings no statements; --propose-map makes issues of codes",)


@pytest.mark.parametrize(
    ("encoding", "stand_in"), [("cp437", "Xroxe.txt"), ("cp1252", "Xroxe.txt"), ("utf-8", "Xroessx.txt")]
)
def test_names_in_the_archive_may_be_in_any_code_page(tmp_path: Path, encoding: str, stand_in: str) -> None:
    xml = project_of("", source='plainTextPath="internal://Größe.txt"')
    path = written(tmp_path, xml, {stand_in: b"Hello."})
    path.write_bytes(path.read_bytes().replace(stand_in.encode(), "Größe.txt".encode(encoding)))
    assert [source.text for source in read(path).sources] == ["Hello."]


def test_a_project_like_nvivos_gives_its_words_codes_cases_users_and_memos(tmp_path: Path) -> None:
    coded = read(write_like_nvivo(tmp_path / "field.qdpx"))
    assert coded.sources[0].text == FIELD_NOTES
    quotes = [FIELD_NOTES[one.start : one.end] for one in coded.passages]
    assert quotes[:2] == ["Russia was ready to send a delegation to Minsk", "Ukraine would not talk in Belarus"]
    assert coded.passages[0].codes == (("Venue", "Minsk"), ("Attitude", "positive"), ("Cases", "Russia"))
    assert coded.passages[0].fields == {"coder": "Mara", "note": "He smiled."}
    assert coded.left_out == ("1 value of sources' variables", "1 set", "1 graph", "1 link")
