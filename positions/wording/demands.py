"""Demands and links (“A only after B”) in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Final

from positions.analysis.demands import STATUSES, Demand, Link
from positions.analysis.state import State
from positions.model.codebook import Codebook
from positions.model.lists import count_words, join_words

DEMAND_COLUMNS: Final = tuple(field.name for field in fields(Demand))
DEMAND_CHANGE_COLUMNS: Final = ("day", "before", *DEMAND_COLUMNS)
LINK_COLUMNS: Final = tuple(field.name for field in fields(Link))
"""The fields of a demand, of a change of one, and of a link, as columns; :mod:`positions.wording.rows` has the rows."""


def demand_words(demand: Demand, codebook: Codebook) -> str:
    """Write what is demanded and how firmly: ``demands a halt to attacks``, ``asks for``, ``no longer demands``."""
    if demand.element is None:
        label = codebook.issue(demand.issue).label
    else:
        label = codebook.element(demand.issue, demand.element).label
    verb = "demands" if demand.insistence == 1 else "asks for" if demand.insistence else "no longer demands"
    return f"{verb} {_inside_sentence(label, codebook)}"


def _inside_sentence(label: str, codebook: Codebook) -> str:
    """Return a label for the inside of a sentence: in lower case unless it begins with a name or an abbreviation."""
    begins_with_name = any(label.startswith(party.name) for party in codebook.parties)
    return label if begins_with_name or label[1:2].isupper() else label[:1].lower() + label[1:]


def demand_marks(demand: Demand) -> tuple[str, ...]:
    """Return marks for what only an outlet reports: the demand, its answer, both or neither."""
    marks = (("reported, not stated", demand.reported), ("answer reported", demand.answer_reported))
    return tuple(mark for mark, is_reported in marks if is_reported)


def demand_counts(demands: Sequence[Demand], state: State) -> str:
    """Count demands by status: ``3 demands: 1 refused and 2 unanswered.``, and those that rest on stale positions."""
    if not demands:
        return "Nobody demands anything of anybody."
    tally = Counter(demand.status for demand in demands)
    counts = join_words(f"{tally[status]} {_STATUS_WORDS.get(status, status)}" for status in STATUSES if tally[status])
    return f"{count_words(len(demands), 'demand')} recorded: {counts}.{_stale_counts(demands, state)}"


_STATUS_WORDS: Final[Mapping[str, str]] = {"leaning": "leaning to yes", "unanswered": "without a recorded answer"}
"""Statuses whose own word says too little in a sentence."""


def _stale_counts(demands: Sequence[Demand], state: State) -> str:
    """Count the demands of which a side has not been repeated lately, with the age of the oldest."""
    ages = []
    for demand in demands:
        sides = (state.position(party, demand.issue, demand.element) for party in (demand.demander, demand.addressee))
        stale = [position.oldest_days or position.age_days for position in sides if position and position.stale]
        ages += [max(stale)] if stale else []
    if not ages:
        return ""
    count = "All" if len(ages) == len(demands) > 1 else f"{len(ages)} of them"
    return f" {count} {'rests' if len(ages) == 1 else 'rest'} on words up to {max(ages)} days old."


def link_words(link: Link, codebook: Codebook) -> str:
    """Write a link: who says that what comes only after what."""
    after, before = (step_label(path, codebook) for path in (link.after, link.before))
    return f"{codebook.party(link.holder).name}: “{after}” only with or after “{before}”"


def step_label(path: str, codebook: Codebook) -> str:
    """Return what an end of a link is called: the label of an ``issue``, or of an ``issue/element``."""
    issue, _, element = path.partition("/")
    return codebook.path_label(issue, element or None)
