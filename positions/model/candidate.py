"""Candidates: claims that a program found in a document and that nobody has accepted yet.

A candidate is never a position. Accepting one records a statement; rejecting one keeps it, so that extracting the same
document again does not bring it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol, TypeAlias

from pydantic import Field

from positions.model.document import Document
from positions.model.statement import Claim
from positions.model.words import Id

Rung: TypeAlias = Literal["exact", "space", "marks", "letters"]
"""How closely a proposed quote had to match: to the character, but for white space, also but for the shapes of
quotation marks, dashes and ellipses, or also but for how letters are stored and words are parted at a line's end. What
is stored are the document's own characters in each case."""
CandidateStatus: TypeAlias = Literal["open", "accepted", "rejected"]
"""What a reviewer decided; ``open`` until somebody did."""


class Candidate(Claim):
    """A claim as an extractor proposes it, its quote verified against the document.

    ``stance`` is ``None`` if the extractor could not settle it. ``coder`` names the extractor and the version of
    its rules or its model. ``sha256`` is that of the document in which the quote was verified, ``rung`` how closely it
    matched. ``suggested`` is a name in the document that the codebook does not know (the speaker is then ``unknown``).
    ``statement`` is the id of the statement that an accepted candidate became.
    """

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    rung: Rung = "exact"
    suggested: str = ""
    status: CandidateStatus = "open"
    statement: Id | None = None


class Extractor(Protocol):
    """Anything that proposes candidates. ``name`` is what it signs them with, its version included."""

    name: str

    def candidates(self, document: Document) -> Sequence[Candidate]:
        """Return what a document (with its text) seems to claim, in order of place; the same every time."""


def same_claim(one: Claim, two: Claim) -> bool:
    """Return whether two claims say the same of the same words.

    They do when document, holder, issue and element agree and their spans share at least half of the shorter one.
    """
    if (one.document, one.holder, one.issue, one.element) != (two.document, two.holder, two.issue, two.element):
        return False
    return closeness(one, two) > 0


def repeat_key(claim: Claim) -> tuple[object, ...]:
    """Return what two claims share if one repeats the other: the words, who says them, of whom, about what."""
    return (
        *(claim.document, claim.start, claim.end, claim.speaker),
        *(claim.holder, claim.issue, claim.element, claim.voice),
    )


def closeness(one: Claim, two: Claim) -> float:
    """Tell how nearly two claims of one document quote the same words, in [0, 1].

    It is what their spans share of what they cover together; 0 where they share less than half of the shorter one.
    """
    shared = min(one.end, two.end) - max(one.start, two.start)
    if 2 * shared < min(one.end - one.start, two.end - two.start):
        return 0.0
    return shared / (max(one.end, two.end) - min(one.start, two.start))
