"""An extractor that does as its documents tell it, and tasks for it, for the tests of running over many documents."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from positions.errors import QueryError, ServiceError
from positions.extract.batch.executors import Pool
from positions.extract.batch.runner import Outcome, Task, extract_all
from positions.model.candidate import Candidate
from positions.model.document import Document, sha256_of


class Echo:
    """An extractor that claims each document's first word, and does as some documents tell it."""

    name = "echo 1"

    def candidates(self, document: Document) -> Sequence[Candidate]:
        text = document.text or ""
        word = text.split()[0]
        if word == "poison":
            os._exit(3)
        if word == "once" and not (mark := Path(document.note)).exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "bad":
            raise QueryError("the document\nis bad")
        if word == "bug":
            raise ZeroDivisionError("oops")
        if word == "down":
            raise ServiceError("nobody answers")
        fields = {
            "id": f"{document.id}-1",
            "document": document.id,
            "quote": word,
            "start": 0,
            "end": len(word),
            "holder": "RUS",
            "voice": "framing",
            "directness": "framing",
            "issue": "talks",
            "coder": self.name,
            "said_on": document.published_on,
            "said_on_basis": "document",
            "sha256": document.sha256,
        }
        return [Candidate.model_validate(fields)]


def task(text: str, number: int = 0, **fields: Any) -> Task:
    digest = sha256_of(text.encode())
    whole = {"title": "t", "outlet": "o", "published_on": "2022-03-01", "published_on_basis": "explicit", **fields}
    document = Document.model_validate({"id": f"d{number}", "sha256": digest, "text": text, **whole})
    return Task(f"{number}.txt", digest, document)


def plain(count: int) -> list[Task]:
    return [task(f"word{number} and more", number) for number in range(count)]


def run(tasks: Sequence[Task], pool: Pool, size: int = 4) -> list[Outcome]:
    return [outcome for batch in extract_all(tasks, Echo(), pool=pool, size=size) for outcome in batch]


def as_bytes(outcomes: Sequence[Outcome]) -> bytes:
    return b"".join(one.model_dump_json().encode() for outcome in outcomes for one in outcome.candidates)
