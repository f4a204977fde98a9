"""The words of one negotiation (``lexicon.toml`` beside the codebook): another one brings its own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

from pydantic import Field

from positions.errors import Finding, QueryError, WorkspaceError
from positions.extract.language.english import Phrase, english_words
from positions.files.reading import read_toml
from positions.model.codebook import Codebook
from positions.model.words import Id, Word

LEXICON: Final = "lexicon.toml"


class Names(Word):
    """Words for one party beside the codebook's speakers.

    An adjective makes another word the party's ("Russian officials"); ``own`` are names of its people and forces.
    """

    party: Id
    adjectives: tuple[Phrase, ...] = ()
    own: tuple[Phrase, ...] = ()


class Topic(Word):
    """Words that mean an issue, or one of its elements.

    ``pole`` is -1 for words of the opposite ("NATO membership" on neutrality); with ``stance`` the words state a
    stance themselves. ``together``: only where all of the lexicon's ``both`` are named, and then of them all.
    ``reach``: in how few words a cue of stance must stand, for words that mean little by themselves. ``near``: one of
    these must stand in the same sentence or the one before, ``unless``: none of these may stand in the same.
    ``never``: longer words that hide a term. ``yes`` and ``no`` are examples that a test holds the terms against.
    """

    issue: Id
    element: Id | None = None
    pole: Literal[1, -1] = 1
    stance: int | None = None
    together: bool = False
    reach: int | None = Field(default=None, gt=0)
    terms: tuple[Phrase, ...] = Field(min_length=1)
    near: tuple[Phrase, ...] = ()
    unless: tuple[Phrase, ...] = ()
    never: tuple[Phrase, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


class Places(Word):
    """The words for the elements of an options issue that are places; see :class:`Topic` for ``near`` and ``never``.

    Who speaks of ``hosting`` means the place that ``hosts`` gives for their party.
    """

    issue: Id
    near: tuple[Phrase, ...] = ()
    never: tuple[Phrase, ...] = ()
    hosting: tuple[Phrase, ...] = ()
    hosts: Mapping[str, Id] = Field(default_factory=dict)
    terms: Mapping[str, tuple[Phrase, ...]]


class Lexicon(Word):
    """How documents speak of one negotiation's issues.

    ``both`` are the parties that "both sides" means; ``between`` the issues that only concern what passes between them.
    ``talking`` is the issue of talking itself: who is ready to discuss is ready for it.
    """

    both: tuple[Id, ...] = ()
    between: tuple[Id, ...] = ()
    talking: Id | None = None
    names: tuple[Names, ...] = ()
    topics: tuple[Topic, ...] = Field(min_length=1)
    places: tuple[Places, ...] = ()

    @property
    def version(self) -> str:
        """Eight hex digits of the content: other words, another version."""
        return hashlib.sha256((self.model_dump_json() + english_words().model_dump_json()).encode()).hexdigest()[:8]


def read_lexicon(folder: Path) -> Lexicon:
    """Read a data folder's lexicon; raise ``WorkspaceError`` where there is none, ``DataError`` for what is wrong."""
    path = folder / LEXICON
    if not path.is_file():
        raise WorkspaceError(f"{path}: is missing; extraction needs the words for the codebook's issues")
    return read_toml(path, Lexicon)


def lexicon_findings(lexicon: Lexicon, codebook: Codebook) -> list[Finding]:
    """Return what a lexicon says of parties, issues, elements and stances that its codebook does not declare."""
    findings: list[Finding] = []

    def look_up(where: str, ask: object, *words: object) -> None:
        try:
            ask(*words)  # type: ignore[operator]
        except QueryError as error:
            findings.append(Finding(LEXICON, where, str(error)))

    for party in [*lexicon.both, *(names.party for names in lexicon.names)]:
        look_up("names", codebook.party, party)
    for issue in (*lexicon.between, *([lexicon.talking] if lexicon.talking else [])):
        look_up("between", codebook.issue, issue)
    for number, topic in enumerate(lexicon.topics, 1):
        where = f"topics {number}"
        look_up(
            where, *((codebook.element, topic.issue, topic.element) if topic.element else (codebook.issue, topic.issue))
        )
        if topic.stance is not None:
            look_up(where, lambda topic=topic: codebook.issue(topic.issue).level(topic.stance))
    for places in lexicon.places:
        for element in places.terms:
            look_up("places", codebook.element, places.issue, element)
    return findings
