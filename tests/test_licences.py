"""An MIT product installs nothing by itself whose licence would bind those who pass it on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution

import pytest
from packaging.requirements import Requirement

from tests.conftest import ROOT

COPYLEFT = re.compile(r"\b(A?GPL|LGPL|MPL|EUPL|CDDL|EPL|CC-BY-SA|SSPL|OSL)\b|Public License", re.IGNORECASE)
PERMISSIVE = re.compile(r"Zope Public License|ZPL")

UNCHANGED = {
    # A list of certificates that requests brings, which Dash needs; the MPL binds only changed copies of its own files.
    "certifi",
}
"""Packages whose licence asks something only of those who change the package's own files."""


def mandatory(requirements: Iterable[str]) -> dict[str, Distribution]:
    """Return every package that a plain installation brings on this machine, by its name."""
    packages: dict[str, Distribution] = {}
    asked: set[tuple[str, str]] = set()
    waiting = [Requirement(text) for text in requirements]
    while waiting:
        wanted = waiting.pop()
        for extra in {"", *wanted.extras}:
            name = re.sub(r"[-_.]+", "-", wanted.name).lower()
            if (name, extra) in asked:
                continue
            asked.add((name, extra))
            try:
                packages[name] = distribution(name)
            except PackageNotFoundError:  # a marker that this machine meets only in part
                continue
            needs = map(Requirement, packages[name].requires or ())
            waiting += [need for need in needs if need.marker is None or need.marker.evaluate({"extra": extra})]
    return packages


def licence(package: Distribution) -> str:
    """Return the licence that a package declares, or its alternatives joined by OR."""
    told = package.metadata
    classifiers = [value.split(" :: ")[-1] for value in told.get_all("Classifier") or () if value.startswith("License")]
    return told.get("License-Expression") or " OR ".join(classifiers) or (told.get("License") or "").split("\n")[0]


def is_copyleft(expression: str) -> bool:
    """Return whether every alternative of a licence asks that changes be passed on under it."""
    alternatives = re.split(r"\s+OR\s+", expression)
    return all(COPYLEFT.search(PERMISSIVE.sub("", alternative)) for alternative in alternatives)


def declared() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return list(project["dependencies"])


def test_no_mandatory_dependency_is_copyleft() -> None:
    packages = mandatory(declared())
    assert {"pandas", "plotly", "dash", "pydantic", "flask", "numpy"} <= set(packages)
    licences = {name: licence(package) for name, package in packages.items()}
    assert {name: told for name, told in licences.items() if not told} == {}
    assert {name for name, told in licences.items() if is_copyleft(told)} == UNCHANGED


@pytest.mark.parametrize(
    ("expression", "copyleft"),
    [
        ("MIT", False),
        ("BSD-3-Clause AND 0BSD AND MIT AND Zlib", False),
        ("Zope Public License", False),
        ("ZPL 2.1", False),
        ("Mozilla Public License 2.0 (MPL 2.0)", True),
        ("GPL-3.0-or-later", True),
        ("GNU General Public License v3 (GPLv3)", True),
        ("LGPL-2.1-or-later", True),
        ("AGPL-3.0-only", True),
        ("MIT OR GPL-2.0-only", False),
        ("MIT AND GPL-2.0-only", True),
    ],
)
def test_a_licence_is_copyleft_if_each_of_its_alternatives_is(expression: str, copyleft: bool) -> None:
    assert is_copyleft(expression) is copyleft


def test_the_page_on_installing_names_every_extra_that_users_need() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = set(re.findall(r"^\| `([a-z]+)` \|", (ROOT / "docs" / "installing.md").read_text(encoding="utf-8"), re.M))
    assert told | {"test", "interchange", "bench", "browser"} == set(project["optional-dependencies"])
