from __future__ import annotations

import ast
import json
import os
from pathlib import Path

import pytest

from positions.errors import DataError
from positions.files.model_cache import MOST, cache_folder
from positions.files.reading import read_toml
from positions.model.codebook import Codebook
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return cache_folder() / "models"


def test_a_long_file_is_kept_and_read_as_it_is(shipped: Path, cache: Path) -> None:
    path = shipped / "codebook.toml"
    first = read_toml(path, Codebook)
    assert len(list(cache.iterdir())) == 1
    assert read_toml(path, Codebook) == first


def test_a_changed_file_is_read_anew(shipped: Path) -> None:
    path = shipped / "codebook.toml"
    read_toml(path, Codebook)
    path.write_text(path.read_text().replace('title = "Russia–Ukraine 2022"', 'title = "Another"'))
    assert read_toml(path, Codebook).title == "Another"


@pytest.mark.parametrize("damage", [b"", b"{", b"null", b'{"title": "t"}', b"\x80\x04", b"cos\nsystem\n(S'true'\ntR."])
def test_a_damaged_copy_is_made_anew(shipped: Path, cache: Path, damage: bytes) -> None:
    path = shipped / "codebook.toml"
    first = read_toml(path, Codebook)
    (kept,) = cache.iterdir()
    kept.write_bytes(damage)
    assert read_toml(path, Codebook) == first
    assert kept.stat().st_size > 1000


def test_a_copy_holds_what_the_file_sets_and_no_default_of_today(shipped: Path, cache: Path) -> None:
    read_toml(shipped / "codebook.toml", Codebook)
    (kept,) = cache.iterdir()
    party = json.loads(kept.read_text())["parties"][0]
    assert set(party) == {"id", "name", "principal"}


@pytest.mark.parametrize("text", ['{"title": "another"}', "no JSON"])
def test_a_model_that_does_not_come_back_from_json_is_not_kept(
    shipped: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(Codebook, "model_dump_json", lambda self, **options: text)  # noqa: ARG005
    assert read_toml(shipped / "codebook.toml", Codebook).title == "Russia–Ukraine 2022"
    assert not cache.exists()


def test_a_wrong_file_is_never_kept(shipped: Path, cache: Path) -> None:
    path = shipped / "codebook.toml"
    path.write_text(path.read_text() + "\nnonsense = 1\n")
    for _ in range(2):
        with pytest.raises(DataError, match="nonsense"):
            read_toml(path, Codebook)
    assert not cache.exists()


def test_a_cache_that_cannot_be_written_costs_nothing_else(shipped: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    assert read_toml(shipped / "codebook.toml", Codebook).title


def test_the_oldest_copies_go_first(shipped: Path, cache: Path) -> None:
    cache.mkdir(parents=True)
    for number in range(MOST + 3):
        old = cache / f"old{number}"
        old.write_bytes(b"x")
        os.utime(old, (number, number))
    read_toml(shipped / "codebook.toml", Codebook)
    names = {path.name for path in cache.iterdir()}
    assert len(names) == MOST
    assert "old0" not in names
    assert f"old{MOST + 2}" in names


RUN_CODE = ("pickle.load", "pickle.loads", "pickle.Unpickler", "pd.read_pickle", "marshal.load", "marshal.loads")
BETWEEN_OWN_PROCESSES = {"positions/files/process_pool.py", "positions/extract/batch/runner.py"}
BETWEEN_OWN_PROCESSES |= {"positions/store/parallel_reader.py"}


def test_nothing_that_lies_in_a_file_is_read_in_a_way_that_can_run_code() -> None:
    for path in [*ROOT.glob("positions/**/*.py"), *ROOT.glob("dashboard/**/*.py")]:
        calls = {
            ast.unparse(node.func): ast.unparse(node)
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Call)
        }
        used = {name for name in calls if name in (*RUN_CODE, "eval", "exec", "shelve.open")}
        used |= {name for name, text in calls.items() if "allow_pickle=True" in text}
        assert not used or str(path.relative_to(ROOT)) in BETWEEN_OWN_PROCESSES, f"{path} calls {used}"
