"""Propose a codebook made of another tool's codes: its actors as parties and speakers, its concepts as issues."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from positions.exchange.code_proposal import propose_issues
from positions.exchange.coded_file import CodedFile, CodePath
from positions.extract.sources.document_id import plain_id
from positions.files.toml_spans import toml_value
from positions.model.words import MOST_OF_ID

_FEWEST_PARTIES: Final = 2
_ID_LENGTH: Final = MOST_OF_ID // 2


def propose_codebook(coded: CodedFile, *, name: str) -> str:
    """Return TOML of a codebook for what a file named ``name`` brings, to be looked through.

    Codes whose role the tool tells are parties, speakers and issues by their names, and speakers have a role for each
    party with whom they were coded; without roles each topmost code is an issue. A file with fewer than two parties
    gets them as placeholders.
    """
    codes = {role: [code.path for code in coded.codes if code.role == role] for role in ("party", "speaker", "issue")}
    ids = {role: _ids(paths) for role, paths in codes.items()}
    tables = [
        f"# Made of the codes of {plain_id(name) or 'a file'}: look it through, then let it replace codebook.toml.\n",
        _table("", {"title": name}),
        *_parties(ids["party"], {code.path: code.description for code in coded.codes}),
        *_speakers(ids["speaker"], _spoken_for(coded, ids)),
        *_issues(ids["issue"], ids["party"], coded),
    ]
    if not ids["issue"]:
        tables.append(propose_issues([code for code in coded.codes if not code.role]))
    return "\n".join(tables)


def _ids(paths: Sequence[CodePath]) -> dict[CodePath, str]:
    """Return an id for each code: its name in the signs that ids have, cut at a word, with a number if it is taken."""
    ids: dict[CodePath, str] = {}
    for path in paths:
        stem = plain_id(path[-1]).strip(".-").lower() or "code"
        if len(stem) > _ID_LENGTH:
            stem = stem[:_ID_LENGTH].rpartition("-")[0] or stem[:_ID_LENGTH]
        name, number = stem, 2
        while name in ids.values():
            name, number = f"{stem}-{number}", number + 1
        ids[path] = name
    return ids


def _spoken_for(coded: CodedFile, ids: Mapping[str, Mapping[CodePath, str]]) -> Mapping[CodePath, Sequence[str]]:
    """Return the parties with whom each speaker was coded, in order of their first passage."""
    parties: dict[CodePath, dict[str, None]] = defaultdict(dict)
    for passage in coded.passages:
        for speaker in (path for path in passage.codes if path in ids["speaker"]):
            parties[speaker] |= dict.fromkeys(ids["party"][path] for path in passage.codes if path in ids["party"])
    return {speaker: tuple(names) for speaker, names in parties.items()}


def _parties(ids: Mapping[CodePath, str], names: Mapping[CodePath, str]) -> Iterator[str]:
    for path, party in ids.items():
        yield _table("[[parties]]", {"id": party, "name": names.get(path) or path[-1]})
    for number in range(len(ids), _FEWEST_PARTIES):
        yield _table("[[parties]]", {"id": f"party-{number + 1}", "name": f"Party {number + 1}"})


def _speakers(ids: Mapping[CodePath, str], parties: Mapping[CodePath, Sequence[str]]) -> Iterator[str]:
    for path, speaker in ids.items():
        roles = [{"party": party, "title": ""} for party in parties.get(path, ())]
        yield _table("[[speakers]]", {"id": speaker, "kind": "person", "name": path[-1], "roles": roles})
    if "unknown" not in ids.values():
        yield _table("[[speakers]]", {"id": "unknown", "kind": "organisation", "name": "Unnamed source"})


def _issues(ids: Mapping[CodePath, str], parties: Mapping[CodePath, str], coded: CodedFile) -> Iterator[str]:
    codes = {code.path: code for code in coded.codes}
    for path, issue in ids.items():
        label = (codes[path].description or path[-1]).rstrip(".") or path[-1]
        words = dict(codes[path].words) or {"plus": "agrees", "minus": "disagrees"}
        if weights := words.pop("saliences", {}):
            words["saliences"] = {parties[actor]: weight for actor, weight in weights.items() if actor in parties}
        yield _table("[[issues]]", {"id": issue, "kind": "scale", "label": label, **words})


def _table(header: str, values: Mapping[str, Any]) -> str:
    lines = [f"{key} = {toml_value(value)}" for key, value in values.items() if value not in ([], ())]
    return "\n".join([*filter(None, [header]), *lines]) + "\n"
