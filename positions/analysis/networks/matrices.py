"""The arithmetic of discourse networks: from counts of actors, concepts and stances to weighted ties.

The formulas are those of Leifeld, "Discourse network analysis: policy debates as dynamic networks" (The Oxford Handbook
of Political Networks, 2017) and of chapter 2 of the manual of the Discourse Network Analyzer, so that a network of the
same codings has the same weights there and here. With *x* the count of an actor's mentions of a concept at a value *k*
in [0, 1], two actors' mentions of the same concept agree by 1 − |k − k′| and disagree by |k − k′|. For values that are
evenly spaced this is the manual's formula of an integer qualifier, for 0 and 1 alone that of a binary one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from positions.analysis.networks.referrals import Concept, Referral
from positions.kinds.series import Array
from positions.model.network_choices import NetworkChoices, NetworkKind, Normalisation


def count_array(rows: Sequence[Referral], actors: Sequence[str], concepts: Sequence[Concept]) -> tuple[Array, Array]:
    """Return the counts by actor, concept and value, and the values in [0, 1] of the last axis in order."""
    values = sorted({row.value for row in rows})
    places = {value: index for index, value in enumerate(values)}
    of_actor = {actor: index for index, actor in enumerate(actors)}
    of_concept = {concept: index for index, concept in enumerate(concepts)}
    counts = np.zeros((len(actors), len(concepts), len(values)))
    for row in rows:
        counts[of_actor[row.actor], of_concept[row.concept], places[row.value]] += 1
    return counts, np.array(values, dtype=float)


def tie_weights(counts: Array, values: Array, choices: NetworkChoices) -> tuple[Array, Array]:
    """Return the weights of ties before and after normalisation, actors by concepts or actors by actors.

    Where a normalisation would divide by nothing there is no tie either: the weight is 0.
    """
    if choices.is_two_mode:
        raw = _affiliation(counts, values, choices.kind)
        return raw, _divide(raw, _two_mode_norm(counts, choices.normalisation))
    raw = _between_actors(counts, values, choices.kind)
    np.fill_diagonal(raw, 0)
    return raw, _divide(raw, _one_mode_norm(counts, choices.normalisation))


def _affiliation(counts: Array, values: Array, kind: NetworkKind) -> Array:
    """Return the sum of an actor's mentions of a concept; for ``affiliation`` each weighs by its value on [−1, 1]."""
    if kind == "mentions":
        return _product("ijk->ij", counts)
    return _product("ijk,k->ij", counts, 2 * values - 1)


def _between_actors(counts: Array, values: Array, kind: NetworkKind) -> Array:
    if kind == "overlap":
        mentioned = counts.sum(axis=2)
        return _product("ij,hj->ih", mentioned, mentioned)
    apart = np.abs(values[:, None] - values[None, :])
    weight = {"congruence": 1 - apart, "conflict": apart, "subtract": 1 - 2 * apart}[kind]
    # In two steps: at once it would take the product of all five axes.
    return _product("ijl,hjl->ih", _product("ijk,kl->ijl", counts, weight), counts)


def _two_mode_norm(counts: Array, normalisation: Normalisation) -> Array:
    """Return what each tie is divided by: all of its actor's mentions, or all mentions of its concept."""
    if normalisation == "activity":
        return np.broadcast_to(counts.sum(axis=(1, 2))[:, None], counts.shape[:2])
    if normalisation == "prominence":
        return np.broadcast_to(counts.sum(axis=(0, 2))[None, :], counts.shape[:2])
    return np.ones(counts.shape[:2])


def _one_mode_norm(counts: Array, normalisation: Normalisation) -> Array:
    """Return what each tie is divided by.

    The mean or the product of both actors' mentions (``average``, ``cosine``), or their mentions of what only one of
    them says, with the product of those of what both say (``jaccard``); the same stance on the same concept is the
    same.
    """
    activity: Array = counts.sum(axis=(1, 2))
    if normalisation == "average":
        mean: Array = (activity[:, None] + activity[None, :]) / 2
        return mean
    if normalisation == "cosine":
        product: Array = activity[:, None] * activity[None, :]
        return product
    if normalisation == "jaccard":
        silent = (counts == 0).astype(float)
        alone = _product("ijk,hjk->ih", counts, silent)
        return alone + alone.T + _product("ijk,hjk->ih", counts, counts)
    return np.ones((len(counts), len(counts)))


def _divide(weights: Array, norm: Array) -> Array:
    return np.divide(weights, norm, out=np.zeros_like(weights), where=norm != 0)


def _product(subscripts: str, *arrays: Array) -> Array:
    """Sum a product over the letters that do not come back; the order of the sums is the same on every machine."""
    result: Array = np.einsum(subscripts, *arrays, optimize=False)
    return result
