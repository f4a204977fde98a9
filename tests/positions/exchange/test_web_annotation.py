"""Web Annotations out and in: the standard's form, offsets beyond the BMP, Hypothesis' answers, and documents found."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from positions.errors import DataError
from positions.exchange.annotation_anchor import AnnotationAnchor, find_anchors
from positions.exchange.code_map import NO_MAP
from positions.exchange.coded_file import CodedFile
from positions.exchange.coded_statements import CodedStatements
from positions.exchange.content import ONLY, BookContent
from positions.exchange.incoming import ImportSource
from positions.exchange.web_annotation import write_web_annotations
from positions.exchange.web_annotation_read import read_web_annotations
from positions.model.document import Document
from positions.model.statement import Statement
from tests.examples import golden_codebook
from tests.positions.exchange.books import book_of, books, content_of, document_of, quoted
from tests.positions.exchange.test_refi_round_trip import case as case
from tests.positions.exchange.test_refi_round_trip import documents_of, records_of, succeed

TEXT = "🕊 Peace 🙂 talks.\nThe envoy would go to Minsk. The envoy would go to Minsk, he said again.\n"
QUOTE = "The envoy would go to Minsk"


def written(content: BookContent) -> dict[str, Any]:
    collection = json.loads(write_web_annotations(content).files[ONLY])
    assert isinstance(collection, dict)
    return collection


def items(content: BookContent) -> list[dict[str, Any]]:
    return list(written(content)["first"]["items"])


def read(folder: Path, content: object, *documents: Document) -> CodedFile:
    path = folder / "notes.jsonld"
    path.write_text(json.dumps(content), encoding="utf-8")
    return read_web_annotations(ImportSource(path, golden_codebook(), lambda: documents or [document_of(TEXT)]))


def annotation(selectors: Sequence[Mapping[str, Any]], **fields: Any) -> dict[str, Any]:
    target = {"source": "https://example.org/talks", "selector": list(selectors)}
    return {"type": "Annotation", "target": target, **fields}


def words(exact: str, **around: str) -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact, **around}


def offsets(start: int, end: int) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def test_an_annotation_has_what_the_standard_asks_and_offsets_in_code_points() -> None:
    start = TEXT.index(QUOTE)
    record = quoted(TEXT, start, start + len(QUOTE), number=1, about="venue/minsk", note="why")
    collection = written(book_of([document_of(TEXT)], [record]))
    assert collection["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (collection["type"], collection["total"]) == ("AnnotationCollection", 1)
    [one] = collection["first"]["items"]
    assert (one["type"], one["motivation"]) == ("Annotation", "classifying")
    assert one["creator"] == {"type": "Person", "name": "example"}
    assert [(body["purpose"], body["value"]) for body in one["body"]] == [
        ("tagging", "Venue: Minsk – for it"),
        ("tagging", "Holder: Russia"),
        ("tagging", "Speaker: Someone"),
        ("commenting", "why"),
    ]
    assert one["target"]["source"] == "urn:x-positions:document:doc"
    quote, position = one["target"]["selector"]
    assert quote == words(QUOTE, prefix="🕊 Peace 🙂 talks.\n", suffix=TEXT[start + len(QUOTE) :][:32])
    assert position == offsets(start, start + len(QUOTE))
    assert list(TEXT)[position["start"] : position["end"]] == list(QUOTE), "code points, not the units of JavaScript"


def test_annotations_come_in_order_with_the_same_bytes_and_say_what_is_left_out(opened_case: Path) -> None:
    content = content_of(opened_case)
    exported = write_web_annotations(content)
    assert exported.files == write_web_annotations(content).files
    assert exported.left_out == (
        "5 texts of documents: annotations point to them",
        "definitions of the codebook: a tag is a name alone",
    )
    urls = {one.id: one.url for one in content.documents if one.url}
    sources = {item["record"]["document"]: item["target"]["source"] for item in items(content)}
    assert urls.items() <= sources.items()
    assert len({item["id"] for item in items(content)}) == len(content.records)


def test_a_case_comes_back_to_its_documents_whole_and_a_second_time_nothing_comes(case: Path, tmp_path: Path) -> None:
    before = content_of(case)
    succeed("export", tmp_path / "case.qdpx", "--data", case)
    succeed("export", tmp_path / "case.annotations.jsonld", "--data", case)
    new = tmp_path / "new"
    new.mkdir()
    (new / "codebook.toml").write_bytes((case / "codebook.toml").read_bytes())
    for name in ("documents.jsonl", "statements.jsonl"):
        (new / name).touch()
    for document in before.documents:
        (tmp_path / f"{document.id}.txt").write_bytes((document.text or "").encode())
        given_fields = {"url": document.url, "author": document.author, "title": document.title, "note": document.note}
        options = [word for name, value in given_fields.items() if value for word in (f"--{name}", value)]
        dates = ("--published-on", str(document.published_on), "--published-on-basis", document.published_on_basis)
        outlet = ("--outlet", document.outlet, "--id", document.id)
        succeed("add-document", tmp_path / f"{document.id}.txt", *dates, *outlet, *options, "--data", new)
    out = succeed("import", tmp_path / "case.annotations.jsonld", "--data", new)
    assert f"imported 0 new documents and {len(before.records)} new statements" in out
    assert "left out" not in out
    assert records_of(content_of(new)) == records_of(before)
    assert len(documents_of(content_of(new))) == len(before.documents)
    for folder in (new, case):
        again = succeed("import", tmp_path / "case.annotations.jsonld", "--data", folder)
        assert "imported 0 new documents and 0 new statements" in again


@given(content=books())
def test_any_book_comes_back_as_it_was(content: BookContent, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("book") / "book.jsonld"
    path.write_bytes(write_web_annotations(content).files[ONLY])
    if not content.records:
        with pytest.raises(DataError, match="holds no annotation"):
            read_web_annotations(ImportSource(path, content.codebook, lambda: content.documents))
        return
    coded = read_web_annotations(ImportSource(path, content.codebook, lambda: content.documents))
    assert coded.left_out == ()
    reading = CodedStatements(NO_MAP, content.codebook, {"doc": content.documents[0]})
    statements = [Statement.model_validate(one.fields) for one in reading.read(coded.passages)]
    told = {one.id: (one.quote, one.note, one.issue, one.element, one.coder) for one in statements}
    assert told == {
        one.statement.id: (one.statement.quote, one.statement.note, one.statement.issue, *_rest(one.statement))
        for one in content.records
    }
    assert all(content.documents[0].text[one.start : one.end] == one.quote for one in statements)  # type: ignore[index]


def _rest(statement: Statement) -> tuple[str | None, str]:
    return statement.element, statement.coder


@pytest.mark.parametrize("unit", ["code points", "units of UTF-16"])
def test_offsets_are_understood_in_both_units_that_programs_write(unit: str) -> None:
    def place(offset: int) -> int:
        return offset if unit == "code points" else len(TEXT[:offset].encode("utf-16-le")) // 2

    second = TEXT.index(QUOTE, 40)
    anchors = [
        AnnotationAnchor(QUOTE, start=place(start), end=place(start + len(QUOTE)))
        for start in (TEXT.index(QUOTE), second)
    ]
    spans = find_anchors(TEXT, anchors)
    assert [span.start for span in spans if span] == [TEXT.index(QUOTE), second]


def test_the_words_around_tell_which_of_two_places_is_meant_and_offsets_do_without_them() -> None:
    second = TEXT.index(QUOTE, 40)
    around = AnnotationAnchor(QUOTE, prefix="to  Minsk. ", suffix=", he  said", start=0, end=27)
    assert find_anchors(TEXT, [around]) == [(second, second + len(QUOTE))]
    assert find_anchors(TEXT, [AnnotationAnchor(QUOTE, start=second + 3)]) == [(second, second + len(QUOTE))]
    assert find_anchors(TEXT, [AnnotationAnchor(start=second, end=second + 9)]) == [(second, second + 9)]
    assert find_anchors(TEXT, [AnnotationAnchor("The envoy\n  would go")]) == [(17, 35)]
    assert find_anchors(TEXT, [AnnotationAnchor("nothing of this kind is said")]) == [None]


def test_tags_comments_and_makers_are_read_in_every_form_that_the_standard_allows(tmp_path: Path) -> None:
    bodies = [
        {"type": "TextualBody", "value": "Minsk", "purpose": "tagging"},
        {"type": "TextualBody", "value": "said twice", "purpose": "commenting"},
        {"type": "SpecificResource", "source": "https://example.org/codes/1", "purpose": "classifying"},
    ]
    person = {"id": "https://example.org/people/anna", "name": "Anna"}
    content = [
        annotation([words(QUOTE, suffix=". The")], body=bodies, creator=person),
        annotation([words(QUOTE, suffix=". The")], bodyValue="a note", creator="https://example.org/people/ben"),
        annotation([words(QUOTE, suffix=", he")], body={"type": "TextualBody", "value": "x"}, motivation="tagging"),
    ]
    coded = read(tmp_path, {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": content})
    one, two, three = coded.passages
    assert one.codes == (("Minsk",), ("https://example.org/codes/1",))
    assert one.fields == {"coder": "Anna", "note": "said twice"}
    assert (two.codes, two.fields["note"], two.fields["coder"]) == ((), "a note", "https://example.org/people/ben")
    assert (three.codes, three.start) == ((("x",),), TEXT.index(QUOTE, 40))


def row(text: str, *tags: str, **fields: Any) -> dict[str, Any]:
    """An annotation as Hypothesis' search gives it, with offsets in units of UTF-16."""
    start = TEXT.index(QUOTE)
    unit = len(TEXT[:start].encode("utf-16-le")) // 2
    selectors = [
        {
            "type": "RangeSelector",
            "startContainer": "/div[1]",
            "endContainer": "/div[1]",
            "startOffset": 1,
            "endOffset": 9,
        },
        offsets(unit, unit + len(QUOTE)),
        words(QUOTE, prefix="talks. ", suffix=". The envoy"),
    ]
    return {
        "id": "LGVKq4E4SKKro1dBBEMwsA",
        "user": "acct:anna@hypothes.is",
        "uri": "https://www.example.org/talks/?utm=1",
        "text": text,
        "tags": list(tags),
        "group": "__world__",
        "document": {"title": ["Talks"]},
        "target": [{"source": "https://www.example.org/talks/?utm=1", "selector": selectors}],
        **fields,
    }


def test_a_search_of_hypothesis_is_read_and_brought_to_the_document_of_its_address(tmp_path: Path) -> None:
    here = document_of(TEXT).model_copy(update={"url": "http://example.org/talks"})
    other = document_of(f"{TEXT}And more.", "other").model_copy(update={"url": "https://example.org/more"})
    page = row("about the page", target=[{"source": "https://example.org/talks"}])
    reply = row("yes", references=["LGVKq4E4SKKro1dBBEMwsA"])
    coded = read(tmp_path, {"total": 3, "rows": [row("why", "Minsk", "Russia"), page, reply]}, other, here)
    [passage] = coded.passages
    assert (passage.source, passage.start, passage.codes) == ("doc", TEXT.index(QUOTE), (("Minsk",), ("Russia",)))
    assert passage.fields == {"coder": "anna", "note": "why"}
    assert coded.left_out == ("1 annotation of a whole page", "1 reply to another annotation")
    assert [source.key for source in coded.sources] == ["doc"]


def test_without_an_address_the_words_find_the_document_and_what_is_nowhere_is_told(tmp_path: Path) -> None:
    one, two = document_of(TEXT, "one"), document_of("Nothing was said of it. Nobody would go.", "two")
    lost = annotation([words("Words that nobody has said here")])
    coded = read(tmp_path, [annotation([words("Nobody would go")]), annotation([words(QUOTE)]), lost], one, two)
    assert [passage.source for passage in coded.passages] == ["two", "one"]
    assert coded.left_out == ("1 annotation of https://example.org/talks: no document has its words",)


@pytest.mark.parametrize(
    ("text", "message"),
    [("no json", "notes.jsonld: not JSON"), ("{}", "holds no annotation"), ("[" * 100_000, "not JSON")],
)
def test_what_holds_no_annotations_is_refused_in_words(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "notes.jsonld"
    path.write_text(text)
    with pytest.raises(DataError, match=message):
        read_web_annotations(ImportSource(path, golden_codebook()))
