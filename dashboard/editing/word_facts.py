"""What the codebook says about one of its words, in labelled rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from positions.model.codebook import Codebook, Role
from positions.model.codebook_version import WordKind
from positions.model.dates import day_in_words
from positions.model.lists import join_words


class WordFact(NamedTuple):
    """A fact about a word of the codebook: its label and its text."""

    label: str
    words: str


def describe_word(codebook: Codebook, word: WordKind, word_id: str) -> tuple[WordFact, ...]:
    """Return what the codebook says about a word; raise ``QueryError`` if it does not declare it."""
    facts = {
        "party": _party_facts,
        "speaker": _speaker_facts,
        "issue": _issue_facts,
        "element": _element_facts,
        "level": _level_facts,
    }[word](codebook, word_id)
    return tuple(fact for fact in facts if fact.words)


def role_words(codebook: Codebook, speaker_id: str) -> tuple[str, ...]:
    """Return for whom a speaker speaks and as what, a text for each role: ``spokesman, Russia (from 22 May 2012)``."""
    return tuple(_role_words(codebook, role) for role in codebook.speaker(speaker_id).roles)


def _role_words(codebook: Codebook, role: Role) -> str:
    title = ", ".join(filter(None, (role.title, codebook.party(role.party).name)))
    since = f"from {day_in_words(role.first)}" if role.first else ""
    until = f"to {day_in_words(role.last)}" if role.last else ""
    span = " ".join(filter(None, (since, until)))
    return f"{title} ({span})" if span else title


def _party_facts(codebook: Codebook, word_id: str) -> Iterator[WordFact]:
    party = codebook.party(word_id)
    yield WordFact("Name", party.name)
    yield WordFact("Compared by default", "yes" if party in codebook.principals else "no")
    yield WordFact("Note", party.note)


def _speaker_facts(codebook: Codebook, word_id: str) -> Iterator[WordFact]:
    speaker = codebook.speaker(word_id)
    yield WordFact("Name", speaker.name)
    yield WordFact("Kind", speaker.kind)
    yield WordFact("Other spellings", join_words(speaker.aliases) if speaker.aliases else "")
    yield WordFact("Roles", "\n".join(role_words(codebook, word_id)))
    yield WordFact("Note", speaker.note)


def _issue_facts(codebook: Codebook, word_id: str) -> Iterator[WordFact]:
    issue = codebook.issue(word_id)
    yield WordFact("Words", issue.label)
    yield WordFact("Kind", issue.kind)
    yield WordFact("Definition", issue.definition)
    yield WordFact("For it", issue.plus)
    yield WordFact("Against it", issue.minus)


def _element_facts(codebook: Codebook, word_id: str) -> Iterator[WordFact]:
    issue_id, _, element_id = word_id.partition("/")
    element = codebook.element(issue_id, element_id)
    yield WordFact("Words", element.label)
    yield WordFact("Issue", codebook.issue(issue_id).label)
    yield WordFact("Inside of", codebook.element(issue_id, element.parent).label if element.parent else "")
    if element.addressees:
        yield WordFact("Who would have to act", join_words(codebook.party(party).name for party in element.addressees))
    yield WordFact("Definition", element.definition)


def _level_facts(codebook: Codebook, word_id: str) -> Iterator[WordFact]:
    issue_id, _, stance = word_id.rpartition(":")
    issue = codebook.issue(issue_id)
    level = issue.level(int(stance) if stance.isascii() and stance.removeprefix("-").isdecimal() else 10**6)
    yield WordFact("Words", level.label)
    yield WordFact("Issue", issue.label)
    yield WordFact("Definition", level.definition)
