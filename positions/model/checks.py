"""Is a claim allowed? Its words against the codebook, its voice against the roles, its quote against its document.

Every door that lets claims in asks here: the record book, the published text, the forms, coders' files, gold sets and
extractors. What is found has no place yet (``where`` is empty): only who asks knows file and line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import itemgetter
from typing import Final, Protocol

from positions.errors import Finding, QueryError, allowed
from positions.model.attribution import RolesWhenSaid
from positions.model.candidate import Candidate
from positions.model.codebook import Codebook
from positions.model.document import Document
from positions.model.statement import UNKNOWN_SPEAKER, Anchor, Claim

_WORDS: Final[Callable[[Mapping[str, object]], tuple[object, ...]]] = itemgetter(
    *("holder", "speaker", "speaker_party", "relayed_by"),
    *("issue", "element", "stance", "stance_to", "condition_for"),
)
"""All that :func:`word_findings` looks at: claims with the same words have the same findings."""


class StanceTaken(Protocol):
    """Anything that takes a stance, or a range of them, on an issue's element: a claim, a plan's clause."""

    @property
    def issue(self) -> str:
        """The issue's id."""

    @property
    def element(self) -> str | None:
        """The element's id, ``None`` if the issue has none."""

    @property
    def stance(self) -> int | None:
        """A level of the issue, ``None`` if it is open."""

    @property
    def stance_to(self) -> int | None:
        """The upper end of a range."""


class ClaimChecks:
    """The checks of claims by one codebook; each set of words is looked up once, for claims come by the million.

    With ``strangers`` speakers need not be the codebook's, so neither their names nor their roles are checked.
    """

    def __init__(self, codebook: Codebook, *, strangers: bool = False) -> None:
        self._codebook = codebook
        self._strangers = strangers
        self._known: dict[tuple[object, ...], tuple[Finding, ...]] = {}

    def findings(self, claim: Claim, document: Document | None, *, absent: str = "") -> tuple[Finding, ...]:
        """Return all that codebook and document do not allow in a claim.

        ``absent`` says what is wrong if there is no such document; without it a claim whose ``document`` is
        ``None`` is checked by the codebook alone.
        """
        return (*self.codebook_findings(claim), *document_findings(claim, document, absent=absent))

    def codebook_findings(self, claim: Claim) -> tuple[Finding, ...]:
        """Return what the codebook does not allow in a claim: unknown words, levels and roles."""
        words = _WORDS(vars(claim))
        if words not in self._known:
            self._known[words] = tuple(word_findings(claim, self._codebook, strangers=self._strangers))
        return self._known[words] if self._strangers else (*self._known[words], *_role_findings(claim, self._codebook))


def claim_findings(
    claim: Claim, codebook: Codebook, document: Document | None, *, absent: str = ""
) -> tuple[Finding, ...]:
    """Return all that codebook and document do not allow in one claim; see :meth:`ClaimChecks.findings`."""
    return ClaimChecks(codebook).findings(claim, document, absent=absent)


def word_findings(claim: Claim, codebook: Codebook, *, strangers: bool = False) -> Iterator[Finding]:
    """Check that the codebook knows a claim's words: parties, speakers (but ``strangers``), issue, element, stance."""
    yield from _unknown_finding("holder", codebook.party, claim.holder)
    if claim.speaker_party:
        yield from _unknown_finding("speaker_party", codebook.party, claim.speaker_party)
    for field in () if strangers else ("speaker", "relayed_by"):
        if name := getattr(claim, field):
            yield from _unknown_finding(field, codebook.speaker, name)
    yield from stance_findings(claim, codebook)
    if claim.condition_for:
        issue, _, element = claim.condition_for.partition("/")
        if element:
            yield from _unknown_finding("condition_for", codebook.element, issue, element)
        else:
            yield from _unknown_finding("condition_for", codebook.issue, issue)


def _unknown_finding(field: str, look_up: Callable[..., object], *words: str) -> Iterator[Finding]:
    try:
        look_up(*words)
    except QueryError as error:
        yield Finding("", field, error.message)


def stance_findings(taken: StanceTaken, codebook: Codebook) -> Iterator[Finding]:
    """Check that issue, element and levels are the codebook's, and that only a scale has a range."""
    try:
        issue = codebook.issue(taken.issue)
    except QueryError as error:
        yield Finding("", "issue", error.message)
        return
    elements = [element.id for element in issue.elements]
    if elements and taken.element not in elements:
        yield Finding("", "element", allowed(taken.element, elements))
    elif not elements and taken.element is not None:
        yield Finding("", "element", f"found {taken.element!r}, allowed: none, {issue.id} has no elements")
    for field, stance in (("stance", taken.stance), ("stance_to", taken.stance_to)):
        if stance is not None and stance not in issue.values:
            yield Finding("", field, allowed(stance, map(str, issue.values)))
    if taken.stance_to is not None and not issue.takes_ranges:
        yield Finding("", "stance_to", f"found {taken.stance_to}, allowed: none, {issue.id} is no scale")


def open_stance_finding(issue_id: str, codebook: Codebook) -> Finding:
    """Say that a stance is still open, with the levels of its issue to choose from, each with its words."""
    levels = codebook.issue(issue_id).levels
    return Finding("", "stance", f"unresolved, allowed: {', '.join(f'{one.stance} ({one.label})' for one in levels)}")


def _role_findings(claim: Claim, codebook: Codebook) -> Iterator[Finding]:
    """Check that the speaker speaks for the party on the day, and that a relay by another party is not ``self``.

    An unnamed source may speak for any party: only its document tells for which (``codebook.md`` §4.21).
    """
    roles = RolesWhenSaid(codebook, claim.said_on)
    speaker, relay = claim.speaker, claim.relayed_by
    if speaker and speaker != UNKNOWN_SPEAKER and codebook.knows_speaker(speaker):
        parties = roles.parties(speaker)
        if claim.speaker_party not in (parties or (None,)):
            message = f"{allowed(claim.speaker_party, parties or ['none'])} for {speaker} on {claim.said_on}"
            yield Finding("", "speaker_party", message)
    is_known_relay = relay is not None and claim.voice == "self" and codebook.knows_speaker(relay)
    if is_known_relay and claim.holder not in roles.parties(relay):
        yield Finding("", "voice", f"found 'self', but {relay}, who relays it, does not speak for {claim.holder}")


def document_findings(claim: Claim | Anchor, document: Document | None, *, absent: str = "") -> tuple[Finding, ...]:
    """Check a claim against its document: the quote at its offsets, the date not after the publication.

    A candidate is only checked against the text that its quote was verified in. ``absent`` as in
    :meth:`ClaimChecks.findings`.
    """
    if document is None:
        return (Finding("", "document", absent),) if absent else ()
    if isinstance(claim, Candidate) and claim.sha256 != document.sha256:
        return ()
    findings = []
    if document.text is not None and document.text[claim.start : claim.end] != claim.quote:
        passage = document.text[claim.start : claim.end][:80]
        findings.append(Finding("", "quote", f"the document reads {passage!r} at {claim.start}–{claim.end}"))
    if claim.said_on.last > document.published_on.last:
        message = f"found {claim.said_on}, allowed: up to the publication, {document.published_on}"
        findings.append(Finding("", "said_on", message))
    return tuple(findings)


def proposal_findings(candidate: Candidate, document: Document | None) -> Iterator[Finding]:
    """Check what an extractor may propose: a candidate that is open, of the document's text as it is recorded."""
    if document is not None and candidate.sha256 != document.sha256:
        message = f"found {candidate.sha256}, allowed: {document.sha256}, that of the document as recorded"
        yield Finding("", "sha256", message)
    if candidate.status != "open" or candidate.statement:
        yield Finding("", "status", f"found {candidate.status!r}, allowed: open; a reviewer decides")
