"""A logistic model of proposals as readable data: an intercept and a weight for each piece of evidence."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from functools import cache, cached_property
from operator import mul
from pathlib import Path
from typing import Final

from pydantic import Field

from positions.files.reading import read_toml
from positions.model.words import Share, Word

JUDGE: Final = "judge.toml"
"""The file of a workspace's own coefficients, beside its codebook and lexicon."""
TOGETHER: Final = " & "
"""Joins the names of two pieces of evidence whose product has a weight of its own."""


class _Weights(dict[str, float]):
    def __missing__(self, name: str) -> float:
        return 0.0


class Coefficients(Word):
    """What a proposal's evidence says: the log odds that it is right are ``intercept`` plus its evidence's ``weights``.

    A weight's name is a piece of evidence, or two joined by ``&`` whose product counts. Proposals less probable than
    ``threshold`` are left out unless a user says otherwise. ``trained_on`` says in words what the numbers rest on.
    """

    trained_on: str
    threshold: Share
    intercept: float
    weights: Mapping[str, float] = Field(min_length=1)

    @cached_property
    def version(self) -> str:
        """Eight hex digits of the numbers: other weights, another version."""
        numbers = json.dumps([self.threshold, self.intercept, sorted(self.weights.items())])
        return hashlib.sha256(numbers.encode()).hexdigest()[:8]

    @cached_property
    def _weights(self) -> _Weights:
        """The weights, 0 for evidence without one."""
        return _Weights(self.weights)

    @cached_property
    def _products(self) -> tuple[tuple[str, str, float], ...]:
        """The weights of two pieces of evidence together: the first, the second and the number."""
        pairs = ((name.partition(TOGETHER), weight) for name, weight in self.weights.items())
        return tuple((first, second, weight) for (first, _, second), weight in pairs if second)

    def log_odds(self, evidence: Mapping[str, float]) -> float:
        """Return the log odds that a proposal with this evidence is right."""
        odds: float = self.intercept + sum(map(mul, map(self._weights.__getitem__, evidence), evidence.values()))
        for first, second, weight in self._products:
            if first in evidence and second in evidence:
                odds += weight * evidence[first] * evidence[second]
        return odds

    def probability(self, evidence: Mapping[str, float]) -> float:
        """Return the probability, in (0, 1), that a proposal with this evidence is right."""
        return 1 / (1 + math.exp(-self.log_odds(evidence)))


@cache
def shipped_coefficients() -> Coefficients:
    """Return the coefficients that come with the program, trained on the project's own coded documents."""
    return read_toml(Path(__file__).with_name("coefficients.toml"), Coefficients)


def read_coefficients(folder: Path) -> Coefficients:
    """Return a workspace's own coefficients, else the shipped ones; raise ``DataError`` if its file is wrong."""
    path = folder / JUDGE
    return read_toml(path, Coefficients) if path.is_file() else shipped_coefficients()


def coefficients_text(coefficients: Coefficients) -> str:
    """Write coefficients as TOML, the strongest first."""
    strongest = sorted(coefficients.weights.items(), key=lambda item: (-abs(item[1]), item[0]))
    return "\n".join(
        [
            "# How much each piece of evidence says that a proposed claim is right (log odds); written by",
            "# `positions extract train`. Delete the file to go back to what came before.",
            f"trained_on = {json.dumps(coefficients.trained_on, ensure_ascii=False)}",
            f"threshold = {coefficients.threshold}",
            f"intercept = {coefficients.intercept}",
            "",
            "[weights]",
            *(f"{json.dumps(name)} = {weight}" for name, weight in strongest),
            "",
        ]
    )
