"""No page of the dashboard tells the password of a team's database, not even the one of an error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dashboard import create_app
from positions.model.document import Document, sha256_of
from positions.workspace import open_workspace
from tests.positions.store.conftest import postgres_url
from tests.postgres_addresses import FORMS, address_of, is_silent, schema

__all__ = ["schema"]

PAGES = ("/", "/documents", "/method", "/healthz", "/overview.json", "/overview.csv", "/nowhere", "/nowhere.json")
QUOTE = "We are ready for talks,"


@pytest.mark.postgres
@pytest.mark.parametrize("form", FORMS)
def test_no_page_tells_the_password(shipped: Path, schema: str, form: str) -> None:
    import psycopg

    with open_workspace(shipped, database=address_of(form, schema)) as workspace:
        with workspace.recording(coder="anna") as book:
            text = f"“{QUOTE}” he said.\n"
            known = {"id": "doc", "title": "Talks", "outlet": "The Day", "published_on": "2022-03-02", "text": text}
            known |= {"published_on_basis": "explicit", "file": "seeds/doc.txt", "sha256": sha256_of(text.encode())}
            book.add_document(Document.model_validate(known))
            said = {"document": "doc", "quote": QUOTE, "speaker": "zelensky", "holder": "UKR", "issue": "talks"}
            book.add(**said, stance=1, said_on="2022-03-01", said_on_basis="explicit")
        client: Any = create_app(workspace).server.test_client()
        assert client.get("/").status_code == 200
        assert all(is_silent(client.get(page).get_data(as_text=True)) for page in PAGES)
        with psycopg.connect(postgres_url(), autocommit=True) as admin:
            admin.execute(f"DROP TABLE {schema}.revision CASCADE".encode())
            admin.execute(f"DROP TABLE {schema}.head CASCADE".encode())
        for page in PAGES[:6]:
            answer = client.get(page)
            assert answer.status_code == 503, page
            assert is_silent(answer.get_data(as_text=True) + str(answer.headers)), page
