"""The options that choose an extractor and where it runs, and the objects that they make."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import click

from positions.cli.options import NumberWithin, PathName, WholeNumberWithin
from positions.errors import QueryError
from positions.extract.batch.executors import Pool, dask_cluster, here, processes, threads
from positions.files.model_cache import cache_folder
from positions.model.candidate import Extractor
from positions.workspace import Workspace

if TYPE_CHECKING:
    from positions.extract.llm.budget import Budget
    from positions.extract.llm.extractor import HybridExtractor, ModelExtractor
    from positions.extract.llm.model_judge import JudgingExtractor
    from positions.extract.llm.session import ModelSession


@dataclass(frozen=True, slots=True)
class ExtractOptions:
    """How to extract: which extractor, where it runs, and which model it may ask; ``timeout`` is in seconds."""

    extractor: str
    judge: str
    min_probability: float | None
    model: str | None
    base_url: str | None
    api_key_env: str | None
    timeout: float
    cache: Path | None
    passes: int
    price: tuple[float, float] | None
    max_cost: float | None
    max_tokens: int | None
    estimate: bool
    jobs: int
    scheduler: str | None

    @property
    def asks(self) -> bool:
        """Whether a language model is asked."""
        return self.extractor != "rules" or self.judge == "llm"

    @property
    def reads(self) -> str | None:
        """The only language that claims are found in; ``None`` for a language model, which reads any."""
        if self.extractor == "llm":
            return None
        from positions.extract.language.english import english_words

        return english_words().language


def judge_option(*judges: str, words: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option that chooses one of some judges, described in ``words``."""
    text = f"Who says what is claimed: {words}."
    return click.option("--judge", type=click.Choice(judges), default="rules", show_default=True, help=text)


least_option: Final = click.option(
    "--min-probability",
    type=NumberWithin(0, 1),
    help="The least probability of a candidate (default: the judge's own threshold).",
)
"""The option that says how probable a candidate has to be."""


COST_OPTIONS: Final = (
    click.option(
        "--passes",
        type=WholeNumberWithin(1, 2),
        default=1,
        show_default=True,
        help="2: then ask about each holder and topic that the model did not list (llm).",
    ),
    click.option(
        "--price",
        type=NumberWithin(0),
        nargs=2,
        metavar="IN OUT",
        help="Its price in US dollars for a million tokens read and written.",
    ),
    click.option("--max-cost", type=NumberWithin(0), help="The most US dollars to spend; needs --price."),
    click.option("--max-tokens", type=WholeNumberWithin(1, 10**12), help="The most tokens to read and write."),
    click.option("--estimate", is_flag=True, help="Ask nothing; say what each document would cost."),
)
"""The options that tell and bound what a language model costs."""


def extractor_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that choose an extractor and where it runs."""
    options = (
        click.option("--extractor", type=click.Choice(["rules", "llm", "hybrid"]), default="rules", show_default=True),
        judge_option(
            *("rules", "model", "llm"),
            words="the rules, a model that weighs the evidence, or a language model asked about each topic and party",
        ),
        least_option,
        click.option("--model", help="Name of the language model, if one is asked."),
        click.option("--base-url", help="Its OpenAI-compatible address, the only one that is contacted."),
        click.option("--api-key-env", metavar="NAME", help="Environment variable with its key, if it needs one."),
        click.option(
            "--timeout", type=NumberWithin(0.01), default=180.0, show_default=True, help="Seconds per attempt."
        ),
        click.option("--cache", type=PathName(path_type=Path), help="Folder for its answers (default: the user's)."),
        *COST_OPTIONS,
        click.option(
            "--jobs", type=WholeNumberWithin(1, 256), default=1, show_default=True, help="Processes to run at once."
        ),
        click.option("--scheduler", metavar="ADDRESS", help="Run on the Dask cluster of this scheduler instead."),
    )
    for option in reversed(options):
        command = option(command)
    return command


class Account(Protocol):
    """What tells after a run what a model was asked, or would have been."""

    def report(self) -> str:
        """Return the lines to show."""


def make_extractor(options: ExtractOptions, workspace: Workspace) -> tuple[Extractor, Account | None]:
    """Return the extractor and, if it asks a model, what reports on that.

    Raises ``click.UsageError`` if the options do not fit together.
    """
    if not options.asks:
        return judged_extractor(workspace, options.judge, options.min_probability), None
    model, address = _require_address(options)
    from positions.extract.llm.cache import AnswerCache
    from positions.extract.llm.estimate import CostEstimator
    from positions.extract.llm.service import Service
    from positions.extract.llm.session import ModelSession

    key, budget = _read_key(options.api_key_env), _read_budget(options)
    service = Service(model=model, base_url=address, key=key, timeout=options.timeout)
    service.budget = budget
    session = ModelSession(workspace.codebook, service, cache=AnswerCache(options.cache or cache_folder() / "answers"))
    extractor = _asking_extractor(options, workspace, session)
    if not options.estimate:
        return extractor, session
    estimator = CostEstimator(extractor, budget)
    return estimator, estimator


def _require_address(options: ExtractOptions) -> tuple[str, str]:
    """Return the model and its address; raise ``click.UsageError`` if the options for asking it do not fit together."""
    asker = f"--extractor {options.extractor}" if options.extractor != "rules" else "--judge llm"
    if options.judge == "llm" and options.extractor != "rules":
        raise click.UsageError("--judge llm goes with --extractor rules: what the generator proposes is asked about")
    if options.scheduler:
        raise click.UsageError(f"--scheduler does not go with {asker}; a model is asked from here, with --jobs at once")
    if not options.model or not options.base_url:
        raise click.UsageError(f"{asker} needs --model and --base-url")
    if options.passes > 1 and options.extractor != "llm":
        raise click.UsageError("--passes goes with --extractor llm")
    return options.model, options.base_url


def _asking_extractor(
    options: ExtractOptions, workspace: Workspace, session: ModelSession
) -> HybridExtractor | JudgingExtractor | ModelExtractor:
    from positions.coding.extractors import open_generator
    from positions.extract.llm.extractor import HybridExtractor, ModelExtractor
    from positions.extract.llm.model_judge import JudgingExtractor

    if options.extractor == "llm":
        return ModelExtractor(session, open_generator(workspace) if options.passes > 1 else None)
    if options.extractor == "hybrid":
        return HybridExtractor(judged_extractor(workspace, options.judge, options.min_probability), session)
    return JudgingExtractor(open_generator(workspace), session, least=options.min_probability)


def judged_extractor(workspace: Workspace, judge: str, least: float | None) -> Extractor:
    """Return the extractor for the workspace's codebook and lexicon whose judge is ``rules`` or ``model``."""
    from positions.coding.extractors import choose_extractor

    return choose_extractor(workspace, "rules" if judge == "rules" else "model", least)


def _read_budget(options: ExtractOptions) -> Budget:
    """Return the budget; raise ``click.UsageError`` if a cost is bounded and no price is known."""
    from decimal import Decimal

    from positions.extract.llm.budget import Budget, Price

    if options.max_cost is not None and not options.price:
        raise click.UsageError("--max-cost needs --price")
    price = Price(*(Decimal(str(one)) for one in options.price)) if options.price else None
    cost = None if options.max_cost is None else Decimal(str(options.max_cost))
    return Budget(price, cost, options.max_tokens)


def _read_key(name: str | None) -> str | None:
    if name is None:
        return None
    if not (key := os.environ.get(name)):
        raise QueryError(f"--api-key-env: the environment variable {name} is not set")
    return key


@contextmanager
def open_pool(options: ExtractOptions) -> Iterator[Pool]:
    """Yield the pool to work in; a cluster's client is closed at the end."""
    if options.scheduler:
        with dask_cluster(options.scheduler) as pool:
            yield pool
    elif options.jobs == 1:
        yield here()
    else:
        yield threads(options.jobs) if options.asks else processes(options.jobs)
