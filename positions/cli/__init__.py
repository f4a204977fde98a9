"""The command line: declares commands and calls the toolkit; no work of its own.

Nothing is imported before it is needed: the overview comes from a table, click only when a command runs, and a
command's module only for that command.
"""

from __future__ import annotations

import gc
import os
import sys

COMMANDS = {
    "state": ("positions.cli.ask", "What each party holds on a day, with since when."),
    "compare": ("positions.cli.ask", "How far two parties stand apart on a day, issue by issue."),
    "movement": ("positions.cli.engine", "How two parties moved between two days, and who."),
    "demands": ("positions.cli.engine", "Who demands what of whom, and the answers."),
    "common-ground": ("positions.cli.engine", "What the parties share, and the least that would open more."),
    "conflicts": ("positions.cli.engine", "Where outlets disagree, and claims against the holder's word."),
    "panel": ("positions.cli.series", "Positions or distances over many days as one table."),
    "plan": ("positions.cli.proposals", "How far each party is from a proposal, clause by clause."),
    "review": ("positions.cli.review", "Decide on what a program proposed, one candidate at a time."),
    "candidates": ("positions.cli.proposed", "List, accept, reject or reopen what a program proposed."),
    "extract": ("positions.cli.extract", "Find candidate statements in documents, for review."),
    "evaluate": ("positions.cli.evaluate", "How well an extractor finds what people coded."),
    "reliability": ("positions.cli.proposals", "How well coders of the same documents agree."),
    "snapshot": ("positions.cli.report", "Write a report of a day as a page, text or tables."),
    "render": ("positions.cli.report", "Write a report's JSON in another format."),
    "dashboard": ("positions.cli.report", "Open the dashboard in a browser."),
    "add": ("positions.cli.record", "Record a statement; its quote is found in the document."),
    "correct": ("positions.cli.record", "Record a new revision of a statement or document."),
    "retract": ("positions.cli.record", "Withdraw a record from all days; its history stays."),
    "add-document": ("positions.cli.record", "Record a text file as a document."),
    "show": ("positions.cli.history", "A statement with its quote in context, or a document."),
    "history": ("positions.cli.history", "Every revision of a record."),
    "log": ("positions.cli.history", "Who changed what, when."),
    "diff": ("positions.cli.history", "What changed between two days, or in what was known."),
    "import": ("positions.cli.exchange", "Record the statements of a CSV or JSONL file."),
    "load": ("positions.cli.exchange", "Take in another data folder's text; a merge of two loads."),
    "export": ("positions.cli.exchange", "Write the record book as text, CSV or Parquet."),
    "verify": ("positions.cli.exchange", "Check the record book, entry by entry."),
    "backup": ("positions.cli.exchange", "Copy the record book while others write."),
    "validate": ("positions.cli.data", "Check a workspace's files; print every finding."),
    "init": ("positions.cli.data", "Make an empty workspace with a commented codebook."),
    "schema": ("positions.cli.data", "Print the JSON Schemas of the data and of reports."),
}
"""Each command with the module that declares it and its line in the overview."""

INTRODUCTION = "Track what the parties of a negotiation say they want, anchored to the exact quotes."


def overview() -> str:
    """Return what ``positions --help`` prints: every command with its line."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:{width}}  {line}" for name, (_, line) in COMMANDS.items()]
    head = ["Usage: positions COMMAND [OPTIONS]", "", f"  {INTRODUCTION}", "", "Commands:"]
    foot = ["", "`positions COMMAND --help` tells a command's options; `positions --version` the version."]
    return "\n".join([*head, *lines, *foot])


def main() -> None:
    """Run the command line; a user's mistake ends in one clear line for each finding, never in a traceback.

    Exit codes: 0 done, 1 findings in the data, 2 a wrong call or a file that cannot be read or written.
    """
    if sys.argv[1:] in ([], ["-h"], ["--help"]):
        print(overview())
        sys.exit(0)
    # Spares a search through all installed packages for plugins, at every start.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Nothing that is imported is garbage: not looking for it saves a tenth of the start. The group looks again.
    gc.disable()
    try:
        from positions.cli.group import run_command

        sys.exit(run_command())
    finally:
        gc.enable()
