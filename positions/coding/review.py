"""Review candidates one by one: a queue, amendments, and decisions that can be undone.

Each decision is recorded at once, in its own transaction. Amendments are held here until then and checked, as they are
made, by the rules of the record book.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from positions.errors import DataError, Finding, QueryError, allowed
from positions.files.reading import model_findings
from positions.model.candidate import Candidate, Rung
from positions.model.checks import claim_findings, open_stance_finding
from positions.model.codebook import Codebook
from positions.model.document import Document
from positions.model.field_use import Holds, declared_fields
from positions.model.statement import Claim, Statement
from positions.quotes.locate import find_quote
from positions.store.candidates import AMENDABLE, CandidateRecord, accept, amend, reject, reopen
from positions.store.completion import complete_fields
from positions.wording.positions import claim_words
from positions.workspace import Workspace

CONTEXT: Final = 700
"""The most characters shown on each side of a quote."""
_RUNG_WORDS: Final[Mapping[Rung, str]] = {
    "space": "white space",
    "marks": "white space and marks",
    "letters": "the form of its letters and parted words",
}
"""What differs between a proposed quote and its document."""


LEAST_DECISIONS: Final = 20
"""The fewest decisions from which learning is offered."""
VOICE_VALUES: Final[Mapping[str, float]] = {"self": 1.0, "framing": 0.5, "ascribed": 0.25}
"""What a claim in each voice is worth: a party's own word decides its position, an outlet's only fills silence, and an
opponent's does neither (semantics.md, section 2)."""
KNOWN_VALUE: Final = 0.5
"""What a claim is worth on a position that is coded already, beside one on a position that is not."""


class Passage(NamedTuple):
    """A quote in its paragraph; an ellipsis marks where a long paragraph is cut."""

    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An amended candidate: its claim, and the findings that prevent accepting it."""

    claim: Claim
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class Review:
    """A reviewer's queue of candidates; ``place`` is the index of the current one, ``changes`` its amended fields."""

    workspace: Workspace
    coder: str
    queue: list[CandidateRecord]
    place: int = 0
    changes: dict[str, Any] = field(default_factory=dict)
    decided: list[tuple[int, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def current(self) -> CandidateRecord | None:
        """The candidate to decide on, ``None`` after the last."""
        return self.queue[self.place] if self.place < len(self.queue) else None

    @property
    def document(self) -> Document | None:
        """The current candidate's document, ``None`` if it was retracted."""
        return self.workspace.document(self._now.candidate.document)

    @property
    def _now(self) -> CandidateRecord:
        if self.current is None:
            raise QueryError("there is no candidate left to decide")
        return self.current

    def draft(self) -> Draft:
        """Return the current candidate with its amendments."""
        return draft_candidate(
            self._now.candidate, self.changes, self.document, self.workspace.codebook, coder=self.coder
        )

    def amend(self, name: str, text: str) -> None:
        """Change one field of the current candidate; raise ``DataError`` if the value is not allowed.

        An empty ``text`` unsets the field. If a quote occurs several times, the occurrence nearest to the proposed one
        is used.
        """
        candidate = self._now.candidate
        if name not in AMENDABLE:
            raise QueryError(f"field: {allowed(name, AMENDABLE)}")
        changes = self.changes | {name: text or None}
        if name == "quote" and text and "start" not in self.changes:
            changes |= locate_quote(self.document, text, candidate.start)
        findings = draft_candidate(
            candidate, changes, self.document, self.workspace.codebook, coder=self.coder
        ).findings
        if own := [finding for finding in findings if finding.field == name]:
            raise DataError(own)
        self.changes = changes

    def accept(self) -> Statement:
        """Record the current candidate, as amended, as a statement."""
        item = self._now
        with self.workspace.recording(coder=self.coder) as book:
            statement = accept(book, item.candidate.id, replaces=item.number, **self.changes)
        self._decided("accepted")
        return statement

    def reject(self, reason: str) -> None:
        """Reject the current candidate."""
        item = self._now
        with self.workspace.recording(coder=self.coder) as book:
            reject(book, item.candidate.id, reason=reason, replaces=item.number)
        self._decided("rejected")

    def reopen(self) -> None:
        """Undo the decision on the current candidate, even another reviewer's; it is then open again."""
        item = self._now
        with self.workspace.recording(coder=self.coder) as book:
            reopen(book, item.candidate.id, reason="reopened in review", replaces=item.number)
        self.reread()

    def skip(self) -> None:
        """Leave the current candidate as it is."""
        self.counts["skipped"] += 1
        self._next()

    def undo(self) -> str | None:
        """Undo this review's last decision and go back to its candidate; return the id of the statement retracted."""
        if not self.decided:
            raise QueryError("nothing was decided in this review yet, so there is nothing to undo")
        index, how = self.decided.pop()
        item = self.queue[index]
        with self.workspace.recording(coder=self.coder) as book:
            # The decision is the revision after the one shown, so nobody else's decision is undone.
            why = "decision undone in review"
            statement = reopen(book, item.candidate.id, reason=why, replaces=item.number + 1)
        self.place = index
        self.counts[how] -= 1
        self.reread()
        return statement

    def reread(self) -> None:
        """Read the current candidate again, since somebody else may have changed it; amendments are dropped.

        If somebody else decided it in the meantime, go on to the next one.
        """
        item, latest = self._now, self.workspace.candidate(self._now.candidate.id)
        self.queue[self.place] = latest
        self.changes = {}
        if item.candidate.status == "open" != latest.candidate.status:
            self.counts["decided by others"] += 1
            self._next()

    def _decided(self, how: str) -> None:
        self.counts[how] += 1
        self.decided.append((self.place, how))
        self._next()

    def _next(self) -> None:
        self.place += 1
        self.changes = {}


def review_queue(
    workspace: Workspace,
    *,
    document: str | None = None,
    issue: str | None = None,
    holder: str | None = None,
) -> tuple[CandidateRecord, ...]:
    """Return the open candidates so that a reviewer's next minute finds the most: by probability times value.

    Those of about the same worth (a tenth of the most) come in order of document and offset, so that a passage is read
    once.
    """
    records = workspace.candidates(status="open", document=document, issue=issue, holder=holder)
    coded = {_position_of(record.statement) for record in workspace.known().records} if records else set()

    def worth(record: CandidateRecord) -> float:
        candidate = record.candidate
        value = VOICE_VALUES[candidate.voice] * (KNOWN_VALUE if _position_of(candidate) in coded else 1.0)
        return round(candidate.confidence * value, 1)

    return tuple(sorted(records, key=worth, reverse=True))


def count_decisions(workspace: Workspace) -> int:
    """Return how many of a workspace's candidates are accepted or rejected."""
    return sum(record.candidate.status != "open" for record in workspace.candidates())


def _position_of(claim: Claim) -> tuple[str, str, str | None]:
    return claim.holder, claim.issue, claim.element


def draft_candidate(
    candidate: Candidate, changes: Mapping[str, Any], document: Document | None, codebook: Codebook, *, coder: str
) -> Draft:
    """Return a candidate with some changed fields, and the findings on it."""
    claim, findings = draft_claim(amend(candidate, changes, codebook), document, codebook, coder=coder)
    return Draft(claim or candidate, findings)


def draft_claim(
    fields: Mapping[str, Any], document: Document | None, codebook: Codebook, *, coder: str
) -> tuple[Claim | None, tuple[Finding, ...]]:
    """Return the claim made from a statement's fields, and the findings on it.

    The claim is ``None`` if the fields are not valid yet; without an id it gets the first one of its document.
    """
    try:
        whole = complete_fields(fields, document, codebook, coder=coder, next_id=lambda name: f"{name}-01")
        # As a claim, whose stance may be open, so that all other findings are reported too.
        claim = Claim.model_validate({name: value for name, value in whole.items() if value is not None})
    except DataError as error:
        return None, error.findings
    except ValidationError as error:
        return None, tuple(model_findings(error, Claim, where=""))
    findings = list(claim_findings(claim, codebook, document, absent="is not recorded any more"))
    if claim.stance is None and claim.issue in {issue.id for issue in codebook.issues}:
        findings.append(open_stance_finding(claim.issue, codebook))
    return claim, tuple(findings)


def heading_words(claim: Claim, codebook: Codebook) -> str:
    """Write holder, subject and stance of a claim; while it is amended these may not fit together yet."""
    issue = codebook.issue(claim.issue)
    labels = {element.id: element.label for element in issue.elements}
    about = issue.label + (f": {labels.get(claim.element, f'{claim.element}?')}" if claim.element else "")
    stances = [stance for stance in (claim.stance, claim.stance_to) if stance is not None]
    fit = all(stance in issue.values for stance in stances)
    stance = claim_words(claim, codebook) if fit else " to ".join(f"{stance:+d}?" for stance in stances)
    return f"{codebook.party(claim.holder).name} · {about} · {stance}"


def list_choices(name: str, claim: Claim, codebook: Codebook) -> tuple[str, ...]:
    """Return the allowed values of a field, each with its label; empty for a field of free text."""
    field = next(one for one in declared_fields(Statement) if one.name == name)
    issue = next((one for one in codebook.issues if one.id == claim.issue), None)
    levels = [f"{level.stance} ({level.label})" for level in issue.levels] if issue else ()
    words: dict[Holds, Sequence[str]] = {
        "party": [f"{party.id} ({party.name})" for party in codebook.parties],
        "speaker": [f"{speaker.id} ({speaker.name})" for speaker in codebook.speakers],
        "issue": [f"{one.id} ({one.label})" for one in codebook.issues],
        "element": [f"{part.id} ({part.label})" for part in issue.elements] if issue else (),
        "level": levels,
        "range": levels,
        "word": field.words,
        "date": ["YYYY-MM-DD", "YYYY-MM", "YYYY", "FIRST/LAST", "../LAST"],
        "condition": [f"{one.id} or {one.id}/ELEMENT" if one.elements else one.id for one in codebook.issues],
        "quote": ["the document's own words"],
        "share": ["0 to 1"],
    }
    return tuple(words.get(field.use.holds, ()))


def quote_context(claim: Claim, document: Document | None, *, most: int = CONTEXT) -> Passage:
    """Return a claim's quote in its paragraph, with at most ``most`` characters on each side."""
    text = document.text if document else None
    if text is None or text[claim.start : claim.end] != claim.quote:
        return Passage("", claim.quote, "")
    first = text.rfind("\n\n", 0, claim.start) + 1
    last = text.find("\n\n", claim.end)
    last = len(text) if last < 0 else last
    before, after = text[first : claim.start].lstrip(), text[claim.end : last].rstrip()
    if len(before) > most:
        before = f"…{before[-most:].partition(' ')[2]}"
    if len(after) > most:
        after = f"{after[:most].rpartition(' ')[0]} …"
    return Passage(before, claim.quote, after)


def open_points(candidate: Candidate, claim: Claim) -> tuple[str, ...]:
    """List, in words, what a reviewer should check before accepting: open fields, and values that were inferred."""
    points = []
    if claim.stance is None:
        points.append("stance")
    if candidate.suggested and claim.speaker == candidate.speaker:
        points.append(f"speaker: the codebook does not know “{candidate.suggested}”")
    if claim.said_on_basis in ("inferred", "document"):
        basis = "the date of the document" if claim.said_on_basis == "document" else "reasoned, not read"
        points.append(f"date: {basis}")
    if candidate.rung != "exact":
        points.append(f"quote: found but for {_RUNG_WORDS[candidate.rung]}")
    return tuple(points)


def locate_quote(document: Document | None, quote: str, near: int) -> dict[str, Any]:
    """Return quote (in the document's characters), start and end of the occurrence nearest to the offset ``near``.

    Raises ``DataError`` if the quote does not occur; empty if the document's text is not stored.
    """
    if document is None or document.text is None:
        return {}
    try:
        match = find_quote(document.text, quote, near=near)
    except QueryError as error:
        raise DataError([Finding("", error.field, error.message)]) from None
    return {"quote": document.text[match.start : match.end], "start": match.start, "end": match.end}
