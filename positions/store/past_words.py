"""Claims that are taken in with words of the codebook's past: which version allows them, and which wait for today's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from positions.files.notice import notify
from positions.model.candidate import Candidate
from positions.model.checks import ClaimChecks
from positions.model.codebook import Codebook
from positions.model.codebook_version import CodebookVersion, WordKind
from positions.model.id_changes import declared_ids
from positions.model.revision import RecordKind
from positions.model.statement import Claim, Statement
from positions.store.codebook_versions import past_ids, recorded_versions
from positions.store.entry import read_row
from positions.store.log import Log

_WORDS: Final[Mapping[str, WordKind]] = {
    "holder": "party",
    "speaker_party": "party",
    "speaker": "speaker",
    "relayed_by": "speaker",
    "issue": "issue",
}
"""The fields whose value is an id of the codebook on its own."""


def current_fields(log: Log, codebook: Codebook, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return a claim's fields, or a filter's, with current ids in place of past ones, with a notice of each.

    An element and a level need their issue beside them to be known. Nothing is read if the codebook declares them all.
    """
    words = [(name, word, str(fields[name]), "") for name, word in _WORDS.items() if fields.get(name)]
    if issue := fields.get("issue"):
        words += [("element", "element", f"{issue}/{fields['element']}", "/")] if fields.get("element") else []
        stances = [name for name in ("stance", "stance_to") if fields.get(name) not in (None, "")]
        words += [(name, "level", f"{issue}:{fields[name]}", ":") for name in stances]
    unknown = [one for one in words if one[2] not in declared_ids(codebook, one[1])]
    if not unknown:
        return dict(fields)
    past = past_ids(log)
    current: dict[str, str] = {}
    notices: dict[str, None] = {}
    for name, word, word_id, mark in unknown:
        if (now := past.resolve(word, word_id, codebook)) != word_id:
            current[name] = now.rpartition(mark)[2] if mark else now
            if current[name] != str(fields[name]) and past.now(word, word_id) != (word_id,):
                notices[f"{word} {word_id} is {now} now"] = None
    for notice in notices:
        notify(notice)
    return {**fields, **current}


class PastWords:
    """What versions of a codebook allow that is not today's; empty until :meth:`learn` was told of some."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._checks: list[ClaimChecks] = []
        self._outdated: dict[tuple[RecordKind, str], None] = {}

    def learn(self, versions: Iterable[CodebookVersion]) -> None:
        """Allow what these versions of the codebook, and those in the log, allow in revisions that are taken in."""
        recorded = recorded_versions(self._log)
        codebooks = {version.sha256: version for version in (*versions, *recorded) if version.id == "codebook"}
        self._checks = [ClaimChecks(version.codebook) for version in codebooks.values()]

    def allow(self, kind: RecordKind, claim: Claim) -> bool:
        """Return whether a version of the past allows a claim; its record then waits for today's words."""
        if all(checks.codebook_findings(claim) for checks in self._checks):
            return False
        self._outdated[kind, claim.id] = None
        return True

    def take_outdated(self) -> Iterator[tuple[RecordKind, Statement | Candidate]]:
        """Yield, and forget, the claims that were let in so, as they stand now."""
        outdated, self._outdated = self._outdated, {}
        for kind, record_id in outdated:
            row = self._log.last_of(kind, record_id)
            if row and isinstance(claim := read_row(row).content, Statement | Candidate):
                yield kind, claim
