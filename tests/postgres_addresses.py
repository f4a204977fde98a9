"""Every form of address of the test server, each with a password that nothing may print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

import pytest

from tests.positions.store.conftest import postgres_url

SECRETS: Final = ("hunter2", "hun@ter2", "hun%40ter2", "%68unter2", "hun\\'ter2", "hun'ter2")
FORMS: Final = {
    "usual": "postgresql://{u}:hunter2@{h}:{p}/{d}?{o}",
    "short scheme": "postgres://{u}:hunter2@{h}:{p}/{d}?{o}",
    "option before": "postgresql://{u}:hunter2@{h}:{p}/{d}?sslmode=disable&{o}",
    "in the query": "postgresql://{h}:{p}/{d}?user={u}&password=hunter2&{o}",
    "twice": "postgresql://{u}:hunter2@{h}:{p}/{d}?password=hunter2&{o}",
    "host in the query": "postgresql://{u}:hunter2@/{d}?host={h}&port={p}&{o}",
    "two hosts": "postgresql://{u}:hunter2@{h}:{p},{h}:{p}/{d}?{o}",
    "encoded sign": "postgresql://{u}:hun%40ter2@{h}:{p}/{d}?{o}",
    "encoded letter": "postgresql://{u}:%68unter2@{h}:{p}/{d}?{o}",
    "encoded in the query": "postgresql://{u}@{h}:{p}/{d}?password=hun%40ter2&{o}",
    "with a name": "postgresql://{u}:hunter2@{h}:{p}/{d}?application_name=positions&{o}",
    "with a timeout": "postgresql://{u}:hunter2@{h}:{p}/{d}?connect_timeout=5&{o}",
    "any session": "postgresql://{u}:hunter2@{h}:{p}/{d}?target_session_attrs=any&{o}",
    "words": "host={h} port={p} user={u} password=hunter2 dbname={d} {k}",
    "words, first": "password=hunter2 host={h} port={p} user={u} dbname={d} {k}",
    "words, quoted": "host={h} port={p} user={u} password='hunter2 x' dbname={d} {k}",
    "words, escaped": r"host={h} port={p} user={u} password='hun\'ter2' dbname={d} {k}",
}


@pytest.fixture
def schema() -> Iterator[str]:
    """A schema of its own on the test server."""
    import uuid

    psycopg = pytest.importorskip("psycopg")
    name = f"test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(postgres_url(), autocommit=True) as admin:
        admin.execute(f"CREATE SCHEMA {name}")
        yield name
        admin.execute(f"DROP SCHEMA {name} CASCADE")


def address_of(form: str, schema: str) -> str:
    """Return the test server's address in one of the forms."""
    from psycopg.conninfo import conninfo_to_dict

    known = conninfo_to_dict(postgres_url())
    option = f"-csearch_path={schema}"
    values = {"u": known["user"], "h": known["host"], "p": known["port"], "d": known["dbname"]}
    return FORMS[form].format(**values, o=f"options={quote(option)}", k=f"options='{option}'")


def is_silent(text: str) -> bool:
    """Return whether a text tells no password."""
    return not any(secret in text for secret in SECRETS)
