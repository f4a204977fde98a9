"""``lexicon``: try the words of a negotiation on a sentence, and see which words its statements suggest."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from positions.cli.options import data_option, format_option
from positions.cli.screen import echo, print_data, print_json_text
from positions.wording.serialise import json_text
from positions.workspace import open_workspace


@click.group("lexicon")
def lexicon_command() -> None:
    """Work on lexicon.toml, the words by which `extract` hears the codebook's issues.

    `positions schema lexicon` lists its fields, `positions validate` names its mistakes.
    """


@lexicon_command.command("try")
@click.argument("sentence")
@click.option("--published-on", metavar="DATE", help="The day of the text, for roles and weekdays (default: today).")
@format_option("text", "json")
@data_option
def try_command(sentence: str, published_on: str | None, form: str, data: Path | None) -> None:
    """Show what is heard in SENTENCE and why: names, topics, who says it, how much it is wanted, and the claims.

    SENTENCE may be a whole text; nothing is recorded.
    """
    from positions.extract.language.lexicon import read_lexicon
    from positions.extract.rules.lexicon_trial import hear_text
    from positions.model.dates import parse_day
    from positions.wording.lexicon import heard_lines, heard_rows

    published = parse_day(published_on, name="--published-on") if published_on is not None else date.today()
    with open_workspace(data) as workspace:
        codebook = workspace.codebook
        sentences = hear_text(sentence, codebook, read_lexicon(workspace.folder), published=published)
    if form == "json":
        print_json_text(json_text(heard_rows(sentences)))
        return
    for line in heard_lines(sentences, codebook):
        echo(line)


@lexicon_command.command("suggest")
@data_option
def suggest_command(data: Path | None) -> None:
    """Propose terms for statements in whose words no term is heard, as tables to paste into lexicon.toml.

    Rejected candidates count as counterexamples. Nothing is written.
    """
    from positions.coding.lexicon_suggestion import suggest_for
    from positions.wording.lexicon import suggestion_text

    with open_workspace(data) as workspace:
        suggestions = suggest_for(workspace)
        text = suggestion_text(suggestions, workspace.codebook)
    if not suggestions:
        echo("No terms to suggest: some term is heard in each statement, or the others share no words.", err=True)
        return
    print_data(text.encode())
