"""The shipped codebook's rules, and texts read with them."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from positions.extract.judges.extractor import JudgedExtractor, rule_extractor
from positions.extract.language.lexicon import read_lexicon
from positions.extract.language.sentences import split_sentences
from positions.extract.rules.attributed_sentence import AttributedSentence
from positions.extract.rules.mentions import NameIndex
from positions.extract.rules.speakers import attribute_sentences
from positions.extract.rules.speech import SpeechWords, speech_words
from positions.model.candidate import Candidate
from positions.model.dates import PartialDate
from positions.model.document import Document, sha256_of
from positions.store.published import read_codebook

ROOT = Path(__file__).parent.parent.parent.parent
DATA = ROOT / "data"
DAY = date(2022, 3, 10)
"""The day of every text here that names no other."""


@cache
def rules() -> JudgedExtractor:
    return rule_extractor(read_codebook(DATA), read_lexicon(DATA))


@cache
def name_index() -> NameIndex:
    return NameIndex(read_codebook(DATA), read_lexicon(DATA))


@cache
def words() -> SpeechWords:
    return speech_words()


def lines(text: str) -> list[AttributedSentence]:
    return attribute_sentences(text, split_sentences(text), name_index(), words(), DAY)


def document(text: str, *, published_on: str = "2022-03-10", id: str = "d") -> Document:  # noqa: A002 the field's name
    return Document.model_validate(
        {
            "id": id,
            "title": "A title",
            "outlet": "An outlet",
            "published_on": published_on,
            "published_on_basis": "explicit",
            "file": f"seeds/{id}.txt",
            "sha256": sha256_of(text.encode()),
            "text": text,
        }
    )


def read(text: str, *, published_on: str = "2022-03-10") -> tuple[Candidate, ...]:
    return rules().candidates(document(text, published_on=published_on))


def short_claims(text: str) -> list[str]:
    """Write each candidate in short: speaker > holder issue/element stance voice."""
    return [
        f"{c.speaker or 'outlet'} > {c.holder} {c.issue}{'/' + c.element if c.element else ''} "
        f"{'?' if c.stance is None else format(c.stance, '+d')} {c.voice}"
        for c in read(text)
    ]


def stances(text: str) -> dict[str, int | None]:
    """Return the stances that the rules find in a text, by holder and what it is about: ``UKR venue/minsk``."""
    document = Document(
        id="text",
        file="seeds/text.txt",
        title="A text",
        outlet="The Example",
        published_on=PartialDate.of(DAY),
        published_on_basis="explicit",
        text=text,
        sha256=sha256_of(text.encode()),
    )
    found = rules().candidates(document)
    return {f"{one.holder} {'/'.join(filter(None, (one.issue, one.element)))}": one.stance for one in found}
