"""Statements in words, with what is recorded about them."""

from __future__ import annotations

from positions.analysis.state import State
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words
from positions.model.document import Document
from positions.model.lists import count_words
from positions.model.statement import Claim
from positions.wording.documents import page_words
from positions.wording.positions import claim_words
from positions.wording.quotes import readable_quote, translation_words
from positions.wording.speakers import speaker_words


def statement_text(statement: Claim, document: Document, codebook: Codebook, *, around: int = 240) -> str:
    """Write a claim in lines: whose position, the quote between » « in its context, who said it, when and where."""
    label = claim_words(statement, codebook)
    text = document.text or statement.quote
    start, end = (statement.start, statement.end) if document.text else (0, len(statement.quote))
    before, after = readable_quote(text[max(0, start - around) : start]), readable_quote(text[end : end + around])
    quote = readable_quote(statement.quote)
    about = codebook.path_label(statement.issue, statement.element)
    return "\n".join(
        [
            f"{statement.id}  {codebook.party(statement.holder).name} · {about} · {label}",
            "",
            f"{'…' * (start > around)}{before}»{quote}«{after}{'…' * (end + around < len(text))}",
            *([f"translation {translation}"] if (translation := translation_words(statement)) else []),
            "",
            f"said by     {speaker_words(statement, codebook)} ({statement.voice}, {statement.directness})",
            f"said on     {statement.said_on.in_words()} ({statement.said_on_basis})",
            f"printed in  {document.outlet}, {document.published_on.in_words()}: {document.title}"
            f"{page_words(document, statement.start, before=', ')}",
            f"coded by    {statement.coder}, confidence {statement.confidence:g}"
            + (f"; {statement.note}" if statement.note else ""),
        ]
    )


def said_words(count: int, state: State, codebook: Codebook) -> str:
    """Write how many statements had been made by a state's day, and how much of the codebook they cover.

    ``count`` is how many of the statements chosen by the state's query had been said by the end of its day.
    """
    if not count:
        return f"No statement had been made by {day_in_words(state.as_of)}."
    issues = {position.issue for position in state.positions.values()}
    return (
        f"{count_words(count, 'statement')} had been made by {day_in_words(state.as_of)}; "
        f"{'it gives' if count == 1 else 'they give'} positions on {len(issues)} of "
        f"{count_words(len(codebook.issues), 'issue')}."
    )
