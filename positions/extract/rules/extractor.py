"""The rule extractor: sentences, who says them, what they are about, how much that is wanted, when it was said."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from positions.errors import DataError
from positions.extract.language.lexicon import Lexicon, lexicon_findings
from positions.extract.language.sentences import split_sentences
from positions.extract.rules.claims import ClaimFinder, RuleClaim, join_claims
from positions.extract.rules.mentions import NameIndex
from positions.extract.rules.speakers import attribute_sentences
from positions.extract.rules.speech import speech_words
from positions.model.attribution import RolesWhenSaid
from positions.model.candidate import Candidate
from positions.model.codebook import Codebook
from positions.model.document import Document, sha256_of
from positions.quotes.masking import mask_markup

VERSION: Final = "1"
"""The version of the rules in code; that of the lexicon and the language's words is added to it."""


class Rules:
    """The extractor that needs no model: the same text gives the same candidates, everywhere.

    Raises ``DataError`` if the lexicon names what the codebook does not declare.
    """

    def __init__(self, codebook: Codebook, lexicon: Lexicon) -> None:
        if findings := lexicon_findings(lexicon, codebook):
            raise DataError(findings)
        self.name = f"rules {VERSION}/{lexicon.version}"
        self._codebook = codebook
        self._names = NameIndex(codebook, lexicon)
        self._claims = ClaimFinder(codebook, lexicon)
        self._speech = speech_words()

    def candidates(self, document: Document) -> tuple[Candidate, ...]:
        """Return what a document seems to claim, in order of offset (:class:`positions.model.candidate.Extractor`)."""
        original = document.text or ""
        text = mask_markup(original)
        day = document.published_on.last
        lines = attribute_sentences(text, split_sentences(text), self._names, self._speech, day)
        claims = [claim for number in range(len(lines)) for claim in self._claims.find(lines, number, day)]
        return tuple(self._candidate(claim, document, original) for claim in join_claims(claims, text))

    def _candidate(self, claim: RuleClaim, document: Document, text: str) -> Candidate:
        start, end = claim.span
        speaker = claim.voice.speaker if claim.voice else None
        roles = RolesWhenSaid(self._codebook, claim.when.date)
        party = roles.party(speaker, holder=claim.holder)
        fields: dict[str, Any] = {
            "document": document.id,
            "quote": text[start:end],
            "start": start,
            "end": end,
            "speaker": speaker,
            "speaker_party": party,
            "relayed_by": claim.relayed_by,
            "holder": claim.holder,
            "voice": roles.voice(speaker=speaker, party=party, relayed_by=claim.relayed_by, holder=claim.holder),
            "directness": "framing" if speaker is None else "direct" if claim.direct else "paraphrase",
            "issue": claim.issue,
            "element": claim.element,
            "stance": claim.stance,
            "said_on": claim.when.date,
            "said_on_basis": claim.when.basis,
            "coder": self.name,
            "confidence": claim.sure,
            "sha256": document.sha256 or sha256_of(text.encode()),
            "suggested": claim.voice.name if claim.voice else "",
        }
        key = "\n".join(
            str(fields[name]) for name in ("start", "end", "speaker", "holder", "voice", "issue", "element")
        )
        return Candidate(id=f"{document.id}-c{hashlib.sha256(key.encode()).hexdigest()[:8]}", **fields)
