"""What a form would record, and all that is wrong with it: asked while somebody types and again before recording.

The rules are the record book's own (:func:`positions.coding.review.claimed`); this only brings them to the fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as with_default
from typing import Any, Final

from dashboard.editing.form_fields import EMPTY_TEXTS, FIELDS, NAMES
from dashboard.editing.form_texts import claim_texts, parse_texts
from dashboard.markup.wording import DIRECTNESS, VOICES
from positions.coding.review import claimed, drafted, heading_words, locate_quote
from positions.errors import ConflictError, DataError, Finding, PositionsError
from positions.model.candidate import Candidate
from positions.model.codebook import Codebook
from positions.model.document import Document
from positions.model.statement import Claim, Statement
from positions.store.completion import change_fields

LONGEST_FINDING: Final = 600
"""The most characters of a finding that are shown."""
_NEEDED: Final = tuple(field.name for field in FIELDS if field.needed)
_SHOWN_FIELDS: Final = (*NAMES, "reason", "retract-reason", "version")


@dataclass(frozen=True)
class Form:
    """What a form shows: the texts of its fields, and what is wrong with each (under no name: with the whole).

    ``conflict`` tells that somebody else changed the record first.
    """

    texts: Mapping[str, str] = with_default(default_factory=lambda: EMPTY_TEXTS)
    findings: Mapping[str, tuple[str, ...]] = with_default(default_factory=dict)
    conflict: bool = False

    def findings_of(self, name: str) -> tuple[str, ...]:
        """Return what is wrong with one field."""
        return self.findings.get(name, ())

    def refused(self, error: PositionsError) -> Form:
        """Return the form with what the record book said against it."""
        findings = error.findings if isinstance(error, DataError) else (Finding("", "", str(error)),)
        return Form(self.texts, group_by_field(findings), isinstance(error, ConflictError))


@dataclass(frozen=True)
class FormCheck:
    """What a form would record: ``fields`` to give to the record book, the claim they make, and what is wrong."""

    fields: Mapping[str, Any]
    claim: Claim | None
    findings: tuple[Finding, ...]

    def as_form(self, texts: Mapping[str, str]) -> Form:
        """Return the form with its texts and what is wrong with them."""
        return Form(texts, group_by_field(self.findings))

    def words(self, codebook: Codebook) -> str:
        """Say what would be recorded, empty where nothing sound would."""
        if self.claim is None or self.findings:
            return ""
        claim = self.claim
        whose = f"{VOICES[claim.voice]}, {DIRECTNESS[claim.directness]}"
        return f"{heading_words(claim, codebook)}; characters {claim.start} to {claim.end}; {whose}"


def group_by_field(findings: Iterable[Finding]) -> dict[str, tuple[str, ...]]:
    """Put findings to their fields; what belongs to none of the form's is under no name."""
    found: dict[str, tuple[str, ...]] = {}
    for one in findings:
        name = "start" if one.field == "end" else one.field if one.field in _SHOWN_FIELDS else ""
        found[name] = (*found.get(name, ()), shorten_message(one.message.replace("--start ", "character ")))
    return found


def shorten_message(message: str) -> str:
    """Cut a long message in its middle: it begins with what was found and ends with what is allowed."""
    first, last = LONGEST_FINDING // 4, LONGEST_FINDING - LONGEST_FINDING // 4
    return message if len(message) <= LONGEST_FINDING else f"{message[:first]} … {message[-last:]}"


def check_new(texts: Mapping[str, str], document: Document, codebook: Codebook, *, coder: str) -> FormCheck:
    """Check a new statement on a document."""
    given, nobody = parse_texts(texts, codebook)
    fields = {name: value for name, value in given.items() if value is not None} | {"document": document.id}
    claim, findings = claimed(fields, document, codebook, coder=coder)
    # All that is needed is told at once, though without a holder, say, nobody looks at the stance.
    missing = [Finding("", name, "is needed") for name in _NEEDED if fields.get(name) is None]
    return FormCheck(fields, claim, _merge_findings([*nobody, *missing], findings))


def check_corrected(
    texts: Mapping[str, str], statement: Statement, document: Document | None, codebook: Codebook
) -> FormCheck:
    """Check a correction; the fields are what differs from the statement, and what follows is filled in again."""
    changes, nobody = _form_changes(texts, claim_texts(statement, codebook), document, statement.start, codebook)
    fields = change_fields(statement.model_dump(), changes, codebook)
    claim, findings = claimed(fields, document, codebook, coder=statement.coder)
    return FormCheck(changes, claim, _merge_findings(nobody, findings))


def check_candidate(
    texts: Mapping[str, str], candidate: Candidate, document: Document | None, codebook: Codebook, *, coder: str
) -> FormCheck:
    """Check what a candidate would become; the fields are what the reviewer amended."""
    changes, nobody = _form_changes(texts, proposed_texts(candidate, codebook), document, candidate.start, codebook)
    draft = drafted(candidate, changes, document, codebook, coder=coder)
    return FormCheck(changes, draft.claim, _merge_findings(nobody, draft.findings))


def proposed_texts(candidate: Candidate, codebook: Codebook) -> dict[str, str]:
    """Write a candidate as the form shows it; the confidence is the reviewer's own, so it begins anew."""
    return claim_texts(candidate, codebook) | {"confidence": EMPTY_TEXTS["confidence"]}


def _form_changes(
    texts: Mapping[str, str], before: Mapping[str, str], document: Document | None, near: int, codebook: Codebook
) -> tuple[dict[str, Any], list[Finding]]:
    """Return what was changed in a form that showed ``before``, with where a changed quote now stands."""
    given, findings = parse_texts(texts, codebook)
    names = [name for name in NAMES if texts[name].strip() != before[name].replace("\r\n", "\n").strip()]
    changes = {name: given[name] for name in names}
    try:
        changes |= _move_quote(changes, document, near)
    except DataError as error:
        findings += error.findings
    return changes, findings


def _move_quote(changes: Mapping[str, Any], document: Document | None, near: int) -> dict[str, Any]:
    """Return where a changed quote stands; a new beginning alone moves the end with it."""
    if "start" in changes:
        return {"end": None}
    quote = changes.get("quote")
    return locate_quote(document, quote, near) if quote else {}


def _merge_findings(nobody: Iterable[Finding], findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Join what is wrong; where nobody has the name, what follows from that is not told too."""
    first = tuple(nobody)
    hidden = {one.field for one in first}
    if hidden & {"speaker", "relayed_by"}:
        hidden |= {"voice", "speaker_party", "directness"}
    told = tuple(one for one in findings if one.field not in hidden)
    # What is not there because a needed field is not is no finding of its own.
    return first + tuple(one for one in told if one.message != "missing" or one.field in _NEEDED)
