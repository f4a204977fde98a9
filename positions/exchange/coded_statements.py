"""Passages that were coded in another tool become statements: what their codes mean together, and what is missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from positions.exchange.code_map import CodeMap
from positions.exchange.coded_file import CodedPassage, CodePath
from positions.exchange.incoming import IncomingStatement
from positions.exchange.own_codes import OwnCodes
from positions.model.codebook import Codebook
from positions.model.dates import PartialDate
from positions.model.document import Document
from positions.model.lists import count_words
from positions.model.statement import UNKNOWN_SPEAKER

_CONTEXT: Final = ("holder", "speaker", "speaker_party", "relayed_by")
"""What a wider passage tells of those within it, as a tool codes a whole answer with the one who gives it."""
_ABOUT: Final = ("issue", "element", "stance", "stance_to", "condition_for")
_NEEDED: Final = {
    "issue": "without a code that gives an issue",
    "stance": "without a stance",
    "holder": "without a holder",
}


class _Meant(NamedTuple):
    """What one passage's codes give: fields for each issue that they name, and fields for all of those."""

    claims: tuple[Mapping[str, Any], ...]
    shared: tuple[Mapping[str, Any], ...]
    unknown: tuple[CodePath, ...]


@dataclass(slots=True)
class CodedStatements:
    """Turn passages into the fields of statements, and count what they lack.

    ``documents`` are those in which the passages stand, by the source's key; a passage of another source is passed
    over. After :meth:`read`, ``left_out`` says what has become no statement, and ``changes`` what the codes of records
    that were written here say by now, by id.
    """

    code_map: CodeMap
    codebook: Codebook
    documents: Mapping[str, Document]
    lacking: Counter[str] = field(default_factory=Counter)
    unknown_codes: Counter[CodePath] = field(default_factory=Counter)
    changes: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    _own: OwnCodes = field(init=False)

    def __post_init__(self) -> None:
        self._own = OwnCodes(self.codebook)

    def read(self, passages: Sequence[CodedPassage]) -> Iterator[IncomingStatement]:
        """Yield the statements that passages make, each claim once however many coders or selections have it."""
        by_source: dict[str, list[CodedPassage]] = defaultdict(list)
        for passage in passages:
            if passage.source in self.documents:
                by_source[passage.source].append(passage)
        for source, of_source in by_source.items():
            meant = [(passage, self._meaning(passage)) for passage in of_source]
            # A record that was written here tells whose position it is itself, and nothing of what lies within it.
            others = [(passage, one) for passage, one in meant if not passage.fields.get("issue")]
            contexts = [(passage, _context(one)) for passage, one in others if any(one.shared)]
            claims: dict[tuple[object, ...], str] = {}
            for passage, one in meant:
                around = _widest_last(passage, contexts)
                for fields in self._statements(passage, one, around, self.documents[source]):
                    key = tuple(str(fields.get(name)) for name in ("id", "start", "end", *_CONTEXT, *_ABOUT))
                    if key in claims:
                        self.lacking["of what another coding says already"] += 1
                    else:
                        claims[key] = passage.where
                        yield IncomingStatement(passage.where, fields)

    @property
    def left_out(self) -> tuple[str, ...]:
        """What has become no statement, a line for each reason."""
        lines = [f"{count_words(count, 'coding')} {words}" for words, count in self.lacking.items()]
        if self.unknown_codes:
            count, codes = self.unknown_codes.total(), len(self.unknown_codes)
            names = ", ".join(" › ".join(path) for path, _ in self.unknown_codes.most_common(3))
            more = f" and {codes - 3} more" if codes > 3 else ""
            lines.append(f"{count_words(count, 'coding')} with {count_words(codes, 'unknown code')}: {names}{more}")
        return tuple(lines)

    def _meaning(self, passage: CodedPassage) -> _Meant:
        claims: list[Mapping[str, Any]] = []
        shared: list[Mapping[str, Any]] = []
        unknown: list[CodePath] = []
        for path in dict.fromkeys(passage.codes):
            given = self.code_map.fields_of(path)
            own = self._own.fields_of(path) if not given else None
            if given.get("ignore"):
                continue
            if not given and own is None:
                unknown.append(path)
            (claims if "issue" in (fields := given or own or {}) else shared).append(fields)
        return _Meant(tuple(self._join_ranges(claims)), tuple(shared), tuple(unknown))

    def _join_ranges(self, claims: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
        """Make one claim of several levels of one issue that takes ranges."""
        groups: dict[tuple[object, object], list[Mapping[str, Any]]] = defaultdict(list)
        for fields in claims:
            groups[fields["issue"], fields.get("element")].append(fields)
        for (issue, _), group in groups.items():
            stances = sorted({fields["stance"] for fields in group if "stance" in fields})
            if len(stances) > 1 and self.codebook.issue(str(issue)).takes_ranges:
                yield {**group[0], "stance": stances[0], "stance_to": stances[-1]}
            else:
                yield from group

    def _statements(
        self, passage: CodedPassage, meant: _Meant, around: Mapping[str, Any], document: Document
    ) -> Iterator[dict[str, Any]]:
        self.unknown_codes.update(meant.unknown)
        defaults = self.code_map.defaults.model_dump(include=set(_CONTEXT), exclude_none=True)
        recorded = dict(passage.fields)
        if recorded.get("issue"):
            yield from self._changed_record(passage, meant, document)
            return
        if passage.is_whole:
            self.lacking["of a whole source"] += len(meant.claims)
            return
        if not meant.claims:
            if not meant.unknown and not any(meant.shared):
                self.lacking[_NEEDED["issue"]] += 1
            return
        shared = {name: value for fields in meant.shared for name, value in fields.items()}
        holders = list(dict.fromkeys(fields["holder"] for fields in meant.shared if "holder" in fields)) or [None]
        for claim in meant.claims:
            for holder in holders:
                fields = {**defaults, **around, **shared, **recorded, **claim}
                if holder is not None and "holder" not in claim:
                    fields["holder"] = holder
                if complete := self._complete(fields, passage, document):
                    yield complete

    def _changed_record(self, passage: CodedPassage, meant: _Meant, document: Document) -> Iterator[dict[str, Any]]:
        """Yield a record that was written here, with what other codes than its own say of it by now."""
        fields = dict(passage.fields)
        if passage.codes and not meant.claims:
            self.lacking["whose level was taken away"] += 1
            return
        unset = dict.fromkeys(("element", "stance_to"))
        claims = [{**unset, **claim} for claim in meant.claims]
        own = next((one for one in claims if all(fields.get(name) == one.get(name) for name in _ABOUT[:4])), None)
        own = own or next(iter(claims), {})
        given = [*meant.shared, own]
        changes = {name: value for one in given for name, value in one.items() if fields.get(name) != value}
        if changes:
            self.changes[str(fields.get("id"))] = changes
        if {"holder", "speaker", "relayed_by"} & set(changes):
            fields |= dict.fromkeys(("speaker_party", "voice", "directness"))
        if complete := self._complete({**fields, **changes}, passage, document):
            yield complete
        context = {name: fields.get(name) for name in (*_CONTEXT, "said_on", "said_on_basis", "coder")}
        for claim in claims:
            if claim is not own and (complete := self._complete({**context, **claim}, passage, document)):
                yield complete

    def _complete(self, fields: dict[str, Any], passage: CodedPassage, document: Document) -> dict[str, Any] | None:
        """Return a claim with its document, quote and date; ``None`` if it lacks what nothing here tells."""
        fields |= {"document": document.id, "start": passage.start, "end": passage.end}
        if document.text is not None:
            fields["quote"] = document.text[passage.start : passage.end]
        if not fields.get("said_on"):
            day, basis = self._said_on(document)
            fields |= {"said_on": day.text, "said_on_basis": basis}
        if fields.get("holder") is None and (speaker := fields.get("speaker")) and self.codebook.knows_speaker(speaker):
            parties = self.codebook.speaker(speaker).parties_on(PartialDate.parse(str(fields["said_on"])).last)
            fields["holder"] = next(iter(parties), None)
        if fields.get("speaker") == UNKNOWN_SPEAKER and not fields.get("voice"):
            fields.setdefault("speaker_party", fields.get("holder"))
        for name in ("issue", "stance", "holder"):
            if fields.get(name) is None:
                self.lacking[_NEEDED[name]] += 1
                return None
        return {name: value for name, value in fields.items() if value is not None}

    def _said_on(self, document: Document) -> tuple[PartialDate, str]:
        defaults = self.code_map.defaults
        if defaults.said_on is None or defaults.said_on.last > document.published_on.last:
            return document.published_on, defaults.said_on_basis or "document"
        return defaults.said_on, defaults.said_on_basis or "inferred"


def _context(meant: _Meant) -> Mapping[str, Any]:
    return {name: value for fields in meant.shared for name, value in fields.items() if name in _CONTEXT}


def _widest_last(passage: CodedPassage, contexts: Sequence[tuple[CodedPassage, Mapping[str, Any]]]) -> dict[str, Any]:
    """Return what the passages around one tell of it, the nearest first."""
    around = [
        (wide.end - wide.start, fields)
        for wide, fields in contexts
        if wide is not passage and wide.start <= passage.start and passage.end <= wide.end
    ]
    given: dict[str, Any] = {}
    for _, fields in sorted(around, key=lambda pair: pair[0]):
        given = {**fields, **given}
    return given
