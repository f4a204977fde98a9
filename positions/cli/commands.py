"""The table of commands: which module declares each, and its line in the overview."""

from __future__ import annotations

COMMANDS = {
    "state": ("positions.cli.state", "What each party holds on a day, with since when."),
    "compare": ("positions.cli.compare", "How far two parties stand apart on a day, issue by issue."),
    "movement": ("positions.cli.analysis", "How two parties moved between two days, and who."),
    "demands": ("positions.cli.analysis", "Who demands what of whom, and the answers."),
    "common-ground": ("positions.cli.analysis", "What the parties share, and the least that would open more."),
    "conflicts": ("positions.cli.analysis", "Where outlets disagree, and claims against the holder's word."),
    "panel": ("positions.cli.panel", "Positions or distances over many days as one table."),
    "plan": ("positions.cli.plan", "How far each party is from a proposal, clause by clause."),
    "review": ("positions.cli.review", "Decide on what a program proposed, one candidate at a time."),
    "candidates": ("positions.cli.candidates", "List, accept, reject or reopen what a program proposed."),
    "extract": ("positions.cli.extract", "Find candidate statements in documents, for review."),
    "evaluate": ("positions.cli.evaluate", "How well an extractor finds what people coded."),
    "reliability": ("positions.cli.reliability", "How well coders of the same documents agree."),
    "snapshot": ("positions.cli.snapshot", "Write a report of a day as a page, text or tables."),
    "render": ("positions.cli.snapshot", "Write a report's JSON in another format."),
    "dashboard": ("positions.cli.dashboard", "Open the dashboard in a browser."),
    "site": ("positions.cli.site", "Write the dashboard as static files, to be published."),
    "add": ("positions.cli.record", "Record a statement; its quote is found in the document."),
    "correct": ("positions.cli.record", "Record a new revision of a statement or document."),
    "retract": ("positions.cli.record", "Withdraw a record from all days; its history stays."),
    "restore": ("positions.cli.undo", "Bring a retracted record back."),
    "undo": ("positions.cli.undo", "Take back what you wrote last, by new revisions."),
    "add-document": ("positions.cli.record", "Record a text file as a document."),
    "show": ("positions.cli.history", "A statement with its quote in context, or a document."),
    "cite": ("positions.cli.cite", "How a quote, a document or a view is cited."),
    "history": ("positions.cli.history", "Every revision of a record."),
    "log": ("positions.cli.history", "Who changed what, when."),
    "diff": ("positions.cli.history", "What changed between two days, or in what was known."),
    "import": ("positions.cli.exchange", "Record what a file of another tool holds."),
    "load": ("positions.cli.exchange", "Take in another data folder's text; a merge of two loads."),
    "merge": ("positions.cli.merge", "Take in a colleague's work; settle what both changed."),
    "export": ("positions.cli.exchange", "Write the record book as text, or for other tools."),
    "verify": ("positions.cli.exchange", "Check the record book, entry by entry."),
    "backup": ("positions.cli.exchange", "Copy the record book while others write."),
    "status": ("positions.cli.status", "What is in the record book, in the text, in neither."),
    "codebook": ("positions.cli.codebook", "See, rename, merge or split the codebook's words."),
    "lexicon": ("positions.cli.lexicon", "Try words on a sentence; see which are missing."),
    "validate": ("positions.cli.files", "Check a workspace's files; print every finding."),
    "init": ("positions.cli.files", "Make an empty workspace with a commented codebook."),
    "completion": ("positions.cli.completion", "Print what makes your shell complete the commands."),
    "schema": ("positions.cli.files", "Print the JSON Schemas of the data and of reports."),
}
"""Each command with the module that declares it and its line in the overview."""


INTRODUCTION = "Track what the parties of a negotiation say they want, anchored to the exact quotes."


def overview() -> str:
    """Return what ``positions --help`` prints: every command with its line."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:{width}}  {line}" for name, (_, line) in COMMANDS.items()]
    head = ["Usage: positions COMMAND [OPTIONS]", "", f"  {INTRODUCTION}", "", "Commands:"]
    foot = ["", "`positions COMMAND --help` shows a command's options; `positions --version` the version."]
    return "\n".join([*head, *lines, *foot])
