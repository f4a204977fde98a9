"""A review of new articles, timed: how many decisions, what they change, and how long the program takes.

Run it with ``python -m benchmarks.reviewing``. A simulated reviewer who knows the coding of five articles that the
rules were not corrected on (``tests/unseen/second/held``) decides on every candidate in the order of the queue: accepts
what is coded, after setting its stance if that differs, and rejects the rest. A person's own reading takes longer than
the program and is not measured; ``characters`` is what they read of quotes.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from positions.coding.review import Review, review_queue
from positions.extract.evaluation.gold_set import read_claims, read_documents
from positions.extract.evaluation.matching import match_claims
from positions.model.document import Document
from positions.model.statement import Claim
from positions.store.published import read_codebook
from positions.workspace import open_workspace

ROOT: Final = Path(__file__).parent.parent
ARTICLES: Final = ROOT / "tests" / "unseen" / "second" / "held"
WORDS: Final = ("codebook.toml", "lexicon.toml")
"""The files of a workspace by which documents are read."""
RECORDS: Final = ("documents.jsonl", "statements.jsonl")
"""Those of its records, empty at first."""


@dataclass(frozen=True, slots=True)
class ReviewTime:
    """What one article took: seconds of the two commands, and its decisions."""

    extracting: float
    deciding: float
    accepted: int
    amended: int
    rejected: int
    characters: int
    coded: int

    def __str__(self) -> str:
        decisions = self.accepted + self.amended + self.rejected
        kinds = f"{self.accepted} accepted as they are, {self.amended} with another stance, {self.rejected} rejected"
        found = f"{self.accepted + self.amended} of {self.coded} coded claims"
        times = f"extract {self.extracting:.1f} s, {1000 * self.deciding / max(decisions, 1):.0f} ms a decision"
        return f"{decisions} decisions ({kinds}; {found}), {self.characters:,} characters of quotes; {times}"


def decide(review: Review, coded: Mapping[str, Claim]) -> str:
    """Decide on the current candidate; ``coded`` has the claim that is right by the id of its candidate."""
    candidate = review.queue[review.place].candidate
    claim = coded.get(candidate.id)
    if claim is None:
        review.reject("not stated")
        return "rejected"
    if claim.stance is not None and claim.stance != candidate.stance:
        review.amend("stance", str(claim.stance))
        review.accept()
        return "amended"
    review.accept()
    return "accepted"


def review_article(document: Document, gold: Sequence[Claim], judge: str) -> ReviewTime:
    """Extract from an article in a workspace of its own, and decide on everything."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in WORDS:
            shutil.copy(ROOT / "data" / file, folder)
        for file in RECORDS:
            (folder / file).touch()
        command = [sys.executable, "-m", "positions", "extract", str(ARTICLES / str(document.file)), "--record"]
        command += ["--published-on", str(document.published_on), "--judge", judge, "--data", name]
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        extracting = time.perf_counter() - start
        with open_workspace(folder) as workspace:
            queue = list(review_queue(workspace))
            found = [record.candidate.model_copy(update={"document": document.id}) for record in queue]
            pairs = match_claims([claim for claim in gold if claim.document == document.id], found).pairs
            coded = {candidate.id: claim for claim, candidate in pairs}
            review = Review(workspace, "simulated", queue)
            start = time.perf_counter()
            how = [decide(review, coded) for _ in queue]
            deciding = time.perf_counter() - start
        kinds = [how.count(kind) for kind in ("accepted", "amended", "rejected")]
        own = sum(claim.document == document.id for claim in gold)
        return ReviewTime(extracting, deciding, *kinds, sum(len(one.quote) for one in found), own)


def run() -> None:
    """Review each article with each judge that needs no language model."""
    documents = read_documents(ARTICLES / "documents.jsonl")
    gold = read_claims(ARTICLES / "gold.jsonl", read_codebook(ROOT / "data"), documents)
    for judge in ("rules", "model"):
        for document in documents:
            print(f"{judge}, {document.id}: {review_article(document, gold, judge)}", flush=True)


if __name__ == "__main__":
    run()
