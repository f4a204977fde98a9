"""A changed codebook takes its statements along, touches no answer about the past, and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from positions.coding.codebook_migration import migrate, preview_migration
from positions.errors import DataError, QueryError
from positions.model.codebook_version import WordKind
from positions.model.document import Document
from positions.model.query import Query
from positions.store.codebook_text import Operation
from positions.store.codebook_undo import undo_version
from positions.workspace import Workspace, open_workspace

RENAME = Operation("rename", "element", "venue/gomel", ("venue/homel",))
SPLIT = Operation("split", "element", "venue/gomel", ("venue/gomel-city", "venue/gomel-region"))


def retract_document(workspace: Workspace) -> None:
    with workspace.recording(coder="anna") as book:
        book.retract("003", reason="taken in twice")


def rename_gomel(workspace: Workspace) -> None:
    migrate(workspace, RENAME)


def undo_migration(workspace: Workspace) -> None:
    with workspace.recording() as book:
        undo_version(book)


def elements(folder: Path, known_at: datetime | None = None) -> dict[str, str | None]:
    with open_workspace(folder) as workspace:
        return {one.statement.id: one.statement.element for one in workspace.known(known_at=known_at).records}


def test_a_rename_recodes_what_names_the_id_and_edits_nothing_else(shipped: Path) -> None:
    before = (shipped / "codebook.toml").read_text()
    with open_workspace(shipped) as workspace:
        state, moment = workspace.state(), datetime.now(UTC)
        assert [one.before.id for one in preview_migration(workspace, RENAME).touched] == ["003-09", "003-12"]
        assert (shipped / "codebook.toml").read_text() == before
        migrate(workspace, RENAME, reason="spelling", coder="anna")
        assert [one.action for one in workspace.history("003-09")] == ["add", "recode"]
        assert workspace.compare("RUS", "UKR").distance == workspace.compare("RUS", "UKR", known_at=moment).distance
        assert workspace.known(known_at=moment).codebook.element("venue", "gomel")  # type: ignore[union-attr]
        assert workspace.past_ids().resolve("element", "venue/gomel", workspace.codebook) == "venue/homel"
        assert len(workspace.state().positions) == len(state.positions)
    assert (shipped / "codebook.toml").read_text() == before.replace('"gomel"', '"homel"')
    assert elements(shipped)["003-09"] == "homel"
    assert elements(shipped, moment)["003-09"] == "gomel"


@pytest.mark.parametrize(
    ("word", "old", "new"),
    [
        ("party", "BLR", "BEL"),
        ("speaker", "putin", "vladimir-putin"),
        ("issue", "venue", "place"),
        ("element", "venue/belarus", "venue/by"),
        ("level", "talks:2", "talks:3"),
    ],
)
def test_every_kind_of_word_is_renamed_and_undone(shipped: Path, word: WordKind, old: str, new: str) -> None:
    text = (shipped / "codebook.toml").read_bytes(), (shipped / "lexicon.toml").read_bytes()
    with open_workspace(shipped) as workspace:
        records = [one.statement for one in workspace.known().records]
        touched = migrate(workspace, Operation("rename", word, old, (new,))).statements
        assert touched
        assert [one.statement for one in workspace.known().records] != records
        undo_migration(workspace)
        assert [one.statement for one in workspace.known().records] == records
    assert ((shipped / "codebook.toml").read_bytes(), (shipped / "lexicon.toml").read_bytes()) == text


def test_a_split_sends_its_statements_to_review_and_undo_brings_them_back(shipped: Path) -> None:
    before = elements(shipped)
    with open_workspace(shipped) as workspace:
        migrate(workspace, SPLIT)
        assert [one.candidate.stance for one in workspace.candidates(status="open")] == [None, None]
    assert "003-09" not in elements(shipped)
    with open_workspace(shipped) as workspace:
        undo_migration(workspace)
        assert not workspace.candidates(status="open")
        assert workspace.history("003-09")[-1].action == "restore"
    assert elements(shipped) == before


def test_what_nobody_could_review_is_not_split(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        with workspace.recording(coder="anna") as book:
            cited = Document(
                id="cited", title="Cited", outlet="A paper", published_on="2022-03-01", published_on_basis="explicit"
            )
            book.add_document(cited)
            book.add(
                document="cited",
                quote="Gomel",
                start=0,
                speaker="zelensky",
                holder="UKR",
                issue="venue",
                element="gomel",
                stance=-1,
                said_on="2022-02-27",
                said_on_basis="explicit",
                directness="direct",
            )
        head = workspace.head
        with pytest.raises(DataError, match=r"cited-01 document: its document has no text here"):
            migrate(workspace, SPLIT)
        assert workspace.head == head
        assert "cited-01" in elements(shipped)


def test_a_merge_makes_one_of_two_and_hands_spellings_over(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        migrate(workspace, Operation("merge", "element", "venue/gomel", ("venue/minsk",)))
        migrate(workspace, Operation("merge", "speaker", "ushakov", ("peskov",)))
        assert "Ushakov" in workspace.codebook.speaker("peskov").aliases
    assert elements(shipped)["003-09"] == "minsk"


def test_what_statements_name_is_not_retired_and_an_unknown_id_lists_its_issue(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        head = workspace.head
        with pytest.raises(DataError, match="003-09 element: 'venue/gomel' is used here"):
            migrate(workspace, Operation("retire", "element", "venue/gomel"))
        with pytest.raises(QueryError, match="found 'venue/nowhere', allowed: venue/"):
            migrate(workspace, Operation("rename", "element", "venue/nowhere", ("venue/x",)))
        with pytest.raises(QueryError, match="declared already; `merge` makes one of the two"):
            migrate(workspace, Operation("rename", "element", "venue/gomel", ("venue/minsk",)))
        assert workspace.head == head


def test_an_edit_by_hand_that_fits_is_a_version_and_one_that_breaks_is_refused(shipped: Path) -> None:
    path = shipped / "codebook.toml"
    elements(shipped)
    path.write_text(path.read_text().replace('label = "Gomel"', 'label = "Homel"'))
    with open_workspace(shipped) as workspace:
        before, last = workspace.versions()[-2:]
        assert (last.number, last.reason) == (before.number + 1, "edited by hand")
        assert last.recorded_at > before.recorded_at
    path.write_text(path.read_text().replace('"gomel"', '"homel"'))
    with pytest.raises(DataError, match=r"2 statements in force.*`positions codebook rename venue/gomel venue/homel`"):
        open_workspace(shipped)
    with open_workspace(shipped, settle=False) as workspace:
        migrate(workspace, RENAME)
    assert elements(shipped)["003-09"] == "homel"


def test_a_lost_database_is_made_anew_with_its_versions(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        migrate(workspace, RENAME)
        migrate(workspace, Operation("rename", "party", "BLR", ("BEL",)))
        head, versions = workspace.head, workspace.versions()
    (shipped / "positions.db").unlink()
    with open_workspace(shipped) as workspace:
        assert workspace.head == head
        assert workspace.versions() == versions


@pytest.mark.parametrize("retracted_at", range(4))
def test_a_lost_database_is_made_anew_although_a_document_was_retracted(shipped: Path, retracted_at: int) -> None:
    steps: list[Callable[[Workspace], object]] = [rename_gomel, undo_migration, rename_gomel]
    steps.insert(retracted_at, retract_document)
    with open_workspace(shipped) as workspace:
        for step in steps:
            step(workspace)
        head = workspace.head
    (shipped / "positions.db").unlink()
    with open_workspace(shipped) as workspace:
        assert workspace.head == head


def test_two_parties_that_swap_ids_are_answered_about_as_they_were(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        moments = []
        for old, new in (("RUS", "XXX"), ("UKR", "RUS"), ("XXX", "UKR")):
            moments.append(datetime.now(UTC))
            migrate(workspace, Operation("rename", "party", old, (new,)))
        distance = workspace.compare("RUS", "UKR").distance
        for moment in moments[:2]:
            assert workspace.compare("RUS", "UKR", known_at=moment).distance == distance
        assert [workspace.id_now("party", "XXX", Query(known_at=one)) for one in moments] == ["RUS", "XXX", "XXX"]
        assert workspace.id_now("party", "XXX") == "UKR"


def test_what_was_undone_became_of_no_id(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        migrate(workspace, Operation("merge", "element", "venue/gomel", ("venue/minsk",)))
        merged = datetime.now(UTC)
        undo_migration(workspace)
        migrate(workspace, RENAME)
        assert workspace.id_now("element", "venue/gomel") == "venue/homel"
        assert workspace.id_now("element", "venue/gomel", Query(known_at=merged)) == "venue/minsk"


def test_a_retracted_statement_is_listed_in_the_words_of_the_moment_asked_about(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        with workspace.recording(coder="anna") as book:
            book.retract("003-09", reason="coded twice")
        migrate(workspace, RENAME)
        moment = datetime.now(UTC)
        migrate(workspace, Operation("rename", "element", "venue/homel", ("venue/city",)))
        migrate(workspace, Operation("rename", "element", "venue/minsk", ("venue/homel",)))
        assert withdrawn_element(workspace, moment) == "homel"
        assert withdrawn_element(workspace) == "city"


def withdrawn_element(workspace: Workspace, known_at: datetime | None = None) -> str | None:
    withdrawn = workspace.known(known_at=known_at).withdrawn
    return next(one.statement.element for one in withdrawn if one.statement.id == "003-09")
