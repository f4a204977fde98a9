"""A sentence with all that is known of who speaks in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from positions.extract.language.phrases import TokenLine
from positions.extract.language.sentences import Sentence
from positions.extract.language.time_expressions import ResolvedTime
from positions.extract.rules.attribution import Attribution
from positions.extract.rules.clauses import clause_at
from positions.extract.rules.mentions import Mention
from positions.extract.rules.noun_phrases import Governor
from positions.quotes.text_view import Span


class SpeakerRef(NamedTuple):
    """A speaker: the codebook's id (``unknown`` for a stranger), the party spoken for, the name if it is unknown.

    ``beside`` are those who say it with them: "France, the UK and Germany called for".
    """

    speaker: str
    party: str | None
    name: str = ""
    beside: tuple[SpeakerRef, ...] = ()

    def of(self, party: str) -> SpeakerRef:
        """Return who of several speaks for a party, else the first."""
        return next((one for one in self.beside if one.party == party != self.party), self)


@dataclass(slots=True)
class AttributedSentence:
    """A sentence: its tokens, who is named in it, which tokens are spoken, its attributions with their voices.

    ``carried`` is the voice of a quotation that another sentence attributes, ``times`` what dates its attributions, by
    their verbs, as far as that was asked; in the first sentence also the story's day. ``clauses`` are the tokens at
    which its clauses begin. ``governors`` are what governs the phrases of its topics, by their first tokens, as far as
    that was asked.
    """

    sentence: Sentence
    tokens: TokenLine
    mentions: list[Mention]
    quoted: list[bool]
    attributions: list[tuple[Attribution, SpeakerRef]]
    carried: SpeakerRef | None = None
    times: dict[int, ResolvedTime | None] = field(default_factory=dict)
    clauses: tuple[int, ...] = (0,)
    governors: dict[int, Governor] = field(default_factory=dict)

    def clause_at(self, index: int) -> range:
        """Return the tokens of the clause that a token stands in."""
        return clause_at(self.clauses, index, len(self.tokens))

    @property
    def voice(self) -> SpeakerRef | None:
        """The voice that the sentence is in, by its own attribution or by that of its quotation."""
        return self.attributions[0][1] if self.attributions else self.carried

    def quote_at(self, index: int) -> Span | None:
        """Return the quotation that contains a token."""
        start = self.tokens[index].start
        return next((quote for quote in self.sentence.quotes if quote.contains(start)), None)
