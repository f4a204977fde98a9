"""Databases of the Discourse Network Analyzer, made here in either of its schemas."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

from positions.model.codebook import Codebook
from positions.workspace import open_workspace
from tests.command_line import call_command

_SHARED = """
create table SETTINGS(Property text primary key, Value text);
create table CODERS(ID integer primary key, Name text, Password text);
create table DOCUMENTS(ID integer primary key, Title text, Text text, Coder integer, Author text, Source text,
    Section text, Notes text, Type text, Date integer);
create table STATEMENTTYPES(ID integer primary key, Label text);
create table VARIABLES(ID integer primary key, Variable text, DataType text, StatementTypeId integer);
create table REGEXES(Label text primary key);
create table STATEMENTS(ID integer primary key, StatementTypeId integer, DocumentId integer, Start integer,
    Stop integer, Coder integer);
create table DATABOOLEAN(ID integer primary key, StatementId integer, VariableId integer, Value integer);
create table DATAINTEGER(ID integer primary key, StatementId integer, VariableId integer, Value integer);
create table DATALONGTEXT(ID integer primary key, StatementId integer, VariableId integer, Value text);
insert into CODERS values (1, 'Ada', 'secret');
insert into STATEMENTTYPES values (1, 'DNA Statement');
insert into VARIABLES values (1, 'person', 'short text', 1), (2, 'organization', 'short text', 1),
    (3, 'concept', 'short text', 1), (4, 'agreement', 'boolean', 1);
"""
_OF_2 = "create table DATASHORTTEXT(ID integer primary key, StatementId integer, VariableId integer, Value text);"
_OF_3 = """
create table ENTITIES(ID integer primary key, VariableId integer, Value text, ChildOf integer);
create table DATASHORTTEXT(ID integer primary key, StatementId integer, VariableId integer, Entity integer);
"""


class Said(NamedTuple):
    """A coded quote of the one document: who says it for whom, of what, and whether they agree."""

    quote: str
    person: str = "Ann"
    organization: str = "Mill"
    concept: str = "Dams help"
    agrees: bool = True


def write_dna(path: Path, text: str, said: Sequence[Said], *, schema: int = 3, title: str = "Hearing") -> Path:
    """Write a database with one document of 2 March 2005; quotes are where they first stand in it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(_SHARED + (_OF_3 if schema == 3 else _OF_2))
        seconds = (date(2005, 3, 2) - date(1970, 1, 1)).days * 86_400
        moment = seconds * (1 if schema == 3 else 1000)
        document = (1, title, text, 1, "", "Committee", "", "", "", moment)
        connection.execute("insert into DOCUMENTS values (?,?,?,?,?,?,?,?,?,?)", document)
        for number, one in enumerate(said, start=1):
            start = len(text[: text.index(one.quote)].encode("utf-16-le")) // 2
            stop = start + len(one.quote.encode("utf-16-le")) // 2
            connection.execute("insert into STATEMENTS values (?,1,1,?,?,1)", (number, start, stop))
            connection.execute("insert into DATABOOLEAN values (?,?,4,?)", (number, number, int(one.agrees)))
            for variable, value in enumerate((one.person, one.organization, one.concept), start=1):
                key = number * 10 + variable
                if schema == 3:
                    connection.execute("insert into ENTITIES values (?,?,?,null)", (key, variable, value))
                connection.execute(
                    "insert into DATASHORTTEXT values (?,?,?,?)",
                    (key, number, variable, key if schema == 3 else value),
                )
        connection.commit()
    return path


def take_in(database: Path, folder: Path) -> Path:
    """Make a workspace of a database by the commands alone, with the proposals as they are; return its folder."""
    words, code_map = folder.with_suffix(".codebook.toml"), folder.with_suffix(".map.toml")
    for arguments in (
        ["init", str(folder)],
        ["import", str(database), "--propose-codebook", str(words), "--data", str(folder)],
    ):
        answer = call_command(*arguments)
        assert answer.code == 0, answer.err
    (folder / "codebook.toml").write_bytes(words.read_bytes())
    (folder / "lexicon.toml").unlink()
    for arguments in (
        ["import", str(database), "--propose-map", str(code_map), "--data", str(folder)],
        ["import", str(database), "--map", str(code_map), "--data", str(folder)],
    ):
        answer = call_command(*arguments)
        assert answer.code == 0, answer.err
    return folder


def codebook_of(folder: Path) -> Codebook:
    """Return the codebook of a workspace."""
    with open_workspace(folder) as workspace:
        return workspace.codebook_for()
