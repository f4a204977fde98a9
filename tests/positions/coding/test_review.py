"""What a reviewer is shown and may change, without a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.coding.review import (
    Review,
    draft_candidate,
    heading_words,
    list_choices,
    open_points,
    quote_context,
    review_queue,
)
from positions.errors import DataError, QueryError
from positions.files.reading import read_toml
from positions.model.codebook import Codebook
from positions.store.candidates import record_candidates
from positions.workspace import open_workspace
from tests.conftest import ROOT
from tests.positions.proposing import AGAIN, NOT_MINSK, TEXT, article, candidates, propose, proposed
from tests.positions.proposing import READY as READY_WORDS

CODEBOOK = read_toml(ROOT / "data" / "codebook.toml", Codebook)
READY, MINSK, OTHER = candidates()


def test_a_passage_is_the_quote_s_paragraph() -> None:
    before, quote, after = quote_context(MINSK, article())
    assert (before, quote) == ("", NOT_MINSK)
    assert after.startswith(" Zelensky said")
    assert after.endswith("places were fine.")
    assert before + quote + after in TEXT


def test_a_long_paragraph_is_cut_at_words_and_a_quote_without_its_text_stands_alone() -> None:
    before, quote, after = quote_context(OTHER, article(), most=20)
    assert (before, after) == ("…a video on Monday. ", "")
    assert quote_context(MINSK, article(), most=20).after == " Zelensky said in a …"
    assert quote_context(MINSK, None) == ("", NOT_MINSK, "")
    assert quote == OTHER.quote


@given(st.data())
def test_a_passage_never_shows_what_the_document_does_not_say(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT) - 2))
    end = data.draw(st.integers(start + 1, len(TEXT)))
    most = data.draw(st.integers(1, 200))
    claim = MINSK.model_copy(update={"start": start, "end": end, "quote": TEXT[start:end]})
    before, quote, after = quote_context(claim, article(), most=most)
    assert quote == TEXT[start:end]
    assert TEXT[:start].endswith(before.removeprefix("…"))
    assert TEXT[end:].startswith(after.removesuffix(" …"))
    assert max(len(before), len(after)) <= most + 2


def test_what_a_reviewer_should_look_at_is_told() -> None:
    assert open_points(READY, READY) == ()
    assert open_points(MINSK, MINSK) == ("stance", "speaker: the codebook does not know “Zelenskiy's aide”")
    settled = MINSK.model_copy(update={"stance": -2, "speaker": "peskov"})
    assert open_points(MINSK, settled) == ()
    loose = OTHER.model_copy(update={"rung": "marks"})
    assert open_points(loose, loose) == ("date: reasoned, not read", "quote: found but for white space and marks")


def test_the_values_of_a_field_are_those_of_the_codebook() -> None:
    assert list_choices("stance", MINSK, CODEBOOK)[0] == "2 (backs it)"
    assert list_choices("stance_to", MINSK, CODEBOOK) == list_choices("stance", MINSK, CODEBOOK)
    assert "minsk (Minsk)" in list_choices("element", MINSK, CODEBOOK)
    assert list_choices("element", READY, CODEBOOK) == ()
    assert "UKR (Ukraine)" in list_choices("speaker_party", MINSK, CODEBOOK)
    assert list_choices("voice", MINSK, CODEBOOK) == ("self", "ascribed", "framing")
    assert list_choices("note", MINSK, CODEBOOK) == ()


def test_a_draft_tells_all_that_stands_in_the_way_by_field() -> None:
    found = draft_candidate(MINSK, {"issue": "talks"}, article(), CODEBOOK, coder="anna")
    assert [finding.field for finding in found.findings] == ["element", "stance"]
    assert heading_words(found.claim, CODEBOOK) == "Ukraine · Peace talks: minsk? · unresolved"
    assert draft_candidate(MINSK, {"stance": "-2"}, article(), CODEBOOK, coder="anna").findings == ()
    nowhere = draft_candidate(READY, {}, None, CODEBOOK, coder="anna")
    assert [str(finding) for finding in nowhere.findings] == ["document: is not recorded any more"]
    vague = draft_candidate(READY, {"said_on": "soon"}, article(), CODEBOOK, coder="anna")
    assert (vague.claim, vague.findings[0].field) == (READY, "said_on")
    odd = proposed(9, NOT_MINSK, issue="venue", element="minsk", stance=0)
    assert heading_words(odd, CODEBOOK) == "Ukraine · Venue: Minsk · +0?"


def test_amendments_are_checked_one_by_one_and_dropped_with_their_candidate(shipped: Path) -> None:
    propose(shipped)
    with open_workspace(shipped) as workspace:
        review = Review(workspace, "anna", list(workspace.candidates()))
        for name, value, message in (
            ("stance", "7", "stance: found 7"),
            ("said_on", "2022-03-09", "said_on: found 2022-03-09, allowed: up to the publication"),
            ("confidence", "2", "confidence: found '2'"),
            ("quote", "words that nobody ever said here", "quote: is not in the document"),
            ("holder", "", "holder: missing"),
        ):
            with pytest.raises(DataError, match=message):
                review.amend(name, value)
        with pytest.raises(QueryError, match="field: found 'coder'"):
            review.amend("coder", "ben")
        assert review.changes == {}
        review.amend("quote", AGAIN)
        assert review.changes == {"quote": AGAIN, "start": TEXT.index(AGAIN), "end": TEXT.index(AGAIN) + len(AGAIN)}
        review.skip()
        assert review.changes == {}
        review.skip()
        review.skip()
        assert review.current is None
        with pytest.raises(QueryError, match="no candidate left"):
            review.accept()


def test_the_queue_begins_with_what_is_worth_most(shipped: Path) -> None:
    propose(shipped)
    likely = proposed(4, READY_WORDS, "RUS", issue="neutrality", stance=2, confidence=0.9)
    unheard = proposed(5, AGAIN, "UKR", issue="military-aid", stance=2, confidence=0.7)
    framing = unheard.model_copy(
        update={
            "id": "border.6",
            "confidence": 0.4,
            "voice": "framing",
            "directness": "framing",
            "speaker": None,
            "speaker_party": None,
        }
    )
    with open_workspace(shipped) as workspace:
        assert [one.candidate.id for one in review_queue(workspace)] == ["border.1", "border.2", "border.3"]
        with workspace.recording(coder="machine") as book:
            record_candidates(book, [likely, unheard, framing])
        order = [one.candidate.id for one in review_queue(workspace)]
        coded = {(one.statement.holder, one.statement.issue) for one in workspace.known().records}
        assert ("RUS", "neutrality") in coded
        assert ("UKR", "military-aid") not in coded
        assert order[:2] == ["border.5", "border.4"], "what nobody has coded yet, then what is most probable"
        assert order[-1] == "border.6", "an outlet's own words are worth less"
        assert [one.candidate.id for one in review_queue(workspace, holder="RUS")] == ["border.4", "border.1"]
