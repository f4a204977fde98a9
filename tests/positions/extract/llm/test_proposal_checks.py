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


@pytest.mark.parametrize(
    ("language", "text", "said", "said_on", "basis"),
    [
        (
            "ru",
            "«Мы никогда не откажемся от НАТО», — сказал Зеленский в среду вечером.",
            "в среду вечером",
            "23",
            "relative",
        ),
        ("es", "«Nunca renunciaremos a la OTAN», dijo Zelensky hace dos días.", "hace dos días", "24", "relative"),
        ("ar", "قال زيلينسكي يوم الخميس: «لن نتخلى أبدا عن الناتو».", "يوم الخميس", "24", "relative"),
        ("fr", "« Jamais sans l'OTAN », a dit Zelensky avant-hier.", "avant-hier", "24", "relative"),
        ("de", "„Niemals ohne die NATO“, sagte Zelensky am Montagabend.", "am Montagabend", "21", "relative"),
        ("de", "„Niemals ohne die NATO“, sagte Zelensky nach dem Treffen.", "nach dem Treffen", "26", "document"),
        (None, "“Never without NATO,” Zelensky said on Friday.", "on Friday", "25", "relative"),
    ],
)
def test_the_words_that_date_a_claim_are_read_in_the_documents_language(
    codebook: Codebook, language: str | None, text: str, said: str, said_on: str, basis: str
) -> None:
    written = document(text).model_copy(update={"language": language})
    proposal = SOUND._replace(quote=text, speaker="", said=said, told="outlet")
    candidate = Checker(codebook, coder="llm x").candidate(proposal, written)
    assert (str(candidate.said_on), candidate.said_on_basis) == (f"2022-02-{said_on}", basis)
