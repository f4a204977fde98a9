"""The extractor that needs no language model: a generator proposes, a judge says what is probable."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any, Final

from positions.extract.judges.generator import Generator
from positions.extract.judges.proposal import Judge
from positions.extract.judges.rules import RuleJudge
from positions.extract.language.lexicon import Lexicon
from positions.extract.rules.rule_claims import RuleClaim, join_claims
from positions.model.attribution import RolesWhenSaid
from positions.model.candidate import Candidate
from positions.model.codebook import Codebook
from positions.model.document import Document, sha256_of
from positions.quotes.masking import mask_markup

_DIGITS: Final = 3
"""Decimals of a probability that a candidate carries."""


class JudgedExtractor:
    """Proposes what a document may claim and keeps what a judge finds probable enough.

    ``least`` is the least probability of a candidate, by default the judge's own threshold.
    """

    def __init__(self, generator: Generator, judge: Judge, *, least: float | None = None) -> None:
        self.name = f"{judge.name}/{generator.version}"
        self._generator = generator
        self._judge = judge
        self._least = judge.threshold if least is None else least

    def candidates(self, document: Document) -> tuple[Candidate, ...]:
        """Return what a document seems to claim, in order of offset (:class:`positions.model.candidate.Extractor`)."""
        proposals = self._generator.propose(document, every_pair=self._judge.every_pair)
        judgements = self._judge.judge(document, proposals)
        claims = [
            replace(judgement.claim or proposal.claim, sure=round(judgement.probability, _DIGITS))
            for proposal, judgement in zip(proposals, judgements, strict=True)
            if judgement.probability >= self._least
        ]
        joined = join_claims(claims, mask_markup(document.text or ""))
        return tuple(claim_candidate(claim, document, self._generator.codebook, coder=self.name) for claim in joined)


def claim_candidate(claim: RuleClaim, document: Document, codebook: Codebook, *, coder: str) -> Candidate:
    """Return the candidate that a claim in a document becomes; ``coder`` is what found it."""
    text = document.text or ""
    start, end = claim.span
    speaker = claim.voice.speaker if claim.voice else None
    roles = RolesWhenSaid(codebook, claim.when.date)
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
        "coder": coder,
        "confidence": claim.sure,
        "sha256": document.sha256 or sha256_of(text.encode()),
        "suggested": claim.voice.name if claim.voice else "",
    }
    key = "\n".join(str(fields[name]) for name in ("start", "end", "speaker", "holder", "voice", "issue", "element"))
    return Candidate(id=f"{document.id}-c{hashlib.sha256(key.encode()).hexdigest()[:8]}", **fields)


def rule_extractor(codebook: Codebook, lexicon: Lexicon) -> JudgedExtractor:
    """Return the extractor whose judge are the rules: the same text gives the same candidates, everywhere."""
    return JudgedExtractor(Generator(codebook, lexicon), RuleJudge())
