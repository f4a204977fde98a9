"""Versions of the codebook: compare its file with the versions in the log, and record or refuse a hand edit.

The log's last version is the codebook in force. A file that differs is one of three things: an older version, which is
brought up to date; an edit that every statement in force fits, which is recorded as a version; or an edit that would
break statements, which is refused with the command that migrates them.
"""

from __future__ import annotations

import getpass
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias, get_args

from positions.errors import DataError, Finding
from positions.files.notice import notify
from positions.files.reading import decode, read_bytes
from positions.files.writing import is_writable, write_new
from positions.model.checks import ClaimChecks
from positions.model.codebook import Codebook
from positions.model.codebook_version import (
    CODEBOOK,
    FILE_NAMES,
    CodebookVersion,
    VersionName,
    WordKind,
    build_version,
)
from positions.model.id_changes import declared_ids, is_declared, uses
from positions.model.lists import count_words
from positions.model.revision import Withdrawn
from positions.model.statement import Statement
from positions.store.chain import system_clock
from positions.store.codebook_versions import last_version, past_ids, recorded_versions, version_history
from positions.store.conflict_marks import resolve_marks
from positions.store.entry import read_row
from positions.store.log import Log

# Not imported at every start: a command that only reads needs no book open for writing.
if TYPE_CHECKING:
    from positions.store.book import Book

FOUND: Final = "as the record book found it"
BY_HAND: Final = "edited by hand"
MOST_FINDINGS: Final = 20
"""The most statements that no longer fit to name one by one."""


def read_text(folder: Path, name: VersionName) -> str | None:
    """Return the text of a workspace's codebook or lexicon, line ends as they are; ``None`` if there is no file."""
    path = folder / FILE_NAMES[name]
    is_there = path.exists() or path.is_symlink()  # what is no file is refused, not passed over
    return resolve_marks(folder, name, decode(read_bytes(path), where=path.name)) if is_there else None


def codebook_at(log: Log, known_at: datetime | None) -> Codebook | None:
    """Return the codebook in force at an instant, the first one for earlier instants.

    ``None`` if no instant is given or no version was recorded.
    """
    history = version_history(log, "codebook") if known_at else ()
    past = [one.content for one in history if known_at and one.recorded_at <= known_at]
    version = past[-1] if past else history[0].content if history else None
    return version.codebook if isinstance(version, CodebookVersion) else None


def current_id(log: Log, word: WordKind, word_id: str, codebook: Codebook, known_at: datetime | None) -> str:
    """Return the id that a word of the past or of later has in the codebook of an instant, with a notice.

    A declared id is returned as it is.
    """
    if is_declared(codebook, word, word_id):
        return word_id
    past = past_ids(log, known_at)
    if (now := past.resolve(word, word_id, codebook)) != word_id and past.now(word, word_id) != (word_id,):
        notify(f"{word} {word_id} is {now} now")
    return now


def recode_withdrawn(
    withdrawn: Iterable[Withdrawn], log: Log, codebook: Codebook, known_at: datetime | None
) -> tuple[Withdrawn, ...]:
    """Return retracted statements with the ids that they have in the codebook of an instant.

    Those are left out whose words it does not declare any more. They are only listed; no position rests on them.
    """
    if not withdrawn:
        return ()
    past, checks = past_ids(log, known_at), ClaimChecks(codebook)
    recoded = [
        one._replace(statement=past.recode(one.statement, since=one.retraction.recorded_at)) for one in withdrawn
    ]
    pairs = zip(recoded, withdrawn, strict=True)
    fitting = ([one for one in pair if not checks.codebook_findings(one.statement)] for pair in pairs)
    return tuple(ways[0] for ways in fitting if ways)


def edited_version(
    folder: Path, log: Log, name: VersionName, *, last: CodebookVersion | None
) -> CodebookVersion | None:
    """Return the version made by a hand edit of the file; ``None`` if the file is a recorded version.

    ``last`` is the version in force.
    """
    text = read_text(folder, name)
    if text is None or (last is not None and text == last.text):
        return None
    version = build_version(name, text)
    is_older = any(one.sha256 == version.sha256 for one in recorded_versions(log, name))
    return None if is_older else version


def write_version(folder: Path, version: CodebookVersion) -> bool:
    """Write a version as the file in the folder, atomically; return whether the file changed."""
    path, content = folder / FILE_NAMES[version.id], version.text.encode()
    if path.is_file() and read_bytes(path) == content:
        return False
    write_new(path, content, force=True)
    return True


def write_versions(folder: Path, versions: Iterable[CodebookVersion]) -> None:
    """Write versions as the files in the folder, if these can be written."""
    for version in versions:
        if is_writable(folder / FILE_NAMES[version.id]):
            write_version(folder, version)


def statements_in_force(log: Log) -> Iterator[Statement]:
    """Yield the last revision of every statement that is not retracted."""
    for row in log.claims("statement"):
        if isinstance(content := read_row(row).content, Statement):
            yield content


def require_fit(statements: Iterable[Statement], before: Codebook, codebook: Codebook) -> None:
    """Raise ``DataError`` if statements do not fit a codebook, naming the command that migrates them."""
    checks = ClaimChecks(codebook)
    broken = [(one, findings_on_one) for one in statements if (findings_on_one := checks.codebook_findings(one))]
    if not broken:
        return
    findings = list(_undeclared_id_findings([one for one, _ in broken], before, codebook))
    if not findings:
        first_broken = broken[:MOST_FINDINGS]
        findings = [
            finding.at(f"{CODEBOOK}: statement {one.id}")
            for one, findings_on_one in first_broken
            for finding in findings_on_one
        ]
        if len(broken) > MOST_FINDINGS:
            findings.append(Finding("and", "", f"{len(broken) - MOST_FINDINGS} more statements"))
    raise DataError(findings)


def _undeclared_id_findings(claims: list[Statement], before: Codebook, codebook: Codebook) -> Iterator[Finding]:
    """Yield a finding for each id that statements use and the codebook no longer declares."""
    issues = declared_ids(codebook, "issue")
    for word in get_args(WordKind):
        old, new = declared_ids(before, word), declared_ids(codebook, word)
        added = [one for one in new if one not in old]
        removed = [one for one in old if one not in new]
        counts = Counter(one for one in removed for claim in claims if uses(claim, word, one))
        for one, count in counts.items():
            owner = _owner(one)
            if owner and owner not in issues:
                continue  # the finding on its issue covers it
            likely = [new_id for new_id in added if _owner(new_id) == owner]
            target = likely[0] if len(likely) == sum(_owner(other) == owner for other in removed) == 1 else "NEW"
            option = "" if word == "element" else f"--{word} "
            message = f"{one!r} is not declared any more, but {count_words(count, 'statement')} in force name it"
            command = f"`positions codebook rename {option}{one} {target}` recodes them (or merge, split, retire)"
            yield Finding(CODEBOOK, word, f"{message}; {command}")


def _owner(word_id: str) -> str:
    return word_id.replace(":", "/").rpartition("/")[0]


def settle_versions(folder: Path, log: Log, book: Book) -> None:
    """Record the folder's files as versions if they are new; call it inside the transaction of ``book``.

    Raises ``DataError`` if statements in force do not fit an edited codebook.
    """
    for name in FILE_NAMES:
        last = last_version(log, name)
        version = edited_version(folder, log, name, last=last)
        if version is None:
            continue
        if name == "codebook":
            before = last.codebook if last else version.codebook
            require_fit(statements_in_force(log), before, version.codebook)
        book.record_version(version, reason=BY_HAND if last else FOUND)


Recorder: TypeAlias = Callable[[str, Callable[[], datetime]], "AbstractContextManager[Book]"]
"""Opens the record book for writing, for a coder and with a clock."""


def settle_files(folder: Path, log: Log, recorder: Recorder, *, edits: bool) -> None:
    """Record hand edits, if ``edits``, and bring a file with an older version up to date.

    The first version is dated right after the log's last entry, so that the same text has the same head everywhere.
    """
    last_time = log.last_recorded_at()
    versions = {name: last_version(log, name) for name in FILE_NAMES}
    is_first = versions["codebook"] is None
    edited = {name for name, last in versions.items() if edited_version(folder, log, name, last=last)}
    if last_time and edited and (edits or is_first):
        clock = (lambda: datetime.fromisoformat(last_time)) if is_first else system_clock
        with recorder("positions" if is_first else user_name(), clock) as book:
            settle_versions(folder, log, book)
        versions = {name: last_version(log, name) for name in FILE_NAMES}
        edited = set()
    for name, file in FILE_NAMES.items():
        version = versions[name]
        if version is None or name in edited:
            continue
        if os.access(folder, os.W_OK) and os.access(folder / file, os.W_OK) and write_version(folder, version):
            notify(f"{file} was an older version and is now the one in force")


def user_name() -> str:
    """Return the user's name, the default coder; ``unknown`` if the system has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
