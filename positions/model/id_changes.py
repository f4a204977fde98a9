"""What a changed id of the codebook means for a claim, and what an id of the past is now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar

from positions.model.codebook import Codebook
from positions.model.codebook_version import IdChange, WordKind
from positions.model.statement import Claim

C = TypeVar("C", bound=Claim)
_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "party": ("holder", "speaker_party"),
    "speaker": ("speaker", "relayed_by"),
}

PART_MARKS: Final[dict[WordKind, str]] = {"element": "/", "level": ":"}
"""What stands between an issue and its part."""


def uses(claim: Claim, word: WordKind, word_id: str) -> bool:
    """Return whether a claim names a word of the codebook (:class:`IdChange` tells how ids are written)."""
    if word in _FIELDS:
        return word_id in [getattr(claim, name) for name in _FIELDS[word]]
    condition = claim.condition_for or ""
    if word == "issue":
        return word_id in (claim.issue, condition.partition("/")[0])
    if word == "element":
        return word_id in (f"{claim.issue}/{claim.element}", condition)
    issue, _, stance = word_id.rpartition(":")
    return claim.issue == issue and int(stance) in (claim.stance, claim.stance_to)


def recode_claim(claim: C, change: IdChange) -> C:
    """Return a claim with an id replaced by the one that it became; the same claim if it does not use it.

    Whoever speaks of their own party after two were merged speaks for themselves. Raises pydantic's
    ``ValidationError`` if no sound claim is left.
    """
    if len(change.new) != 1 or not uses(claim, change.word, change.old):
        return claim
    fields = {**claim.model_dump(), **_changes(claim, change, change.new[0])}
    same_party = fields["speaker_party"] == fields["holder"] and fields["relayed_by"] is None
    if fields["voice"] == "ascribed" and same_party:
        fields["voice"] = "self"
    return type(claim).model_validate({name: value for name, value in fields.items() if value is not None})


def _changes(claim: Claim, change: IdChange, new: str) -> dict[str, Any]:
    if change.word in _FIELDS:
        return {name: new for name in _FIELDS[change.word] if getattr(claim, name) == change.old}
    condition = claim.condition_for or ""
    issue, _, element = condition.partition("/")
    changes: dict[str, Any] = {}
    if change.word == "issue":
        if claim.issue == change.old:
            changes["issue"] = new
        if issue == change.old:
            changes["condition_for"] = "/".join(filter(None, (new, element)))
    elif change.word == "element":
        if f"{claim.issue}/{claim.element}" == change.old:
            changes["element"] = new.partition("/")[2]
        if condition == change.old:
            changes["condition_for"] = new
    else:
        old, value = (int(text.rpartition(":")[2]) for text in (change.old, new))
        ends = {value if end == old else end for end in (claim.stance, claim.stance_to) if end is not None}
        changes["stance"] = min(ends)
        changes["stance_to"] = max(ends) if len(ends) > 1 else None
    return changes


class PastIds:
    """What became of the ids that a codebook does not declare any more.

    ``changes`` are those up to the codebook that is asked about, in recorded order, each with when it was recorded
    (UTC); ``later`` are those made since to a codebook of the past.
    """

    def __init__(self, changes: Iterable[tuple[datetime, IdChange]], *, later: Iterable[IdChange] = ()) -> None:
        self._changes: Sequence[tuple[datetime, IdChange]] = tuple(changes)
        self._later: Sequence[IdChange] = tuple(later)

    def __bool__(self) -> bool:
        return bool(self._changes)

    def recode(self, claim: C, *, since: datetime | None = None) -> C:
        """Return a claim recorded at ``since`` (default: before all changes) with the ids of now.

        An id that was split or retired stays as it is.
        """
        for moment, change in self._changes:
            if since is None or moment > since:
                claim = recode_claim(claim, change)
        return claim

    def now(self, word: WordKind, word_id: str) -> tuple[str, ...]:
        """Return what an id is now: itself if it never changed, several if it was split, none if it was retired.

        If several words had it one after the other, the last of them counts.
        """
        changes = [change for _, change in self._changes]
        last = max((at for at, one in enumerate(changes) if (one.word, one.old) == (word, word_id)), default=0)
        return _follow(changes[last:], word, word_id)[-1]

    def resolve(self, word: WordKind, word_id: str, codebook: Codebook) -> str:
        """Return the declared id that a word means: itself if the codebook declares it, else what it became.

        In a codebook of the past it may also be an id of later: it means what became that. A name stands for its id,
        and capital letters do not matter. What means several ids, or none, is returned as it is: whoever looks it up
        says what is allowed.
        """
        ids = declared_ids(codebook, word)
        if word_id in ids:
            return word_id
        now = (one for past in self._spellings(word, word_id) for one in self.now(word, past) if one in ids)
        meant = list(dict.fromkeys(now)) or self._ids_before(word, word_id, ids) or _named_ids(codebook, word, word_id)
        return meant[0] if len(meant) == 1 else word_id

    def _ids_before(self, word: WordKind, later_id: str, ids: Iterable[str]) -> list[str]:
        """Return the ids that became one of later: those that it is last, else those that it was on the way."""
        paths = {one: _follow(self._later, word, one) for one in ids} if self._later else {}
        last = [one for one, path in paths.items() if later_id in path[-1]]
        return last or [one for one, path in paths.items() if any(later_id in step for step in path)]

    def _spellings(self, word: WordKind, word_id: str) -> list[str]:
        """Return an id, and that of a part also as it was written while its issue had another id."""
        mark = PART_MARKS.get(word)
        if mark is None:
            return [word_id]
        issue, _, part = word_id.partition(mark)
        olds = [change.old for _, change in self._changes if change.word == "issue"]
        return [word_id, *(f"{old}{mark}{part}" for old in dict.fromkeys(olds) if self.now("issue", old) == (issue,))]


def _named_ids(codebook: Codebook, word: WordKind, text: str) -> list[str]:
    """Return the ids that a text is or names, whatever the case of its letters."""
    mark, asked = PART_MARKS.get(word), " ".join(text.split()).casefold()

    def spellings(word_id: str, names: Iterable[str]) -> Iterator[str]:
        yield word_id
        for name in names:
            yield f"{word_id.partition(mark)[0]}{mark}{name}" if mark else name

    return [
        word_id
        for word_id, names in declared_names(codebook, word).items()
        if asked in {spelling.casefold() for spelling in spellings(word_id, names)}
    ]


def _follow(changes: Iterable[IdChange], word: WordKind, word_id: str) -> list[tuple[str, ...]]:
    """Return what an id is before changes and after each of them."""
    path: list[tuple[str, ...]] = [(word_id,)]
    for change in changes:
        path.append(tuple(new for one in path[-1] for new in _became(change, word, one)))
    return path


def _became(change: IdChange, word: WordKind, word_id: str) -> tuple[str, ...]:
    if (change.word, change.old) == (word, word_id):
        return change.new
    mark = PART_MARKS.get(word)
    if mark and change.word == "issue" and len(change.new) == 1 and word_id.startswith(change.old + mark):
        return (change.new[0] + word_id[len(change.old) :],)
    return (word_id,)


def is_declared(codebook: Codebook, word: WordKind, word_id: str) -> bool:
    """Return whether a codebook declares an id."""
    return word_id in declared_ids(codebook, word)


def declared_ids(codebook: Codebook, word: WordKind) -> tuple[str, ...]:
    """Return all ids of a kind, in the codebook's order, as :class:`IdChange` writes them."""
    return tuple(declared_names(codebook, word))


def declared_names(codebook: Codebook, word: WordKind) -> dict[str, tuple[str, ...]]:
    """Return the names of all words of a kind by their ids, in the codebook's order; a speaker may have several."""
    if word == "party":
        return {party.id: (party.name,) for party in codebook.parties}
    if word == "speaker":
        return {speaker.id: (speaker.name, *speaker.aliases) for speaker in codebook.speakers}
    if word == "issue":
        return {issue.id: (issue.label,) for issue in codebook.issues}
    if word == "element":
        return {f"{issue.id}/{one.id}": (one.label,) for issue in codebook.issues for one in issue.elements}
    return {f"{issue.id}:{level.stance}": (level.label,) for issue in codebook.issues for level in issue.levels}
