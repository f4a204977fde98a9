"""Demands and answers: what a compared party wants of somebody else, and what the addressee said to it.

A demand is a stance above the middle on a condition, or on a scale with an addressee, by a party that is not
itself addressed (``semantics.md`` §6). The statuses agree with the distance: *met* means nothing is left unmet.
"""

from __future__ import annotations

from collections.abc import Iterator

from positions.analysis.demands import insistence_of, status_of
from positions.model.position import Position
from positions.snapshot.context import Material, addressed, held
from positions.snapshot.report import DemandAnswer, DemandView, PositionView


def demand_rows(material: Material) -> tuple[DemandView, ...]:
    """List the demands of the compared parties, by issue and condition."""
    return tuple(
        _demand(position, addressees, material)
        for position, addressees in _addressed(material)
        if insistence_of(position.value) and position.holder not in addressees
    )


def unclaimed_stances(material: Material) -> tuple[PositionView, ...]:
    """List the compared parties' stances on conditions that are neither a demand nor an answer to one."""
    rows = demand_rows(material)
    told = {(row.held.party, row.held.element) for row in rows}
    told.update((answer.party, row.held.element) for row in rows for answer in row.answers)
    return tuple(
        held(position, material)
        for position, _ in _addressed(material)
        if position.element is not None and (position.holder, position.element) not in told
    )


def _addressed(material: Material) -> Iterator[tuple[Position, tuple[str, ...]]]:
    for issue in material.codebook.issues:
        wanted = dict(addressed(issue))
        for position in material.positions(issue.id) if wanted else ():
            yield position, wanted[position.element]


def _demand(position: Position, addressees: tuple[str, ...], material: Material) -> DemandView:
    answers = tuple(_answer(position, addressee, material) for addressee in addressees)
    statuses = {answer.status for answer in answers}
    told = held(position, material)
    firmly = insistence_of(position.value)
    return DemandView(
        held=told,
        words=f"{'demands' if firmly == 1 else 'asks for'} {_lowered(told.about or told.label, material)}",
        insistence=firmly,
        answers=answers,
        status=statuses.pop() if len(statuses) == 1 else "mixed" if statuses else "unanswered",
    )


def _answer(demand: Position, addressee: str, material: Material) -> DemandAnswer:
    position = material.state.position(addressee, demand.issue, demand.element)
    claims = material.state.claims.get((addressee, demand.issue, demand.element), ())
    return DemandAnswer(
        party=addressee,
        name=material.codebook.party(addressee).name,
        status=status_of(insistence_of(demand.value), position),
        held=held(position, material) if position else None,
        claimed=material.notes(claims),
    )


def _lowered(label: str, material: Material) -> str:
    """Write a label as it stands inside a sentence: small, unless it opens with the name of a party."""
    named = any(label.startswith(party.name) for party in material.codebook.parties)
    return label if named or label[1:2].isupper() else label[:1].lower() + label[1:]
