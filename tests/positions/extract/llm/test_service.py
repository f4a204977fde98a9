"""The service answers in time and from the given address, or says in one line why not."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from positions.errors import QueryError, ServiceError
from positions.extract.llm.extractor import ModelExtractor
from positions.extract.llm.service import Service
from positions.extract.llm.session import ModelSession
from positions.model.codebook import Codebook
from tests.positions.extract.llm.conversation import (
    NEVER,
    claim,
    claims,
    document,
    open_session,
)
from tests.positions.extract.scripted import scripted


def test_a_silent_server_ends_in_a_timeout(codebook: Codebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("positions.extract.llm.service.RETRIES", 0)
    with scripted(2.0) as script, pytest.raises(QueryError, match=r"^small gave no answer within 0.2 s$"):
        ModelExtractor(open_session(codebook, script, timeout=0.2)).candidates(document())


@pytest.mark.parametrize("status", [401, 404])
def test_a_service_that_refuses_everything_ends_the_run(codebook: Codebook, status: int) -> None:
    with scripted(status) as script, pytest.raises(ServiceError, match=f"^--model small: {script.url} cannot be used"):
        ModelExtractor(open_session(codebook, script)).candidates(document())


def test_nobody_at_the_address_ends_the_run(codebook: Codebook) -> None:
    service = Service(model="small", base_url="http://127.0.0.1:9/v1")
    with pytest.raises(ServiceError, match="http://127.0.0.1:9/v1 cannot be used: Connection error"):
        ModelExtractor(ModelSession(codebook, service)).candidates(document())


def test_a_redirect_to_another_address_is_not_followed(codebook: Codebook) -> None:
    with scripted(307) as script, pytest.raises(QueryError, match="307"):
        ModelExtractor(open_session(codebook, script)).candidates(document())
    assert len(script.asked) == 1


def test_the_environments_proxy_and_key_are_not_used(codebook: Codebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("OPENAI_API_KEY", "secret-of-another-service")
    with scripted(claims(claim())) as script:
        assert ModelExtractor(open_session(codebook, script)).candidates(document())
        assert ModelExtractor(open_session(codebook, script, key="given")).candidates(document())
    assert "secret" not in str(script.headers)
    assert script.headers[1]["authorization"] == "Bearer given"


def test_the_librarys_function_model_serves_as_a_stand_in(codebook: Codebook) -> None:
    from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart
    from pydantic_ai.models.function import AgentInfo, FunctionModel

    asked: list[str] = []

    def answer(_: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        asked.append(info.instructions or "")
        return ModelResponse(parts=[TextPart(json.dumps(claims(claim())))])

    service = Service(model="f", base_url="http://127.0.0.1:9", stand_in=FunctionModel(answer))
    candidates = ModelExtractor(ModelSession(codebook, service)).candidates(document())
    assert [one.quote for one in candidates] == [NEVER]
    assert "You code one document" in asked[0]
    assert len(asked) == 1


def test_a_model_can_be_asked_where_a_loop_runs_already(codebook: Codebook) -> None:
    import asyncio

    from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart
    from pydantic_ai.models.function import AgentInfo, FunctionModel

    def answer(_: list[ModelMessage], __: AgentInfo) -> ModelResponse:
        return ModelResponse(parts=[TextPart(json.dumps(claims(claim())))])

    async def as_in_a_notebook() -> int:
        service = Service(model="f", base_url="http://127.0.0.1:9", stand_in=FunctionModel(answer))
        return len(ModelExtractor(ModelSession(codebook, service)).candidates(document()))

    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(asyncio.run, as_in_a_notebook()).result() == 1


def test_an_address_must_be_one() -> None:
    with pytest.raises(QueryError, match=r"^--base-url: found 'localhost', allowed: http"):
        Service(model="x", base_url="localhost")
