"""One party: where it stands, what it demands and what of it, what is not recorded, who speaks for it, its moves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import pandas as pd

from dashboard.components.evidence import build_evidence
from dashboard.components.listing import build_listing
from dashboard.components.storyline import build_storyline
from dashboard.frames.storyline import list_moves, moves_frame
from dashboard.markup import elements as html
from dashboard.markup.parts import aria, statement_button
from dashboard.pages.base import Page, Styles
from dashboard.pages.demands import build_demands, demands_frame, list_demands
from dashboard.pages.movement import NO_CARDS
from dashboard.query.case import Picture
from dashboard.query.view import View
from dashboard.query.window import compared_days
from positions.analysis.speakers import PartySpeaker, party_speakers
from positions.model.issues import Issue
from positions.wording.matrix import CellLine, MatrixRow, matrix_rows
from positions.wording.party_profile import (
    RANKS,
    profile_sentence,
    silence_sentences,
    speaker_title,
    speakers_sentence,
)
from positions.wording.quotes import readable_quote
from positions.wording.speakers import speaker_words
from positions.wording.storyline import storyline_sentence

SPEAKERS: Final = ("speaker", "title", "rank", "statements", "last_said_on", "statement")


def choose_party(picture: Picture, view: View) -> str:
    """Return the view's party; by default the first principal one."""
    codebook = picture.case.codebook
    return view.party or (codebook.principals or codebook.parties)[0].id


def list_speakers(picture: Picture, party: str) -> tuple[PartySpeaker, ...]:
    """Return who had spoken for a party by the day looked at."""
    records = picture.case.index.own_word((party,))
    statements = (record.statement for record in records)
    return party_speakers(statements, picture.case.codebook, party, as_of=picture.state.as_of)


def _rows(picture: Picture, view: View, party: str) -> tuple[MatrixRow, ...]:
    days = compared_days(picture, view)
    before = picture.case.state_on(days[0]) if days else None
    return matrix_rows(picture.state, picture.case.codebook, parties=(party,), before=before)


def above(picture: Picture, view: View, styles: Styles) -> list[Any]:
    """Answer in a sentence where the party stands, then issue by issue."""
    party, codebook = choose_party(picture, view), picture.case.codebook
    rows = _rows(picture, view, party)
    silences = silence_sentences(picture.state, codebook, party, documents=len(picture.case.documents))
    stands = [
        (_issue_name(row.issue, view, is_first=not number), *_cells(row, number, picture, styles))
        for row in rows
        for number in range(len(row.cells[0]))
    ]
    heads = ("Issue", "Where it stands", "On whose word", "Quote")
    return [
        _party_links(picture, view, party),
        html.P(finding(picture, view), className="verdict"),
        _part("Where it stands", *([build_listing(heads, stands)] if stands else [html.P("Nothing is recorded.")])),
        _part("What it has not said", *(html.P(words) for words in silences or ("It has spoken on every issue.",))),
    ]


def _issue_name(issue: Issue, view: View, *, is_first: bool) -> html.Node:
    """Link an issue; in the further rows on it its name is there for those who hear the table."""
    if not is_first:
        return html.Span(issue.label, className="spoken")
    return html.B(html.A(issue.label, href=replace(view, page="issue", issue=issue.id, statement=None).address()))


def _party_links(picture: Picture, view: View, chosen: str) -> html.Node:
    """Link every party of which anything is recorded, the principal ones first."""
    codebook = picture.case.codebook
    holders = {holder for holder, _, _ in picture.state.positions} | {chosen}
    principals = [party.id for party in codebook.principals]
    others = [party.id for party in codebook.parties if party.id in holders and party.id not in principals]
    links = [
        html.A(
            codebook.party(party).name,
            href=replace(view, party=party, statement=None).address(),
            **(aria(current="true") if party == chosen else {}),
        )
        for party in (*principals, *others)
    ]
    return html.P(links, className="modes")


def _cells(row: MatrixRow, number: int, picture: Picture, styles: Styles) -> tuple[Any, ...]:
    line: CellLine = row.cells[0][number]
    change = [html.Span(line.change, className=f"change {line.change}"), " "] if line.has_changed else []
    before = [f"was: {line.before}"] if line.before else []
    box = f"stands-{row.issue.id}-{number}"
    button, quotes = build_evidence([*change, line.words], line.statements, picture, styles, box=box)
    words = [button, html.Small(" · ".join((*before, *line.marks))), quotes]
    record = picture.case.records[line.statements[0]]
    statement, codebook = record.statement, picture.case.codebook
    source = [speaker_words(statement, codebook, outlet=record.outlet), html.Small(statement.said_on.in_words())]
    return words, source, statement_button(statement.id, f"“{readable_quote(statement.quote)}”")


def _part(title: str, *content: Any) -> html.Node:
    return html.Section([html.H2(title), *content], className="part")


def below(picture: Picture, view: View, styles: Styles) -> list[Any]:
    """List the demands made and received, and who speaks for the party."""
    party, codebook = choose_party(picture, view), picture.case.codebook
    demands = list_demands(picture, _of_party(view, party))
    made = [demand for demand in demands if demand.demander == party]
    received = [demand for demand in demands if demand.addressee == party]
    parts = []
    if any(issue.addressed for issue in codebook.issues):
        parts += [
            _part("What it demands, and of whom", *build_demands(made, picture, styles, about="addressee")),
            _part("What is demanded of it", *build_demands(received, picture, styles, about="demander")),
        ]
    speakers = list_speakers(picture, party)
    rows = [
        (
            speaker_title(speaker, codebook),
            f"{speaker.rank}: {RANKS[speaker.rank]}",
            str(speaker.statements),
            [statement_button(speaker.last.id, speaker.last.said_on.in_words(), style="link")],
        )
        for speaker in speakers
    ]
    table = [build_listing(("Speaker", "Rank", "Statements", "Last"), rows)] if rows else []
    parts.append(_part("Who speaks for it", html.P(speakers_sentence(speakers, codebook, party)), *table))
    return [*parts, _part("How its positions moved", *_moves(picture, view, party, styles))]


def _moves(picture: Picture, view: View, party: str, styles: Styles) -> list[Any]:
    """Show the party's cards of the storyline, as the page of movements does."""
    days, of_party = compared_days(picture, view), replace(view, party=party, issues=())
    if days is None:
        return [html.P("On no earlier day is there anything to compare with.")]
    if picture.case.is_long:
        return [html.P(NO_CARDS)]
    moves = list_moves(picture, of_party)
    sentence = storyline_sentence(moves, picture.case.codebook, [party], days=days)
    everybody = html.A("Who else moved", href=replace(view, page="movement", party=None, statement=None).address())
    return [html.P([sentence, " ", everybody]), *build_storyline(moves, picture, of_party, styles)]


def _of_party(view: View, party: str) -> View:
    return replace(view, parties=(party,), issues=())


def tables(picture: Picture, view: View) -> dict[str, pd.DataFrame]:
    """Return the party's positions, the demands that it makes or is addressed by, and its speakers."""
    party = choose_party(picture, view)
    positions = replace(picture, parties=(party,), issues=()).table
    speakers = [
        (
            one.speaker,
            speaker_title(one, picture.case.codebook),
            one.rank,
            one.statements,
            str(one.last.said_on),
            one.last.id,
        )
        for one in list_speakers(picture, party)
    ]
    return {
        "positions": positions,
        "demands": demands_frame(picture, _of_party(view, party)),
        "moves": moves_frame(list_moves(picture, replace(view, party=party))),
        "speakers": pd.DataFrame(speakers, columns=list(SPEAKERS)),
    }


def finding(picture: Picture, view: View) -> str:
    """Write on how many issues the party has spoken by the day, and what has changed."""
    party, days = choose_party(picture, view), compared_days(picture, view)
    rows, since = _rows(picture, view, party), days[0] if days else None
    return profile_sentence(picture.state, picture.case.codebook, party, rows=rows, since=since)


def heading(picture: Picture, view: View) -> str:
    """Return the party's name."""
    return picture.case.codebook.party(choose_party(picture, view)).name


PAGE: Final = Page(
    "party",
    "Party",
    above,
    tables,
    below,
    heading=heading,
    finding=finding,
    is_listed=lambda _codebook: False,
    compares=lambda _view: True,
)
