"""The words of one negotiation (``lexicon.toml`` beside the codebook): another one brings its own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final, Literal, TypeAlias

from pydantic import Field

from positions.errors import Finding, QueryError, WorkspaceError, allowed
from positions.extract.language.english import Phrase, english_words
from positions.files.reading import Loc, read_toml
from positions.model.codebook import Codebook
from positions.model.words import Id, Word

LEXICON: Final = "lexicon.toml"
_PHRASES: Final = ("terms", "near", "unless", "never")
"""The fields of a topic that are lists of phrases."""
_CLASS: Final = re.compile(r"\{(\w+)\}")


class Names(Word):
    """Words for one party beside the codebook's speakers.

    An adjective assigns another word to the party ("Russian officials"); ``own`` are names of its people and forces.
    """

    party: Id
    adjectives: tuple[Phrase, ...] = ()
    own: tuple[Phrase, ...] = ()


class Topic(Word):
    """Words that mean an issue, or one of its elements.

    ``pole`` is -1 for words of the opposite ("NATO membership" on neutrality); with ``stance`` the words state a
    stance themselves. ``together``: only if all of the lexicon's ``both`` are named, and then of them all.
    ``reach``: the most words to a cue of stance, for words that mean little by themselves. ``near``: one of these must
    be in the same sentence or the one before; ``unless``: none of these may be in the same sentence. ``never``: longer
    phrases that hide a term. ``yes`` and ``no`` are examples by which a test checks the terms.
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

    Whoever speaks of ``hosting`` means the place that ``hosts`` gives for their party.
    """

    issue: Id
    near: tuple[Phrase, ...] = ()
    never: tuple[Phrase, ...] = ()
    hosting: tuple[Phrase, ...] = ()
    hosts: Mapping[str, Id] = Field(default_factory=dict)
    terms: Mapping[str, tuple[Phrase, ...]]


class Lexicon(Word):
    """How documents speak of one negotiation's issues.

    ``both`` are the parties that "both sides" means; ``between`` the issues that only concern those two together.
    ``talking`` is the issue of talking itself: whoever is ready to discuss is ready for it. ``classes`` are words that
    stand for each other, beside those of the language: ``{stopping} ~ {fighting}`` in a list of phrases stands for any
    word of the one before any of the other.
    """

    both: tuple[Id, ...] = ()
    between: tuple[Id, ...] = ()
    talking: Id | None = None
    classes: Mapping[str, tuple[Phrase, ...]] = Field(default_factory=dict)
    names: tuple[Names, ...] = ()
    topics: tuple[Topic, ...] = Field(min_length=1)
    places: tuple[Places, ...] = ()

    @property
    def version(self) -> str:
        """Eight hex digits of the content: other words, another version."""
        return hashlib.sha256((self.model_dump_json() + english_words().model_dump_json()).encode()).hexdigest()[:8]


def write_out_classes(lexicon: Lexicon) -> Lexicon:
    """Return a lexicon with each ``{class}`` in its lists of phrases written out as alternatives; unknown ones stay."""
    words = {**english_words().classes, **lexicon.classes}
    topics = (
        one.model_copy(update={name: _with_classes(getattr(one, name), words) for name in _PHRASES})
        for one in lexicon.topics
    )
    return lexicon.model_copy(update={"topics": tuple(topics)})


def _with_classes(phrases: tuple[Phrase, ...], words: Mapping[str, Sequence[str]]) -> tuple[Phrase, ...]:
    return tuple(_CLASS.sub(lambda name: "|".join(words.get(name[1], (name[0],))), phrase) for phrase in phrases)


def read_lexicon(folder: Path) -> Lexicon:
    """Read a data folder's lexicon; raise ``WorkspaceError`` if there is none, ``DataError`` if it is wrong."""
    path = folder / LEXICON
    if not path.is_file():
        raise WorkspaceError(f"{path}: is missing; extraction needs the words for the codebook's issues")
    return write_out_classes(read_toml(path, Lexicon))


LexiconProblem: TypeAlias = tuple[Loc, str]
"""Where in a lexicon something is wrong, such as ``("topics", 0, "terms", 2)``, and what."""


def lexicon_findings(lexicon: Lexicon, codebook: Codebook) -> list[Finding]:
    """Return a finding for each party, issue, element and stance of a lexicon that its codebook does not declare."""
    return [Finding(LEXICON, _table_words(loc), message) for loc, message in reference_problems(lexicon, codebook)]


def reference_problems(lexicon: Lexicon, codebook: Codebook) -> list[LexiconProblem]:
    """Return where a lexicon names what its codebook does not declare, or a class of words that there is not."""
    problems = list(_class_problems(lexicon))
    for loc, look_up in _references(lexicon, codebook):
        try:
            look_up()
        except QueryError as error:
            problems.append((loc, str(error)))
    return problems


def _class_problems(lexicon: Lexicon) -> Iterator[LexiconProblem]:
    """Yield where a phrase still has a ``{class}`` after the known ones were written out."""
    known = {**english_words().classes, **lexicon.classes}
    for index, topic in enumerate(lexicon.topics):
        for name in _PHRASES:
            for number, phrase in enumerate(getattr(topic, name)):
                unknown = (one for one in _CLASS.findall(phrase) if one not in known)
                yield from ((("topics", index, name, number), f"class: {allowed(one, known)}") for one in unknown)


def _table_words(loc: Loc) -> str:
    """Word a place as people count tables: ``topics 1``."""
    return " ".join(str(part + 1) if isinstance(part, int) else part for part in loc[:2])


def _references(lexicon: Lexicon, codebook: Codebook) -> Iterator[tuple[Loc, Callable[[], object]]]:
    """Yield where a lexicon refers to its codebook, and the look-up that fails if that does not declare it."""
    yield from ((("both", index), partial(codebook.party, party)) for index, party in enumerate(lexicon.both))
    yield from ((("between", index), partial(codebook.issue, issue)) for index, issue in enumerate(lexicon.between))
    if lexicon.talking:
        yield ("talking",), partial(codebook.issue, lexicon.talking)
    for index, names in enumerate(lexicon.names):
        yield ("names", index, "party"), partial(codebook.party, names.party)
    for index, topic in enumerate(lexicon.topics):
        yield ("topics", index, "issue"), partial(codebook.issue, topic.issue)
        if topic.issue not in {issue.id for issue in codebook.issues}:
            continue
        if topic.element:
            yield ("topics", index, "element"), partial(codebook.element, topic.issue, topic.element)
        if topic.stance is not None:
            yield ("topics", index, "stance"), partial(codebook.issue(topic.issue).level, topic.stance)
    for index, places in enumerate(lexicon.places):
        for element in (*places.terms, *places.hosts.values()):
            yield ("places", index, "terms"), partial(codebook.element, places.issue, element)
        yield from ((("places", index, "hosts"), partial(codebook.party, party)) for party in places.hosts)
