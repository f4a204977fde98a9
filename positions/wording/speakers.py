"""The speaker of a statement in words; an undeclared one is named by its id."""

from __future__ import annotations

from positions.model.codebook import Codebook
from positions.model.statement import UNKNOWN_SPEAKER, Claim

OWN_WORDS = "the outlet's own words"
"""The speaker of a statement that is the outlet's own."""


def speaker_name(speaker: str, codebook: Codebook) -> str:
    """Return a speaker's name; the id itself if the codebook does not declare it."""
    if codebook.knows_speaker(speaker):
        return codebook.speaker(speaker).name
    return "Unnamed source" if speaker == UNKNOWN_SPEAKER else speaker


def titled_speaker(claim: Claim, codebook: Codebook) -> str:
    """Return the speaker's name with the title of that day: ``Li Wei, envoy``; empty for an outlet's own words."""
    if claim.speaker is None:
        return ""
    is_declared = codebook.knows_speaker(claim.speaker)
    title = codebook.speaker(claim.speaker).title_on(claim.said_on.last) if is_declared else ""
    return f"{speaker_name(claim.speaker, codebook)}{f', {title}' if title else ''}"


def relayer_name(claim: Claim, codebook: Codebook) -> str:
    """Return the name of who relays the speaker's words; empty if nobody does."""
    return speaker_name(claim.relayed_by, codebook) if claim.relayed_by else ""


def speaker_words(claim: Claim, codebook: Codebook, *, outlet: str = OWN_WORDS) -> str:
    """Return the speaker with title and relay, ``Li Wei, envoy, as told by the ministry``; else the ``outlet``."""
    relayer = relayer_name(claim, codebook)
    return f"{titled_speaker(claim, codebook) or outlet}{f', as told by {relayer}' if relayer else ''}"


def source_name(claim: Claim, codebook: Codebook) -> str:
    """Return in short on whose word a position rests: the speaker, or who relays the holder's words."""
    if claim.speaker is None:
        return "the outlet"
    relayed = claim.voice == "ascribed" and claim.speaker_party == claim.holder and claim.relayed_by
    return speaker_name(relayed or claim.speaker, codebook)
