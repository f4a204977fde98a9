"""Hypothesis strategies for whole negotiations: small random codebooks, and logs that fit them and collide.

Everything made is what the record book would take in: speakers have the roles that they speak in, a statement's days
lie before its document's publication. Fields that a model may not have yet (rank, stale_after, joint, origin) are set
all the same; they are read with ``getattr``.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any, TypeAlias, TypeVar

from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter

from positions.model.codebook import Codebook, Party, Role, Speaker
from positions.model.dates import PartialDate
from positions.model.document import Document
from positions.model.issue_models import AnyIssue
from positions.model.issues import Element
from positions.model.levels import Level
from positions.model.revision import Revision
from positions.model.statement import Statement

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")
Draw: TypeAlias = Callable[[int, int], int]
"""Chooses a number from the least to the greatest, both inclusive."""
Negotiation: TypeAlias = tuple[Codebook, tuple[Revision, ...]]

FIRST = date(2021, 12, 28)
DAYS = [FIRST + timedelta(days=number) for number in range(9)]
"""Few, so that statements meet on them, and over the end of a month and of a year."""
VAGUE = ["2021-12", "2021", "../2021-12-30", "../2022-01-03"]
RECORDED = datetime(2022, 2, 1, tzinfo=UTC)
SALIENCES = [1, 0, 0.2, 0.5, 0.8, 3]
_ISSUE: TypeAdapter[Any] = TypeAdapter(AnyIssue)


def extend(model: M, **fields: Any) -> M:
    """Return a copy with other fields, also ones that the model may not have yet; ``None`` leaves one as it is."""
    copy = model.model_copy(update={name: value for name, value in fields.items() if value is not None})
    # A copy takes along what was computed of the old fields.
    for name in [name for name in vars(copy) if isinstance(getattr(type(copy), name, None), cached_property)]:
        del vars(copy)[name]
    return copy


def pick(draw: Draw, choices: Sequence[T]) -> T:
    """Draw one; the first is what a failure shrinks to."""
    return choices[draw(0, len(choices) - 1)]


def some(draw: Draw, choices: Sequence[T], most: int) -> list[T]:
    """Draw up to ``most``, each once."""
    drawn = [pick(draw, choices) for _ in range(draw(0, most))]
    return [one for one in choices if one in drawn]


def levels(draw: Draw, stances: Sequence[int]) -> tuple[Level, ...]:
    """Levels of these stances, equally spaced or with values in twentieths that rise."""
    values: list[float | None] = [None] * len(stances)
    if draw(0, 1):
        steps = some(draw, range(21), 2 * len(stances))
        if len(steps) >= len(stances):
            values = [step / 20 for step in steps[: len(stances)]]
    return tuple(
        Level(stance=stance, label=f"level {stance}", definition="a level", value=value)
        for stance, value in zip(stances, values, strict=True)
    )


def scale(draw: Draw, parties: list[str]) -> dict[str, Any]:
    """A scale on the default five levels, or on two to five of its own."""
    content: dict[str, Any] = {"kind": "scale", "addressees": some(draw, parties, 2)}
    if draw(0, 1):
        lowest = draw(-3, 0)
        content["levels"] = levels(draw, range(lowest, lowest + draw(2, 5)))
    return content


def options(draw: Draw) -> dict[str, Any]:
    """Options: a flat list, a forest or a tree with a root, of a depth of up to 3."""
    shape = pick(draw, ["rooted", "list", "forest", "rooted"])
    depths: list[int] = []
    elements = []
    for number in range(draw(1, 8)):
        above: list[int | None] = [place for place in range(number) if depths[place] < 3 and shape != "list"]
        parent = pick(draw, above if above and shape == "rooted" else [None, *above])
        depths.append(0 if parent is None else depths[parent] + 1)
        inside = None if parent is None else f"o{parent}"
        elements.append(Element(id=f"o{number}", label=f"option {number}", parent=inside))
    content: dict[str, Any] = {"kind": "options", "elements": elements}
    if pick(draw, [False, False, True]):
        content["levels"] = levels(draw, [-2, 2])
    return content


def conditions(draw: Draw, parties: list[str]) -> dict[str, Any]:
    """Up to four conditions with up to three addressees each, on all of the default five levels or on some."""
    elements = []
    for number in range(draw(1, 4)):
        addressees = tuple(some(draw, parties, 3))
        element = Element(id=f"c{number}", label=f"condition {number}", addressees=addressees)
        elements.append(extend(element, joint=(len(addressees) > 1 and draw(0, 1) == 1) or None))
    content: dict[str, Any] = {"kind": "conditions", "elements": elements}
    stances = some(draw, [-2, -1, 0, 1, 2], 5)
    if len(stances) > 1 and draw(0, 1):
        content["levels"] = levels(draw, stances)
    return content


def issue(draw: Draw, name: str, parties: list[str]) -> Any:
    kind = pick(draw, ["scale", "options", "options", "conditions"])
    content = options(draw) if kind == "options" else (scale if kind == "scale" else conditions)(draw, parties)
    saliences = {party: pick(draw, SALIENCES) for party in some(draw, parties, len(parties))}
    whole = _ISSUE.validate_python({"id": name, "label": f"Issue {name}", "saliences": saliences} | content)
    return extend(whole, stale_after=pick(draw, [None, 1, 2, 4]))


def role(draw: Draw, parties: list[str]) -> Role:
    """A role for some days: open on a side, or on both."""
    first, last = sorted([pick(draw, DAYS), pick(draw, DAYS)])
    days = {"from": pick(draw, [None, first]), "to": pick(draw, [None, last])}
    held = Role.model_validate({"party": pick(draw, parties), "title": "speaks"} | days)
    return extend(held, rank=pick(draw, [None, 1, 2, 3, 4]))


def codebook(draw: Draw) -> Codebook:
    """Two to four parties, an organisation each that always speaks for it, persons whose roles begin and end."""
    parties = ["AAA", "BBB", "CCC", "DDD"][: pick(draw, [2, 2, 3, 4])]
    speakers = []
    for party in parties:
        held = extend(Role(party=party, title="government"), rank=pick(draw, [None, 2, 4]))
        name = f"Government of {party}"
        speakers.append(Speaker(id=f"gov-{party}", kind="organisation", name=name, roles=(held,)))
    for number in range(draw(0, 3)):
        roles = tuple(role(draw, parties) for _ in range(draw(1, 3)))
        speakers.append(Speaker(id=f"person-{number}", kind="person", name=f"Person {number}", roles=roles))
    return Codebook(
        title="A random negotiation",
        parties=tuple(Party(id=party, name=f"Party {party}") for party in parties),
        speakers=tuple(speakers),
        issues=tuple(issue(draw, f"i{number}", parties) for number in range(draw(1, 3))),
    )


def document(draw: Draw, number: int) -> Document:
    """A document on a day, or in a month, of one of two outlets; some are an agency's copy."""
    published = pick(draw, ["2022-01-31", "2022-01", *(day.isoformat() for day in DAYS[2:])])
    whole = Document(
        id=f"d{number}",
        title=f"Document {number}",
        outlet=pick(draw, ["North", "South"]),
        published_on=PartialDate.parse(published),
        published_on_basis="explicit",
    )
    return extend(whole, origin=pick(draw, [None, None, "Wire", "North"]))


def statement(
    draw: Draw, name: str, codebook: Codebook, library: Sequence[Document], earlier: Sequence[Statement]
) -> Statement:
    """One statement that the codebook and a document allow; often on what an earlier one spoke of, or on its day."""
    source = pick(draw, library)
    like = pick(draw, [None, *earlier])
    on = codebook.issue(like.issue) if like else pick(draw, codebook.issues)
    holder = pick(draw, [*([like.holder] * 2 if like else []), *(party.id for party in codebook.parties)])
    said_on = said_day(draw, source.published_on.last, like.said_on if like else None)
    stances = sorted(level.stance for level in on.levels)
    stance = pick(draw, stances)
    elements: list[str | None] = [element.id for element in on.elements] or [None]
    content = {
        "id": name,
        "document": source.id,
        "quote": "words",
        "start": 0,
        "end": 5,
        "coder": "hypothesis",
        **voice(draw, codebook, holder, said_on.last),
        "holder": holder,
        "issue": on.id,
        "said_on": said_on,
        "said_on_basis": "explicit",
        "stance": stance,
        "element": pick(draw, [*([like.element] if like else []), *elements]),
        "condition_for": pick(draw, [None, None, *paths(codebook)]),
    }
    if on.kind == "scale":
        content["stance_to"] = pick(draw, [None, *(other for other in stances if other > stance)])
    return Statement.model_validate(content)


def paths(codebook: Codebook) -> list[str]:
    """Everything that can be waited for."""
    elements = [f"{issue.id}/{element.id}" for issue in codebook.issues for element in issue.elements]
    return [issue.id for issue in codebook.issues if not issue.elements] + elements


def said_day(draw: Draw, last: date, like: PartialDate | None) -> PartialDate:
    """A day, a month, a year, an interval or an open one, over by ``last``; often the one that is given."""
    if like and like.last <= last and draw(0, 1):
        return like
    days = [day for day in DAYS if day <= last]
    first, second = sorted([pick(draw, days), pick(draw, days)])
    texts = [second.isoformat(), second.isoformat(), second.isoformat(), f"{first}/{second}", f"../{second}", *VAGUE]
    return pick(draw, [day for text in texts if (day := PartialDate.parse(text)).last <= last])


def voice(draw: Draw, codebook: Codebook, holder: str, day: date) -> dict[str, Any]:
    """Who speaks in which voice, in a role held on the day."""
    drawn = pick(draw, ["self", "self", "self", "self", "framing", "ascribed"])
    if drawn == "framing":
        return {"voice": drawn, "directness": "framing"}
    speaking = [(speaker.id, party) for speaker in codebook.speakers for party in speaker.parties_on(day)]
    speaker, party = pick(draw, [pair for pair in speaking if (pair[1] == holder) == (drawn == "self")])
    directness = pick(draw, ["direct", "paraphrase"])
    return {"voice": drawn, "directness": directness, "speaker": speaker, "speaker_party": party}


def log(draw: Draw, codebook: Codebook, most: int) -> tuple[Revision, ...]:
    """A record book's history: documents, then statements, some of them corrected or retracted later."""
    library = [document(draw, number) for number in range(draw(1, 4))]
    log = [_revision("document", one.id, 1, "add", one, place) for place, one in enumerate(library)]
    numbers: dict[str, int] = {}
    retracted: set[str] = set()
    for place in range(pick(draw, [most // 4, most // 2, most, most])):
        standing = [name for name in numbers if name not in retracted]
        action = pick(draw, ["add"] * 6 + ["correct", "retract"]) if standing else "add"
        # Ids whose order is not that in which they were recorded.
        name = f"s{draw(0, 9)}-{place}" if action == "add" else pick(draw, standing)
        earlier = [one.content for one in log if isinstance(one.content, Statement)][-4:]
        content = None if action == "retract" else statement(draw, name, codebook, library, earlier)
        numbers[name] = numbers.get(name, 0) + 1
        retracted |= {name} if action == "retract" else set()
        log.append(_revision("statement", name, numbers[name], action, content, len(log)))
    return tuple(log)


def _revision(kind: Any, name: str, number: int, action: Any, content: Any, place: int) -> Revision:
    return Revision(kind, name, number, action, content, RECORDED + timedelta(hours=5 * place), "hypothesis")


def negotiation(draw: Draw, most: int = 24) -> Negotiation:
    """A codebook and a log that fits it."""
    drawn = codebook(draw)
    return drawn, log(draw, drawn, most)


@st.composite
def shrinking(draw: st.DrawFn) -> Negotiation:
    """A negotiation of single choices, so that a failure shrinks to few of them."""
    return negotiation(lambda least, most: draw(st.integers(least, most)))


def seeded(seed: int) -> Negotiation:
    """The negotiation of a seed: fuller than what hypothesis draws, and quicker, for runs over thousands."""
    return negotiation(random.Random(seed).randint, most=40)


def negotiations() -> st.SearchStrategy[Negotiation]:
    return st.one_of(shrinking(), st.integers(0, 2**32).map(seeded))
