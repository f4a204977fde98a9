"""Results in plain sentences, built from the data and from nothing else; neutral words, no verdict on anybody."""

from __future__ import annotations

from collections.abc import Iterable

from positions.analysis.changes import PositionChange
from positions.analysis.common_ground import Ground
from positions.analysis.demands import Link
from positions.analysis.distance import Comparison, ElementDistance, IssueDistance
from positions.analysis.movement import Movement
from positions.analysis.state import Position
from positions.model.codebook import Codebook
from positions.model.dates import day_in_words, days_in_words
from positions.model.document import Document
from positions.model.statement import Claim


def listed(words: Iterable[str], *, last: str = "and", most: int | None = None) -> str:
    """Join words as English does, ``a, b and c``; past ``most`` the rest is counted: ``a, b and 3 more``."""
    every = list(words)
    shown = every if most is None or len(every) <= most else [*every[:most], f"{len(every) - most} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} {last} {shown[-1]}" if shown else "none"


def stance_words(position: Position, codebook: Codebook) -> str:
    """Name the level of a position, ``ready now``, or both ends of a range, ``reluctant to undecided``."""
    issue = codebook.issue(position.issue)
    label = issue.level(position.stance).label
    return label if position.stance_to is None else f"{label} to {issue.level(position.stance_to).label}"


def since_words(position: Position) -> str:
    """Say since when a position is held and how old that is: ``25 February 2022, 2 days before``."""
    return f"{position.since.in_words()}, {days_in_words(position.age_days)}"


def change_words(change: PositionChange, codebook: Codebook) -> tuple[str, str, str, str]:
    """Tell a change as four cells: what happened, the stance before, the stance after, by which statements."""
    before, after = (
        "silent" if position is None else stance_words(position, codebook) for position in (change.before, change.after)
    )
    return change.kind, before, after, " ".join(change.after.basis if change.after else ())


def speaker_words(statement: Claim, codebook: Codebook) -> str:
    """Name who says it, with title and relay: ``Dmitry Peskov, Kremlin spokesman``; the outlet where nobody does."""
    if statement.speaker is None:
        return "the outlet's own words"
    speaker = codebook.speaker(statement.speaker)
    title = speaker.title_on(statement.said_on.last)
    relay = f", as told by {codebook.speaker(statement.relayed_by).name}" if statement.relayed_by else ""
    return f"{speaker.name}{f', {title}' if title else ''}{relay}"


def claimed_words(claim: Claim, codebook: Codebook) -> str:
    """Name the level that a claim says, ``ready now``, both ends of a range, or ``unresolved``."""
    issue = codebook.issue(claim.issue)
    levels = [issue.level(stance).label for stance in (claim.stance, claim.stance_to) if stance is not None]
    return " to ".join(levels) or "unresolved"


def statement_text(statement: Claim, document: Document, codebook: Codebook, *, around: int = 240) -> str:
    """Tell a claim in lines: whose position, the quote between » « in its context, who, when, where."""
    label = claimed_words(statement, codebook)
    text = document.text or statement.quote
    start, end = (statement.start, statement.end) if document.text else (0, len(statement.quote))
    before, after = text[max(0, start - around) : start], text[end : end + around]
    about = codebook.path_label(statement.issue, statement.element)
    return "\n".join(
        [
            f"{statement.id}  {codebook.party(statement.holder).name} · {about} · {label}",
            "",
            f"{'…' * (start > around)}{before}»{statement.quote}«{after}{'…' * (end + around < len(text))}",
            "",
            f"said by     {speaker_words(statement, codebook)} ({statement.voice}, {statement.directness})",
            f"said on     {statement.said_on.in_words()} ({statement.said_on_basis})",
            f"printed in  {document.outlet}, {document.published_on.in_words()}: {document.title}",
            f"coded by    {statement.coder}, confidence {statement.confidence:g}"
            + (f"; {statement.note}" if statement.note else ""),
        ]
    )


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
            told.append(f"{name} is for {listed(wanted, most=3)}, {names[1 - place]} against")
    common = [labels[str(leaf)] for leaf in distance.common_ground]
    told.append(f"both accept {listed(common, most=5)}" if common else "common ground: none")
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


def signed_number(value: float) -> str:
    """Write a change with its sign, a true minus: ``−0.25`` is closer, ``+0.25`` further apart."""
    return f"{value:+.2f}".replace("-", "−")


def movement_words(movement: Movement, codebook: Codebook) -> str:
    """Tell a movement in sentences: the verdict, what D did and why, who moved."""
    names = " and ".join(codebook.party(party).name for party in movement.parties)
    days = f"Between {day_in_words(movement.start)} and {day_in_words(movement.end)}"
    if movement.movement is None:
        return f"{days} the movement of {names} cannot be told: no issue can be compared on both days."
    verdict = {
        "converging": "moved closer together",
        "diverging": "moved further apart",
    }.get(movement.verdict, "show no measurable change")
    noise = f"noise band {movement.noise_band:.2f}, set by {movement.noise_set_by}"
    told = [f"{days} {names} {verdict}: movement {signed_number(movement.movement)} ({noise})."]
    if movement.change is not None and movement.coverage_effect is not None:
        effect = f"of which {signed_number(movement.coverage_effect)} comes from issues that entered or left"
        told.append(f"The distance changed by {signed_number(movement.change)}, {effect}.")
    largest = max(movement.issues, key=lambda issue: abs(issue.contribution))
    if largest.change:
        told.append(f"The largest part is {codebook.issue(largest.issue).label} ({signed_number(largest.change)}).")
    for party in movement.parties:
        moved = [
            f"{codebook.issue(issue.issue).label} {signed_number(issue.shares[party])}"
            for issue in movement.issues
            if issue.shares and issue.shares[party]
        ]
        told.append(f"{codebook.party(party).name} moved on {listed(moved)}." if moved else "")
    return " ".join(filter(None, told))


def range_words(codebook: Codebook, issue_id: str, stances: tuple[int, int] | None) -> str:
    """Name a stance range by its levels; ``silent`` for none."""
    if stances is None:
        return "silent"
    low, high = (codebook.issue(issue_id).level(stance).label for stance in stances)
    return low if low == high else f"{low} to {high}"


def ground_words(ground: Ground, codebook: Codebook) -> str:
    """Tell what some parties share on an issue, or what stands in the way and what would open it."""
    issue = codebook.issue(ground.issue)
    label = codebook.path_label(ground.issue, ground.element)
    silent = f" {_names(ground.silent, codebook)} silent." if ground.silent else ""
    if len(ground.spoken) < 2:
        return f"{label}: only {_names(ground.spoken, codebook)} has spoken."
    if ground.places:
        places = listed((codebook.element(ground.issue, leaf).label for leaf in ground.places), most=6)
        return f"{label}: all who have spoken accept {places}.{silent}"
    if ground.shared:
        levels = [lv.label for lv in issue.levels if ground.shared[0] <= issue.values[lv.stance] <= ground.shared[1]]
        return f"{label}: they meet at “{listed(levels, last='or') if levels else 'between two levels'}”.{silent}"
    told = f"{label}: no common ground."
    if ground.blocking:
        told += f" Without {listed((codebook.party(p).name for p in ground.blocking), last='or')} there would be some."
    if ground.open:
        places = listed((codebook.element(ground.issue, leaf).label for leaf in ground.open), most=6)
        told += f" Open, since nobody rejects it: {places}."
    elif ground.moves:
        steps = listed(f"{codebook.party(party).name} by {gap:.2f}" for party, gap in ground.moves.items())
        told += f" The least that opens it: {steps}."
    return told + silent


def link_words(link: Link, codebook: Codebook) -> str:
    """Tell what a holder says comes only after what."""
    after, before = (codebook.path_label(*_split(path)) for path in (link.after, link.before))
    return f"{codebook.party(link.holder).name}: “{after}” only with or after “{before}” ({link.statement})"


def _split(path: str) -> tuple[str, str | None]:
    issue, _, element = path.partition("/")
    return issue, element or None


def _names(parties: Iterable[str], codebook: Codebook) -> str:
    return listed(codebook.party(party).name for party in parties)
