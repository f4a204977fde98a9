"""How often each id of the codebook is used, and which statements an edited codebook would break."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from difflib import unified_diff
from typing import Final, NamedTuple, TypeAlias, get_args

from positions.errors import DataError, Finding, QueryError
from positions.model.codebook import Codebook
from positions.model.codebook_version import CODEBOOK, CodebookVersion, WordKind, parse_codebook
from positions.model.id_changes import PastIds, declared_ids
from positions.model.revision import Revision
from positions.model.statement import Claim, Statement
from positions.workspace.versions import read_text, require_fit
from positions.workspace.workspace import Workspace

_WORDS: Final[tuple[WordKind, ...]] = get_args(WordKind)
_Word: TypeAlias = tuple[str, str]


class WordUse(NamedTuple):
    """How many statements in force, statements of any time, and candidates name a word of the codebook.

    ``became`` is ``None`` for a word that the codebook declares. Of one of the past it has the ids that it became, none
    if it was retired; ``ever_used`` counts the statements that named it, those of a declared word those too that named
    it by an id of the past.
    """

    word: WordKind
    id: str
    label: str
    statements: int
    ever_used: int
    candidates: int
    became: tuple[str, ...] | None = None


def count_use(workspace: Workspace) -> tuple[WordUse, ...]:
    """Count the use of every party, speaker, issue, element and level: in the codebook's order, the past's last."""
    codebook, past = workspace.codebook, workspace.past_ids()
    retired = _retired_labels(workspace.versions("codebook"), codebook)
    statements = _counts((claim.id, _words(claim)) for claim in workspace.claims("statement"))
    candidates = _counts((claim.id, _words(claim)) for claim in workspace.claims("candidate"))
    ever = _counts(_words_of_revisions(workspace.revisions(), past))

    def use(word: WordKind, one: str, label: str, became: tuple[str, ...] | None = None) -> WordUse:
        key = word, one
        return WordUse(word, one, label, statements[key], ever[key], candidates[key], became)

    def became(word: WordKind, one: str) -> tuple[str, ...]:
        return tuple(now for now in past.now(word, one) if now in declared[word])

    declared = {word: declared_ids(codebook, word) for word in _WORDS}
    return tuple(
        one
        for word in _WORDS
        for one in (
            *(use(word, word_id, word_label(codebook, word, word_id)) for word_id in declared[word]),
            *(use(word, word_id, label, became(word, word_id)) for word_id, label in retired[word].items()),
        )
    )


def _retired_labels(versions: Iterable[Revision], codebook: Codebook) -> dict[WordKind, dict[str, str]]:
    """Return by kind the ids that an earlier version declares and the codebook does not, each with its last label.

    What belongs to an issue of the past is told of by the issue.
    """
    retired: dict[WordKind, dict[str, str]] = {word: {} for word in _WORDS}
    issues = declared_ids(codebook, "issue")
    for content in (version.content for version in versions):
        if not isinstance(content, CodebookVersion):
            continue
        for word in _WORDS:
            for word_id in set(declared_ids(content.codebook, word)) - set(declared_ids(codebook, word)):
                if word not in ("element", "level") or re.split("[/:]", word_id)[0] in issues:
                    retired[word][word_id] = word_label(content.codebook, word, word_id)
    return {word: dict(sorted(labels.items())) for word, labels in retired.items()}


def _words_of_revisions(revisions: Iterable[Revision], past: PastIds) -> Iterator[tuple[str, Iterable[_Word]]]:
    """Yield each revision of a statement with the words that it names, as it says them and as they are called now."""
    for revision in revisions:
        if isinstance(claim := revision.content, Statement):
            yield revision.id, _words(claim)
            recoded = past.recode(claim, since=revision.recorded_at)
            if recoded is not claim:
                yield revision.id, _words(recoded)


def _counts(named: Iterable[tuple[str, Iterable[_Word]]]) -> Counter[_Word]:
    """Count for each word the records that name it, each record once."""
    records: defaultdict[_Word, set[str]] = defaultdict(set)
    for record_id, words in named:
        for word in words:
            records[word].add(record_id)
    return Counter({word: len(ids) for word, ids in records.items()})


def _words(claim: Claim) -> Iterable[_Word]:
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
    return diff_texts(before, after, names)


def diff_texts(before: str, after: str, names: tuple[str, str]) -> str:
    """Return the lines that differ between two texts that have these names, each with its neighbours."""
    lines = unified_diff(before.splitlines(), after.splitlines(), *names, lineterm="", n=1)
    return "".join(f"{line}\n" for line in lines)


def list_versions(workspace: Workspace) -> tuple[Revision, ...]:
    """Return the versions of the codebook and the lexicon, the last recorded first."""
    versions = [*workspace.versions("codebook"), *workspace.versions("lexicon")]
    return tuple(sorted(versions, key=lambda one: one.recorded_at, reverse=True))


def _text(versions: Mapping[int, object], number: int) -> str:
    content = versions.get(number)
    if not isinstance(content, CodebookVersion):
        raise QueryError(f"found {number}, allowed: {', '.join(map(str, versions)) or 'none yet'}", field="version")
    return content.text
