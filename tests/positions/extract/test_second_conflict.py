"""Another conflict is data: a codebook, a lexicon and two articles of its own, read with no change of code."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from positions.extract.evaluation.gold_set import read_claims, read_documents
from positions.extract.evaluation.scores import Scores, measure_scores
from positions.extract.judges.extractor import rule_extractor
from positions.extract.language.lexicon import Lexicon, Topic, lexicon_findings, read_lexicon
from positions.extract.language.phrases import tokenize
from positions.extract.rules.topics import Topics
from positions.model.candidate import Candidate
from positions.model.checks import claim_findings, document_findings
from positions.model.codebook import Codebook
from positions.model.document import Document
from positions.model.statement import Claim
from positions.store.published import read_codebook

ROOT = Path(__file__).parents[3]
SECOND = ROOT / "tests" / "tigray"
FIRST = ROOT / "data"
EXTRACT = ROOT / "positions" / "extract"
CODE = (
    *sorted([*EXTRACT.glob("language/*.py"), *EXTRACT.glob("rules/*.py")]),
    EXTRACT.parent / "language" / "english.toml",
)
FLOORS = {"f": 0.79, "holder": 0.88, "voice": 0.78, "stance_sign": 0.95, "stance_level": 0.88}
"""A little below what is reached."""
"""Code that still names an issue, and how."""


@cache
def codebook() -> Codebook:
    return read_codebook(SECOND)


@cache
def lexicon() -> Lexicon:
    return read_lexicon(SECOND)


@cache
def documents() -> tuple[Document, ...]:
    return read_documents(SECOND / "documents.jsonl")


@cache
def gold() -> tuple[Claim, ...]:
    return read_claims(SECOND / "gold.jsonl", codebook(), documents(), elsewhere=False)


@cache
def found() -> tuple[Candidate, ...]:
    rules = rule_extractor(codebook(), lexicon())
    return tuple(candidate for document in documents() for candidate in rules.candidates(document))


@cache
def result() -> Scores:
    return measure_scores(gold(), found(), codebook(), resamples=0)


# ------------------------------------------------------------------------------------------------ the folder


def test_the_codebook_has_every_kind_of_issue_mediators_and_roles_that_end() -> None:
    issues = codebook().issues
    assert {issue.kind for issue in issues} == {"scale", "options", "conditions"}
    assert any(element.parent for issue in issues for element in issue.elements)
    assert all(e.addressees for issue in issues if issue.kind == "conditions" for e in issue.elements)
    assert len(codebook().principals) < len(codebook().parties)
    assert any(len(speaker.roles) > 1 and speaker.roles[0].last for speaker in codebook().speakers)


def test_the_two_conflicts_share_no_party_speaker_or_issue() -> None:
    first, second = read_codebook(FIRST), codebook()
    assert not {party.id for party in first.parties} & {party.id for party in second.parties}
    assert {s.id for s in first.speakers} & {s.id for s in second.speakers} <= {"unknown"}
    assert not {issue.id for issue in first.issues} & {issue.id for issue in second.issues}


def test_the_gold_is_sound_and_codes_every_issue_voice_and_directness() -> None:
    texts = {document.id: document for document in documents()}
    known = [claim for claim in gold() if claim.speaker is None or codebook().knows_speaker(claim.speaker)]
    assert [claim_findings(claim, codebook(), None) for claim in known] == [()] * len(gold())
    assert [document_findings(claim, texts[claim.document]) for claim in gold()] == [()] * len(gold())
    assert {claim.issue for claim in gold()} == {issue.id for issue in codebook().issues}
    assert {claim.voice for claim in gold()} == {"self", "ascribed", "framing"}
    assert {claim.directness for claim in gold()} == {"direct", "paraphrase", "framing"}
    assert any(claim.condition_for for claim in gold())


# ----------------------------------------------------------------------------------------------- the lexicon


def _heard(topic: Topic, sentence: str) -> bool:
    """Whether a topic alone hears itself in a sentence."""
    alone = Topics(Lexicon(topics=(topic,)))
    about = (topic.issue, topic.element, topic.pole, topic.stance)
    return about in {(h.issue, h.element, h.pole, h.stance) for h in alone.find(tokenize(sentence))}


def test_the_lexicon_names_only_what_the_codebook_declares() -> None:
    assert lexicon_findings(lexicon(), codebook()) == []


@pytest.mark.parametrize("topic", lexicon().topics, ids=lambda topic: f"{topic.issue}-{topic.element}-{topic.pole}")
def test_the_examples_of_a_topic_hold(topic: Topic) -> None:
    assert topic.yes
    assert topic.no
    assert [sentence for sentence in topic.yes if not _heard(topic, sentence)] == []
    assert [sentence for sentence in topic.no if _heard(topic, sentence)] == []
    unused = []
    for term in topic.terms:
        alone = topic.model_copy(update={"terms": (term,)})
        if not any(_heard(alone, sentence) for sentence in topic.yes):
            unused.append(term)
    assert unused == []


def test_the_lexicon_uses_every_means_of_its_format() -> None:
    topics = lexicon().topics
    assert all(any(getattr(topic, name) for topic in topics) for name in ("element", "near", "unless", "never"))
    assert any(topic.pole < 0 for topic in topics)
    assert any(topic.stance is not None for topic in topics)
    assert all(getattr(lexicon(), name) for name in ("both", "between", "names", "places"))
    assert {issue.id for issue in codebook().issues} == {
        one.issue for group in (topics, lexicon().places) for one in group
    }


# ---------------------------------------------------------------------------------------------- the extraction


def test_the_candidates_are_sound_and_of_this_conflict_alone() -> None:
    texts = {document.id: document for document in documents()}
    parties = {party.id for party in codebook().parties}
    assert found()
    for candidate in found():
        assert claim_findings(candidate, codebook(), texts[candidate.document]) == ()
        assert {candidate.holder, candidate.speaker_party} <= parties | {None}
    assert {candidate.issue for candidate in found()} <= {issue.id for issue in codebook().issues}


def test_every_article_party_issue_and_voice_is_found() -> None:
    assert {candidate.document for candidate in found()} == {document.id for document in documents()}
    assert {"ETH", "TIG", "AU", "KEN", "ERI"} <= {candidate.holder for candidate in found()}
    assert {gold.issue for gold, _ in result().pairs} == {issue.id for issue in codebook().issues}
    assert {candidate.voice for candidate in found()} == {"self", "ascribed", "framing"}


@pytest.mark.parametrize(("measure", "floor"), FLOORS.items())
def test_the_scores_keep_their_floor(measure: str, floor: float) -> None:
    reached = result().whole.measures[measure]
    assert reached.value is not None
    assert reached.value >= floor, f"{reached.right} of {reached.of}"


def test_a_speaker_speaks_for_whom_the_role_of_the_day_names() -> None:
    speaks = {(c.document, c.speaker_party) for c in found() if c.speaker == "kenyatta"}
    assert speaks == {("mediator-row", "KEN"), ("pretoria-monday", "AU")}


# ---------------------------------------------------------------- the code knows nothing of the first conflict


def _name(path: Path) -> str:
    return path.name


@cache
def _names() -> re.Pattern[str]:
    """The first conflict's parties, speakers in every spelling, and places, as whole words in lower case."""
    first = read_codebook(FIRST)
    names = {party.name for party in first.parties}
    names |= {name for who in first.speakers if who.id != "unknown" for name in (who.name, *who.aliases)}
    names |= {element.label for issue in first.issues if issue.kind == "options" for element in issue.elements}
    written = sorted({name.lower() for name in names}, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, written))})(?!\w)")


def _words(path: Path) -> Iterator[str]:
    """What of a file acts: a program's names and strings, a list's words; not what only tells of them by example."""
    if path.suffix == ".toml":
        yield from _listed(tomllib.loads(path.read_text()))
        return
    tree = ast.parse(path.read_text())
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value
        for name in ("id", "name", "attr", "arg"):
            if isinstance(word := getattr(node, name, None), str):
                yield word.replace("_", " ").strip()


def _listed(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _listed(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in ("yes", "no"):
                yield from _listed(item)


@pytest.mark.parametrize("path", CODE, ids=_name)
def test_no_party_person_or_place_of_the_first_conflict_stands_in_the_code(path: Path) -> None:
    assert [word for word in _words(path) if _names().search(word.lower())] == []


@pytest.mark.parametrize("path", CODE, ids=_name)
def test_no_issue_of_the_first_conflict_stands_in_the_code(path: Path) -> None:
    issues = {issue.id for issue in read_codebook(FIRST).issues}
    # Its ids are English words: "preconditions for talks", "a venue for talks" are for talks in any conflict.
    allowed = ["preconditions", "venue"] if path.name == "english.toml" else []
    assert [word for word in _words(path) if word in issues] == allowed
