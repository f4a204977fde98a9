"""Word files, saved mail, pages saved as one file, and file names as ids."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.errors import DataError
from positions.extract.sources.document_id import plain_id
from positions.extract.sources.reader import read_source
from positions.model.words import is_id
from tests.positions.extract.pages import page, written

WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/package/2006/content-types"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
CORE = (
    '<x xmlns:dc="a" xmlns:dcterms="b"><dc:title>Talks &amp; terms</dc:title><dc:creator>Ann</dc:creator>'
    "<dcterms:created>2022-02-25T10:00:00Z</dcterms:created></x>"
)


NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def word_file(path: Path, *paragraphs: str, body: str = "", notes: str = "") -> Path:
    body = body or "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{KINDS}"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>',
        )
        relation = f'<Relationship Id="r1" Type="{OFFICE}" Target="word/document.xml"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{RELATIONS}">{relation}</Relationships>')
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{WORDS}"><w:body>{body}</w:body></w:document>')
        if notes:
            relation = f'<Relationship Id="n1" Type="{NOTES}" Target="footnotes.xml"/>'
            archive.writestr(
                "word/_rels/document.xml.rels", f'<Relationships xmlns="{RELATIONS}">{relation}</Relationships>'
            )
            archive.writestr("word/footnotes.xml", notes)
        archive.writestr("docProps/core.xml", CORE)
    return path


def test_a_word_file_is_its_paragraphs_with_what_it_says_of_itself(tmp_path: Path) -> None:
    pytest.importorskip("mammoth", reason="mammoth is not installed")
    source = read_source(word_file(tmp_path / "a.docx", "Talks", "The envoy said: “We are ready.”"))
    assert source.text == "Talks\nThe envoy said: “We are ready.”"
    assert (source.title, source.author) == ("Talks & terms", "Ann")
    assert (str(source.published_on), source.published_on_basis) == ("2022-02-25", "inferred")
    made = source.document(outlet="x").made_from
    assert made is not None
    assert (made.tool or "").startswith("mammoth ")


def run_of(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"<w:p>{run_of('First line')}<w:r><w:br/></w:r>{run_of('second line')}</w:p>", "First line\nsecond line"),
        (
            f"<w:tbl><w:tr><w:tc><w:p>{run_of('Ukraine')}</w:p></w:tc><w:tc><w:p>{run_of('against')}</w:p>"
            f"<w:p>{run_of('Minsk')}</w:p></w:tc></w:tr></w:tbl>",
            "Ukraine\tagainst Minsk",
        ),
        (
            f"<w:p>{run_of('We will ')}<w:del w:id='1'><w:r><w:delText>never </w:delText></w:r></w:del>"
            f"<w:ins w:id='2'>{run_of('gladly ')}</w:ins>{run_of('talk &lt;b&gt;.')}</w:p>",
            "We will gladly talk <b>.",
        ),
        (f"<w:p>{run_of('و بالعربية «نعم»')}</w:p><w:p/><w:p>{run_of('Then.')}</w:p>", "و بالعربية «نعم»\nThen."),
    ],
    ids=["line break", "table", "tracked change", "right to left"],
)
def test_a_word_file_keeps_lines_rows_and_what_was_inserted(tmp_path: Path, body: str, text: str) -> None:
    pytest.importorskip("mammoth", reason="mammoth is not installed")
    assert read_source(word_file(tmp_path / "a.docx", body=body)).text == text


def test_notes_follow_the_text_of_a_word_file_and_leave_no_sign_in_it(tmp_path: Path) -> None:
    pytest.importorskip("mammoth", reason="mammoth is not installed")
    note = f'<w:footnote w:id="2"><w:p>{run_of("In a letter.")}</w:p></w:footnote>'
    body = f'<w:p>{run_of("He said yes.")}<w:r><w:footnoteReference w:id="2"/></w:r>{run_of(" He left.")}</w:p>'
    source = read_source(
        word_file(tmp_path / "a.docx", body=body, notes=f'<w:footnotes xmlns:w="{WORDS}">{note}</w:footnotes>')
    )
    assert source.text == "He said yes. He left.\nIn a letter."


def test_a_word_file_without_words_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("mammoth", reason="mammoth is not installed")
    with pytest.raises(DataError, match=r"a\.docx: the Word file has no text"):
        read_source(word_file(tmp_path / "a.docx", " "))


def test_a_saved_mail_has_its_senders_day_and_name(tmp_path: Path) -> None:
    mail = (
        "From: Ann Writer <ann@example.org>\r\nSubject: =?utf-8?q?Talks_=E2=80=93_again?=\r\n"
        "Date: Fri, 25 Feb 2022 23:30:00 -0500\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\n"
        "T\xfcrkiye is ready.\r\n"
    )
    source = read_source(written(tmp_path, "a.eml", mail.encode("latin-1")))
    assert (source.text, source.title, source.author) == ("Türkiye is ready.", "Talks – again", "Ann Writer")
    assert (str(source.published_on), source.published_on_basis) == ("2022-02-25", "explicit")


HEADERS = b"From: Ann <a@example.org>\nSubject: Talks\nDate: 25 Feb 2022\n"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"Content-Type: text/plain; charset=koi8-r\n\n" + "Мы готовы.".encode("koi8-r"), "Мы готовы."),
        (b"Content-Type: text/plain; charset=us-ascii\n\n" + "Café".encode(), "Café"),
        (b"Content-Type: text/plain; charset=x-nothing\n\n" + "Café".encode(), "Café"),
        (
            b"Content-Type: text/plain; charset=utf-8\n"
            b"Content-Transfer-Encoding: quoted-printable\n\nCaf=C3=A9 =\nau lait",
            "Café au lait",
        ),
        (b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nQ2Fmw6k=\n", "Café"),
        (b"\nWe refuse.\n\n> Are you ready?\n", "We refuse.\n\n> Are you ready?"),
    ],
    ids=["koi8-r", "wrong charset", "unknown charset", "quoted-printable", "base64", "reply"],
)
def test_a_mail_s_text_is_decoded_as_it_says_or_as_utf_8(tmp_path: Path, content: bytes, text: str) -> None:
    source = read_source(written(tmp_path, "a.eml", HEADERS + content))
    assert source.text == text
    assert str(source.published_on) == "2022-02-25"


@pytest.mark.parametrize("charset", [b"", b"; charset=utf-8", b"; charset=us-ascii", b"; charset=x-nothing"])
def test_a_mail_in_another_encoding_than_it_says_is_refused_not_bent(tmp_path: Path, charset: bytes) -> None:
    content = HEADERS + b"Content-Type: text/plain" + charset + b"\n\n" + "Café “here”".encode("cp1252")
    with pytest.raises(DataError, match=r"a\.eml: the text is neither in '[a-z0-9-]+', as it says, nor in UTF-8"):
        read_source(written(tmp_path, "a.eml", content))


def test_a_page_saved_as_one_file_keeps_its_address_and_the_day_it_was_saved(tmp_path: Path) -> None:
    head = "Date: Sat, 26 Feb 2022 10:00:00 +0000\r\nSnapshot-Content-Location: https://example.org/talks\r\n"
    part = f"Content-Type: text/html; charset=utf-8\r\n\r\n{page()}"
    parts = f"Content-Type: multipart/related; boundary=B\r\n\r\n--B\r\n{part}\r\n--B--"
    source = read_source(written(tmp_path, "a.mhtml", (head + parts).encode()))
    document = source.document(outlet="x", published_on="2022-02-25")
    assert source.text.startswith("Putin ready for talks")
    assert document.url == "https://example.org/talks"
    assert document.made_from is not None
    assert str(document.made_from.fetched_on) == "2022-02-26"


def test_a_saved_page_says_in_a_comment_where_it_came_from(tmp_path: Path) -> None:
    browser = f"<!-- saved from url=(0030)https://example.org/2022/02/25/t -->{page()}"
    extension = (
        f"<!--\n Page saved \n url: https://example.org/t \n saved date: Sat Feb 26 2022 10:00:00 GMT\n-->{page()}"
    )
    assert read_source(written(tmp_path, "a.html", browser)).url == "https://example.org/2022/02/25/t"
    source = read_source(written(tmp_path, "b.html", extension))
    assert (source.url, str(source.fetched_on)) == ("https://example.org/t", "2022-02-26")


@pytest.mark.parametrize("ending", ["doc", "odt", "rtf", "pages", "epub"])
def test_a_file_of_another_program_is_refused_with_what_to_do(tmp_path: Path, ending: str) -> None:
    with pytest.raises(DataError, match=rf"\.{ending} files are not read; save it as \.docx, \.pdf or plain text"):
        read_source(written(tmp_path, f"a.{ending}", b"words"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Путин готов к переговорам", "putin-gotov-k-peregovoram"),
        ("Łódź & Straße", "lodz-Strasse"),
        ("a b.c", "a-b.c"),
        (".hidden", "hidden"),
        ("Ελλάδα 2022", "ellada-2022"),
        ("🙂", ""),
        ("003_x", "003_x"),
    ],
)
def test_a_file_name_becomes_an_id_in_plain_letters(name: str, expected: str) -> None:
    assert plain_id(name) == expected


@given(name=st.text(max_size=100))
def test_any_name_becomes_an_id_or_nothing(name: str) -> None:
    found = plain_id(name)
    assert found == "" or is_id(found)
