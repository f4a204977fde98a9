"""Commands on a workspace's files: ``validate``, ``init`` and ``schema``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from positions.cli.options import PathName, data_option
from positions.cli.screen import echo, print_json_text
from positions.model.lists import count_words
from positions.wording.serialise import json_text

SCHEMAS = ("codebook", "lexicon", "document", "statement", "candidate", "report")


@click.command("validate")
@data_option
def validate_command(data: Path | None) -> None:
    """Check the codebook, the documents and the statements against each other; print every finding.

    Exit codes: 0 clean, 1 findings, 2 a folder that is not a workspace or cannot be read.
    """
    from positions.errors import DataError
    from positions.workspace import find_folder
    from positions.workspace.validate import data_findings

    folder = find_folder(data)
    try:
        findings = data_findings(folder)
    except DataError as error:
        findings = error.findings
    for finding in findings:
        echo(str(finding))
    echo(f"{folder}: {count_words(len(findings), 'finding')}", err=bool(findings))
    sys.exit(1 if findings else 0)


@click.command("init")
@click.argument("folder", type=PathName(path_type=Path))
@click.option("--example", is_flag=True, help="Fill it with the shipped case, to change as you like.")
def init_command(folder: Path, example: bool) -> None:
    """Make an empty workspace in FOLDER, with a commented codebook and lexicon to fill in."""
    from positions.workspace.scaffold import copy_example, make_workspace

    if example:
        copy_example(folder)
        echo(f"Made {folder} with the shipped example. Ask it with: positions state --data {folder}")
        return
    make_workspace(folder)
    echo(f"Made {folder}. Fill in {folder / 'codebook.toml'}, then run: positions validate --data {folder}")


@click.command("schema")
@click.argument("word", type=click.Choice(SCHEMAS), required=False)
def schema_command(word: str | None) -> None:
    """Print the JSON Schema of WORD, or of all."""
    from pydantic import BaseModel

    from positions.extract.language.lexicon import Lexicon
    from positions.model.candidate import Candidate
    from positions.model.codebook import Codebook
    from positions.model.document import Document
    from positions.model.statement import Statement
    from positions.snapshot.report import Report

    models: dict[str, type[BaseModel]] = {
        "codebook": Codebook,
        "lexicon": Lexicon,
        "document": Document,
        "statement": Statement,
        "candidate": Candidate,
        "report": Report,
    }
    # Of a report the schema of what is written: every field is there, also those that have a default.
    schemas = {
        name: model.model_json_schema(mode="serialization" if model is Report else "validation")
        for name, model in models.items()
    }
    print_json_text(json_text(schemas[word] if word else schemas))
