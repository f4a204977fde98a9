"""Common ground in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from positions.kinds.records import Ground
from positions.model.codebook import Codebook
from positions.model.lists import capitalize_first, join_words
from positions.wording.parties import parties_words, silent_words


def ground_words(ground: Ground, codebook: Codebook) -> str:
    """Return in sentences what some parties share on an issue, or what stands in the way and what would open it."""
    label = codebook.path_label(ground.issue, ground.element)
    silent = f" {capitalize_first(silent_words(ground.silent, codebook))}." if ground.silent else ""
    if ground.agreement == "silent":
        return f"{label}:{silent}"
    return f"{label}: {_AGREEMENTS[ground.agreement](ground, codebook)}{silent}"


def shared_words(ground: Ground, codebook: Codebook) -> str:
    """Write what parties share as a predicate, to follow their names: ``both accept Istanbul``, ``both are for it``.

    On a scale it says at which level they stand, ``both stand at “sceptical”``: standing there together need not be
    good news. Empty if they share nothing.
    """
    if not ground.is_common:
        return ""
    who = "both" if len(ground.spoken) == 2 and not ground.silent else "all who have spoken"
    if ground.places:
        places = codebook.issue(ground.issue).cover(ground.places)
        return f"{who} accept {_places(ground, places, codebook)}"
    if ground.element is not None:
        return f"{who} are for it"
    levels = codebook.issue(ground.issue).levels
    values = codebook.issue(ground.issue).values
    low, high = ground.shared or (1.0, 0.0)
    shared = [f"“{level.label}”" for level in levels if low <= values[level.stance] <= high]
    return f"{who} stand at {join_words(shared, last='or')}" if shared else f"{who} stand between two levels"


def _common_words(ground: Ground, codebook: Codebook) -> str:
    return f"{shared_words(ground, codebook)}."


def _against_words(ground: Ground, codebook: Codebook) -> str:
    if ground.against:
        return f"no common ground; all who have spoken rule out {_places(ground, ground.against, codebook)}."
    return "all who have spoken are against it."


def _not_demanded_words(_ground: Ground, _codebook: Codebook) -> str:
    return "nobody who has spoken demands it."


def _no_ground_words(ground: Ground, codebook: Codebook) -> str:
    sentences = ["no common ground."]
    if ground.blocking:
        sentences.append(f"Without {parties_words(ground.blocking, codebook, last='or')} there would be some.")
    if ground.open:
        sentences.append(f"Open, since nobody rejects it: {_places(ground, ground.open, codebook)}.")
    elif ground.gap is not None:
        sentences.append(_gap_words(ground, codebook))
    return " ".join(sentences)


def _gap_words(ground: Ground, codebook: Codebook) -> str:
    """Say how wide the gap is and who could close it: all of the cheapest ways, never one by an arbitrary order."""
    movers = list(dict.fromkeys(tuple(party for party, by in opening.moves if by) for opening in ground.openings))
    ways = [parties_words(parties, codebook) for parties in movers]
    if len(ways) == 2 and all(len(parties) == 1 for parties in movers) and len(ground.spoken) == 2:
        who = "either could close it"
    elif len(ways) == 1 and len(movers[0]) > 1:
        who = f"{ways[0]} together could close it"
    else:
        who = f"{join_words(ways, last='or')} could close it"
    return f"A gap of {ground.gap:.2f}; {who}."


_AGREEMENTS: Final[Mapping[str, Callable[[Ground, Codebook], str]]] = {
    "common": _common_words,
    "against": _against_words,
    "not demanded": _not_demanded_words,
    "open": _no_ground_words,
    "none": _no_ground_words,
}


def _places(ground: Ground, leaves: Iterable[str], codebook: Codebook) -> str:
    return join_words((codebook.element(ground.issue, leaf).label for leaf in leaves), most=6)
