"""Conversion between a claim and the texts of a form."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from dashboard.editing.form_choices import offer_choices
from dashboard.editing.form_fields import FIELDS, NAMES, SPEAKERS, value_text
from positions.errors import Finding
from positions.model.codebook import Codebook, Speaker
from positions.model.statement import Claim


def claim_texts(claim: Claim, codebook: Codebook) -> dict[str, str]:
    """Return a claim's texts as the form shows them: speakers by name, unset fields empty."""
    texts = {name: value_text(getattr(claim, name)) for name in NAMES}
    for name in SPEAKERS:
        if codebook.knows_speaker(texts[name]):
            texts[name] = codebook.speaker(texts[name]).name
    return texts


def reader_texts(claim: Claim, codebook: Codebook) -> dict[str, str]:
    """Return a claim's texts as a reader sees them: chosen options by their labels."""
    texts, choices = claim_texts(claim, codebook), offer_choices(codebook)
    for field in FIELDS:
        groups = choices.get(field.name, ())
        groups_of_issue = (group for group in groups if field.holds == "condition" or group.issue in ("", claim.issue))
        words = {option.value: option.words.strip() for group in groups_of_issue for option in group.options}
        texts[field.name] = words.get(texts[field.name], texts[field.name])
    return texts


def typed_texts(form: Mapping[str, str]) -> dict[str, str]:
    """Return the text typed into each field, with line ends as they were before the browser changed them."""
    return {name: form.get(name, "").replace("\r\n", "\n") for name in NAMES}


def parse_texts(texts: Mapping[str, str], codebook: Codebook) -> tuple[dict[str, Any], list[Finding]]:
    """Parse texts into values of the fields, empty ones into ``None``, with findings for unknown speakers."""
    values: dict[str, Any] = {name: texts[name].strip() or None for name in texts}
    findings = []
    for name in SPEAKERS:
        if text := values.get(name):
            values[name] = _speaker_id(text, codebook)
            if values[name] is None:
                findings.append(Finding("", name, _unknown_name_words(text, codebook)))
    return values, findings


def _speaker_id(text: str, codebook: Codebook) -> str | None:
    """Return the id of a speaker given by id, name or alias, ignoring case; ``None`` if unknown or ambiguous."""
    if codebook.knows_speaker(text):
        return text
    folded = " ".join(text.split()).casefold()
    ids = {spelling: speaker.id for speaker in codebook.speakers for spelling in _spellings(speaker)}
    ids_ignoring_case = {speaker_id for spelling, speaker_id in ids.items() if spelling.casefold() == folded}
    return ids.get(text) or (ids_ignoring_case.pop() if len(ids_ignoring_case) == 1 else None)


def _spellings(speaker: Speaker) -> tuple[str, ...]:
    return (speaker.name, *speaker.aliases)


def _unknown_name_words(text: str, codebook: Codebook) -> str:
    names = {spelling: speaker.name for speaker in codebook.speakers for spelling in _spellings(speaker)}
    close = dict.fromkeys(names[spelling] for spelling in get_close_matches(text[:80], names, n=5))
    hint = f"; close to it: {', '.join(close)}" if close else ""
    return f"found {text!r}, allowed: the name of one of the {len(codebook.speakers)} speakers of the codebook{hint}"
