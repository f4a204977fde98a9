from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.errors import DataError
from positions.extract.evaluation.gold_set import read_claims, read_documents
from positions.extract.evaluation.scores import CORE, measure_scores
from positions.extract.judges.extractor import rule_extractor
from positions.extract.language.lexicon import Lexicon, lexicon_findings, read_lexicon
from positions.model.codebook import Codebook
from positions.model.revision import select_in_force
from positions.store.published import read_codebook, read_published
from tests.positions.extract.reading import DATA, ROOT, document, read, rules

UNSEEN = ROOT / "tests" / "unseen"


def test_the_seeds_are_read_as_well_as_before() -> None:
    published = read_published(DATA)
    book = select_in_force(line.revision for line in published.lines)
    found = [claim for text in book.documents.values() for claim in rules().candidates(text)]
    told = measure_scores(
        [record.statement for record in book.records], found, published.codebook, core=CORE, resamples=0
    )
    groups = {row.group: row.measures for row in (told.whole, *told.by_voice)}
    assert (groups[""]["f"].value or 0) >= 0.75
    assert (groups["ascribed by a party"]["voiced_recall"].value or 0) >= 0.7
    assert (groups["framing"]["voiced_recall"].value or 0) >= 0.5


@pytest.mark.parametrize(
    ("folder", "least"), [("plain", 0.75), ("dev", 0.6), ("held", 0.3), ("second/dev", 0.75), ("second/held", 0.7)]
)
def test_unseen_articles_are_read_as_well_as_before(folder: str, least: float) -> None:
    codebook = read_codebook(DATA)
    documents = read_documents(UNSEEN / folder / "documents.jsonl")
    gold = read_claims(UNSEEN / folder / "gold.jsonl", codebook, documents)
    found = [claim for text in documents for claim in rules().candidates(text)]
    assert (measure_scores(gold, found, codebook, resamples=0).whole.measures["f"].value or 0) >= least


def test_the_same_text_gives_the_same_candidates() -> None:
    text = (UNSEEN / "plain" / "antalya-forum.txt").read_text()
    again = rule_extractor(read_codebook(DATA), read_lexicon(DATA))
    assert again.candidates(document(text)) == rules().candidates(document(text))


def test_every_quote_is_the_documents_own_characters() -> None:
    for path in sorted(UNSEEN.rglob("*.txt")):
        text = path.read_text()
        assert all(text[claim.start : claim.end] == claim.quote for claim in read(text))


def test_candidates_have_ids_of_their_own() -> None:
    claims = read((UNSEEN / "plain" / "antalya-forum.txt").read_text())
    assert len({claim.id for claim in claims}) == len(claims)


def test_a_lexicon_that_names_what_the_codebook_lacks_is_refused() -> None:
    codebook, lexicon = read_codebook(DATA), read_lexicon(DATA)
    wrong = lexicon.model_dump() | {"both": ["RUS", "XXX"]}
    with pytest.raises(DataError, match="XXX"):
        rule_extractor(codebook, Lexicon.model_validate(wrong))
    assert lexicon_findings(lexicon, codebook) == []


HOSTILE = {
    "empty": "",
    "blank": " \n\t ",
    "nul bytes": "Peskov said\x00 Russia is ready for talks.",
    "right to left": "قال بيسكوف: Peskov said Russia is ready for talks.",
    "combining": "Pe\u0301skov said Russia is ready for talks\u0301.",
    "a thousand unbalanced marks": "“" * 1000 + "Putin said" + '"' * 999,
    "markup": "<script>alert(1)</script> Peskov said Russia is ready for talks.",
    "one long word": "a" * 50_000,
    "lone surrogate free emoji": "🙂 Peskov said Russia is ready for talks. 🙂",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_read_without_harm(text: str) -> None:
    assert all(text[claim.start : claim.end] == claim.quote for claim in read(text))


@given(st.text(alphabet="Putin said “talks” 'no' if, not; until. “‘\"\n-", max_size=400))
def test_any_text_gives_candidates_whose_quotes_stand_in_it(text: str) -> None:
    assert all(text[claim.start : claim.end] == claim.quote for claim in read(text))


@pytest.mark.parametrize(
    "piece",
    ["Putin said “talks ", '“‘"', "Russia, Ukraine, ", "not if until no ", "a.b.c.", "withdraw all of ", "said "],
)
def test_twice_the_text_takes_about_twice_the_work(piece: str) -> None:
    read(piece * 20)  # what is only done once is done
    small, large = (calls(piece * times) for times in (300, 600))
    # Quadratic work would be four times as much.
    assert large <= 2.3 * small


def calls(text: str) -> int:
    """Count the calls that reading a text takes: unlike seconds they do not depend on the machine."""
    found = 0

    def count(*_: object) -> None:
        nonlocal found
        found += 1

    sys.setprofile(count)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return found


def test_the_codebook_alone_makes_no_claims() -> None:
    assert isinstance(read_codebook(DATA), Codebook)
    assert read("Nobody said anything of note in Bern on Friday.") == ()
