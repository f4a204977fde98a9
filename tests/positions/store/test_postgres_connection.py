from __future__ import annotations

import os
import socket
import threading
import time
import uuid
from collections.abc import Iterator

import pytest

pytest.importorskip("psycopg")

import psycopg

from positions.errors import WorkspaceError
from positions.store import postgres_connection
from positions.store.postgres import PostgresLog
from positions.store.postgres_connection import PostgresConnection, read_address
from tests.positions.store.conftest import SAYS, book, document, postgres_url

ADDRESSES = [
    "postgresql://anna:hunter2@127.0.0.1:1/team",
    "postgres://anna:hunter2@127.0.0.1:1/team",
    "postgresql://anna:hunter2@127.0.0.1:1/team?sslmode=disable",
    "postgresql://127.0.0.1:1/team?user=anna&password=hunter2",
    "postgresql://anna:hunter2@/team?host=127.0.0.1&port=1",
    "postgresql://anna:hunter2@127.0.0.1:1,127.0.0.1:2/team",
    "postgresql://anna:hunter2@[::1]:1/team",
    "postgresql://anna:hunter2@127.0.0.1:1",
    "postgresql://anna:hun%40ter2@127.0.0.1:1/team",
    "host=127.0.0.1 port=1 user=anna password=hunter2 dbname=team",
    "host=127.0.0.1 port=1 user=anna password='hunter2 x' dbname=team",
    "password=hunter2 host=127.0.0.1 port=1",
    "host=/nowhere/at/all user=anna password=hunter2",
    "postgresql://anna:hunter2@nowhere.invalid:1/team",
    "postgresql://anna:hunter2@x@127.0.0.1:1/team",
    "postgresql://anna:a/hunter2@127.0.0.1:1/team",
    "postgresql://anna:hunter2:9@127.0.0.1:x/team",
    "host=127.0.0.1 port=1 password=two hunter2",
    "hunter2",
    "postgresql://anna:hunter2@127.0.0.1:1/team?nonsense=hunter2",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_form_of_address_tells_the_password(address: str) -> None:
    with pytest.raises(WorkspaceError, match=r"record book|cannot be read") as caught:
        PostgresLog(address)
    chain: list[BaseException] = [caught.value]
    while cause := chain[-1].__cause__:
        chain.append(cause)
    assert all("hunter2" not in str(error) and "hun@ter2" not in str(error) for error in chain)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("postgresql://anna:hunter2@db.example.org:5433/team", "postgresql://db.example.org/team"),
        ("host=/var/run/postgresql dbname=team password=hunter2", "postgresql:///var/run/postgresql/team"),
        ("postgresql:///team", "postgresql://localhost/team"),
    ],
)
def test_an_address_is_named_by_host_and_database(address: str, name: str) -> None:
    assert read_address(address)[0] == name


def test_a_server_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_connection, "CONNECT_SECONDS", 2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(1)
        begun = time.monotonic()
        with pytest.raises(WorkspaceError, match="cannot be opened as a record book"):
            PostgresConnection(f"postgresql://127.0.0.1:{silent.getsockname()[1]}/team")
    assert time.monotonic() - begun < 30


@pytest.fixture
def address() -> Iterator[str]:
    """The address of a schema of its own on the test server."""
    url, schema = postgres_url(), f"test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f"CREATE SCHEMA {schema}".encode())
        yield f"{url}?options=-csearch_path%3D{schema}"
        admin.execute(f"DROP SCHEMA {schema} CASCADE".encode())


@pytest.fixture
def log(address: str) -> Iterator[PostgresLog]:
    log = PostgresLog(address)
    yield log
    log.close()


def cut_off(log: PostgresLog) -> None:
    """End the log's session on the server, as a restart does."""
    process = log._server.current().info.backend_pid
    with psycopg.connect(postgres_url(), autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(%s)", (process,))
        while admin.execute("SELECT 1 FROM pg_stat_activity WHERE pid = %s", (process,)).fetchone():
            time.sleep(0.01)


@pytest.mark.postgres
def test_reading_and_writing_go_on_after_the_server_was_restarted(log: PostgresLog) -> None:
    cut_off(log)
    assert log.head().seq == 0
    cut_off(log)
    with log.writing():
        book(log).add_document(document())
    cut_off(log)
    assert len(list(log.rows())) == 1


@pytest.mark.postgres
def test_a_reader_does_not_wait_for_a_writer_that_is_stuck(log: PostgresLog, address: str) -> None:
    with log.writing():
        reader = PostgresLog(address)
        assert reader.head().seq == 0
        reader.close()


@pytest.mark.postgres
def test_a_writer_gives_up_waiting_for_another_one(
    log: PostgresLog, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_connection, "LOCK_SECONDS", 1)
    other = PostgresLog(address)
    with log.writing(), pytest.raises(WorkspaceError, match="nothing was written"), other.writing():
        pass
    other.close()


@pytest.mark.postgres
def test_a_role_that_may_only_read_can_read(log: PostgresLog, address: str) -> None:
    with log.writing():
        book(log).add_document(document())
    role, schema = f"reader_{uuid.uuid4().hex[:8]}", address.rpartition("%3D")[2]
    with psycopg.connect(postgres_url(), autocommit=True) as admin:
        admin.execute(f"CREATE ROLE {role} LOGIN".encode())
        admin.execute(f"GRANT USAGE ON SCHEMA {schema} TO {role}".encode())
        admin.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role}".encode())
        try:
            reader = PostgresLog(f"{address}&user={role}")
            assert reader.head() == log.head()
            with pytest.raises(WorkspaceError, match="nothing was written"), reader.writing():
                book(reader).add(**SAYS)
            reader.close()
        finally:
            admin.execute(f"DROP OWNED BY {role}".encode())
            admin.execute(f"DROP ROLE {role}".encode())


@pytest.mark.postgres
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_a_forked_process_asks_on_a_connection_of_its_own(log: PostgresLog) -> None:
    own = log._server.current().info.backend_pid
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover - the coverage of a child is not measured
        os.write(writing, str(log._server.current().info.backend_pid).encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert int(os.read(reading, 20)) != own
    assert log.head().seq == 0
    assert log._server.current().info.backend_pid == own


@pytest.mark.postgres
def test_two_threads_of_readers_get_their_own_answers(log: PostgresLog) -> None:
    with log.writing():
        book(log).add_document(document())
    answers: list[int] = []
    threads = [threading.Thread(target=lambda: answers.append(log.head().seq)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [1] * 8
