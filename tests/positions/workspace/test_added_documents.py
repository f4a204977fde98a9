"""Files, folders and pasted texts as documents: each has a lawful id and a file of its own, whatever it is called."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from positions.errors import DataError
from positions.extract.sources.document_id import text_file
from positions.model.document import Document
from positions.model.words import is_id
from positions.workspace import open_workspace
from positions.workspace.added_documents import add_file, add_folder, add_pasted
from positions.workspace.scaffold import make_workspace
from tests.positions.extract.pages import page, written

DATED: Mapping[str, str] = {"outlet": "The Wire", "published_on": "2022-02-25"}
TALKS = "Talks in {}.\n\nThe ministers met, and will meet again.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace of its own beside a folder of documents."""
    (tmp_path / "in").mkdir()
    make_workspace(tmp_path / "data")
    return tmp_path / "data"


def documents(folder: Path) -> dict[str, Document]:
    """Return the documents of a workspace that is opened anew, with their texts."""
    with open_workspace(folder) as workspace:
        return {document.id: document for document in workspace.documents()}


@pytest.mark.parametrize(
    ("name", "record_id", "file"),
    [
        ("with spaces.txt", "with-spaces", "with spaces.txt"),
        ("Переговоры в Минске.txt", "peregovory-v-minske", "Переговоры в Минске.txt"),
        ("مفاوضات.txt", "mfawdat", "مفاوضات.txt"),
        ("🙂.md", None, "🙂.md"),
        ("a.b.c.txt", "a.b.c", "a.b.c.txt"),
        ("...dots...txt", "dots", "dots.txt"),
        (".hidden.txt", "hidden", "hidden.txt"),
        ("-dash.txt", "dash", "-dash.txt"),
        ("CON.txt", "CON", "text-CON.txt"),
        ("what: now?.txt", "what-now", "what-now.txt"),
        ("two\nlines.md", "two-lines", "two-lines.md"),
        ("a" * 251 + ".txt", "a" * 60, "a" * 60 + ".txt"),
        ("я" * 125 + ".txt", "ia" * 30, "ia" * 30 + ".txt"),
        ("noending", "noending", "noending"),
    ],
)
def test_any_file_name_makes_a_lawful_id_and_a_file_that_every_system_can_have(
    folder: Path, name: str, record_id: str | None, file: str
) -> None:
    path = written(folder.parent / "in", name, TALKS.format("Minsk"))
    with open_workspace(folder) as workspace, workspace.recording(coder="anna") as book:
        document = add_file(book, path, DATED)
    assert is_id(document.id)
    assert document.id == (record_id or document.id)
    assert document.file == f"seeds/{file}"
    assert documents(folder)[document.id].text == TALKS.format("Minsk")


@given(st.text(min_size=1, max_size=300))
def test_a_text_lies_in_a_file_that_every_system_can_have(name: str) -> None:
    file = text_file("doc", name, ending="")
    assert len(file.encode("utf-8", "replace")) <= 200
    assert not set(file) & set('/\\:*?"<>|\x00\n')
    assert file[0] not in " ."
    assert file[-1] not in " ."


def test_names_that_differ_by_capitals_alone_have_files_of_their_own(folder: Path) -> None:
    paths = [written(folder.parent / "in", name, f"{name} met.\n") for name in ("UPPER.TXT", "upper.txt", "Upper.txt")]
    with open_workspace(folder) as workspace, workspace.recording(coder="anna") as book:
        added = [add_file(book, path, DATED) for path in paths]
    files = [str(document.file).casefold() for document in added]
    assert len(set(files)) == 3
    assert [document.text for document in added] == ["UPPER.TXT met.\n", "upper.txt met.\n", "Upper.txt met.\n"]


def test_pasted_texts_are_named_after_their_titles_and_none_takes_anothers_file(folder: Path) -> None:
    pages = [TALKS.format("Minsk"), TALKS.format("Geneva"), TALKS.format("Minsk") + "Another text.\n", page()]
    with open_workspace(folder) as workspace, workspace.recording(coder="anna") as book:
        added = [add_pasted(book, text.encode(), DATED) for text in pages]
    assert [document.id for document in added] == [
        "Talks-in-Minsk",
        "Talks-in-Geneva",
        "Talks-in-Minsk-2",
        "Putin-ready-for-talks",
    ]
    assert [document.file for document in added] == [f"seeds/{document.id}.txt" for document in added]
    assert added[0].made_from is None
    assert added[3].made_from is not None
    assert added[3].made_from.name == "pasted.html"


def test_a_pasted_text_may_have_an_id_an_address_and_the_day_it_was_fetched(folder: Path) -> None:
    fields = {**DATED, "id": "minsk", "url": "https://example.org/a", "fetched_on": "2022-02-26"}
    with open_workspace(folder) as workspace, workspace.recording(coder="anna") as book:
        document = add_pasted(book, TALKS.format("Minsk").encode(), fields)
    made = documents(folder)["minsk"].made_from
    assert made is not None
    assert (document.url, str(made.fetched_on), made.tool) == ("https://example.org/a", "2022-02-26", None)


@pytest.mark.parametrize(
    ("content", "message"), [(b"", "is empty"), (b" \n", "is empty"), (b"a \xff\xfe", "found the byte 0xff")]
)
def test_what_is_pasted_and_is_no_text_is_refused(folder: Path, content: bytes, message: str) -> None:
    with (
        open_workspace(folder) as workspace,
        workspace.recording(coder="anna") as book,
        pytest.raises(DataError, match=message),
    ):
        add_pasted(book, content, DATED)
    assert documents(folder) == {}


def test_a_folder_is_all_its_documents_and_what_cannot_be_read_is_told(folder: Path) -> None:
    sources = folder.parent / "in"
    (sources / "below").mkdir()
    for name in ("a.txt", "b.md", "below/a.txt"):
        written(sources, name, TALKS.format(name))
    written(sources, "page.html", page(meta='<link rel="canonical" href="https://example.org/page">'))
    written(sources, "old.doc", b"\xd0\xcf\x11\xe0")
    written(sources, "broken.pdf", b"%PDF-1.4 nothing")
    written(sources, "empty.txt", b"")
    (sources / "gone.txt").symlink_to("nowhere.txt")
    with open_workspace(folder) as workspace, workspace.recording(coder="anna") as book:
        added = add_folder(book, sources, DATED)
    assert sorted(document.id for document in added.documents) == ["a", "a-2", "b", "page"]
    assert documents(folder)["page"].url == "https://example.org/page"
    problems = "\n".join(added.problems)
    for name in ("old.doc", "broken.pdf", "empty.txt", "gone.txt"):
        assert problems.count(name) == 1
    assert len(added.problems) == 4


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(["a.txt", "A.txt", "a.md", "ä.txt", "a-2.txt"]), min_size=2, unique=True))
def test_documents_of_like_names_keep_texts_of_their_own(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    base = tmp_path_factory.mktemp("names")
    make_workspace(base / "data")
    texts = {name: f"The text of {name}.\n" for name in names}
    with open_workspace(base / "data") as workspace, workspace.recording(coder="anna") as book:
        for name, text in texts.items():
            add_file(book, written(base, name, text), DATED)
    assert sorted(str(document.text) for document in documents(base / "data").values()) == sorted(texts.values())
