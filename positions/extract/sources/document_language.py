"""Detect the language of a text."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

_LEAST_LETTERS: Final = 60
"""Fewer letters do not tell a language from its neighbours."""
_READ: Final = 4_000
"""How many characters of a text are read."""
_LEAST_PROBABILITY: Final = 0.9
_NO_LETTERS: Final = re.compile(r"https?://\S+|[\W\d_]+")


def detect_language(text: str) -> str | None:
    """Return the language of a text as a BCP 47 tag; ``None`` if it is too short or not clear.

    It is ``None`` as well without the extra ``documents``, whose ``py3langid`` it asks.
    """
    letters = _NO_LETTERS.sub(" ", text[:_READ])
    if len(letters.replace(" ", "")) < _LEAST_LETTERS or (identifier := _load_identifier()) is None:
        return None
    language, probability = identifier.classify(letters)
    return str(language) if probability >= _LEAST_PROBABILITY else None


@cache
def _load_identifier() -> Any:
    """Load the model once, which takes half a second; ``None`` if it is not installed."""
    try:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier
    except ImportError:
        return None
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
