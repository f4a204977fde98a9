"""Demands and answers in the order of :func:`positions.analysis.demands.demands_at`, each with its quotes."""

from __future__ import annotations

from itertools import groupby

from positions.analysis.demands import Demand
from positions.snapshot.context import Material, position_view
from positions.snapshot.report import DemandAnswer, DemandView, PositionView
from positions.wording.demands import demand_words


def demand_views(material: Material) -> tuple[DemandView, ...]:
    """Return the demands, grouped by party and demanded thing, with the answer of each addressee."""
    same = groupby(material.demands, key=lambda demand: (demand.issue, demand.element, demand.demander))
    return tuple(_demand_view(tuple(demands), material) for _, demands in same)


def unclaimed_stances(material: Material) -> tuple[PositionView, ...]:
    """List the compared parties' stances on conditions that are neither a demand nor an answer to one."""
    keys_in_demands = {
        (party, demand.issue, demand.element)
        for demand in material.demands
        for party in (demand.demander, demand.addressee)
    }
    return tuple(
        position_view(position, material)
        for issue in material.codebook.issues
        if any(element is not None for element in issue.addressed)
        for position in material.positions(issue.id)
        if (position.holder, position.issue, position.element) not in keys_in_demands
    )


def _demand_view(demands: tuple[Demand, ...], material: Material) -> DemandView:
    first = demands[0]
    position = material.state.positions[first.demander, first.issue, first.element]
    return DemandView(
        held=position_view(position, material),
        words=demand_words(first, material.codebook),
        insistence=first.insistence,
        first_made=first.first_made.text,
        last_repeated=first.last_repeated.text,
        answers=tuple(_answer(demand, material) for demand in demands),
    )


def _answer(demand: Demand, material: Material) -> DemandAnswer:
    position = material.state.position(demand.addressee, demand.issue, demand.element)
    claims = material.state.claims.get((demand.addressee, demand.issue, demand.element), ())
    return DemandAnswer(
        addressee=demand.addressee,
        name=material.codebook.party(demand.addressee).name,
        status=demand.status,
        refusal=demand.refusal,
        held=position_view(position, material) if position else None,
        claimed=material.notes(claims),
    )
