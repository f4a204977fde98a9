"""Random work of several people in folders of their own, migrations of the codebook among it, merged in any order.

Whoever merges first, the books say the same; and what a book answered about the past it answers for ever: after merges,
after text that git put together, and when its database is made anew.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from itertools import permutations
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from positions.coding.codebook_migration import migrate
from positions.errors import PositionsError
from positions.model.document import Document, sha256_of
from positions.store.codebook_text import Operation, OperationName
from positions.store.undo import undo_writes
from positions.workspace import Workspace, open_workspace
from positions.workspace.merging import merge_into
from positions.workspace.scaffold import make_workspace

QUOTE = "We are ready for talks,"
CODEBOOK = """\
title = "Talks on a bridge"

[[parties]]
id = "AAA"
name = "First"

[[parties]]
id = "BBB"
name = "Second"

[[speakers]]
id = "someone"
kind = "person"
name = "Someone"
roles = [{ party = "AAA", title = "minister" }]

[[issues]]
id = "place"
kind = "options"
label = "Place"
definition = "Where they meet."
elements = [
  { id = "any", label = "any place" },
  { id = "bay", label = "Bay", parent = "any" },
  { id = "cape", label = "Cape", parent = "any" },
  { id = "dune", label = "Dune", parent = "cape" },
  { id = "elm", label = "Elm" },
]
"""
PHASES = (Phase.explicit, Phase.generate)
WORDS = ("any", "bay", "cape", "dune", "elm", "x", "y")
RECORDS = ("add", "add", "correct", "retract", "merge", "undo")
OPERATIONS: dict[str, OperationName] = {
    "rename": "rename",
    "join": "merge",
    "move": "move",
    "retire": "retire",
    "word": "add",
}
PEOPLE = ("anna", "ben", "carl")


class Step(NamedTuple):
    """One thing that somebody does, and to which of what is there."""

    what: str
    who: int
    which: int
    other: int


WORK = st.lists(
    st.builds(
        Step,
        st.sampled_from(
            [
                "add",
                "add",
                "paper",
                "paper",
                "correct",
                "retract",
                "merge",
                "undo",
                "rename",
                "join",
                "move",
                "retire",
                "word",
            ]
        ),
        st.integers(0, 2),
        st.integers(0, 6),
        st.integers(0, 6),
    ),
    min_size=3,
    max_size=9,
)


@contextmanager
def folders(people: int) -> Iterator[list[Path]]:
    """Folders that begin as copies of one."""
    with tempfile.TemporaryDirectory() as base:
        first = Path(base, PEOPLE[0])
        make_workspace(first)
        (first / "codebook.toml").write_text(CODEBOOK)
        with open_workspace(first) as workspace, workspace.recording(coder="editor") as book:
            book.add_document(document("doc"))
            book.add(**fields("bay", 1))
            book.add(**fields("elm", -1))
        made = [first]
        for name in PEOPLE[1:people]:
            made.append(Path(base, name))
            shutil.copytree(first, made[-1])
        yield made


def document(name: str, more: str = "") -> Document:
    text = f"{more}“{QUOTE}” he said.\n"
    known = {"id": name, "title": "Talks", "outlet": "The Example", "published_on": "2022-03-02", "text": text}
    known |= {"published_on_basis": "explicit", "file": f"seeds/{name}.txt", "sha256": sha256_of(text.encode())}
    return Document.model_validate(known)


def fields(element: str, stance: int, name: str = "doc") -> dict[str, Any]:
    return {
        "document": name,
        "quote": QUOTE,
        "speaker": "someone",
        "holder": "AAA",
        "issue": "place",
        "element": element,
        "stance": stance,
        "said_on": "2022-03-01",
        "said_on_basis": "explicit",
    }


def act(made: list[Path], step: Step) -> None:
    """Let somebody do a step; what the program refuses is not done."""
    who = step.who % len(made)
    with open_workspace(made[who]) as workspace, suppress(PositionsError):
        if step.what == "merge":
            merge_into(workspace, str(made[step.other % len(made)]), coder=PEOPLE[who])
        elif step.what in OPERATIONS:
            migrate(workspace, operation(step), coder=PEOPLE[who])
        else:
            record(workspace, step, PEOPLE[who])


def operation(step: Step) -> Operation:
    old, new = f"place/{WORDS[step.which]}", f"place/{WORDS[step.other]}"
    if step.what == "word":
        return Operation("add", "element", old, fields={"label": old})
    return Operation(OPERATIONS[step.what], "element", old, () if step.what == "retire" else (new,))


def record(workspace: Workspace, step: Step, coder: str) -> None:
    known = [one.statement for one in workspace.known().records]
    with workspace.recording(coder=coder) as book:
        if step.what == "undo":
            undo_writes(book)
        elif step.what == "add":
            book.add(**fields(WORDS[step.which], (-2, -1, 1, 2)[step.other % 4]), note=f"by {coder}")
        elif step.what == "paper":
            # Of one id: several texts, or the same one that two people found.
            book.add_document(document("paper", ("", "Yes. ", "No. ")[step.other % 3]))
            for number in range(1 + step.which % 3):
                book.add(**fields("bay", 1, "paper"), note=f"{number} by {coder}" if number else "")
        elif known and step.what == "correct":
            book.correct(known[step.which % len(known)].id, note=f"{step.other} by {coder}")
        elif known:
            book.retract(known[step.which % len(known)].id, reason="coded twice")


def contents(folder: Path, known_at: datetime | None = None) -> list[str]:
    """The documents and statements in force."""
    with open_workspace(folder) as workspace:
        in_force = workspace.known(known_at=known_at)
    records = [*in_force.documents.values(), *(one.statement for one in in_force.records)]
    return [json.dumps(one.model_dump(mode="json"), sort_keys=True) for one in records]


def words(folder: Path) -> list[str]:
    """The codebook's elements, whatever their order."""
    with open_workspace(folder) as workspace:
        return sorted(str(element) for element in workspace.codebook.issue("place").elements)


def positions(folder: Path) -> list[str]:
    """What each party holds, whatever the order of the codebook's elements."""
    with open_workspace(folder) as workspace:
        if not workspace.known().records:
            return []
        held = workspace.state(as_of=date(2022, 3, 10)).positions
        return sorted(f"{place} {one.stance} {one.stance_to} {one.contested}" for place, one in held.items())


def merge_in_order(made: list[Path], order: tuple[int, ...], target: Path) -> Path:
    """Merge copies of the folders into one of them, in an order; return it."""
    for place in order:
        shutil.copytree(made[place], target / str(place))
    first = target / str(order[0])
    for place in order[1:]:
        with open_workspace(first) as workspace:
            merge_into(workspace, str(target / str(place)), coder="merger")
    return first


@settings(max_examples=6, deadline=None, phases=PHASES, suppress_health_check=[HealthCheck.too_slow])
@given(work=WORK, people=st.integers(2, 3))
@example(work=[Step("retire", 1, 2, 3), Step("merge", 1, 4, 4)], people=3)
@example(work=[Step("paper", who, 0, text) for who, text in ((0, 0), (1, 0), (2, 1))], people=3)
@example(work=[Step("paper", who, 0, who) for who in range(3)] + [Step("merge", 0, 0, 1)], people=3)
def test_random_histories_with_migrations_merged_in_any_order_give_the_same_book(work: list[Step], people: int) -> None:
    with folders(people) as made, tempfile.TemporaryDirectory() as base:
        for step in work:
            act(made, step)
        results = []
        for number, order in enumerate(permutations(range(people))):
            first = merge_in_order(made, order, Path(base, str(number)))
            results.append((words(first), contents(first), positions(first)))
            with open_workspace(first) as workspace:
                assert workspace.verify() == ()
                again = [merge_into(workspace, str(other)) for other in made]
            assert not any(one.added or one.corrected or one.conflicts for one in again)
        assert all(result == results[0] for result in results)


@settings(max_examples=6, deadline=None, phases=PHASES, suppress_health_check=[HealthCheck.too_slow])
@given(work=WORK, others=WORK)
@example(
    work=[Step("correct", 1, 0, 0), Step("correct", 0, 0, 3)], others=[Step("paper", 0, 3, 4), Step("undo", 0, 4, 6)]
)
@example(work=[Step("paper", 0, 0, 0), Step("paper", 1, 2, 1)], others=[Step("merge", 1, 0, 0)])
@example(work=[Step("paper", 0, 0, 0), Step("paper", 1, 2, 1)], others=[Step("correct", 1, 4, 0)])
@example(work=[Step("paper", 0, 2, 0), Step("paper", 1, 1, 1)], others=[Step("retract", 0, 4, 0)])
def test_what_was_known_at_an_instant_stays_known_whatever_comes_after(work: list[Step], others: list[Step]) -> None:
    with folders(2) as made:
        answers: list[tuple[Path, datetime, list[str]]] = []
        for step in [*work, *others]:
            act(made, step)
            folder = made[step.who % 2]
            answers.append((folder, datetime.now(UTC), contents(folder)))
        join_texts(made)
        assert contents(made[0]) == contents(made[1]), "git's merge of both texts makes one book of them"
        for again in ("after git's merge", "made anew", "made anew once more"):
            for folder, moment, answer in answers:
                assert contents(folder, moment) == answer, again
            for folder in made:
                for path in folder.glob("positions.db*"):
                    path.unlink()


def join_texts(made: list[Path]) -> None:
    """Give both folders the lines of both, as git does with ``merge=union``: one's own first.

    Of a file that both made it leaves both texts, between its marks.
    """
    texts = [{path.name: path.read_text().splitlines(keepends=True) for path in text_files(folder)} for folder in made]
    for own, folder in enumerate(made):
        for name in {*texts[0], *texts[1]}:
            lines, others = texts[own].get(name, []), texts[1 - own].get(name, [])
            (folder / name).write_text("".join([*lines, *(line for line in others if line not in lines)]))
    sources = [{path.name: path.read_text() for path in (folder / "seeds").glob("*.txt")} for folder in made]
    for own, folder in enumerate(made):
        for name, theirs in sources[1 - own].items():
            ours = sources[own].get(name, theirs)
            both = f"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> 1234567\n"
            (folder / "seeds" / name).write_text(ours if ours == theirs else both)


def text_files(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*.jsonl") if path.name != "positions.local.jsonl"]
