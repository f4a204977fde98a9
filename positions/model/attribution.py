"""Whose voice a claim is in, and for which party its speaker speaks: by the roles on the day of the utterance.

A role ends, and sources go on quoting: what a minister said in January is the word of the side that the minister spoke
for in January, whenever it is printed (``codebook.md`` §4.3, §4.13). The day is the last one of ``said_on``, as
everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from positions.model.codebook import Codebook
from positions.model.dates import PartialDate
from positions.model.statement import Voice


@dataclass(frozen=True, slots=True)
class RolesWhenSaid:
    """Who speaks for whom when something is said; nobody does if ``said_on`` is ``None``, a date not known yet."""

    codebook: Codebook
    said_on: PartialDate | None

    def parties(self, speaker: str | None) -> tuple[str, ...]:
        """Return the parties that a speaker speaks for, in the order of the roles; none for nobody or a stranger."""
        if speaker is None or self.said_on is None or not self.codebook.knows_speaker(speaker):
            return ()
        return self.codebook.speaker(speaker).parties_on(self.said_on.last)

    def party(self, speaker: str | None, *, holder: str | None) -> str | None:
        """Return the party that a speaker speaks for about ``holder``: of several the holder itself, else the first."""
        parties = self.parties(speaker)
        return holder if holder in parties else next(iter(parties), None)

    def voice(self, *, speaker: str | None, party: str | None, relayed_by: str | None, holder: str | None) -> Voice:
        """Return whose word a claim about ``holder`` is, given whom its speaker speaks for and who relays it.

        It is the holder's own where the speaker speaks for it and nobody of another party passes the words on.
        """
        if speaker is None:
            return "framing"
        is_own_relay = relayed_by is None or holder in self.parties(relayed_by)
        return "self" if party == holder and is_own_relay else "ascribed"
