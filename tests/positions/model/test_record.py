"""What a record carries over from its document and from the book that it came from."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from positions.analysis.source_conflict import outlet_range
from positions.analysis.state import state_at
from positions.model.document import Document
from positions.model.revision import Record, Revision, select_in_force
from tests.examples import golden_codebook, said

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def document(**fields: str) -> Document:
    content = {"id": "doc", "title": "Talks", "outlet": "The Example", "published_on": "2022-03-31"}
    return Document.model_validate(content | {"published_on_basis": "explicit"} | fields)


def add(record: Record | Document, *, at: datetime, first: datetime | None = None) -> Revision:
    content = record.statement if isinstance(record, Record) else record
    kind = "statement" if isinstance(record, Record) else "document"
    return Revision(kind, content.id, 1, "add", content, at, "anna", first_recorded_at=first)


def test_of_one_day_the_statement_that_was_first_recorded_earlier_decides_whoever_merged_first() -> None:
    early, late = (said("2022-03-01", "UKR", "neutrality", stance, number=stance + 5) for stance in (-1, 2))
    annas = [add(document(), at=NOON), add(early, at=NOON + HOUR), add(late, at=NOON + 3 * HOUR, first=NOON + 2 * HOUR)]
    bens = [add(document(), at=NOON), add(late, at=NOON + 2 * HOUR), add(early, at=NOON + 3 * HOUR, first=NOON + HOUR)]
    for book in (annas, bens):
        records = select_in_force(book).records
        state = state_at(records, golden_codebook(), as_of=date(2022, 3, 1))
        position = state.position("UKR", "neutrality")
        assert position is not None
        assert position.stance == -1


def test_a_restored_statement_is_in_force_and_not_withdrawn() -> None:
    record = said("2022-03-01", "UKR", "neutrality", 1)
    added = add(record, at=NOON)
    retracted = added._replace(number=2, action="retract", content=None, recorded_at=NOON + HOUR)
    restored = added._replace(number=3, action="correct", recorded_at=NOON + 2 * HOUR)
    known = select_in_force([add(document(), at=NOON - HOUR), added, retracted, restored])
    assert [one.statement.id for one in known.records] == [record.statement.id]
    assert known.withdrawn == ()


def test_outlets_that_carry_one_agencys_text_are_left_out_together() -> None:
    statements = [
        said("2022-03-01", "RUS", "neutrality", 2, number=1, outlet="The Other"),
        said("2022-03-01", "UKR", "neutrality", 2, number=2, outlet="The Other"),
        said("2022-03-02", "UKR", "neutrality", -2, number=3, outlet="The Example"),
        said("2022-03-02", "UKR", "neutrality", -2, number=4, outlet="The Third"),
    ]
    apart = outlet_range(statements, golden_codebook(), "RUS", "UKR", as_of=date(2022, 3, 2))
    agency = [
        Record(one.statement, one.published_on, one.outlet, one.recorded_at, origin="Agency" if number >= 2 else "")
        for number, one in enumerate(statements)
    ]
    together = outlet_range(agency, golden_codebook(), "RUS", "UKR", as_of=date(2022, 3, 2))
    assert apart is not None
    assert together is not None
    assert apart.width == 0
    assert set(together.without) == {"Agency", "The Other"}
    assert together.without["Agency"] == 0


def test_a_records_source_is_the_documents_origin_or_else_its_outlet() -> None:
    record = said("2022-03-01", "UKR", "neutrality", 1)
    for fields, source in (({}, "The Example"), ({"origin": "Agency"}, "Agency")):
        known = select_in_force([add(document(**fields), at=NOON), add(record, at=NOON + HOUR)])
        assert known.records[0].source == source
