"""Positions by issue: scales as rows of marks, options as a table of elements by party."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from positions.analysis.distance import issue_distance
from positions.kinds.registry import kind_of
from positions.model.codebook import Codebook
from positions.model.issues import Issue
from positions.model.position import Position
from positions.snapshot.context import Material, position_view
from positions.snapshot.report import OptionRow, OptionsQuote, OptionsView, PairGround, PositionView, ScaleView, Tick
from positions.wording.matrix import held_on
from positions.wording.positions import aged_since_phrase, stance_words
from positions.wording.speakers import speaker_words


def scale_views(material: Material) -> tuple[ScaleView, ...]:
    """Return each issue with two poles on which a compared party has spoken."""
    return tuple(
        ScaleView(
            issue=issue.id,
            label=issue.label,
            definition=issue.definition,
            plus=issue.plus or issue.level(max(issue.values)).label,
            minus=issue.minus or issue.level(min(issue.values)).label,
            ticks=tuple(Tick(value=value, label=issue.level(stance).label) for stance, value in issue.values.items()),
            held=tuple(position_view(position, material) for position in positions),
            silent=silent_names(positions, material.codebook),
        )
        for issue in material.codebook.issues
        if kind_of(issue).view.axis and (positions := material.positions(issue.id))
    )


def silent_names(positions: list[Position], codebook: Codebook) -> tuple[str, ...]:
    """Return the names of the compared parties that hold none of the positions."""
    spoken = {position.holder for position in positions}
    return tuple(party.name for party in codebook.principals if party.id not in spoken)


def options_views(material: Material) -> tuple[OptionsView, ...]:
    """Return each issue that is shown as a table of elements by party, if a compared party has spoken on it."""
    return tuple(
        OptionsView(
            issue=issue.id,
            label=issue.label,
            definition=issue.definition,
            noun=issue.noun,
            rows=_rows(issue, material),
            told=_options_quotes(positions, material),
            ground=_ground(issue, material),
            silent=silent_names(positions, material.codebook),
        )
        for issue in material.codebook.issues
        if kind_of(issue).view.matrix and (positions := material.positions(issue.id))
    )


def _rows(issue: Issue, material: Material) -> tuple[OptionRow, ...]:
    spoken_of = {position.said_of for position in material.state.positions.values() if position.issue == issue.id}
    labels = {element.id: element.label for element in issue.elements}
    roots = {element.id for element in issue.elements if element.parent is None}
    rows = []
    for element in issue.elements:
        if element.id not in spoken_of:
            continue
        # The root ("any place") contains everything, so naming it says nothing.
        within = next((above for above in issue.path(element.id)[1:] if above not in roots), "")
        cells = (material.state.position(party.id, issue.id, element.id) for party in material.codebook.principals)
        rows.append(
            OptionRow(
                element=element.id,
                label=element.label,
                within=labels.get(within or "", ""),
                nested=within in spoken_of,
                cells=tuple(position_view(position, material) if position else None for position in cells),
            )
        )
    return tuple(rows)


def _options_quotes(positions: list[Position], material: Material) -> tuple[OptionsQuote, ...]:
    """Group the options on which a party takes the same stance with one quote, so that the quote appears once."""
    groups: dict[tuple[str, int, str], list[Position]] = defaultdict(list)
    for position in positions:
        if position.said_of == position.element:
            number = material.numbers[position.basis[0]]
            groups[position.holder, number, stance_words(position, material.codebook)].append(position)
    order = {party.id: index for index, party in enumerate(material.codebook.principals)}
    return tuple(
        _options_quote(groups[key], key[2], material)
        for key in sorted(groups, key=lambda key: (order[key[0]], key[1:]))
    )


def _options_quote(positions: list[Position], words: str, material: Material) -> OptionsQuote:
    first = positions[0]
    labels = [material.codebook.element(first.issue, position.element or "").label for position in positions]
    statement = material.statement(first.basis[0])
    return OptionsQuote(
        holder=first.holder,
        name=material.codebook.party(first.holder).name,
        words=held_on(words, labels),
        since_words=aged_since_phrase(first),
        reported=first.reported,
        contested=any(position.contested for position in positions),
        quote=statement.quote,
        speaker=speaker_words(statement, material.codebook, outlet=material.records[statement.id].outlet),
        notes=material.notes(name for position in positions for name in position.basis),
    )


def _ground(issue: Issue, material: Material) -> tuple[PairGround, ...]:
    labels = {element.id: element.label for element in issue.elements}
    spoken = {position.holder for position in material.positions(issue.id)}
    ground = []
    for one, two in combinations(material.codebook.principals, 2):
        distance = issue_distance(material.state, issue, (one.id, two.id))
        if distance and {one.id, two.id} <= spoken:
            common = tuple(labels[str(leaf)] for leaf in distance.common_ground)
            ground.append(
                PairGround(
                    parties=(one.id, two.id),
                    names=(one.name, two.name),
                    common=common,
                    open=tuple(labels[leaf] for leaf in distance.open),
                )
            )
    return tuple(ground)


def other_positions(material: Material) -> tuple[PositionView, ...]:
    """Return the positions of the parties that are not compared, on the elements that they spoke of themselves."""
    return tuple(
        position_view(position, material)
        for issue in material.codebook.issues
        for position in material.positions(issue.id, principal=False)
        if position.said_of == position.element
    )
