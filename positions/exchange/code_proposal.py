"""Propose what another tool's codes mean: a mapping file with the codebook's nearest words, to be looked through."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from positions.exchange.code_map import NO_MAP
from positions.exchange.coded_file import Code, CodedFile, CodePath
from positions.exchange.own_codes import OwnCodes
from positions.extract.sources.document_id import plain_id
from positions.files.toml_spans import toml_value
from positions.model.codebook import Codebook
from positions.model.lists import count_words
from positions.model.statement import UNKNOWN_SPEAKER

_NEAR: Final = 0.72
"""How like two names are, at least, if one is proposed for the other; 1 is the same."""
_SHOWN: Final = 200
_BETWEEN: Final = str.maketrans(dict.fromkeys("_-.,;:()'\"&/", " "))
"""Signs that tell no names apart."""


class _Guess(NamedTuple):
    """Fields that a code may give, and whether its names are the codebook's own."""

    fields: Mapping[str, Any]
    is_sure: bool


class CodeProposal(NamedTuple):
    """A proposed mapping file: its text, how many codes of the file were used, and for how many it has words."""

    text: str
    codes: int
    known: int


def propose_code_map(coded: CodedFile, codebook: Codebook, *, name: str) -> CodeProposal:
    """Propose a mapping file for what a file named ``name`` brings.

    Codes whose names are the codebook's have their meaning; one that is only near stands behind a comment sign until
    somebody has looked at it. Codes that the codebook knows of itself need no entry. If no issue of the codebook is
    among them, issues made of the codes are proposed at the end, as comments to paste into a codebook.
    """
    names = _Names(codebook)
    own = OwnCodes(codebook)
    uses = Counter(path for passage in coded.passages for path in dict.fromkeys(passage.codes))
    descriptions = {code.path: code.description for code in coded.codes}
    order = [code.path for code in coded.codes if code.path in uses or not uses]
    paths = [path for path in dict.fromkeys((*order, *uses)) if own.fields_of(path) is None]
    told = {code.path: code.fields for code in coded.codes if code.fields}
    guesses = {path: _Guess(told[path], is_sure=True) if path in told else names.guess(path) for path in paths}
    lines = [*_head(coded, name, codebook), ""]
    for path in paths:
        lines += [*_entry(path, guesses[path], descriptions.get(path, ""), uses[path]), ""]
    if paths and not any("issue" in guess.fields for guess in guesses.values()):
        lines += _commented(["No issue of the codebook is like these codes. As issues of its own:", ""])
        lines += _commented(propose_issues(coded.codes).splitlines())
    every = len(dict.fromkeys((*order, *uses)))
    known = every - len(paths) + sum(bool(guess.fields) for guess in guesses.values())
    return CodeProposal("\n".join(lines).rstrip() + "\n", every, known)


def propose_issues(codes: Sequence[Code]) -> str:
    """Return TOML for a codebook that has an issue for each topmost code, with those in it as its options."""
    tables: list[str] = []
    ids: dict[CodePath, str] = {}
    used: set[tuple[CodePath, str]] = set()
    inner = {code.path[:-1] for code in codes}
    for code in codes:
        ids[code.path] = _free(plain_id(code.path[-1]).lower() or "code", code.path[:1] * (len(code.path) > 1), used)
        is_issue = len(code.path) == 1
        kind = {"kind": "options" if code.path in inner else "scale"} if is_issue else {}
        parent = {"parent": ids[code.path[:-1]]} if len(code.path) > 2 and code.path[:-1] in ids else {}
        words = {"definition": " ".join(code.description.split())} if code.description.strip() else {}
        values = {"id": ids[code.path], **kind, "label": code.path[-1], **parent, **words}
        header = "[[issues]]" if is_issue else "[[issues.elements]]"
        tables.append("\n".join([header, *(f"{key} = {toml_value(value)}" for key, value in values.items())]) + "\n")
    return "\n".join(tables)


def _free(wanted: str, group: CodePath, used: set[tuple[CodePath, str]]) -> str:
    name, number = wanted, 2
    while (group, name) in used:
        name, number = f"{wanted}-{number}", number + 1
    used.add((group, name))
    return name


def _head(coded: CodedFile, name: str, codebook: Codebook) -> Iterator[str]:
    yield from _commented(
        [
            f"What the codes of {name} mean in the words of this codebook.",
            "A code gives a statement any of: issue, element, stance, holder, speaker, relayed_by, voice, directness.",
            "It has what the codes that contain it give, too. `ignore = true` leaves its codings out.",
            "Lines behind a comment sign are guesses: take the sign away where one is right.",
        ]
    )
    yield from ("", "[defaults]")
    yield from _commented(['holder = "…"'])
    if codebook.knows_speaker(UNKNOWN_SPEAKER):
        words = "a source without a name that speaks for the holder; leave out for the outlet itself"
        yield f"speaker = {toml_value(UNKNOWN_SPEAKER)}  # {words}"
    else:
        yield from _commented(['speaker = "…"  # without one it is the outlet that says it'])
    yield 'said_on = "document"  # the day on which a document was published, where nothing else is known'
    missing = [source for source in coded.sources if not source.fields.get("published_on")]
    if missing:
        yield from _commented(['outlet = "…"', 'published_on = "YYYY-MM-DD"'])
    for source in missing:
        yield from ("", "[[documents]]", f"source = {toml_value(source.name)}")
        yield from _commented(['outlet = "…"', 'published_on = "YYYY-MM-DD"'])


def _entry(path: CodePath, guess: _Guess, description: str, uses: int) -> Iterator[str]:
    words = f": {' '.join(description.split())[:_SHOWN]}" if description.strip() else ""
    yield from _commented([f"used {count_words(uses, 'time')}{words}"])
    yield "[[codes]]"
    yield f"code = {toml_value(path)}"
    values = [f"{name} = {toml_value(value)}" for name, value in guess.fields.items()]
    yield from values if guess.is_sure else _commented(values)


def _commented(lines: Sequence[str]) -> list[str]:
    """Write lines as TOML's comments, which may hold no control character but tabs."""
    return [
        f"# {''.join(sign if sign.isprintable() or sign == chr(9) else ' ' for sign in line)}".rstrip()
        for line in lines
    ]


class _Names:
    """The codebook's words by their names, to find what a code of another tool is near to."""

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self._issues = {name: issue.id for issue in codebook.issues for name in (issue.id, issue.label)}
        self._people: dict[str, Mapping[str, Any]] = {}
        for party in codebook.parties:
            self._people |= {name: {"holder": party.id} for name in (party.id, party.name)}
        for speaker in codebook.speakers:
            own = {"speaker": speaker.id}
            # A government's alias may be its country's name, which is first of all the party's.
            self._people = dict.fromkeys((speaker.id, speaker.name, *speaker.aliases), own) | self._people

    def guess(self, path: CodePath) -> _Guess:
        """Return the fields that the names of a code are nearest to: an issue with what is in it, or who it is."""
        for place, name in enumerate(path):
            if issue_match := _nearest(name, self._issues):
                issue, is_sure = issue_match
                return self._inside(str(issue), path[place + 1 :], is_sure=is_sure)
        if person := _nearest(path[-1], self._people):
            return _Guess(person[0], person[1])
        return self._element_anywhere(path[-1])

    def _inside(self, issue_id: str, names: CodePath, *, is_sure: bool) -> _Guess:
        issue = self._codebook.issue(issue_id)
        elements = {name: one.id for one in issue.elements for name in (one.label, one.id)}
        levels: dict[str, int] = {}
        for level in issue.levels:
            levels |= {
                name: level.stance for name in (level.label, level.addressee_label, f"{level.stance:+d}") if name
            }
        fields: dict[str, Any] = {"issue": issue_id}
        places = {100 * value: stance for stance, value in issue.values.items()}
        for name in names:
            if _is_place(name) and name not in levels:
                fields["stance"] = places[min(places, key=lambda place: abs(place - float(name)))]
                is_sure = False
                continue
            for field, words in (("element", elements), ("stance", levels)):
                if match := _nearest(name, words):
                    fields[field] = match[0]
                    is_sure = is_sure and match[1]
                    break
            else:
                is_sure = False
        return _Guess(fields, is_sure)

    def _element_anywhere(self, name: str) -> _Guess:
        words = {
            spelling: {"issue": issue.id, "element": element.id}
            for issue in self._codebook.issues
            for element in issue.elements
            for spelling in (element.label, element.id)
        }
        match = _nearest(name, words)
        return _Guess(match[0], is_sure=False) if match else _Guess(NO_MAP.fields_of(()), is_sure=False)


def _nearest(name: str, words: Mapping[str, Any]) -> tuple[Any, bool] | None:
    """Return the value of the word that a name is nearest to, and whether it is the same; ``None`` if none is near."""
    from difflib import get_close_matches  # only when a map is proposed

    plain = {_plain(word): value for word, value in reversed(list(words.items()))}
    if (wanted := _plain(name)) in plain:
        return plain[wanted], True
    near = get_close_matches(wanted, plain, n=1, cutoff=_NEAR)
    return (plain[near[0]], False) if near else None


def _is_place(name: str) -> bool:
    """Return whether a code is a position from 0 to 100, as bargaining models have it."""
    return re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,9})?", name) is not None


def _plain(name: str) -> str:
    return " ".join(name.translate(_BETWEEN).split()).casefold()
