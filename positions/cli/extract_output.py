"""How the results of an extraction are written: a table with each quote in context, JSON, JSON lines or CSV."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import redirect_stdout
from typing import Any, Final, Protocol

from positions.cli.output import print_line, print_table
from positions.cli.screen import echo
from positions.coding.extraction import ExtractionResult
from positions.extract.batch.runner import Outcome
from positions.model.candidate import Candidate
from positions.model.codebook import Codebook
from positions.model.document import Document
from positions.model.lists import count_words
from positions.wording.languages import unread_words
from positions.wording.serialise import csv_text

FIELDS: Final = [name for name in Candidate.model_fields if name not in ("status", "statement")]
"""The fields written for a candidate: what it claims and how it was found, since nobody has decided on it yet."""
_CONTEXT: Final = 50
"""Characters shown on each side of a quote."""


class ResultWriter(Protocol):
    """Writes results as they come; ``begin`` and ``end`` are the text before and after them all."""

    begin: str
    end: str

    def text(self, outcomes: Sequence[Outcome]) -> str:
        """Return the text for some documents' results."""


class JsonLines:
    """One candidate a line."""

    begin = end = ""

    def text(self, outcomes: Sequence[Outcome]) -> str:
        """Return a line for each candidate, unset fields as null."""
        return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in _candidate_rows(outcomes))


class JsonList:
    """One list of all candidates, written piece by piece."""

    begin, end = "[", "\n]\n"

    def __init__(self) -> None:
        self._sign = ""

    def text(self, outcomes: Sequence[Outcome]) -> str:
        """Return the candidates as the next members of the list."""
        parts = []
        for row in _candidate_rows(outcomes):
            parts.append(f"{self._sign}\n  {json.dumps(row, ensure_ascii=False)}")
            self._sign = ","
        return "".join(parts)


class Csv:
    """A row for each candidate under one header, safe to open in a spreadsheet."""

    begin = csv_text([], FIELDS)
    end = ""

    def text(self, outcomes: Sequence[Outcome]) -> str:
        """Return a row for each candidate."""
        # A row leaves out what hardly any claim has, such as a translation.
        rows = [{**dict.fromkeys(FIELDS, ""), **row} for row in _candidate_rows(outcomes)]
        return csv_text(rows, FIELDS).partition("\n")[2]


class TableWriter:
    """A table for each document, each quote marked in its context."""

    begin = end = ""

    def __init__(self, codebook: Codebook, reads: str | None = None) -> None:
        self._codebook = codebook
        self._reads = reads

    def text(self, outcomes: Sequence[Outcome]) -> str:
        """Return the tables as text."""
        with redirect_stdout(io.StringIO()) as target:
            self.show(outcomes)
        return target.getvalue()

    def show(self, outcomes: Sequence[Outcome]) -> None:
        """Print the tables, as wide as the terminal if there is one."""
        for outcome in outcomes:
            if outcome.document is not None:
                self._print_table(outcome.document, outcome.candidates)

    def _print_table(self, document: Document, candidates: Sequence[Candidate]) -> None:
        dated = f"{document.published_on.in_words()}, {document.published_on_basis}"
        head = f"{document.id}: {document.title} ({document.outlet}, {dated})"
        print_line(head)
        if candidates:
            columns = ("holder", "on", "stance", "said on", "voice", "speaker", "quote in context")
            print_table(columns, [self._row(document, one) for one in candidates], numbers=("stance",))
        else:
            print_line(unread_words(document.language, self._reads) or "no candidates")
        echo()

    def _row(self, document: Document, claim: Candidate) -> list[str]:
        stance = "unresolved" if claim.stance is None else f"{claim.stance:+d}" if claim.stance else "0"
        return [
            self._codebook.party(claim.holder).name,
            self._codebook.path_label(claim.issue, claim.element),
            stance if claim.stance_to is None else f"{stance} to {claim.stance_to:+d}",
            claim.said_on.in_words(),
            claim.voice,
            claim.suggested or self._name(claim.speaker),
            mark_quote(document.text or "", claim.start, claim.end),
        ]

    def _name(self, speaker: str | None) -> str:
        if speaker is None:
            return "–"
        return self._codebook.speaker(speaker).name if self._codebook.knows_speaker(speaker) else speaker


def make_writer(form: str, codebook: Codebook, reads: str | None = None) -> ResultWriter:
    """Return the writer of a format: ``table``, ``jsonl``, ``json`` or ``csv``.

    ``reads`` is the only language that the extractor reads, ``None`` if it reads any.
    """
    if form == "table":
        return TableWriter(codebook, reads)
    plain: dict[str, type[ResultWriter]] = {"jsonl": JsonLines, "json": JsonList, "csv": Csv}
    return plain[form]()


def mark_quote(text: str, start: int, end: int) -> str:
    """Return a quote between ⟦ and ⟧ with some words around it, on one line."""
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    before = f"…{before.partition(' ')[2]}" if start > _CONTEXT else before
    after = f"{after.rpartition(' ')[0]}…" if end + _CONTEXT < len(text) else after
    return " ".join(f"{before}⟦{text[start:end]}⟧{after}".split())


def _candidate_rows(outcomes: Iterable[Outcome]) -> Iterable[dict[str, Any]]:
    for outcome in outcomes:
        for candidate in outcome.candidates:
            yield candidate.model_dump(mode="json", include=set(FIELDS))


_REASONS: Final = 5
"""How many kinds of failure the summary names."""


class Failures:
    """Prints each failure at once, and counts their kinds."""

    def __init__(self) -> None:
        self.reasons: Counter[str] = Counter()

    def add(self, outcomes: Sequence[Outcome]) -> None:
        """Print one line on the error stream for each document that could not be used."""
        for outcome in outcomes:
            if outcome.document is None:
                self.reasons[outcome.problem.partition(":")[0][:80]] += 1
                echo(f"{outcome.task.where}: {outcome.problem}", err=True)


def unread_lines(outcomes: Sequence[Outcome], reads: str | None) -> Iterator[str]:
    """Yield a line for each document in which nothing was found because it is in another language."""
    for outcome in outcomes:
        language = outcome.document.language if outcome.document and not outcome.candidates else None
        if words := unread_words(language, reads):
            yield f"{outcome.task.where}: {words}"


def summary_lines(result: ExtractionResult, failures: Failures, *, seconds: float, recorded: bool) -> Iterator[str]:
    """Yield the summary of an extraction; ``recorded`` says whether it went into the record book."""
    rate = f"{result.documents / seconds:,.1f} documents/s" if seconds > 0 else ""
    yield (
        f"{count_words(result.documents, 'document')}, {count_words(result.candidates, 'candidate')} "
        f"({result.unresolved:,} unresolved), "
        f"{result.skipped:,} done before, {result.failed:,} failed; {seconds:.1f} s, {rate}"
    )
    if recorded:
        anew = f"{result.renewed:,} renewed, " if result.renewed else ""
        yield (
            f"recorded {count_words(result.new_documents, 'document')}, {count_words(result.new, 'candidate')}; "
            f"{anew}{result.left_out:,} were known already"
        )
    if result.failed > 1:
        top = failures.reasons.most_common(_REASONS)
        rest = result.failed - sum(count for _, count in top)
        kinds = [f"{count:,} × {reason}" for reason, count in top] + ([f"{rest:,} others"] if rest else [])
        yield f"failures: {'; '.join(kinds)}"
