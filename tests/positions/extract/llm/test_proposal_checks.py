"""A proposal becomes a candidate if its quote, names and date are the document's; else it is refused by kind."""

from __future__ import annotations

import pytest

from positions.extract.llm.proposal_checks import CONFIDENCE, Checker, RefusedError
from positions.extract.llm.schema import ModelClaim
from positions.model.candidate import Candidate
from positions.model.codebook import Codebook
from tests.positions.extract.llm.conversation import NEVER, READY, document

SOUND = ModelClaim(NEVER, "Volodymyr Zelensky", "", "UKR", "neutrality", None, -2, "on Friday")


def checked(codebook: Codebook, proposal: ModelClaim) -> Candidate:
    return Checker(codebook, coder="llm x").candidate(proposal, document())


def test_what_follows_from_a_sound_proposal_is_derived(codebook: Codebook) -> None:
    candidate = checked(codebook, SOUND)
    assert (candidate.speaker, candidate.speaker_party, candidate.voice) == ("zelensky", "UKR", "self")
    assert (str(candidate.said_on), candidate.said_on_basis) == ("2022-02-25", "relative")
    assert (candidate.directness, candidate.confidence, candidate.coder) == ("paraphrase", CONFIDENCE, "llm x")


def test_a_quotation_is_direct_and_a_stranger_keeps_the_name(codebook: Codebook) -> None:
    proposal = ModelClaim(READY, "Jane Roe", "", "UKR", "venue", "warsaw", 2, "")
    candidate = checked(codebook, proposal)
    assert (candidate.directness, candidate.speaker, candidate.suggested) == ("direct", "unknown", "Jane Roe")
    assert candidate.said_on_basis == "document"


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"quote": "Ukraine has never said so much"}, "quote not in the document"),
        ({"speaker": "John Nobody"}, "name not in the document"),
        ({"relayed_by": "John Nobody"}, "name not in the document"),
        ({"said": "on Sunday"}, "date not in the document"),
        ({"stance": -7}, "impossible"),
        ({"element": "warsaw"}, "impossible"),
    ],
)
def test_what_the_document_or_the_codebook_does_not_bear_out_is_refused(
    codebook: Codebook, changes: dict[str, object], kind: str
) -> None:
    with pytest.raises(RefusedError, match=".") as refused:
        checked(codebook, SOUND._replace(**changes))
    assert refused.value.kind == kind


def test_a_quote_as_near_in_two_places_is_refused_as_ambiguous(codebook: Codebook) -> None:
    quote = "Zelensky said never to talks"
    text = f"{quote}. Then: {quote}."
    middle = (len(quote) + text.rindex(quote)) // 2
    proposal = SOUND._replace(quote=quote, speaker="", said="")
    with pytest.raises(RefusedError, match="occurs 2 times") as refused:
        Checker(codebook, coder="llm x").candidate(proposal, document(text), near=middle)
    assert refused.value.kind == "ambiguous quote"
