"""Synthetic logs: many parties, issues and years, some corrections and late records, always the same for a seed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from positions.model.codebook import Codebook
from positions.model.document import Document, sha256_of
from positions.store.entry import EMPTY, Entry, Head, content_text, seal_entry
from positions.store.sqlite import SqliteLog
from positions.store.text_copy import TextCopy

TEXT = "We are ready for talks, he said. " * 40
QUOTE = TEXT[:31]
DOCUMENTS = 200


def codebook(parties: int = 5, issues: int = 12) -> Codebook:
    """A codebook of scales, with one options and one conditions issue for every six issues."""
    words: list[dict[str, Any]] = []
    for number in range(issues):
        issue: dict[str, Any] = {"id": f"i{number}", "label": f"Issue {number}", "kind": "scale"}
        if number % 6 == 1:
            places = [{"id": "any", "label": "any"}]
            places += [{"id": f"p{n}", "label": f"P{n}", "parent": "any"} for n in range(8)]
            issue |= {"kind": "options", "elements": places}
        elif number % 6 == 2:
            conditions = [{"id": f"c{n}", "label": f"C{n}", "addressees": [f"A{n % parties}"]} for n in range(6)]
            issue |= {"kind": "conditions", "elements": conditions}
        words.append(issue)
    return Codebook.model_validate(
        {
            "title": "Synthetic",
            "parties": [{"id": f"A{n}", "name": f"Party {n}"} for n in range(parties)],
            "speakers": [
                {"id": f"s{n}", "kind": "person", "name": f"S{n}", "roles": [{"party": f"A{n}", "title": "x"}]}
                for n in range(parties)
            ],
            "issues": words,
        }
    )


def documents(years: int) -> list[Document]:
    """Documents published evenly over the years from 2000 on."""
    first, step = date(2000, 1, 1), timedelta(days=years * 365 / DOCUMENTS)
    return [
        Document.model_validate(
            {
                "id": f"d{number:03d}",
                "title": f"Document {number}",
                "outlet": f"Outlet {number % 7}",
                "published_on": (first + step * (number + 1)).isoformat(),
                "published_on_basis": "explicit",
                "text": TEXT,
                "file": f"seeds/d{number:03d}.txt",
                "sha256": sha256_of(TEXT.encode()),
            }
        )
        for number in range(DOCUMENTS)
    ]


def statements(book: Codebook, count: int, *, years: int = 5, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Statement fields, said on days before their document's publication, one in ten long before."""
    chance = random.Random(seed)
    days = years * 365
    first = date(2000, 1, 1)
    places = [
        (issue.id, element.id if element else None, list(issue.values))
        for issue in book.issues
        for element in (issue.elements or (None,))
    ]
    for number in range(count):
        document = min(DOCUMENTS - 1, number * DOCUMENTS // count)
        published = int((document + 1) * days / DOCUMENTS)
        late = chance.random() < 0.1
        said = max(0, published - (chance.randrange(200) if late else chance.randrange(days // DOCUMENTS + 1)))
        issue, element, stances = places[chance.randrange(len(places))]
        party = chance.randrange(len(book.parties))
        yield {
            "id": f"d{document:03d}-{number:07d}",
            "document": f"d{document:03d}",
            "quote": QUOTE,
            "start": 0,
            "end": len(QUOTE),
            "speaker": f"s{party}",
            "speaker_party": f"A{party}",
            "holder": f"A{party}",
            "voice": "self",
            "directness": "paraphrase" if chance.random() < 0.5 else "direct",
            "issue": issue,
            **({"element": element} if element else {}),
            "stance": stances[chance.randrange(len(stances))],
            "said_on": (first + timedelta(days=said)).isoformat(),
            "said_on_basis": "explicit",
            "coder": "synthetic",
            "confidence": 1.0,
        }


def fill(path: Path, book: Codebook, count: int, *, years: int = 5, seed: int = 1) -> SqliteLog:
    """Make a log of ``count`` statements and 4 % corrections and retractions, sealed but not validated."""
    log = SqliteLog(path)
    chance = random.Random(seed)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    head = EMPTY

    def add(kind: Any, name: str, number: int, action: Any, content: str | None) -> None:
        nonlocal head, moment
        moment += timedelta(seconds=1)
        reason = "coded twice" if action == "retract" else ""
        row = seal_entry(Entry(kind, name, number, action, content, moment, "synthetic", reason, None), after=head)
        log.append([row])
        head = Head(row.seq, row.hash)

    with log.writing():
        for document in documents(years):
            add("document", document.id, 1, "add", content_text(document))
        for fields in statements(book, count, years=years, seed=seed):
            fields["note"] = ""  # as the store writes a statement
            add("statement", fields["id"], 1, "add", json.dumps(fields, separators=(",", ":")))
            fate = chance.random()
            if fate < 0.02:
                add("statement", fields["id"], 2, "retract", None)
            elif fate < 0.04:
                again = {**fields, "confidence": 0.5}
                add("statement", fields["id"], 2, "correct", json.dumps(again, separators=(",", ":")))
    return log


def write_text(folder: Path, database: Path) -> None:
    """Write the published text of a log into its folder, in step."""
    log, text = SqliteLog(database), TextCopy(folder, database)
    text.add_missing(log)
    text.save(text.measure(log.head()))
    log.close()
