"""The codebook page: the codebook's words with their use, and the forms that change them, each with a preview.

It calls the same functions as the command line.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, redirect, render_template, request, url_for

from dashboard.editing.coding_page import writer
from dashboard.editing.desk import Desk
from dashboard.editing.form_checks import Form
from dashboard.editing.operation_fields import (
    NOUNS,
    REASON,
    addition_choices,
    addition_fields,
    list_operations,
    operation_with_error,
    read_operation,
    word_choices,
    word_kind,
)
from dashboard.editing.word_facts import describe_word, role_words
from positions.coding.codebook_migration import Migration, migrate, preview_migration, text_diffs
from positions.coding.codebook_use import WordUse, count_use, edit_findings, version_diff
from positions.coding.migration_wording import TOUCHED_COLUMNS, migration_words, touched_rows
from positions.errors import ConflictError, PositionsError
from positions.model.codebook_version import WordKind
from positions.model.id_changes import is_declared
from positions.store.codebook_text import Operation
from positions.wording.codebook import became_words

MOST_LISTED: Final = 200
"""The most records, and the most findings about an edited file, that a page lists."""


def add_codebook(pages: Blueprint, desk: Desk) -> None:
    """Add the codebook page and the pages of its words to the editing pages."""

    @pages.get("/codebook")
    def codebook() -> Any:
        return _list_page(desk, word_kind(request.args.get("word", "party")))

    @pages.get("/codebook/add/<kind>")
    def addition(kind: str) -> Any:
        word = word_kind(kind)
        texts = {"word": word, "operation": "add", "issue": request.args.get("issue", "")}
        return _addition_page(desk, Form(_complete_texts(texts)))

    @pages.get("/codebook/<kind>/<path:word_id>")
    def codebook_word(kind: str, word_id: str) -> Any:
        word = word_kind(kind)
        now = desk.current_id(word, word_id)
        if now != word_id and is_declared(desk.codebook, word, now):
            return redirect(url_for("edit.codebook_word", kind=word, word_id=now))
        return _word_page(desk, Form(_complete_texts({"word": word, "old": word_id})))

    @pages.post("/codebook/change")
    def change() -> Any:
        return _change(desk, _complete_texts(request.form), is_preview=request.form.get("step") != "record")


def _change(desk: Desk, texts: Mapping[str, str], *, is_preview: bool) -> Any:
    """Show what an operation would do, or carry it out; findings are shown beside their fields."""
    try:
        operation = read_operation(texts)
        migration = _preview(desk, operation)
    except PositionsError as error:
        return _error_page(desk, texts, error)
    if is_preview:
        return _migration_page(desk, migration, Form(texts))
    if not texts["reason"].strip():
        return _migration_page(desk, migration, Form(texts, {"reason": ("a change needs a reason",)}))
    try:
        return _carry_out(desk, operation, texts)
    except ConflictError as error:
        return _migration_page(desk, migration, Form(texts, {"": (str(error),)}, conflict=True))
    except PositionsError as error:
        return _error_page(desk, texts, error)


def _preview(desk: Desk, operation: Operation) -> Migration:
    with desk.source.lock_workspace() as workspace:
        return preview_migration(workspace, operation)


def _carry_out(desk: Desk, operation: Operation, texts: Mapping[str, str]) -> Any:
    with desk.source.lock_for_writing() as workspace:
        migrate(workspace, operation, coder=writer(), reason=texts["reason"].strip(), made_from=texts["head"])
        number = workspace.versions("codebook")[-1].number
    return redirect(url_for("edit.versions", done=number), 303)


def use_of(desk: Desk) -> tuple[WordUse, ...]:
    """Return the use of every word of the codebook, counted once for each state of the log."""

    def count() -> tuple[WordUse, ...]:
        with desk.source.lock_workspace() as workspace:
            return count_use(workspace)

    return desk.case.answer_once("use of the codebook", count)


def _complete_texts(form: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of a form, empty for the fields that it lacks."""
    names = ("word", "operation", "old", "head", "reason", "rename", "merge", "move", "split", "issue", "id", "label")
    return {name: form.get(name, "") for name in (*names, "definition", "parent", "addressees", "kind")}


def _list_page(desk: Desk, word: WordKind) -> Any:
    use, search = use_of(desk), request.args.get("q", "")[:200]
    words = search.casefold().split()
    kind_use = [one for one in use if one.word == word]
    rows = [one for one in kind_use if all(part in f"{one.id} {one.label}".casefold() for part in words)]
    codebook = desk.codebook
    with desk.source.lock_workspace() as workspace:
        edited, findings = version_diff(workspace), edit_findings(workspace)[:MOST_LISTED]
    return render_template(
        "edit/codebook.html",
        word=word,
        nouns=NOUNS,
        counts={kind: sum(one.word == kind and one.became is None for one in use) for kind in NOUNS},
        rows=rows,
        total=len(kind_use),
        search=search,
        roles={one.id: role_words(codebook, one.id) for one in rows if word == "speaker" and one.became is None},
        became_words=became_words,
        edited=edited,
        findings=findings,
        head=desk.case.head,
    )


def _addition_page(desk: Desk, form: Form) -> Any:
    word = word_kind(form.texts["word"])
    return render_template(
        "edit/addition.html",
        word=word,
        noun=NOUNS[word][0],
        fields=addition_fields(word, desk.codebook),
        groups=addition_choices(desk.codebook),
        form=form,
        head=desk.case.head,
    )


def _word_page(desk: Desk, form: Form) -> Any:
    word, word_id, codebook = word_kind(form.texts["word"]), form.texts["old"], desk.codebook
    facts = describe_word(codebook, word, word_id)
    use = use_of(desk)
    operations = list_operations(word, word_id, codebook)
    return render_template(
        "edit/word.html",
        word=word,
        noun=NOUNS[word][0],
        use=next(one for one in use if (one.word, one.id, one.became) == (word, word_id, None)),
        facts=facts,
        operations=operations,
        fields=[field for fields in operations.values() for field in fields],
        groups=word_choices(word, word_id, use),
        form=form,
        head=desk.case.head,
    )


def _error_page(desk: Desk, texts: Mapping[str, str], error: PositionsError) -> Any:
    """Show the form of an operation again, with the findings beside its fields."""
    word = word_kind(texts["word"])
    if texts["operation"] == "add":
        return _addition_page(desk, operation_with_error(texts, error, addition_fields(word, desk.codebook)))
    old = desk.current_id(word, texts["old"])
    texts = {**texts, "old": old}
    fields = list_operations(word, old, desk.codebook).get(texts["operation"], ())  # type: ignore[call-overload]
    return _word_page(desk, operation_with_error(texts, error, fields))


def _migration_page(desk: Desk, migration: Migration, form: Form) -> Any:
    rows = touched_rows(migration)
    with desk.source.lock_workspace() as workspace:
        head, diffs = str(workspace.head), text_diffs(workspace, migration)
    return render_template(
        "edit/migration.html",
        operation=migration.operation,
        words=migration_words(migration, head=head, dry_run=True),
        columns=TOUCHED_COLUMNS,
        rows=rows[:MOST_LISTED],
        more=max(0, len(rows) - MOST_LISTED),
        diffs=diffs,
        form=form,
        fields=[REASON],
        head=head,
    )
