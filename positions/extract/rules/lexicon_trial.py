"""What the rules hear in a text and why, for those who write a lexicon: names, topics, and what they claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from positions.extract.language.english import english_words
from positions.extract.language.lexicon import Lexicon
from positions.extract.language.sentences import split_sentences
from positions.extract.rules.attributed_sentence import AttributedSentence
from positions.extract.rules.claims import ClaimFinder, TopicEvidence
from positions.extract.rules.mentions import NameIndex
from positions.extract.rules.rule_claims import RuleClaim
from positions.extract.rules.speakers import attribute_sentences
from positions.extract.rules.speech import speech_words
from positions.model.codebook import Codebook
from positions.quotes.readable import readable_text

TopicOutcome: TypeAlias = Literal[
    "claims", "excluded", "scene", "passing", "no holder", "nobody says it", "no stance", "others"
]
"""What becomes of a topic: it claims something, or why it does not, in the order in which that is looked at."""


class HeardName(NamedTuple):
    """Somebody meant by some ``words``: what kind of words they are, and the parties that they stand for."""

    words: str
    kind: str
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeardTopic:
    """Some ``words`` that mean an issue or element, and what is read of them.

    ``heard`` are the words from the first to the last that decide: the topic, its cue, and ``turn``, the word that
    reverses it, empty without one. ``pole`` is -1 for words of the opposite. ``stance`` is ``None`` if no ``cue``
    governs the words; ``kind`` is the class of the cue, and ``verb`` is that of speaking. ``speaker`` is an id of the
    codebook, ``holders`` are parties.
    """

    words: str
    issue: str
    element: str | None
    pole: int
    stance: int | None
    cue: str
    kind: str
    turn: str
    heard: str
    speaker: str | None
    verb: str
    holders: tuple[str, ...]
    claims: tuple[RuleClaim, ...]
    outcome: TopicOutcome


@dataclass(frozen=True, slots=True)
class HeardSentence:
    """A sentence with the names and the topics that are heard in it, in their order."""

    text: str
    names: tuple[HeardName, ...]
    topics: tuple[HeardTopic, ...]


def hear_text(text: str, codebook: Codebook, lexicon: Lexicon, *, published: date) -> tuple[HeardSentence, ...]:
    """Return what is heard in each sentence of a text that was published on a day."""
    finder, names = ClaimFinder(codebook, lexicon), NameIndex(codebook, lexicon)
    text = readable_text(text, english_words().grammar.hyphened).text
    lines = attribute_sentences(text, split_sentences(text), names, speech_words(), published)
    return tuple(
        HeardSentence(
            text[slice(*line.sentence.span)],
            tuple(
                HeardName(_join(line, mention.first, mention.end), mention.kind, mention.parties)
                for mention in line.mentions
            ),
            tuple(_heard_topic(topic, finder) for topic in finder.read(lines, number, published, loosely=True)),
        )
        for number, line in enumerate(lines)
    )


def _heard_topic(evidence: TopicEvidence, finder: ClaimFinder) -> HeardTopic:
    reading = evidence.reading
    line, topic, stance, attribution = reading.line, reading.topic, reading.stance, reading.attribution
    claims = tuple(finder.claims_of([evidence]))
    is_cue = stance.cue is not None and bool(stance.kind) and topic.stance is None
    turn = evidence.cues.turn_of(stance, topic)
    deciding = [
        index for index in (topic.first, topic.end - 1, stance.cue if is_cue else None, turn) if index is not None
    ]
    return HeardTopic(
        words=_join(line, topic.first, topic.end),
        issue=topic.issue,
        element=topic.element,
        pole=topic.pole,
        stance=stance.stance,
        cue=line.tokens[stance.cue].text if is_cue and stance.cue is not None else "",
        kind=stance.kind,
        turn=line.tokens[turn].text if turn is not None else "",
        heard=_join(line, min(deciding), max(deciding) + 1),
        speaker=reading.voice.speaker if reading.voice else None,
        verb=_join(line, attribution.verb, attribution.after) if attribution else "",
        holders=evidence.holders,
        claims=claims,
        outcome=_outcome(evidence, claims),
    )


def _outcome(evidence: TopicEvidence, claims: Sequence[RuleClaim]) -> TopicOutcome:
    reading = evidence.reading
    trials: tuple[tuple[bool, TopicOutcome], ...] = (
        (bool(claims), "claims"),
        (reading.topic.loose, "excluded"),
        (not evidence.is_topic, "scene"),
        (reading.stance.kind == "skip", "passing"),
        (not evidence.holders, "no holder"),
        (reading.voice is None, "nobody says it"),
        (reading.stance.stance is None, "no stance"),
    )
    return next((outcome for applies, outcome in trials if applies), "others")


def _join(line: AttributedSentence, first: int, end: int) -> str:
    """Return the words of some tokens as the sentence writes them, with single spaces."""
    tokens = line.tokens[first:end]
    pieces = [
        f"{' ' if before is not None and token.start > before.end else ''}{token.text}"
        for before, token in zip([None, *tokens], tokens, strict=False)
    ]
    return "".join(pieces)
