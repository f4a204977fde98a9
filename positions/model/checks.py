"""Is a claim allowed? Its words against the codebook, its quote against its document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Final

from positions.errors import QueryError, allowed
from positions.model.candidate import Candidate
from positions.model.codebook import Codebook
from positions.model.document import Document
from positions.model.statement import Anchor, Claim


def codebook_problems(statement: Claim, codebook: Codebook) -> tuple[str, ...]:
    """Check a statement against the codebook; return one line ``field: found …, allowed: …`` for each problem."""
    return (*word_problems(statement, codebook), *role_problems(statement, codebook))


_WORDS: Final[Callable[[Mapping[str, object]], tuple[object, ...]]] = itemgetter(
    *("holder", "speaker", "speaker_party", "relayed_by"),
    *("issue", "element", "stance", "stance_to", "condition_for"),
)


def checked_fields(statement: Claim) -> tuple[object, ...]:
    """Return all that :func:`word_problems` looks at: the same words have the same problems."""
    return _WORDS(vars(statement))


def word_problems(statement: Claim, codebook: Codebook) -> tuple[str, ...]:
    """Check that the codebook knows a statement's words: parties, speakers, issue, element, stance."""
    problems: list[str] = []

    def known(field: str, look_up: Callable[..., object], *args: object) -> bool:
        try:
            look_up(*args)
        except QueryError as error:
            problems.append(f"{field}: {str(error).partition(': ')[2]}")
            return False
        return True

    known("holder", codebook.party, statement.holder)
    if statement.speaker_party:
        known("speaker_party", codebook.party, statement.speaker_party)
    for field in ("speaker", "relayed_by"):
        if name := getattr(statement, field):
            known(field, codebook.speaker, name)
    if known("issue", codebook.issue, statement.issue):
        problems.extend(_stance_problems(statement, codebook))
    if statement.condition_for:
        issue_id, _, element_id = statement.condition_for.partition("/")
        look_up = (codebook.element, issue_id, element_id) if element_id else (codebook.issue, issue_id)
        known("condition_for", *look_up)
    return tuple(problems)


def _stance_problems(statement: Claim, codebook: Codebook) -> list[str]:
    issue = codebook.issue(statement.issue)
    problems = []
    elements = [element.id for element in issue.elements]
    if elements and statement.element not in elements:
        problems.append(f"element: {allowed(statement.element, elements)}")
    elif not elements and statement.element is not None:
        problems.append(f"element: found {statement.element!r}, allowed: none, {issue.id} has no elements")
    for field in ("stance", "stance_to"):
        stance = getattr(statement, field)
        if stance is not None and stance not in issue.values:
            problems.append(f"{field}: {allowed(stance, map(str, issue.values))}")
    if statement.stance_to is not None and not issue.takes_ranges:
        problems.append(f"stance_to: found {statement.stance_to}, allowed: none, {issue.id} is no scale")
    return problems


def role_problems(statement: Claim, codebook: Codebook) -> list[str]:
    """Check that the speaker speaks for the party on the day, and that a relay by another party is not ``self``."""
    problems = []
    day = statement.said_on.last
    speaker, relay = statement.speaker, statement.relayed_by
    if speaker and codebook.knows_speaker(speaker):
        parties = codebook.speaker(speaker).parties_on(day)
        if statement.speaker_party not in (parties or (None,)):
            told = allowed(statement.speaker_party, parties or ["none"])
            problems.append(f"speaker_party: {told} for {speaker} on {statement.said_on}")
    if relay and statement.voice == "self" and codebook.knows_speaker(relay):
        parties = codebook.speaker(relay).parties_on(day)
        if statement.holder not in parties:
            problems.append(f"voice: found 'self', but {relay}, who relays it, does not speak for {statement.holder}")
    return problems


def document_problems(statement: Claim | Anchor, document: Document) -> tuple[str, ...]:
    """Check a statement against its document: the quote at its offsets, the date not after the publication."""
    problems = []
    if document.text is not None and document.text[statement.start : statement.end] != statement.quote:
        found = document.text[statement.start : statement.end]
        problems.append(f"quote: the document reads {found[:80]!r} at {statement.start}–{statement.end}")
    if statement.said_on.last > document.published_on.last:
        problems.append(f"said_on: found {statement.said_on}, allowed: up to the publication, {document.published_on}")
    return tuple(problems)


def claim_problems(claim: Claim, document: Document) -> tuple[str, ...]:
    """Check a claim against its document; a candidate only against the text that its quote was verified in."""
    if isinstance(claim, Candidate) and claim.sha256 != document.sha256:
        return ()
    return document_problems(claim, document)
