"""The choices of a form: from the codebook, and the words for voice, directness and the basis of a date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from dashboard.editing.form_fields import FIELDS, Field
from positions.model.codebook import Codebook
from positions.model.field_use import Holds
from positions.model.issues import Issue
from positions.wording.fields import BASIS_WORDS, DIRECTNESS_WORDS, VOICE_WORDS

_MEANINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "voice": VOICE_WORDS,
    "directness": DIRECTNESS_WORDS,
    "said_on_basis": BASIS_WORDS,
}
"""The meanings of the words that a field can take."""


class Option(NamedTuple):
    """An option of a select field: its value, its label and its definition."""

    value: str
    words: str
    meaning: str = ""


class OptionGroup(NamedTuple):
    """The options of one issue; ``issue`` is empty if they are for every issue."""

    issue: str
    label: str
    options: tuple[Option, ...]


def offer_choices(codebook: Codebook, fields: Iterable[Field] = FIELDS) -> dict[str, tuple[OptionGroup, ...]]:
    """Return the groups of options of each select field, by the field's name."""
    of_codebook = _codebook_choices(codebook)
    choices = {}
    for field in fields:
        if field.kind == "choice":
            groups = _worded_group(_MEANINGS[field.name]) if field.holds == "word" else of_codebook[field.holds]
            choices[field.name] = groups
    return choices


def _codebook_choices(codebook: Codebook) -> dict[Holds, tuple[OptionGroup, ...]]:
    return {
        "party": _single_group(Option(party.id, party.name) for party in codebook.parties),
        "issue": _single_group(Option(issue.id, issue.label, issue.definition) for issue in codebook.issues),
        "element": tuple(_group(issue, _elements(issue)) for issue in codebook.issues if issue.elements),
        "level": tuple(_group(issue, _levels(issue)) for issue in codebook.issues),
        "range": tuple(_group(issue, _levels(issue)) for issue in codebook.issues if issue.takes_ranges),
        "condition": tuple(_group(issue, _conditions(issue)) for issue in codebook.issues),
    }


def _single_group(options: Iterable[Option]) -> tuple[OptionGroup, ...]:
    return (OptionGroup("", "", tuple(options)),)


def _worded_group(meanings: Mapping[str, str]) -> tuple[OptionGroup, ...]:
    return _single_group(Option(value, words) for value, words in meanings.items())


def _group(issue: Issue, options: Iterable[Option]) -> OptionGroup:
    return OptionGroup(issue.id, issue.label, tuple(options))


def _levels(issue: Issue) -> Iterator[Option]:
    for level in issue.levels:
        number = f"{level.stance:+d}".replace("-", "−")
        yield Option(str(level.stance), f"{level.label} ({number})", level.definition)


def _elements(issue: Issue, *, prefix: str = "") -> Iterator[Option]:
    """Yield an issue's elements, each indented by its depth."""
    for element in issue.elements:
        indent = "\u2003" * issue.depth(element.id)
        yield Option(prefix + element.id, indent + element.label, element.definition)


def _conditions(issue: Issue) -> Iterator[Option]:
    yield Option(issue.id, f"{issue.label} as a whole")
    yield from _elements(issue, prefix=f"{issue.id}/")
