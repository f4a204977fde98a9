"""A topic as read in its sentence, before anybody holds it."""

from __future__ import annotations

from dataclasses import dataclass

from positions.extract.rules.attributed_sentence import AttributedSentence, SpeakerRef
from positions.extract.rules.attribution import Attribution
from positions.extract.rules.stance import StanceReading
from positions.extract.rules.topics import TopicMention


@dataclass(frozen=True, slots=True)
class TopicReading:
    """A topic as read in its sentence: its stance, the attribution that governs it, and the voice that it is in.

    ``places`` are tokens that name places or objects here, not parties that hold a stance: "in Turkey", "join NATO".
    """

    line: AttributedSentence
    topic: TopicMention
    stance: StanceReading
    attribution: Attribution | None
    voice: SpeakerRef | None
    places: frozenset[int] = frozenset()

    @property
    def speaker(self) -> tuple[str, ...]:
        """The party that speaks, and those who do with it; empty if nobody does or they speak for none."""
        if self.voice is None or self.voice.party is None:
            return ()
        return tuple(dict.fromkeys([self.voice.party, *(one.party for one in self.voice.beside if one.party)]))

    def after_verb(self, index: int) -> int:
        """Return where to begin the search for a subject of a token: behind the verb of speaking that governs it."""
        governs = self.attribution is not None and not self.attribution.tail and index >= self.attribution.after
        return self.attribution.after if self.attribution is not None and governs else 0
