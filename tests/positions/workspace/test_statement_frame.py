from __future__ import annotations

from positions.workspace.statement_frame import COLUMNS, build_statement_frame
from tests.examples import golden_records, said


def test_the_frame_has_the_documented_columns_and_dtypes_even_when_empty() -> None:
    for records in ((), golden_records()):
        frame = build_statement_frame(records)
        assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == COLUMNS


def test_points_vague_days_and_unset_text_read_as_documented() -> None:
    frame = build_statement_frame([said("../2022-03-01", "UKR", "neutrality", -1, number=1)])
    row = frame.iloc[0]
    assert (row.stance, row.stance_to) == (-1, -1)
    assert frame["said_from"].isna().all()
    assert str(row.said_on.date()) == "2022-03-01"
    assert frame["element"].isna().all()
