"""Ask a language model at an OpenAI-compatible address, and nothing else on the network."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from threading import Lock
from typing import Any, Final, NamedTuple

from pydantic import BaseModel

from positions.errors import MissingExtraError, QueryError, ServiceError
from positions.extract.llm.budget import Budget, Price, Tokens, estimate_tokens

RETRIES: Final = 2
"""How often a model is told what is wrong with its answer and asked again."""
_SHOWN: Final = 160
"""Characters of an error that a message shows."""


class ModelRequest(NamedTuple):
    """What a model is asked: standing instructions, the prompt, the model of the answer, and its check.

    ``check`` takes an answer and returns the reasons to ask again, ``None`` if there are none. ``share`` is how many
    characters of answer are expected for one of the prompt.
    """

    instructions: str
    prompt: str
    answer: type[BaseModel]
    check: Callable[[BaseModel], str | None]
    share: float

    @property
    def estimate(self) -> Tokens:
        """What it is expected to cost in tokens, the form of the answer included."""
        form = len(json.dumps(self.answer.model_json_schema()))
        read = len(self.instructions) + len(self.prompt) + form
        return estimate_tokens(read, int(len(self.prompt) * self.share))


@dataclass(slots=True)
class Spent:
    """What a model was asked and what it cost: requests, tokens, and US dollars if its price is known.

    ``unpriced`` counts the requests whose price is not known.
    """

    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: Decimal | None = None
    unpriced: int = 0
    lock: Any = field(default_factory=Lock, repr=False, compare=False)

    @property
    def tokens(self) -> Tokens:
        """The tokens of all requests."""
        return Tokens(self.input_tokens, self.output_tokens, self.requests)

    def add(self, usage: Any, price: Price | None = None) -> None:
        """Add the usage of one request; a given price is believed rather than the library's."""
        with self.lock:
            self.requests += usage.requests
            self.input_tokens += usage.input_tokens
            self.output_tokens += usage.output_tokens
            if price is not None:
                tokens = Tokens(usage.input_tokens, usage.output_tokens)
                self.cost = (self.cost or Decimal(0)) + price.cost(tokens)
            elif usage.cost is None:
                self.unpriced += usage.requests
            else:
                self.cost = (self.cost or Decimal(0)) + usage.cost


class Service:
    """A chat model by name at an explicit address.

    ``key`` is sent to that address only. ``timeout`` limits each attempt of a request, in seconds. ``stand_in`` is
    asked instead of a server, in tests. ``budget`` may be set to bound what all requests together cost. Raises
    ``QueryError`` for another kind of address or without the extra.
    """

    def __init__(
        self, *, model: str, base_url: str, key: str | None = None, timeout: float = 180, stand_in: Any = None
    ) -> None:
        if not base_url.startswith(("http://", "https://")):
            raise QueryError(f"--base-url: found {base_url!r}, allowed: http://… or https://…")
        try:
            import pydantic_ai  # noqa: F401
        except ImportError:
            raise MissingExtraError("a language model", "llm") from None
        self.model = model
        self.spent = Spent()
        self.budget = Budget()
        self._base_url = base_url
        self._key = key
        self._timeout = timeout
        self._stand_in = stand_in

    def ask(self, request: ModelRequest) -> BaseModel:
        """Return the model's answer once it passes its check or the retries are used up; it always fits its model.

        Raises ``QueryError`` if the budget does not allow it, if no answer fits or none comes in time, ``ServiceError``
        if the service cannot be used.
        """
        self.budget.require(self.spent.tokens, self.spent.cost, request.estimate)
        from pydantic_ai import exceptions

        try:
            # A thread of its own: if a loop runs already, as in a notebook, this thread may not start another.
            with ThreadPoolExecutor(1) as thread:
                return thread.submit(lambda: asyncio.run(self._run(request))).result()
        except (exceptions.ModelAuthenticationError, exceptions.ModelNotFoundError) as error:
            raise self._unusable(error) from None
        except exceptions.ModelQuotaExceededError as error:
            raise self._unusable(error) from None
        except (exceptions.ModelTimeoutError, exceptions.ModelRequestTimeout):
            raise QueryError(f"{self.model} gave no answer within {self._timeout:g} s") from None
        except exceptions.ModelConnectionError as error:
            if error.phase in ("connect", None):
                raise self._unusable(error) from None
            raise QueryError(f"the connection to {self.model} broke: {_shorten_error(error)}") from None
        except exceptions.UnexpectedModelBehavior as error:
            tries = RETRIES + 1
            raise QueryError(f"{self.model} gave no usable answer in {tries} tries: {_shorten_error(error)}") from None
        except exceptions.AgentRunError as error:
            raise QueryError(f"{self.model}: {_shorten_error(error)}") from None

    def _may_ask_again(self, usage: Any, request: ModelRequest) -> bool:
        """Return whether the budget allows another try, given the usage of those before."""
        spent = self.spent.tokens.plus(Tokens(usage.input_tokens, usage.output_tokens))
        price = self.budget.price
        try:
            self.budget.require(spent, price.cost(spent) if price else None, request.estimate)
        except QueryError:
            return False
        return True

    def _unusable(self, error: Exception) -> ServiceError:
        return ServiceError(f"--model {self.model}: {self._base_url} cannot be used: {_shorten_error(error)}")

    async def _run(self, request: ModelRequest) -> BaseModel:
        from pydantic_ai import Agent, ModelRetry, NativeOutput, RunContext
        from pydantic_ai.usage import RunUsage

        async def check(run: RunContext[object], answer: BaseModel) -> BaseModel:
            reason = request.check(answer)
            if reason is not None and run.retry < RETRIES and self._may_ask_again(usage, request):
                raise ModelRetry(reason)
            return answer

        usage = RunUsage()
        settings: Any = {"temperature": 0, "timeout": self._timeout, "max_retries": RETRIES}
        if most := self.budget.output_left(self.spent.tokens, self.spent.cost, request.estimate):
            settings["max_tokens"] = most
        async with self._open_model() as model:
            agent: Agent[object, BaseModel] = Agent(
                model,
                output_type=NativeOutput(request.answer),
                instructions=request.instructions,
                retries={"output": RETRIES, "tools": 0},
                model_settings=settings,
            )
            agent.output_validator(check)
            try:
                result = await agent.run(request.prompt, usage=usage, infer_name=False)
            finally:
                self.spent.add(usage, self.budget.price)
        return result.output

    @asynccontextmanager
    async def _open_model(self) -> AsyncIterator[Any]:
        """Open a client for one request, so that nothing of it outlives its event loop."""
        if self._stand_in is not None:
            yield self._stand_in
            return
        import httpx2
        from pydantic_ai.models.openai import OpenAIChatModel
        from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

        # No proxies from the environment and no redirects: the text goes to the given address or nowhere.
        async with httpx2.AsyncClient(trust_env=False, follow_redirects=False, timeout=self._timeout) as client:
            provider = OpenAICompatibleProvider("given", base_url=self._base_url, api_key=self._key, http_client=client)
            yield OpenAIChatModel(self.model, provider=provider)


def _shorten_error(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
