"""The fields of a statement as a form has them: their labels, what there is to choose from, and what was typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any, Final, Literal, NamedTuple

from dashboard.markup.wording import BASES, DIRECTNESS, VOICES
from positions.errors import Finding
from positions.model.codebook import Codebook, Speaker
from positions.model.lists import capitalize_first, join_words
from positions.model.statement import Claim


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form; ``more`` are those that are seldom needed, ``unset`` is the choice of nothing in words."""

    name: str
    label: str
    kind: Literal["area", "choice", "speaker", "text", "number"]
    hint: str = ""
    unset: str = "choose"
    more: bool = False
    needed: bool = False


FIELDS: Final = (
    Field(
        "quote", "Quote", "area", "Select it in the document, with Shift and arrow keys too, or paste it.", needed=True
    ),
    Field("start", "Begins at character", "number", "Needed only where the quote stands several times."),
    Field("holder", "Whose position", "choice", needed=True),
    Field("speaker", "Speaker", "speaker", "By name; empty for the outlet’s own words."),
    Field("issue", "Issue", "choice", needed=True),
    Field("element", "Element", "choice", unset="none"),
    Field("stance", "Stance", "choice", needed=True),
    Field(
        "said_on", "Said on", "text", "2022-02-27, 2022-02, 2022, 2022-02-25/2022-02-27 or ../2022-02-27", needed=True
    ),
    Field("said_on_basis", "How the date is known", "choice", needed=True),
    Field("voice", "Whose word it is", "choice", unset="follows from speaker and holder", more=True),
    Field("directness", "How the words reach us", "choice", unset="follows from the quotation marks", more=True),
    Field("speaker_party", "Speaks for", "choice", unset="follows from the speaker’s role", more=True),
    Field("relayed_by", "Relayed by", "speaker", "Who passes the words on, if somebody does.", more=True),
    Field("stance_to", "Up to stance", "choice", "The upper end of a range; scales only.", unset="no range", more=True),
    Field("condition_for", "Only after", "choice", "What has to come first.", unset="nothing", more=True),
    Field("confidence", "Confidence", "text", "From 0 to 1.", more=True),
    Field("note", "Note", "area", more=True),
)
"""All fields in the order of the form; :func:`fields_of` has the labels that depend on the codebook."""
NAMES: Final = tuple(field.name for field in FIELDS)
PLAIN: Final[Mapping[str, str]] = dict.fromkeys(NAMES, "") | {"confidence": "1", "said_on_basis": "explicit"}
"""What an empty form holds."""


def fields_of(codebook: Codebook) -> tuple[Field, ...]:
    """Return all fields in the order of the form; the element is labelled by what the codebook calls elements."""
    nouns = dict.fromkeys(issue.noun for issue in codebook.issues if issue.noun)
    label = capitalize_first(join_words(nouns, last="or")) if nouns else "Element"
    return tuple(replace(field, label=label) if field.name == "element" else field for field in FIELDS)


class Option(NamedTuple):
    """Something to choose: its value, its words, and what it means."""

    value: str
    words: str
    told: str = ""


class OptionGroup(NamedTuple):
    """Options that belong to one issue; those for every issue have none."""

    issue: str
    label: str
    options: tuple[Option, ...]


def groups(codebook: Codebook) -> dict[str, tuple[OptionGroup, ...]]:
    """Return what there is to choose from for each field of choice, as the codebook has it."""
    parties = _one(Option(party.id, party.name) for party in codebook.parties)
    stances = tuple(_per_issue(codebook, "stance"))
    return {
        "holder": parties,
        "speaker_party": parties,
        "issue": _one(Option(issue.id, issue.label, issue.definition) for issue in codebook.issues),
        "element": tuple(group for group in _per_issue(codebook, "element") if group.options),
        "stance": stances,
        "stance_to": tuple(group for group in stances if codebook.issue(group.issue).takes_ranges),
        "said_on_basis": _worded(BASES),
        "voice": _worded(VOICES),
        "directness": _worded(DIRECTNESS),
        "condition_for": tuple(_per_issue(codebook, "condition_for")),
    }


def _one(options: Iterator[Option]) -> tuple[OptionGroup, ...]:
    return (OptionGroup("", "", tuple(options)),)


def _worded(words: Mapping[str, str]) -> tuple[OptionGroup, ...]:
    return _one(Option(value, told) for value, told in words.items())


def _per_issue(codebook: Codebook, name: str) -> Iterator[OptionGroup]:
    for issue in codebook.issues:
        if name == "stance":
            found = [Option(str(lv.stance), f"{lv.label} ({_signed(lv.stance)})", lv.definition) for lv in issue.levels]
        else:
            before = f"{issue.id}/" if name == "condition_for" else ""
            found = [
                Option(before + element.id, "\u2003" * issue.depth(element.id) + element.label, element.definition)
                for element in issue.elements
            ]
            if before:
                found.insert(0, Option(issue.id, f"{issue.label} as a whole"))
        yield OptionGroup(issue.id, issue.label, tuple(found))


def _signed(stance: int) -> str:
    return f"{stance:+d}".replace("-", "−")


def texts_of(claim: Claim, codebook: Codebook) -> dict[str, str]:
    """Write a claim as the form shows it: speakers by name, what is unset as empty."""
    texts = {name: _text(getattr(claim, name)) for name in NAMES}
    for name in ("speaker", "relayed_by"):
        if codebook.knows_speaker(texts[name]):
            texts[name] = codebook.speaker(texts[name]).name
    return texts


def words_of(claim: Claim, codebook: Codebook) -> dict[str, str]:
    """Write a claim as a reader of the form sees it: what is chosen in its words."""
    texts, offered = texts_of(claim, codebook), groups(codebook)
    for name, found in offered.items():
        own = (group for group in found if name == "condition_for" or group.issue in ("", claim.issue))
        words = {option.value: option.words.strip() for group in own for option in group.options}
        texts[name] = words.get(texts[name], texts[name])
    return texts


def _text(value: object) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def typed(form: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed into each field, with the line ends that browsers change put back."""
    return {name: form.get(name, "").replace("\r\n", "\n") for name in NAMES}


def values(texts: Mapping[str, str], codebook: Codebook) -> tuple[dict[str, Any], list[Finding]]:
    """Turn texts into values of the fields, an empty one into ``None``, and tell which names nobody has."""
    found: dict[str, Any] = {name: texts[name].strip() or None for name in texts}
    findings = []
    for name in ("speaker", "relayed_by"):
        if text := found.get(name):
            found[name] = _speaker(text, codebook)
            if found[name] is None:
                findings.append(Finding("", name, _nobody(text, codebook)))
    return found, findings


def _speaker(text: str, codebook: Codebook) -> str | None:
    """Return the id of a speaker who is given by id, name or another spelling; the case of letters does not count."""
    if codebook.knows_speaker(text):
        return text
    wanted = " ".join(text.split()).casefold()
    known = {spelling: one.id for one in codebook.speakers for spelling in _spellings(one)}
    found = {name for spelling, name in known.items() if spelling.casefold() == wanted}
    return known.get(text) or (found.pop() if len(found) == 1 else None)


def _spellings(speaker: Speaker) -> tuple[str, ...]:
    return (speaker.name, *speaker.aliases)


def _nobody(text: str, codebook: Codebook) -> str:
    names = {spelling: one.name for one in codebook.speakers for spelling in _spellings(one)}
    close = dict.fromkeys(names[spelling] for spelling in get_close_matches(text[:80], names, n=5))
    meant = f"; close to it: {', '.join(close)}" if close else ""
    return f"found {text!r}, allowed: the name of one of the {len(codebook.speakers)} speakers of the codebook{meant}"
