"""A document as it is read: without markup and unseen signs, each paragraph in one line, letters composed.

Everything that reads words reads this one view: marks of direct speech, clauses, sentences and the rules. Its offsets
lead back to the document's own characters.
"""

from __future__ import annotations

from functools import lru_cache

from positions.quotes.block_quotes import show_blocks
from positions.quotes.letters import letter_edits, unseen_edits
from positions.quotes.line_ends import line_end_edits
from positions.quotes.masking import mask_markup
from positions.quotes.text_view import TextView


@lru_cache(maxsize=8)
def readable_text(text: str, hyphened: frozenset[str] = frozenset()) -> TextView:
    """Return the view of a document's text in which words are read, one paragraph a line.

    ``hyphened`` are first halves of words, in small letters, that keep their hyphen at a line's end ("non"). Cached,
    because many questions about one document come in a row.
    """
    masked = mask_markup(text)
    view = TextView(show_blocks(masked, text)).edit(line_end_edits(masked, text, hyphened))
    view = view.edit(unseen_edits(view.text))
    return view.edit(letter_edits(view.text))
