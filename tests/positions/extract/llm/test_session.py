"""The account of a session with a model."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

from positions.extract.llm.cache import AnswerCache
from positions.extract.llm.schema import stances_model
from positions.extract.llm.service import Service
from positions.extract.llm.session import ModelSession
from positions.model.codebook import Codebook


def session_of(codebook: Codebook, cache: Path | None = None) -> ModelSession:
    service = Service(model="small", base_url="http://127.0.0.1:9")
    return ModelSession(codebook, service, cache=AnswerCache(cache) if cache else None)


def test_the_report_counts_what_was_asked_paid_and_refused(codebook: Codebook) -> None:
    session = session_of(codebook)
    assert session.report() == "small: 0 requests, 0 tokens in, 0 out, no cost, 0 answers cached; 0 accepted, 0 refused"
    session.service.spent.add(SimpleNamespace(requests=2, input_tokens=1200, output_tokens=30, cost=Decimal("0.01")))
    session.service.spent.add(SimpleNamespace(requests=1, input_tokens=100, output_tokens=3, cost=None))
    session.count(3, Counter({"impossible": 1}))
    assert session.report() == (
        "small: 3 requests, 1,300 tokens in, 33 out, about $0.0100 and 1 requests without a price, 0 answers cached; "
        "3 accepted, 1 refused (1 impossible); their confidences are not calibrated"
    )


def test_an_answer_that_fits_no_longer_is_not_taken_from_the_cache(codebook: Codebook, tmp_path: Path) -> None:
    session = session_of(codebook, tmp_path)
    session.cache_answer(["a"], {"answer": {"stances": []}})
    session.cache_answer(["b"], {"answer": {"stances": [{"number": 9, "stance": "+1"}]}})
    model = stances_model(codebook, 2)
    assert session.cached_answer(["a"], model) == {"answer": {"stances": []}}
    assert session.cached_answer(["b"], model) is None
    assert session.cached == 1


def test_without_a_cache_nothing_is_kept(codebook: Codebook) -> None:
    session = session_of(codebook)
    session.cache_answer(["a"], {"answer": {}})
    assert session.cached_answer(["a"], stances_model(codebook, 1)) is None
