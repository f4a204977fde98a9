"""What a model costs is told before it is asked, and bounded."""

from __future__ import annotations

from decimal import Decimal

import pytest

from positions.errors import QueryError
from positions.extract.llm.budget import Budget, Price, Tokens, estimate_tokens
from positions.extract.llm.estimate import CostEstimator
from positions.extract.llm.extractor import ModelExtractor
from positions.extract.llm.service import Service
from positions.extract.llm.session import ModelSession
from positions.model.codebook import Codebook
from tests.positions.extract.llm.conversation import claim, claims, document, open_session
from tests.positions.extract.scripted import scripted

PRICE = Price(Decimal(2), Decimal(8))


def test_an_estimate_is_of_characters_and_costs_by_the_million() -> None:
    tokens = estimate_tokens(3850, 350)
    assert tokens == Tokens(1101, 101, 1)
    assert PRICE.cost(Tokens(1_000_000, 500_000)) == 6
    assert Budget(PRICE).words(tokens.plus(tokens)) == "2 requests, about 2,202 tokens in, 202 out, $0.0060"


@pytest.mark.parametrize(
    ("budget", "message"),
    [
        (
            Budget(max_tokens=1000),
            r"^--max-tokens: not asked: 0 are used and this needs .*, allowed: 1,000 in all",
        ),
        (Budget(PRICE, Decimal("0.001")), r"^--max-cost: not asked: \$0.0000 is spent .*, allowed: \$0.001 in all"),
    ],
)
def test_what_would_cost_too_much_is_not_asked(codebook: Codebook, budget: Budget, message: str) -> None:
    with scripted(claims(claim())) as script:
        session = open_session(codebook, script)
        session.service.budget = budget
        with pytest.raises(QueryError, match=message):
            ModelExtractor(session).candidates(document())
    assert script.asked == []


def test_an_answer_is_not_asked_for_again_beyond_the_budget(codebook: Codebook) -> None:
    given = claims(claim(), claim("Nowhere to be found in this document."))
    with scripted(given) as script:
        session = open_session(codebook, script)
        extractor = ModelExtractor(session)
        one = sum(next(extractor.requests(document())).estimate[:2])
        session.service.budget = Budget(max_tokens=one + 50)
        assert len(extractor.candidates(document())) == 1
    assert len(script.asked) == 1


def test_a_given_price_tells_the_cost(codebook: Codebook) -> None:
    with scripted(claims(claim())) as script:
        session = open_session(codebook, script)
        session.service.budget = Budget(PRICE)
        ModelExtractor(session).candidates(document())
    assert "100 tokens in, 10 out, about $0.0003" in session.report()


def test_an_estimate_asks_nothing(codebook: Codebook) -> None:
    service = Service(model="small", base_url="http://127.0.0.1:9")
    service.budget = Budget(PRICE)
    estimator = CostEstimator(ModelExtractor(ModelSession(codebook, service)), service.budget)
    assert estimator.candidates(document()) == ()
    first, last = estimator.report().splitlines()
    assert first.startswith("doc: 1 request, about ")
    assert last.startswith("estimate, nothing was asked: 1 request, about ")
    assert last.rpartition("$")[2] > "0.01"


def test_an_answer_may_not_be_longer_than_the_budget_pays_for(codebook: Codebook) -> None:
    with scripted(claims(claim())) as script:
        session = open_session(codebook, script)
        request = next(ModelExtractor(session).requests(document())).estimate
        session.service.budget = Budget(max_tokens=sum(request[:2]) + 50)
        ModelExtractor(session).candidates(document())
    assert script.asked[0]["max_completion_tokens"] == request.output + 50


def test_what_is_left_for_an_answer_is_the_least_of_what_tokens_and_dollars_allow() -> None:
    spent, request = Tokens(1000, 100), Tokens(500, 10)
    assert Budget().output_left(spent, None, request) is None
    assert Budget(max_tokens=2000).output_left(spent, None, request) == 400
    assert Budget(PRICE, Decimal("0.01")).output_left(spent, None, request) == 775
    assert Budget(PRICE, Decimal("0.01"), 2000).output_left(spent, Decimal("0.009"), request) == 1
