from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from positions.errors import DataError
from positions.model.codebook import Codebook
from positions.model.event import Event
from positions.store.published import read_codebook
from positions.workspace.validate import data_findings
from tests.examples import golden_codebook_with

ROUND: dict[str, Any] = {"id": "round", "label": "A round", "date": "2022-03-03", "source": "A paper, 4 March 2022"}


@pytest.fixture
def shipped(shipped_text: Path) -> Path:
    """The shipped case as git has it: a wrong file is met at the first opening."""
    return shipped_text


def event(**fields: Any) -> Event:
    return Event.model_validate(ROUND | fields)


def with_event(shipped: Path, text: str) -> list[str]:
    """What validate finds once a codebook has one more event."""
    path = shipped / "codebook.toml"
    path.write_text(f'{path.read_text()}\n[[events]]\nid = "more"\nlabel = "More"\n{text}\n')
    return list(map(str, data_findings(shipped)))


def test_an_event_of_one_day_ends_on_it() -> None:
    assert event().last == date(2022, 3, 3)
    assert event(end="2022-03-05").last == date(2022, 3, 5)


def test_an_event_touches_every_window_that_has_one_of_its_days() -> None:
    long = event(end="2022-03-05")
    assert long.touches(date(2022, 3, 5), date(2022, 3, 9))
    assert long.touches(date(2022, 3, 1), date(2022, 3, 3))
    assert not long.touches(date(2022, 3, 6), date(2022, 3, 9))
    assert not long.touches(date(2022, 3, 1), date(2022, 3, 2))


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"end": "2022-03-02"}, "found 2022-03-02, allowed: from 2022-03-03 on"),
        ({"date": "2022-02-30"}, "date"),
        ({"source": ""}, "source"),
        ({"label": ""}, "label"),
        ({"day": "2022-03-03"}, "Extra inputs"),
    ],
)
def test_an_event_that_cannot_be_is_refused(fields: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        event(**fields)


def test_two_events_of_one_id_are_refused() -> None:
    with pytest.raises(ValidationError, match="id 'round' is declared twice"):
        golden_codebook_with(events=(ROUND, ROUND))


def test_only_a_single_word_is_taken_for_the_id_of_a_document() -> None:
    assert not event(source="003").source_unknown_in({"003"})
    assert event(source="004").source_unknown_in({"003"})
    assert not event(source="A paper, page 4").source_unknown_in({"003"})
    assert not event(source="https://example.org/4").source_unknown_in({"003"})


def test_validate_names_an_event_whose_source_is_no_document(shipped: Path) -> None:
    (found,) = with_event(shipped, 'date = 2022-03-03\nsource = "009"')
    assert found.startswith("codebook.toml events.source: event 'more': found '009', allowed: 000, 001")


def test_validate_names_an_event_that_ends_before_it_began(shipped: Path) -> None:
    with pytest.raises(DataError, match="found 2022-03-02, allowed: from 2022-03-03 on"):
        with_event(shipped, 'date = 2022-03-03\nend = 2022-03-02\nsource = "003"')


def test_a_codebook_without_events_has_none(shipped: Path) -> None:
    assert golden_codebook_with().events == ()
    assert isinstance(read_codebook(shipped), Codebook)
