"""Turn a model's proposals into candidates: verify each quote, look up each name, derive the rest in code."""

from __future__ import annotations

import unicodedata
from functools import cached_property
from hashlib import sha256
from typing import Final

from pydantic import ValidationError

from positions.errors import QueryError
from positions.extract.language.phrases import tokenize
from positions.extract.language.time_expressions import find_time
from positions.extract.llm.codebook_words import Spellings
from positions.extract.llm.schema import STRANGER, ModelClaim
from positions.language.reading_words import ENGLISH
from positions.model.attribution import RolesWhenSaid
from positions.model.candidate import Candidate
from positions.model.checks import claim_findings
from positions.model.codebook import Codebook
from positions.model.dates import PartialDate
from positions.model.document import DateBasis, Document
from positions.model.statement import UNKNOWN_SPEAKER, Directness
from positions.quotes.clause_bounds import widen_to_clauses
from positions.quotes.locate import AmbiguousQuoteError, QuoteMatch, find_quote
from positions.quotes.quotations import is_quoted

CONFIDENCE: Final = 0.6
"""The confidence of a model's claim before review: about the agreement of models and coders in published work."""


_ACT: Final = "an act, as the outlet tells it"


class RefusedError(Exception):
    """A proposal that cannot become a candidate; it is counted by ``kind``, and the model is told the message."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind


class Checker:
    """Turns proposals about documents into candidates by a codebook, or refuses them with a reason."""

    def __init__(self, codebook: Codebook, *, coder: str) -> None:
        self._codebook = codebook
        self._coder = coder

    def candidate(
        self, proposal: ModelClaim, document: Document, *, near: int = 0, confidence: float = CONFIDENCE
    ) -> Candidate:
        """Return the candidate that a proposal makes; raise :class:`RefusedError` if it makes none.

        ``near`` is the offset that the model had read to, which chooses among several occurrences of a quote.
        """
        text = document.text or ""
        match = find_clause(text, proposal.quote, near)
        said_on, basis = _resolve_date(proposal.said, document)
        if proposal.speaker and proposal.told != "said":
            raise RefusedError("speaker of the outlet's words", f"told {proposal.told!r} has no speaker, or is 'said'")
        speaker, suggested = self._speaker(proposal.speaker, text)
        relay, _ = self._speaker(proposal.relayed_by, text)
        if relay in (UNKNOWN_SPEAKER, speaker):
            relay = None
        roles = RolesWhenSaid(self._codebook, said_on)
        party = roles.party(speaker, holder=proposal.holder)
        if speaker == UNKNOWN_SPEAKER:
            party = proposal.speaker_party
        voice = roles.voice(speaker=speaker, party=party, relayed_by=relay, holder=proposal.holder)
        fields = {
            "document": document.id,
            "quote": text[match.start : match.end],
            "start": match.start,
            "end": match.end,
            "speaker": speaker,
            "speaker_party": party,
            "relayed_by": relay if speaker else None,
            "holder": proposal.holder,
            "voice": voice,
            "directness": _directness(text, match, speaker),
            "issue": proposal.issue,
            "element": proposal.element,
            "stance": proposal.stance,
            "stance_to": proposal.stance_to if proposal.stance is not None else None,
            "condition_for": _other_topic(proposal),
            "said_on": said_on,
            "said_on_basis": basis,
            "note": _ACT if proposal.told == "act" else "",
            "coder": self._coder,
            "confidence": confidence,
            "sha256": document.sha256,
            "rung": match.rung,
            "suggested": suggested,
        }
        return self._candidate(fields, document)

    def _candidate(self, fields: dict[str, object], document: Document) -> Candidate:
        try:
            candidate = sign_candidate(Candidate.model_validate({"id": "unsigned", **fields}), coder=self._coder)
        except ValidationError as error:
            raise RefusedError("impossible", "; ".join(item["msg"] for item in error.errors())) from None
        if findings := claim_findings(candidate, self._codebook, document):
            raise RefusedError("impossible", "; ".join(map(str, findings)))
        return candidate

    def _speaker(self, name: str, text: str) -> tuple[str | None, str]:
        """Return a speaker's id, and the name itself if the codebook does not list it."""
        if not name:
            return None, ""
        if name == STRANGER:
            return UNKNOWN_SPEAKER, ""
        if not _occurs_in(name, text):
            if (known := self._spellings.exact(name)) in self._spellings.within(text):
                return known, ""
            raise RefusedError("name not in the document", f"speaker {name!r}: no such name stands in the document")
        if known := self._spellings.exact(name):
            return known, ""
        if within := self._spellings.within(name):
            return within[0], ""
        return UNKNOWN_SPEAKER, name

    @cached_property
    def _spellings(self) -> Spellings:
        return Spellings(self._codebook)


def sign_candidate(candidate: Candidate, *, coder: str) -> Candidate:
    """Return a candidate signed by a coder, with an id made of the document's, its content and the coder."""
    where, who = (candidate.start, candidate.end), (candidate.speaker, candidate.suggested, candidate.holder)
    about = (*where, *who, candidate.issue, candidate.element, candidate.stance)
    digest = sha256(repr((coder, *about)).encode()).hexdigest()[:10]
    return candidate.model_copy(update={"coder": coder, "id": f"{candidate.document[:68]}-{digest}"})


def _other_topic(proposal: ModelClaim) -> str | None:
    """Return the condition of a claim; what a claim is about is no condition of itself."""
    about = f"{proposal.issue}/{proposal.element}" if proposal.element else proposal.issue
    return None if proposal.condition_for == about else proposal.condition_for


def find_clause(text: str, quote: str, near: int) -> QuoteMatch:
    """Find a quote and widen it to its clause, since words cut out of a clause can say the opposite of it.

    Raises :class:`RefusedError` if it does not stand in the text, or in several places with nothing to choose by.
    """
    try:
        match = find_quote(text, quote, near=near)
    except QueryError as error:
        kind = "ambiguous quote" if isinstance(error, AmbiguousQuoteError) else "quote not in the document"
        raise RefusedError(kind, f"{quote[:80]!r}: {error}") from None
    start, end = widen_to_clauses(text, match.start, match.end)
    return QuoteMatch(start, end, match.rung)


def _directness(text: str, match: QuoteMatch, speaker: str | None) -> Directness:
    if speaker is None:
        return "framing"
    return "direct" if is_quoted(text, match.start, match.end) else "paraphrase"


def _resolve_date(phrase: str, document: Document) -> tuple[PartialDate, DateBasis]:
    """Resolve the words that date an utterance; if none do, use the document's own date."""
    published = document.published_on
    if phrase and not _occurs_in(phrase, document.text or ""):
        raise RefusedError("date not in the document", f"said {phrase!r}: no such words stand in the document")
    words = unicodedata.normalize("NFC", phrase)
    time = find_time(tokenize(words), published.last, None, document.language or ENGLISH) if phrase else None
    if time is None or time.date.last > published.last:
        return published, "document"
    return time.date, time.basis


def _occurs_in(words: str, text: str) -> bool:
    return " ".join(words.split()).casefold() in " ".join(text.split()).casefold()
