"""How often each id of the codebook is used, and which statements an edited codebook would break."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import unified_diff
from typing import NamedTuple, get_args

from positions.errors import DataError, Finding, QueryError
from positions.model.codebook import Codebook
from positions.model.codebook_version import CODEBOOK, CodebookVersion, WordKind, parse_codebook
from positions.model.id_changes import declared_ids
from positions.model.statement import Claim, Statement
from positions.workspace.versions import read_text, require_fit
from positions.workspace.workspace import Workspace


class WordUse(NamedTuple):
    """How many statements in force and how many candidates use an id of the codebook."""

    word: WordKind
    id: str
    label: str
    statements: int
    candidates: int


def count_use(workspace: Workspace) -> tuple[WordUse, ...]:
    """Count the uses of every party, speaker, issue, element and level, in the codebook's order."""
    codebook = workspace.codebook
    statements = _count_words(workspace.claims("statement"))
    candidates = _count_words(workspace.claims("candidate"))
    return tuple(
        WordUse(word, one, word_label(codebook, word, one), statements[word, one], candidates[word, one])
        for word in get_args(WordKind)
        for one in declared_ids(codebook, word)
    )


def _count_words(claims: Iterable[Claim]) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for claim in claims:
        counts.update(dict.fromkeys(_words(claim), 1))
    return counts


def _words(claim: Claim) -> Iterable[tuple[str, str]]:
    yield "issue", claim.issue
    yield "party", claim.holder
    if claim.speaker_party:
        yield "party", claim.speaker_party
    yield from (("speaker", one) for one in (claim.speaker, claim.relayed_by) if one)
    if claim.element:
        yield "element", f"{claim.issue}/{claim.element}"
    yield from (("level", f"{claim.issue}:{one}") for one in (claim.stance, claim.stance_to) if one is not None)
    if claim.condition_for:
        yield ("element" if "/" in claim.condition_for else "issue"), claim.condition_for


def word_label(codebook: Codebook, word: WordKind, word_id: str) -> str:
    """Return the label of an id of the codebook."""
    if word == "party":
        return codebook.party(word_id).name
    if word == "speaker":
        return codebook.speaker(word_id).name
    if word == "issue":
        return codebook.issue(word_id).label
    if word == "element":
        return codebook.element(*word_id.split("/")).label
    issue, _, stance = word_id.rpartition(":")
    return codebook.issue(issue).level(int(stance)).label


def edit_findings(workspace: Workspace) -> tuple[Finding, ...]:
    """Return findings on the statements in force that an edited codebook file breaks; none if they all fit."""
    text = read_text(workspace.folder, "codebook") or ""
    statements = (one for one in workspace.claims("statement") if isinstance(one, Statement))
    try:
        require_fit(statements, workspace.codebook, parse_codebook(text))
    except DataError as error:
        return error.findings
    return ()


def version_diff(workspace: Workspace, first: int | None = None, last: int | None = None) -> str:
    """Return the lines that differ between two versions, or between one (default: the last) and the file."""
    versions = {one.number: one.content for one in workspace.versions("codebook")}
    before = _text(versions, first or max(versions, default=0))
    after = (read_text(workspace.folder, "codebook") or "") if last is None else _text(versions, last)
    names = (f"version {first or max(versions, default=0)}", CODEBOOK if last is None else f"version {last}")
    lines = unified_diff(before.splitlines(), after.splitlines(), *names, lineterm="", n=1)
    return "".join(f"{line}\n" for line in lines)


def _text(versions: Mapping[int, object], number: int) -> str:
    content = versions.get(number)
    if not isinstance(content, CodebookVersion):
        raise QueryError(f"found {number}, allowed: {', '.join(map(str, versions)) or 'none yet'}", field="version")
    return content.text
