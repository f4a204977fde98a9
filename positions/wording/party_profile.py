"""A party in sentences: on how much it has spoken, on what it moved, what nothing is recorded of, who speaks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from positions.analysis.speakers import PartySpeaker
from positions.analysis.state import State
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words
from positions.model.lists import capitalize_first, count_words, join_words
from positions.wording.matrix import MatrixRow
from positions.wording.parties import party_words
from positions.wording.speakers import OWN_WORDS, speaker_name, titled_speaker

RANKS: Final[Mapping[int, str]] = {
    1: "head of state or government",
    2: "minister or chief negotiator",
    3: "spokesperson, adviser or organisation of the government",
    4: "other or unnamed official",
}
"""What the ranks of roles stand for (``semantics.md`` §2)."""


def profile_sentence(
    state: State, codebook: Codebook, party: str, *, rows: Sequence[MatrixRow], since: date | None
) -> str:
    """Write on how many issues a party has spoken by the day of a state, and what has changed.

    ``rows`` are those of the matrix with this party alone, ``since`` the day that they are compared with.
    """
    name, day = party_words(party, codebook), day_in_words(state.as_of)
    spoken = {key[1] for key, position in state.positions.items() if key[0] == party and not position.reported}
    issues = count_words(len(codebook.issues), "issue")
    if not spoken:
        return f"By {day} nothing is recorded that {name} said itself, on any of {issues}."
    words = f"By {day} {name} has spoken on {len(spoken)} of {issues}"
    if since is None:
        return f"{words}."
    changes = {
        change: [row.issue.label for row in rows if any(line.change == change for line in row.cells[0])]
        for change in ("moved", "new")
    }
    parts = [
        f"{verb} {join_words(changes[change])}"
        for change, verb in (("moved", "moved on"), ("new", "spoke for the first time on parts of"))
        if changes[change]
    ]
    return f"{words}; since {day_in_words(since)} it {join_words(parts) if parts else 'has not moved'}."


def silence_sentences(state: State, codebook: Codebook, party: str, *, documents: int) -> tuple[str, ...]:
    """Write on which issues nothing is recorded of a party, and on which only outlets say what it holds.

    ``documents`` is in how many documents was looked for it; no sentence if the party itself has spoken on all.
    """
    held = [position for position in state.positions.values() if position.holder == party]
    own = {position.issue for position in held if not position.reported}
    reported = {position.issue for position in held} - own
    name = party_words(party, codebook)
    silent = [issue.label for issue in codebook.issues if issue.id not in own | reported]
    told = [issue.label for issue in codebook.issues if issue.id in reported]
    sentences = (
        f"Not recorded in {count_words(documents, 'document')}: {join_words(silent)}. "
        "That nothing is recorded does not mean that nothing was said, and silence is not a position."
        if silent
        else "",
        f"Only outlets say where {name} stands on {join_words(told)}." if told else "",
    )
    return tuple(filter(None, sentences))


def speaker_title(speaker: PartySpeaker, codebook: Codebook) -> str:
    """Name a party's speaker with the title of the last statement: ``Li Wei, envoy``."""
    return titled_speaker(speaker.last, codebook) or capitalize_first(OWN_WORDS)


def speakers_sentence(speakers: Sequence[PartySpeaker], codebook: Codebook, party: str) -> str:
    """Write how many people and offices a party's own word is of, and whose most of it is."""
    if not speakers:
        return f"Nobody is recorded as speaking for {party_words(party, codebook)}."
    total = sum(speaker.statements for speaker in speakers)
    most = max(speakers, key=lambda speaker: speaker.statements)
    share = f", {most.statements} of them by {speaker_name(most.speaker, codebook)}" if len(speakers) > 1 else ""
    return f"{count_words(total, 'statement')} by {count_words(len(speakers), 'speaker')}{share}."
