"""The use of a word counts statements in force and ever; words of the past say what became of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from positions.coding.codebook_migration import migrate
from positions.coding.codebook_operation import build_addition, build_operation
from positions.coding.codebook_use import WordUse, count_use
from positions.errors import QueryError
from positions.model.codebook_version import WordKind
from positions.workspace import Workspace, open_workspace


def use_of(workspace: Workspace, word: WordKind, word_id: str) -> WordUse:
    (use,) = (one for one in count_use(workspace) if (one.word, one.id) == (word, word_id))
    return use


def test_a_corrected_and_a_retracted_statement_were_used_once(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        assert use_of(workspace, "element", "venue/gomel")[3:6] == (2, 2, 0)
        with workspace.recording() as book:
            book.correct("003-09", note="read again")
            book.correct("003-09", element="minsk")
            book.retract("003-12", reason="not said")
        assert use_of(workspace, "element", "venue/gomel")[3:6] == (0, 2, 0)
        assert use_of(workspace, "element", "venue/minsk")[3:6] == (6, 6, 0)


def test_what_was_used_under_an_id_of_the_past_counts_for_the_one_of_now(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        with workspace.recording() as book:
            book.retract("003-12", reason="not said")
        migrate(workspace, build_operation("rename", "element", "venue/gomel", ["homel"]))
        assert use_of(workspace, "element", "venue/homel")[3:] == (1, 2, 0, None)
        assert use_of(workspace, "element", "venue/gomel")[3:] == (0, 2, 0, ("venue/homel",))


def test_words_of_the_past_say_what_they_became_and_keep_their_label(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        migrate(workspace, build_operation("split", "element", "venue/gomel", ["city", "region"]))
        migrate(workspace, build_operation("retire", "element", "venue/jeddah"))
        migrate(workspace, build_operation("rename", "issue", "talks", ["negotiations"]))
        gomel = use_of(workspace, "element", "venue/gomel")
        assert (gomel.label, gomel.became) == ("Gomel", ("venue/city", "venue/region"))
        assert use_of(workspace, "element", "venue/jeddah").became == ()
        assert use_of(workspace, "issue", "talks").became == ("negotiations",)
        # Its levels are told of by the issue.
        assert not any(one.id.startswith("talks:") for one in count_use(workspace))


def test_an_undone_rename_leaves_the_other_id_to_the_past(shipped: Path) -> None:
    from positions.store.codebook_undo import undo_version

    with open_workspace(shipped) as workspace:
        migrate(workspace, build_operation("rename", "element", "venue/gomel", ["homel"]))
        before = workspace.preview_undo()
        with workspace.recording() as book:
            assert undo_version(book) == before
        assert use_of(workspace, "element", "venue/gomel").became is None
        assert use_of(workspace, "element", "venue/homel").became == ("venue/gomel",)


def test_new_ids_may_leave_their_issue_out() -> None:
    assert build_operation("split", "element", "venue/gomel", ["city", "venue/region"]).new == (
        "venue/city",
        "venue/region",
    )
    assert build_operation("rename", "level", "talks:2", ["-3"]).new == ("talks:-3",)
    assert build_operation("rename", "party", "BLR", ["BEL"]).new == ("BEL",)


@pytest.mark.parametrize("level", ["talks:abc", "talks:", "talks:1.5", "talks:--1", "talks:²", "talks:" + "9" * 40])
def test_a_level_that_is_no_number_is_refused(level: str) -> None:
    with pytest.raises(QueryError, match=r"level: found .*, allowed: ISSUE:NUMBER"):
        build_operation("rename", "level", level, ["talks:3"])
    with pytest.raises(QueryError, match=r"level: found .*, allowed: ISSUE:NUMBER"):
        build_addition("level", level, {})


def test_an_addition_needs_the_issue_of_an_element_and_takes_defaults() -> None:
    with pytest.raises(QueryError, match="element: found 'vienna', allowed: ISSUE/ELEMENT"):
        build_addition("element", "vienna", {})
    assert build_addition("element", "venue/vienna", {"label": ""}).fields == {"label": "vienna"}
    assert build_addition("speaker", "li", {}).fields == {"kind": "person", "name": "li"}
    assert build_addition("issue", "truce", {"label": "Truce"}).fields == {"kind": "scale", "label": "Truce"}


def test_an_id_is_not_made_itself(shipped: Path) -> None:
    with open_workspace(shipped) as workspace:
        head = workspace.head
        for name in ("rename", "merge"):
            with pytest.raises(QueryError, match="found 'venue/gomel', which is its id already"):
                migrate(workspace, build_operation(name, "element", "venue/gomel", ["gomel"]))
        assert workspace.head == head
