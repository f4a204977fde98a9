"""The command ``cite``: how a quote, a document or a view is cited."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlsplit

import click

from positions.cli.options import data_option, format_option, query_options
from positions.cli.screen import echo
from positions.errors import QueryError
from positions.exchange.citing import CITATIONS, CitedView, quote_item, view_item
from positions.exchange.csl import document_item
from positions.model.query import Query, answerable_day
from positions.wording.citation import citation_words, document_citation, statement_citation
from positions.workspace import Workspace, open_workspace
from positions.workspace.record_ids import current_record_id, unknown_record

_ADDRESS: Final = ("/", "?", "http://", "https://")


@click.command("cite")
@click.argument("target", metavar="[ID|ADDRESS]", default="")
@query_options
@format_option("text", *CITATIONS)
@data_option
def cite_command(target: str, query: Query, form: str, data: Path | None) -> None:
    """Print how a statement or document (ID) or a page of the dashboard (ADDRESS, or --as-of) is cited.

    The head of the record book in it names the whole log: with it anybody gets the same numbers again.
    """
    is_view = not target or target.startswith(_ADDRESS)
    with open_workspace(data) as workspace:
        if is_view:
            text = _cite_view(workspace, _query_of(target, query), form, address=target)
        else:
            text = _cite_record(workspace, current_record_id(workspace, target), query, form)
    echo(text.rstrip("\n"))


def _query_of(address: str, query: Query) -> Query:
    """Return what a page's address asks for; options that are given go before it."""
    given = parse_qs(urlsplit(address).query)
    names = ("as_of", "known_at", "public_by")
    asked = Query(**{name: given[name][-1] for name in names if name in given})  # type: ignore[arg-type] # text is read
    return replace(asked, **{name: value for name in names if (value := getattr(query, name)) is not None})


def _cite_view(workspace: Workspace, query: Query, form: str, *, address: str) -> str:
    known = workspace.known(query)
    as_of = answerable_day(query.as_of, known.days(), query=query)
    title, head = workspace.codebook_for(query).title, str(workspace.head_at(query.known_at))
    counts = len(known.documents), len(known.records)
    words = citation_words(title, counts=counts, head=head, as_of=as_of)
    if form == "text":
        return f"{words} {address}".strip()
    recorded_on = max((record.recorded_at.date() for record in known.records), default=as_of)
    return CITATIONS[form](view_item(CitedView(title, as_of, head, recorded_on, words, address)))


def _cite_record(workspace: Workspace, record_id: str, query: Query, form: str) -> str:
    known = workspace.known(query)
    document = known.documents.get(record_id)
    statement = next((record.statement for record in known.records if record.statement.id == record_id), None)
    if statement is not None:
        document = known.documents[statement.document]
        if form != "text":
            return CITATIONS[form](quote_item(statement, document))
        head = str(workspace.head_at(query.known_at))
        return statement_citation(statement, document, workspace.codebook_for(query), head=head)
    if document is not None:
        return document_citation(document) if form == "text" else CITATIONS[form](document_item(document))
    if workspace.history(record_id):
        raise QueryError(f"id: found {record_id!r}, which is not in force; `positions history {record_id}` tells why")
    raise unknown_record(workspace, record_id)
