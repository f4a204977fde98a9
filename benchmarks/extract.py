"""Extraction: documents per CPU-second, memory over a hundred thousand of them, and what a second process brings."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from benchmarks.measure import peak_mib, seconds, told
from positions.extract.batch.executors import Pool, here, processes
from positions.extract.batch.runner import Task, extract_all
from positions.extract.judges.coefficients import shipped_coefficients
from positions.extract.judges.extractor import JudgedExtractor, rule_extractor
from positions.extract.judges.generator import Generator
from positions.extract.judges.logistic import LogisticJudge
from positions.extract.language.lexicon import read_lexicon
from positions.model.candidate import Extractor
from positions.model.document import Document, sha256_of
from positions.store.published import read_codebook

ROOT = Path(__file__).parent.parent
ARTICLE = 20
"""Paragraphs of a synthetic article: together about as long as a seed."""


@cache
def paragraphs() -> list[str]:
    """All paragraphs of the seeds."""
    texts = [path.read_text() for path in sorted((ROOT / "seeds").glob("*.txt"))]
    return [part.strip() for text in texts for part in text.split("\n") if len(part.split()) > 8]


def tasks(count: int, *, length: int = ARTICLE, seed: int = 1) -> Iterator[Task]:
    """Articles mixed from the seeds' paragraphs, no two the same, always the same for a seed."""
    chance = random.Random(seed)
    for number in range(count):
        text = "\n\n".join([f"Report number {number}", *chance.choices(paragraphs(), k=length)])
        digest = sha256_of(text.encode())
        fields = {"title": "t", "outlet": "o", "published_on": "2022-04-14", "published_on_basis": "explicit"}
        document = Document.model_validate({"id": f"d{number}", "text": text, "sha256": digest, **fields})
        yield Task(f"d{number}.txt", digest, document)


@cache
def rules() -> Extractor:
    """The rules with the shipped codebook and lexicon."""
    return rule_extractor(read_codebook(ROOT / "data"), read_lexicon(ROOT / "data"))


def model() -> Extractor:
    """The model that weighs the evidence, with the shipped weights, codebook and lexicon."""
    generator = Generator(read_codebook(ROOT / "data"), read_lexicon(ROOT / "data"))
    return JudgedExtractor(generator, LogisticJudge(shipped_coefficients()))


def candidates(count: int, pool: Pool, *, length: int = ARTICLE) -> int:
    """Extract from articles and count what was found; a failed document fails the benchmark."""
    found = 0
    for outcomes in extract_all(tasks(count, length=length), rules(), pool=pool):
        for outcome in outcomes:
            assert not outcome.problem, outcome.problem
            found += len(outcome.candidates)
    return found


def throughput(extractor: Extractor, *, count: int, goal: int) -> None:
    """Documents per CPU-second in one process."""
    given = list(tasks(count))
    size = sum(len(task.document.text or "") for task in given if task.document) / count
    extractor.candidates(given[0].document)  # type: ignore[arg-type]
    start = time.process_time()
    found = sum(len(one.candidates) for batch in extract_all(given, extractor, pool=here()) for one in batch)
    spent = time.process_time() - start
    each = f"{size:,.0f} characters, {found / count:.0f} candidates each"
    judge = extractor.name.split()[0]
    print(f"extract, {judge}: {count / spent:.0f} documents per CPU-second ({each}; goal ≥ {goal})", flush=True)


def memory(*, small: int, large: int) -> None:
    """The peak of a process that extracts from many short documents, against one that extracts from a tenth."""
    peaks = []
    for count in (small, large):
        words = [sys.executable, "-c", f"from benchmarks.extract import print_peak; print_peak({count})"]
        shown = subprocess.run(words, check=True, capture_output=True, text=True, cwd=ROOT).stdout
        peaks.append(float(shown))
    ratio = peaks[1] / peaks[0]
    what = f"extract: peak memory over {small:,} documents {peaks[0]:.0f} MiB, over {large:,} {peaks[1]:.0f} MiB"
    print(f"{what}: {ratio:.2f} times (goal ≤ 1.1)", flush=True)


def print_peak(count: int) -> None:
    """Extract from short documents and print this process's peak memory in MiB."""
    candidates(count, here(), length=1)
    print(peak_mib())


def second_process(*, count: int) -> None:
    """Two processes against one, the same results."""
    found: list[int] = []
    two = seconds(lambda: found.append(candidates(count, processes(2))))
    one = seconds(lambda: found.append(candidates(count, here())))
    assert found[0] == found[1]
    told(f"{count:,} documents in two processes against one", two, one, two / one, "≤ 0.65")


def run(*, smoke: bool) -> None:
    """Run all of them; ``smoke`` on small data, only to see that they run."""
    throughput(rules(), count=20 if smoke else 600, goal=60)
    throughput(model(), count=20 if smoke else 600, goal=40)
    memory(small=50 if smoke else 10_000, large=500 if smoke else 100_000)
    second_process(count=20 if smoke else 600)
