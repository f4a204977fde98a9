"""Find syndicated copies: texts that differ only by an outlet's edits, recognised by the short pieces that they share.

A text becomes the set of hashes of its pieces of :data:`PIECE` characters, letters and digits only, so that it works in
every script. Of a long list of texts only those that share some of their smallest hashes are compared (MinHash).
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from positions.model.document import Document

PIECE: Final = 12
"""Characters of a piece: about two words."""
SKETCH: Final = 64
"""How many of a text's smallest hashes are compared to find possible copies."""
NEAR: Final = 0.6
"""The share of the shorter text's pieces above which two texts count as copies."""
_PRIME: Final = np.uint64(0x9E3779B97F4A7C15)
Hashes = npt.NDArray[np.uint64]


class TextCopies(NamedTuple):
    """Two documents with nearly the same text: the other has ``share``, in (0, 1], of the shorter one's pieces.

    ``is_same`` if no byte differs.
    """

    document: str
    other: str
    share: float
    is_same: bool


def text_pieces(text: str) -> Hashes:
    """Return the distinct hashes of a text's pieces, ascending; none for a text shorter than a piece."""
    letters = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))
    codes = np.frombuffer(letters.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    if len(codes) < PIECE:
        return np.zeros(0, dtype=np.uint64)
    rolled = np.zeros(len(codes) - PIECE + 1, dtype=np.uint64)
    for index in range(PIECE):
        rolled = rolled * _PRIME + codes[index : index + len(rolled)] + np.uint64(1)
    # Hashes must not grow with the letters' code points: the high bits are mixed into the low ones.
    rolled ^= rolled >> np.uint64(32)
    return np.unique(rolled * _PRIME)


def shared_pieces(one: Hashes, two: Hashes) -> float:
    """Return the share of the shorter text's pieces that the other text has, in [0, 1]."""
    shorter = min(len(one), len(two))
    return len(np.intersect1d(one, two, assume_unique=True)) / shorter if shorter else 0.0


def copies_of(document: Document, others: Iterable[Document]) -> list[TextCopies]:
    """Return the documents whose text is a copy of a document's text, the closest first, whatever their origins."""
    if document.text is None:
        return []
    pieces = text_pieces(document.text)
    near_copies = []
    for other in others:
        if other.id == document.id or other.text is None:
            continue
        same = other.sha256 == document.sha256
        share = 1.0 if same else shared_pieces(pieces, text_pieces(other.text))
        if share >= NEAR:
            near_copies.append(TextCopies(document.id, other.id, share, same))
    return sorted(near_copies, key=lambda copies: (-copies.share, copies.other))


def find_copies(documents: Mapping[str, Document]) -> Iterator[TextCopies]:
    """Yield all pairs of documents whose texts are copies, in order of id, unless both name one origin."""
    texts = {name: text_pieces(one.text) for name, one in sorted(documents.items()) if one.text is not None}
    sharing: dict[int, list[str]] = defaultdict(list)
    for name, pieces in texts.items():
        for value in pieces[:SKETCH].tolist():
            sharing[value].append(name)
    pairs = {pair for names in sharing.values() for pair in combinations(names, 2)}
    pairs |= {pair for names in _by_hash(documents) for pair in combinations(names, 2)}
    for first, second in sorted(pairs):
        one, two = documents[first], documents[second]
        if one.origin and one.origin == two.origin:
            continue
        same = one.sha256 == two.sha256
        share = 1.0 if same else shared_pieces(texts[first], texts[second])
        if share >= NEAR:
            yield TextCopies(second, first, share, same)


def _by_hash(documents: Mapping[str, Document]) -> Iterable[list[str]]:
    names: dict[Any, list[str]] = defaultdict(list)
    for name, document in sorted(documents.items()):
        if document.text is not None:
            names[document.sha256].append(name)
    return names.values()
