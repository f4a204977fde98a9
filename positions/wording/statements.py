"""Statements and who says them, in words."""

from __future__ import annotations

from positions.model.codebook import Codebook
from positions.model.document import Document
from positions.model.statement import Claim
from positions.wording.positions import claimed_words


def speaker_words(statement: Claim, codebook: Codebook) -> str:
    """Name who says it, with title and relay: ``Dmitry Peskov, Kremlin spokesman``; the outlet where nobody does."""
    if statement.speaker is None:
        return "the outlet's own words"
    speaker = codebook.speaker(statement.speaker)
    title = speaker.title_on(statement.said_on.last)
    relay = f", as told by {codebook.speaker(statement.relayed_by).name}" if statement.relayed_by else ""
    return f"{speaker.name}{f', {title}' if title else ''}{relay}"


def statement_text(statement: Claim, document: Document, codebook: Codebook, *, around: int = 240) -> str:
    """Tell a claim in lines: whose position, the quote between » « in its context, who, when, where."""
    label = claimed_words(statement, codebook)
    text = document.text or statement.quote
    start, end = (statement.start, statement.end) if document.text else (0, len(statement.quote))
    before, after = text[max(0, start - around) : start], text[end : end + around]
    about = codebook.path_label(statement.issue, statement.element)
    return "\n".join(
        [
            f"{statement.id}  {codebook.party(statement.holder).name} · {about} · {label}",
            "",
            f"{'…' * (start > around)}{before}»{statement.quote}«{after}{'…' * (end + around < len(text))}",
            "",
            f"said by     {speaker_words(statement, codebook)} ({statement.voice}, {statement.directness})",
            f"said on     {statement.said_on.in_words()} ({statement.said_on_basis})",
            f"printed in  {document.outlet}, {document.published_on.in_words()}: {document.title}",
            f"coded by    {statement.coder}, confidence {statement.confidence:g}"
            + (f"; {statement.note}" if statement.note else ""),
        ]
    )
