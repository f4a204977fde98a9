from __future__ import annotations

import json
import os
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

import pytest

from positions.model.document import Document, sha256_of
from positions.store.book import Book
from positions.store.entry import LogRow, hash_entry
from positions.store.log import Log
from positions.store.sql_log import SELECT
from positions.store.sqlite import SqliteLog
from tests.examples import golden_codebook

Opener: TypeAlias = Callable[[], Log]
TEXT = "“We are ready for talks,” he said. “Not in Minsk. Not today.” He said no more. Not today.\n"


def postgres_url() -> str:
    """The test server's URL; a test skips where none is named, and fails on CI."""
    url = os.environ.get("POSITIONS_TEST_POSTGRES")
    if not url:
        if os.environ.get("CI"):
            pytest.fail("POSITIONS_TEST_POSTGRES is not set, and CI must run the tests on PostgreSQL")
        pytest.skip("POSITIONS_TEST_POSTGRES is not set (a postgresql:// URL of a test database)")
    return url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Open the same fresh log as often as called, each time on a connection of its own."""
    opened: list[Log] = []
    if request.param == "sqlite":

        def connect() -> Log:
            opened.append(SqliteLog(tmp_path / "positions.db"))
            return opened[-1]

        yield connect
    else:
        import psycopg

        from positions.store.postgres import PostgresLog

        schema = f"test_{uuid.uuid4().hex[:12]}"
        url = postgres_url()
        with psycopg.connect(url, autocommit=True) as admin:
            admin.execute(f"CREATE SCHEMA {schema}".encode())

            def connect() -> Log:
                opened.append(PostgresLog(f"{url}?options=-csearch_path%3D{schema}"))
                return opened[-1]

            yield connect
            for log in opened:
                log.close()
            admin.execute(f"DROP SCHEMA {schema} CASCADE".encode())
            opened.clear()
    for log in opened:
        log.close()


@pytest.fixture
def shipped(shipped_text: Path) -> Path:
    """The shipped case as git has it: what its first opening does is what is tested here."""
    return shipped_text


@pytest.fixture
def log(opener: Opener) -> Log:
    return opener()


def document(text: str = TEXT, name: str = "doc") -> Document:
    """The example document, published on 2 March 2022."""
    return Document.model_validate(
        {
            "id": name,
            "title": "Talks",
            "outlet": "The Example",
            "published_on": "2022-03-02",
            "published_on_basis": "explicit",
            "text": text,
            "file": f"seeds/{name}.txt",
            "sha256": sha256_of(text.encode()),
        }
    )


SAYS = {
    "document": "doc",
    "quote": "We are ready for talks,",
    "speaker": "someone",
    "speaker_party": "UKR",
    "holder": "UKR",
    "issue": "neutrality",
    "stance": 1,
    "said_on": "2022-03-01",
    "said_on_basis": "explicit",
}
"""The fields of a statement on the example document, as a script gives them."""


def speaking_codebook():  # type: ignore[no-untyped-def]
    """The golden codebook, where someone speaks for Ukraine."""
    from positions.model.codebook import Codebook, Role, Speaker

    golden = golden_codebook()
    someone = Speaker(id="someone", kind="person", name="Someone", roles=(Role(party="UKR", title="minister"),))
    fields = {name: getattr(golden, name) for name in Codebook.model_fields}
    return Codebook.model_validate(fields | {"speakers": (someone,)})


def book(log: Log, coder: str = "anna", **options: object) -> Book:
    return Book(log, speaking_codebook(), coder=coder, **options)  # type: ignore[arg-type]


@pytest.fixture
def started(log: Log) -> Log:
    """A log that holds the example document and one statement, doc-01."""
    with log.writing():
        writer = book(log)
        writer.add_document(document())
        writer.add(**SAYS)
    return log


def rewrite_entry(path: Path, field: str, value: str, *, record_id: str) -> None:
    """Change a field of a statement's content behind the program's back, in an entry that is sealed anew.

    Only the entry after it shows that.
    """
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER revision_no_update")
        (row,) = connection.execute(f"{SELECT} WHERE kind = 'statement' AND id = ?", (record_id,))
        entry = LogRow._make(row)
        (before,) = connection.execute("SELECT hash FROM revision WHERE seq = ?", (entry.seq - 1,)).fetchone()
        forged = entry._replace(content=json.dumps(json.loads(entry.content or "") | {field: value}))
        digest = hash_entry(forged[:-1], previous=before)
        connection.execute(
            "UPDATE revision SET content = ?, hash = ? WHERE seq = ?", (forged.content, digest, entry.seq)
        )
        connection.commit()
