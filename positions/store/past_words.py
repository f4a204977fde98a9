"""Claims that are taken in with words of the codebook's past: which version allows them, and which wait for today's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from positions.model.candidate import Candidate
from positions.model.checks import ClaimChecks
from positions.model.codebook_version import CodebookVersion
from positions.model.revision import RecordKind
from positions.model.statement import Claim, Statement
from positions.store.codebook_versions import recorded_versions
from positions.store.entry import read_row
from positions.store.log import Log


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
