"""Who says a statement, in words; what no codebook declares is named by its id."""

from __future__ import annotations

from positions.model.codebook import Codebook
from positions.model.statement import UNKNOWN_SPEAKER, Claim

OWN_WORDS = "the outlet's own words"
"""Who says what nobody is quoted with."""


def speaker_name(speaker: str, codebook: Codebook) -> str:
    """Name a speaker by its id; one that the codebook does not declare by the id itself."""
    if codebook.knows_speaker(speaker):
        return codebook.speaker(speaker).name
    return "Unnamed source" if speaker == UNKNOWN_SPEAKER else speaker


def titled_speaker(claim: Claim, codebook: Codebook) -> str:
    """Name who says it, with the title held on that day: ``Li Wei, envoy``; empty for an outlet."""
    if claim.speaker is None:
        return ""
    known = codebook.knows_speaker(claim.speaker)
    title = codebook.speaker(claim.speaker).title_on(claim.said_on.last) if known else ""
    return f"{speaker_name(claim.speaker, codebook)}{f', {title}' if title else ''}"


def relayer_name(claim: Claim, codebook: Codebook) -> str:
    """Name who passes the words of the speaker on; empty if nobody does."""
    return speaker_name(claim.relayed_by, codebook) if claim.relayed_by else ""


def speaker_words(claim: Claim, codebook: Codebook, *, outlet: str = OWN_WORDS) -> str:
    """Name who says it, with title and relay, ``Li Wei, envoy, as told by the ministry``; else the ``outlet``."""
    relayer = relayer_name(claim, codebook)
    return f"{titled_speaker(claim, codebook) or outlet}{f', as told by {relayer}' if relayer else ''}"


def source_name(claim: Claim, codebook: Codebook) -> str:
    """Name in short on whose word a position rests: the speaker, or who tells of the holder's own words."""
    if claim.speaker is None:
        return "the outlet"
    relayed = claim.voice == "ascribed" and claim.speaker_party == claim.holder and claim.relayed_by
    return speaker_name(relayed or claim.speaker, codebook)
