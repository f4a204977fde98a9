"""Distances in sentences; a thin one is never told by itself."""

from __future__ import annotations

from positions.analysis.distance import Comparison, ElementDistance, IssueDistance
from positions.model.codebook import Codebook
from positions.model.lists import join_words
from positions.model.position import Position
from positions.wording.positions import stance_words


def pair_words(comparison: Comparison, codebook: Codebook) -> str:
    """Name the two parties: ``Russia and Ukraine``."""
    return " and ".join(codebook.party(party).name for party in comparison.parties)


def comparison_words(comparison: Comparison, codebook: Codebook) -> str:
    """Tell a comparison in one or two sentences; a thin distance is never told by itself."""
    pair = pair_words(comparison, codebook)
    if comparison.coverage is None or comparison.lo is None or comparison.hi is None:
        return f"{pair}: neither has spoken on anything that could be compared."
    bounds = f"[{comparison.lo:.2f}, {comparison.hi:.2f}]"
    if comparison.distance is None:
        return f"{pair} cannot be compared yet: on every issue one of them is silent; the bounds are {bounds}."
    share = f"{comparison.coverage:.0%} of the agenda".replace("%", "\u00a0%")
    thin = ", which is thin" if comparison.thin else ""
    largest = max(
        (issue for issue in comparison.issues if issue.distance is not None),
        key=lambda issue: issue.weight * (issue.distance or 0),
    )
    told = f"{pair} are {comparison.distance:.2f} apart {bounds} on {share}{thin}"
    if not largest.distance:
        return f"{told}; they hold the same on all that can be compared."
    return f"{told}; the largest part is {issue_words(largest, comparison.parties, codebook)}."


def issue_words(distance: IssueDistance, parties: tuple[str, str], codebook: Codebook) -> str:
    """Tell how two parties stand on an issue: ``Venue: Russia is for Minsk, Ukraine against``."""
    issue = codebook.issue(distance.issue)
    names = tuple(codebook.party(party).name for party in parties)
    if distance.kind == "scale":
        one, two = distance.parts[0].positions
        return f"{issue.label}: {_holds(names[0], one, codebook)}, {_holds(names[1], two, codebook)}"
    if distance.kind == "options":
        return f"{issue.label}: {_options_words(distance, names, codebook)}"
    told = [_condition_words(distance.issue, part, names, codebook) for part in distance.parts]
    return f"{issue.label}: {'; '.join(told)}"


def _holds(name: str, position: Position | None, codebook: Codebook) -> str:
    return f"{name} has not said" if position is None else f"{name} “{stance_words(position, codebook)}”"


def _options_words(distance: IssueDistance, names: tuple[str, ...], codebook: Codebook) -> str:
    labels = {element.id: element.label for element in codebook.issue(distance.issue).elements}
    told = []
    conflicts = [part for part in _deciding(distance) if part.standing == "conflict"]
    for place, name in enumerate(names):
        wanted = [labels[part.element] for part in conflicts if part.element and _for(part.positions[place])]
        if wanted:
            told.append(f"{name} is for {join_words(wanted, most=3)}, {names[1 - place]} against")
    common = [labels[str(leaf)] for leaf in distance.common_ground]
    told.append(f"both accept {join_words(common, most=5)}" if common else "common ground: none")
    return "; ".join(told)


def _deciding(distance: IssueDistance) -> list[ElementDistance]:
    """Keep the parts on which somebody spoke of that very place, not only of one that contains it."""
    return [part for part in distance.parts if any(p and p.said_of == part.element for p in part.positions)]


def _for(position: Position | None) -> bool:
    return position is not None and position.stance > 0


def _condition_words(issue: str, part: ElementDistance, names: tuple[str, ...], codebook: Codebook) -> str:
    label = codebook.element(issue, part.element or "").label
    if part.demander is None:
        held = (_holds(name, position, codebook) for name, position in zip(names, part.positions, strict=True))
        return f"{label}: {', '.join(held)}"
    return f"{codebook.party(part.demander).name} wants {label} ({part.standing})"
