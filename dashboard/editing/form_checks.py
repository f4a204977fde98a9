"""What a form would record, and all its findings: checked while somebody types and again before recording.

The rules are the record book's own (:func:`positions.coding.review.draft_claim`); this module only assigns findings to
fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as with_default
from typing import Any, Final

from dashboard.editing.form_fields import EMPTY_TEXTS, FIELDS, NAMES
from dashboard.editing.form_texts import claim_texts, parse_texts
from positions.coding.review import draft_candidate, draft_claim, heading_words, locate_quote
from positions.errors import ConflictError, DataError, Finding, PositionsError
from positions.model.candidate import Candidate
from positions.model.codebook import Codebook
from positions.model.document import Document
from positions.model.statement import Claim, Statement
from positions.store.completion import change_fields
from positions.wording.fields import DIRECTNESS_WORDS, VOICE_WORDS

LONGEST_FINDING: Final = 600
"""The most characters shown of a finding."""
_REQUIRED_FIELDS: Final = tuple(field.name for field in FIELDS if field.needed)
_SHOWN_FIELDS: Final = (*NAMES, "reason", "retract-reason", "version")


@dataclass(frozen=True)
class Form:
    """What a form shows: the texts of its fields and the findings for each; those for the whole form under ``""``.

    ``conflict``: somebody else changed the record first.
    """

    texts: Mapping[str, str] = with_default(default_factory=lambda: EMPTY_TEXTS)
    findings: Mapping[str, tuple[str, ...]] = with_default(default_factory=dict)
    conflict: bool = False

    def findings_of(self, name: str) -> tuple[str, ...]:
        """Return the findings for one field."""
        return self.findings.get(name, ())

    def with_error(self, error: PositionsError) -> Form:
        """Return the form with the findings of an error of the record book."""
        findings = error.findings if isinstance(error, DataError) else (Finding("", "", str(error)),)
        return Form(self.texts, group_by_field(findings), isinstance(error, ConflictError))


@dataclass(frozen=True)
class FormCheck:
    """What a form would record: ``fields`` for the record book, the claim that they make, and the findings."""

    fields: Mapping[str, Any]
    claim: Claim | None
    findings: tuple[Finding, ...]

    def as_form(self, texts: Mapping[str, str]) -> Form:
        """Return the form with its texts and their findings."""
        return Form(texts, group_by_field(self.findings))

    def words(self, codebook: Codebook) -> str:
        """Return what would be recorded, in words; empty if there are findings."""
        if self.claim is None or self.findings:
            return ""
        claim = self.claim
        whose = f"{VOICE_WORDS[claim.voice]}, {DIRECTNESS_WORDS[claim.directness]}"
        return f"{heading_words(claim, codebook)}; characters {claim.start} to {claim.end}; {whose}"


def group_by_field(findings: Iterable[Finding]) -> dict[str, tuple[str, ...]]:
    """Group the messages of findings by field; those of no field of the form under ``""``."""
    messages: dict[str, tuple[str, ...]] = {}
    for finding in findings:
        name = "start" if finding.field == "end" else finding.field if finding.field in _SHOWN_FIELDS else ""
        messages[name] = (*messages.get(name, ()), shorten_message(finding.message.replace("--start ", "character ")))
    return messages


def shorten_message(message: str) -> str:
    """Shorten a long message in its middle: its ends, what was found and what is allowed, matter most."""
    first, last = LONGEST_FINDING // 4, LONGEST_FINDING - LONGEST_FINDING // 4
    return message if len(message) <= LONGEST_FINDING else f"{message[:first]} … {message[-last:]}"


def check_new(texts: Mapping[str, str], document: Document, codebook: Codebook, *, coder: str) -> FormCheck:
    """Check a new statement on a document."""
    values, unknown_names = parse_texts(texts, codebook)
    fields = {name: value for name, value in values.items() if value is not None} | {"document": document.id}
    claim, findings = draft_claim(fields, document, codebook, coder=coder)
    # Report every missing field at once: without a holder, for example, the stance would not be checked.
    missing_fields = [Finding("", name, "is needed") for name in _REQUIRED_FIELDS if fields.get(name) is None]
    return FormCheck(fields, claim, _merge_findings([*unknown_names, *missing_fields], findings))


def check_corrected(
    texts: Mapping[str, str], statement: Statement, document: Document | None, codebook: Codebook
) -> FormCheck:
    """Check a correction; the fields are those that differ from the statement, and derived ones are completed anew."""
    changes, name_findings = _form_changes(texts, claim_texts(statement, codebook), document, statement.start, codebook)
    fields = change_fields(statement.model_dump(), changes, codebook)
    claim, findings = draft_claim(fields, document, codebook, coder=statement.coder)
    return FormCheck(changes, claim, _merge_findings(name_findings, findings))


def check_candidate(
    texts: Mapping[str, str], candidate: Candidate, document: Document | None, codebook: Codebook, *, coder: str
) -> FormCheck:
    """Check the statement that a candidate would become; the fields are those that the reviewer changed."""
    changes, name_findings = _form_changes(
        texts, proposed_texts(candidate, codebook), document, candidate.start, codebook
    )
    draft = draft_candidate(candidate, changes, document, codebook, coder=coder)
    return FormCheck(changes, draft.claim, _merge_findings(name_findings, draft.findings))


def proposed_texts(candidate: Candidate, codebook: Codebook) -> dict[str, str]:
    """Write a candidate as the form shows it; the confidence is the preset one, as it is the reviewer's own."""
    return claim_texts(candidate, codebook) | {"confidence": EMPTY_TEXTS["confidence"]}


def _form_changes(
    texts: Mapping[str, str], before: Mapping[str, str], document: Document | None, near: int, codebook: Codebook
) -> tuple[dict[str, Any], list[Finding]]:
    """Return the changes to a form that showed ``before``, with the offsets of a changed quote, and the findings."""
    values, findings = parse_texts(texts, codebook)
    names = [name for name in NAMES if texts[name].strip() != before[name].replace("\r\n", "\n").strip()]
    changes = {name: values[name] for name in names}
    try:
        changes |= _move_quote(changes, document, near)
    except DataError as error:
        findings += error.findings
    return changes, findings


def _move_quote(changes: Mapping[str, Any], document: Document | None, near: int) -> dict[str, Any]:
    """Return the offsets of a changed quote; a changed start alone moves the end with it."""
    if "start" in changes:
        return {"end": None}
    quote = changes.get("quote")
    return locate_quote(document, quote, near) if quote else {}


def _merge_findings(unknown_names: Iterable[Finding], findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Merge findings; if a speaker's name is unknown, drop the findings that it causes (voice, party, directness)."""
    name_findings = tuple(unknown_names)
    hidden = {finding.field for finding in name_findings}
    if hidden & {"speaker", "relayed_by"}:
        hidden |= {"voice", "speaker_party", "directness"}
    remaining = tuple(finding for finding in findings if finding.field not in hidden)
    # A derived field is missing only because a needed one is: that is not a finding of its own.
    return name_findings + tuple(
        finding for finding in remaining if finding.message != "missing" or finding.field in _REQUIRED_FIELDS
    )
