"""Parties' names as sentences write them, with their article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from positions.model.codebook import Codebook
from positions.model.lists import join_words


def party_words(party: str, codebook: Codebook) -> str:
    """Return a party's name for the inside of a sentence: ``Ukraine``, ``the United States``."""
    return codebook.party(party).in_sentence


def parties_words(parties: Iterable[str], codebook: Codebook, *, last: str = "and") -> str:
    """Join several parties' names for the inside of a sentence."""
    return join_words((party_words(party, codebook) for party in parties), last=last)


def silent_words(parties: Sequence[str], codebook: Codebook) -> str:
    """Write that some parties are silent: ``Ukraine has not said``, ``Russia and the United States have not said``."""
    return f"{parties_words(parties, codebook)} {'has' if len(parties) == 1 else 'have'} not said"
