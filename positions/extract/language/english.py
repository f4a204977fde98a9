"""The words of English (``positions/language/english.toml``): lists of cases for the rules, which hold no words.

Another language would bring a file of its own with the same lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from typing import TypeAlias

from pydantic import Field

from positions.files.reading import read_toml
from positions.language.reading_words import FOLDER, ReadingWords, TimeWords, WordSet
from positions.model.words import Word

Phrase: TypeAlias = str
"""Words with signs for alternatives, stems and gaps; see :mod:`positions.extract.language.phrases`."""
Suffix: TypeAlias = tuple[str, ...]
"""Endings of words, as ``str.endswith`` takes them."""


class CueGroup(Word):
    """Words of one kind of speaking, or of one class of stance, with example sentences."""

    kind: str
    terms: tuple[Phrase, ...] = Field(min_length=1)
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


class Turns(Word):
    """Words that reverse what follows; ``denials`` reverse a whole claim, ``harms`` are wanted or not of something."""

    terms: tuple[Phrase, ...]
    denials: tuple[Phrase, ...]
    harms: tuple[Phrase, ...]


class Requests(Word):
    """Nouns for what somebody asks of another, those for one's ``own`` demands, and verbs of ``dropping`` them."""

    nouns: tuple[Phrase, ...]
    own: tuple[Phrase, ...]
    dropping: tuple[Phrase, ...]


class Exceptions(Word):
    """Words that except something from all or none; ``after_all`` do only behind one of ``all`` or ``none``."""

    terms: tuple[Phrase, ...]
    after_all: WordSet
    all: WordSet
    none: WordSet
    between: WordSet


class Conditions(Word):
    """Words that open a condition: ``positive`` ("if"), ``negative`` ("until": not before it).

    What waits for one that begins with a ``restricting`` word is reluctant. They open none after ``not_after`` ("at
    once") or before ``not_before`` ("as soon as possible").
    """

    positive: tuple[Phrase, ...]
    negative: tuple[Phrase, ...]
    restricting: WordSet
    not_after: WordSet
    not_before: WordSet


class Persons(Word):
    """Words that stand for somebody: pronouns, titles, offices, strangers.

    ``people`` are words for two persons among ``they``, who are those named last; ``oblique`` are pronouns that are
    never a subject, ``capitals`` those with a capital letter anywhere.
    ``office_patterns`` are the ways to name an office by its party, with ``{party}`` and ``{office}`` to be filled in.
    """

    heads: WordSet
    he: tuple[Phrase, ...]
    we: tuple[Phrase, ...]
    they: tuple[Phrase, ...]
    it: WordSet
    both: WordSet
    people: WordSet
    oblique: WordSet
    capitals: WordSet
    spokespersons: tuple[Phrase, ...]
    strangers: tuple[Phrase, ...]
    anaphors: tuple[Phrase, ...]
    offices: tuple[tuple[Phrase, ...], ...]
    office_patterns: tuple[str, ...]


class Passing(Word):
    """Words that keep a name from being a sentence's subject, and those who only pass words on."""

    prepositions: WordSet
    breaks: WordSet
    agencies: tuple[Phrase, ...]
    sources: tuple[Phrase, ...]
    labels: WordSet
    own: tuple[Phrase, ...]
    background: WordSet
    describing: WordSet

    @cached_property
    def breaks_and_commas(self) -> frozenset[str]:
        """What parts two clauses."""
        return self.breaks | {","}


class Governors(Word):
    """Words before a noun phrase, by what they make of it; ``english.toml`` says what each list is for."""

    scenes: WordSet
    waits: WordSet
    purposes: WordSet
    matters: WordSet
    places: WordSet
    company: WordSet
    means: WordSet
    likenesses: WordSet
    joints: WordSet
    parts: WordSet
    terms: WordSet
    expletives: WordSet


class Grammar(Word):
    """Small words that show how names and verbs are related; ``english.toml`` says what each list is for."""

    determiners: WordSet
    noun_markers: WordSet
    genitive: WordSet
    possessives: WordSet
    possessive_pronouns: WordSet
    definite: WordSet
    articles: WordSet
    auxiliaries: WordSet
    modals: WordSet
    infinitive: WordSet
    passives: WordSet
    content: WordSet
    personal_relatives: WordSet
    thing_relatives: WordSet
    coordinators: WordSet
    contrasts: WordSet
    endings: WordSet
    ranks: WordSet
    titles: WordSet
    fillers: WordSet
    hyphened: WordSet
    hyphens: WordSet

    @cached_property
    def relatives(self) -> frozenset[str]:
        """All relative pronouns."""
        return self.personal_relatives | self.thing_relatives

    @cached_property
    def verbs(self) -> frozenset[str]:
        """All words that help a verb."""
        return self.auxiliaries | self.modals

    @cached_property
    def before_nouns(self) -> frozenset[str]:
        """All words that open a noun phrase."""
        return self.determiners | self.articles


class Suffixes(Word):
    """Endings that show what kind of word stands there."""

    adverb: Suffix
    participle: Suffix
    past: Suffix
    finite: Suffix
    passive: Suffix
    noun: Suffix


class Subjects(Word):
    """Words around the subject of a verb of speaking."""

    joining: WordSet
    attributes: WordSet
    subordinators: WordSet
    particles: WordSet
    deputy_of: WordSet
    papers: WordSet
    papers_of: WordSet
    after_speaker: WordSet
    tails: WordSet
    telling: WordSet
    saying: WordSet
    speaking: WordSet
    before_others: WordSet
    after_name: WordSet


class HoldingWords(Word):
    """Words that show whose stance it is; ``owners`` may have several words each."""

    obligations: WordSet
    asking: tuple[Phrase, ...]
    will_nouns: WordSet
    sincerity: WordSet
    representing: WordSet
    list_joints: WordSet
    list_coordinators: WordSet
    plurals: WordSet
    owners: WordSet
    agents: WordSet
    backing: WordSet
    agent_articles: WordSet


class VenueWords(Word):
    """Words beside a name that is spoken of as a place."""

    before: WordSet
    after: WordSet
    excepting: WordSet
    meeting: WordSet
    companions: WordSet


class PartnerWords(Word):
    """Words that show with whom somebody talks."""

    between: WordSet
    links: WordSet


class ArgumentWords(Word):
    """Words that show whether a noun is what somebody wants, or where, for what or whether something may happen.

    ``taking_part`` are beginnings of words, ``marks`` signs behind which a clause opens.
    """

    settings: WordSet
    taking_part: tuple[str, ...]
    answering: WordSet
    forecasts: WordSet
    marks: WordSet


class StanceWords(Word):
    """Words that decide whether another word is a cue of stance; ``month`` is matched with its capital letter.

    ``warnings`` are beginnings of words.
    """

    questions: WordSet
    warnings: tuple[str, ...]
    undergoing: WordSet
    targeting: WordSet
    against: WordSet
    month: WordSet
    ended: WordSet
    after_ended: WordSet
    announcing: WordSet
    thanks: WordSet
    past: WordSet


class English(ReadingWords):
    """All words of ``english.toml``: those by which any document is read, and those of the rules.

    ``classes`` are words that stand for each other in the phrases of a lexicon.
    """

    classes: Mapping[str, tuple[Phrase, ...]]
    speech: tuple[CueGroup, ...]
    cues: tuple[CueGroup, ...]
    turns: Turns
    requests: Requests
    exceptions: Exceptions
    conditions: Conditions
    persons: Persons
    passing: Passing
    governors: Governors
    grammar: Grammar
    suffixes: Suffixes
    subjects: Subjects
    holding: HoldingWords
    venues: VenueWords
    partners: PartnerWords
    arguments: ArgumentWords
    stance: StanceWords
    times: TimeWords


@cache
def english_words() -> English:
    """Return the words of the language, read once."""
    return read_toml(FOLDER / "english.toml", English)
