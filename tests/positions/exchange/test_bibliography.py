"""A bibliography holds what documents are called and where they are; reference managers read it, and theirs is read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from positions.exchange.content import ONLY, BookContent
from positions.exchange.formats import FORMATS, choose_format, read_formats, reader_of, writer_of
from positions.exchange.incoming import ImportSource, Incoming
from positions.model.document import Document
from positions.store.published import read_codebook
from positions.workspace import open_workspace
from tests.conftest import ROOT
from tests.positions.cli.test_cli import run

__all__ = ["run"]

ENDINGS = (".csl.json", ".ris", ".bib")
FORMS = {form.endings[0]: form for form in FORMATS if form.endings and form.endings[0] in ENDINGS}
CODEBOOK = read_codebook(ROOT / "data")
ZOTERO_RIS = """TY  - NEWS
TI  - Talks resume in Istanbul
AU  - Aydın, Elif
AU  - Reuters
T2  - The Example
DA  - 2022/03/29/
PY  - 2022
UR  - https://example.org/talks
L1  - files/7/talks.txt
LA  - en-GB
ER  -\x20
"""
ZOTERO_BIB = r"""@article{aydin_talks_2022,
  title = {{Talks} resume in {\.I}stanbul \& beyond},
  author = {Ayd{\i}n, Elif and {Reuters}},
  journal = {The Example},
  year = {2022}, month = mar,
  url = {https://example.org/talks},
  file = {Full Text:files/7/talks.txt:text/plain;Snapshot:files/8/none.html:text/html},
}
"""
ZOTERO_CSL = [
    {
        "id": "http://zotero.org/users/1/items/ABCD1234",
        "type": "webpage",
        "title": "Talks resume",
        "container-title": "The Example",
        "author": [{"family": "Aydın", "given": "Elif"}],
        "issued": {"date-parts": [["2022", 3, 29]]},
        "URL": "https://example.org/talks",
        "language": "en",
    }
]


def written(documents: Sequence[Document], ending: str) -> bytes:
    return writer_of(FORMS[ending])(BookContent(CODEBOOK, tuple(documents), (), "0:none")).files[ONLY]


def read(path: Path) -> Incoming:
    return reader_of(choose_format(path, None, read_formats()))(ImportSource(path, CODEBOOK))


def documents() -> tuple[Document, ...]:
    with open_workspace(ROOT / "data") as workspace:
        return tuple(workspace.documents())


def told(document: Document) -> dict[str, Any]:
    return document.model_dump(mode="json", exclude={"text", "file", "sha256", "made_from"})


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_shipped_documents_come_back_with_all_but_their_texts(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"documents{ending}"
    path.write_bytes(written(documents(), ending))
    incoming = read(path)
    assert incoming.findings == ()
    assert [told(document) for document in incoming.documents] == [told(document) for document in documents()]


LINES = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40).map(
    lambda text: " ".join(text.split())
)
TITLES = LINES.filter(bool)
DAYS = st.sampled_from(["2022", "2022-03", "2022-03-29", "2022-03-29/2022-03-31", "../2022-03-29"])


@pytest.mark.parametrize("ending", ENDINGS)
@given(title=TITLES, outlet=TITLES, author=TITLES, day=DAYS, note=TITLES)
def test_any_words_survive(tmp_path_factory: Any, ending: str, **fields: str) -> None:
    day, names = fields.pop("day"), fields
    document = Document.model_validate({"id": "d1", "published_on": day, "published_on_basis": "inferred", **names})
    path = tmp_path_factory.mktemp("bib") / f"x{ending}"
    path.write_bytes(written([document], ending))
    incoming = read(path)
    assert incoming.findings == ()
    assert [told(one) for one in incoming.documents] == [told(document)]


def test_other_readers_read_what_we_write() -> None:
    ris = rispy.loads(written(documents(), ".ris").decode())
    bib = bibtexparser.parse_string(written(documents(), ".bib").decode())
    csl = json.loads(written(documents(), ".csl.json"))
    titles = [document.title for document in documents()]
    assert [entry["title"] for entry in ris] == titles
    assert [entry["title"] for entry in csl] == titles
    assert not bib.failed_blocks
    assert [entry.key for entry in bib.entries] == [document.id for document in documents()]
    assert [entry["date"] for entry in ris][:1] == ["2022/02/25/"]


@pytest.mark.parametrize(("name", "text"), [("z.ris", ZOTERO_RIS), ("z.bib", ZOTERO_BIB)])
def test_the_files_that_a_reference_manager_exports_beside_it_give_the_texts(
    run: Any, shipped: Path, tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / "files" / "7").mkdir(parents=True)
    (tmp_path / "files" / "7" / "talks.txt").write_text("Talks resume\n\nThe talks resume on Tuesday in Istanbul.\n")
    (tmp_path / name).write_text(text)
    first = run("import", tmp_path / name, "--coder", "anna")
    assert first.out.startswith("imported 1 new document and 0 new statements from ")
    with open_workspace(shipped) as workspace:
        document = next(one for one in workspace.documents() if one.outlet == "The Example")
    assert document.text is not None
    assert "resume on Tuesday" in document.text
    assert document.url == "https://example.org/talks"
    assert "Reuters" in document.author
    again = run("import", tmp_path / name, "--coder", "anna")
    assert again.out.startswith("imported 0 new documents and 0 new statements from ")


def test_an_attachment_outside_the_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.txt").write_text("Not for others.\n")
    (tmp_path / "in" / "z.ris").write_text(ZOTERO_RIS.replace("files/7/talks.txt", "../secret.txt"))
    incoming = read(tmp_path / "in" / "z.ris")
    assert incoming.documents[0].text is None
    assert incoming.left_out == ("../secret.txt: a file outside the folder of the bibliography",)


def test_an_entry_of_zotero_is_understood(tmp_path: Path) -> None:
    (tmp_path / "z.csl.json").write_text(json.dumps(ZOTERO_CSL))
    (document,) = read(tmp_path / "z.csl.json").documents
    assert (document.id, document.author, str(document.published_on)) == ("ABCD1234", "Elif Aydın", "2022-03-29")


def test_an_entry_of_a_known_document_corrects_what_it_says_otherwise(run: Any, tmp_path: Path) -> None:
    run("export", tmp_path / "all.csl.json")
    items = json.loads((tmp_path / "all.csl.json").read_text())
    items[0]["author"] = [{"literal": "D. DeCamp"}]
    (tmp_path / "all.csl.json").write_text(json.dumps(items))
    told = run("import", tmp_path / "all.csl.json", "--coder", "anna")
    assert told.out.startswith("imported 0 new documents, 1 document corrected and 0 new statements from ")
    assert "as all.csl.json has it" in run("history", "000").out


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csl.json", "[1, 2", "a.csl.json: found no JSON"),
        ("a.csl.json", "[1]", "entry 1: found int, allowed: a CSL entry"),
        ("a.csl.json", '[{"id": "x", "title": "T", "container-title": "O"}]', "entry 1 issued: missing"),
        ("a.csl.json", '[{"id": "x", "title": "T", "issued": {"raw": "spring"}}]', "entry 1 outlet"),
        ("a.ris", "no entries here\n", "a.ris: found no"),
        ("a.bib", "@article{a, title = {T", "a.bib:1: found half an entry"),
        ("a.bib", "just words", "a.bib: found no entry"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(run: Any, tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(text)
    told = run("import", tmp_path / name, "--coder", "anna")
    assert told.code == 1
    assert message in told.err
