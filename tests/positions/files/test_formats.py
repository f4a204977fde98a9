from __future__ import annotations

from pathlib import Path

import pytest

from positions.errors import QueryError
from positions.files.formats import format_of

ENDINGS = {".csv": "csv", ".json": "json"}


@pytest.mark.parametrize(
    ("name", "form"), [("a.csv", "csv"), ("A.CSV", "csv"), ("folder.csv/b.json", "json"), ("a.x.csv", "csv")]
)
def test_a_format_is_that_of_the_ending(name: str, form: str) -> None:
    assert format_of(Path(name), ENDINGS) == form


@pytest.mark.parametrize(
    ("name", "ending"),
    [("a.xlsx", ".xlsx"), ("a", "no ending"), (".csv", "no ending"), ("a.csv.gz", ".gz"), ("a.", "no ending")],
)
def test_another_ending_is_refused_with_the_list(name: str, ending: str) -> None:
    with pytest.raises(QueryError, match=rf"found '{ending}', allowed: \.csv, \.json"):
        format_of(Path(name), ENDINGS)
