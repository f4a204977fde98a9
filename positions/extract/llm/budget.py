"""What asking a model will cost, told before it is asked, and how much it may cost."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from positions.errors import QueryError

_CHARACTERS: Final = 3.5
"""Characters of a token, taken low so that an estimate is rather too high."""
_MILLION: Final = 1_000_000


class Price(NamedTuple):
    """US dollars for a million tokens that a model reads, and for a million that it writes."""

    input: Decimal
    output: Decimal

    def cost(self, tokens: Tokens) -> Decimal:
        """Return what tokens cost, in US dollars."""
        return (self.input * tokens.input + self.output * tokens.output) / _MILLION


class Tokens(NamedTuple):
    """Tokens that a model reads and writes, and the number of requests."""

    input: int
    output: int
    requests: int = 1

    def plus(self, other: Tokens) -> Tokens:
        """Return the sum of both."""
        return Tokens(self.input + other.input, self.output + other.output, self.requests + other.requests)


NO_TOKENS: Final = Tokens(0, 0, 0)


def estimate_tokens(read: int, written: int) -> Tokens:
    """Estimate a request by the characters that a model reads and writes."""
    return Tokens(int(read / _CHARACTERS) + 1, int(written / _CHARACTERS) + 1)


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that a run may cost: US dollars, which need a ``price``, and tokens read and written."""

    price: Price | None = None
    max_cost: Decimal | None = None
    max_tokens: int | None = None

    def require(self, spent: Tokens, cost: Decimal | None, request: Tokens) -> None:
        """Raise ``QueryError`` if a request would go beyond the budget, given what is spent already."""
        total = spent.plus(request)
        if self.max_tokens is not None and total.input + total.output > self.max_tokens:
            used = f"{spent.input + spent.output:,} are used and this needs about {request.input + request.output:,}"
            raise QueryError(f"not asked: {used}, allowed: {self.max_tokens:,} in all", field="--max-tokens")
        if self.max_cost is not None and self.price is not None:
            so_far, next_cost = cost or self.price.cost(spent), self.price.cost(request)
            if so_far + next_cost > self.max_cost:
                used = f"${so_far:.4f} is spent and this costs about ${next_cost:.4f}"
                raise QueryError(f"not asked: {used}, allowed: ${self.max_cost} in all", field="--max-cost")

    def output_left(self, spent: Tokens, cost: Decimal | None, request: Tokens) -> int | None:
        """Return the most tokens that a request's answer may have, given what is spent; ``None`` for any number."""
        limits = []
        if self.max_tokens is not None:
            limits.append(self.max_tokens - spent.input - spent.output - request.input)
        if self.max_cost is not None and self.price is not None and self.price.output:
            rest = self.max_cost - (cost or self.price.cost(spent)) - self.price.cost(Tokens(request.input, 0))
            limits.append(int(rest * _MILLION / self.price.output))
        return max(1, min(limits)) if limits else None

    def words(self, tokens: Tokens) -> str:
        """Write what tokens are and cost: ``2 requests, about 9,000 tokens in, 2,000 out, $0.0200``."""
        requests = f"{tokens.requests} request{'' if tokens.requests == 1 else 's'}"
        cost = f", ${self.price.cost(tokens):.4f}" if self.price else ""
        return f"{requests}, about {tokens.input:,} tokens in, {tokens.output:,} out{cost}"
