"""However a part of an archive is packed, damage to it is one of the errors that readers expect."""

from __future__ import annotations

import io
import zipfile

import pytest

from positions.files.unpacking import UNPACKING_ERRORS


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("place", range(52, 72, 4))
def test_damage_is_an_expected_error_in_every_packing(packing: int, place: int) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        archive.writestr("part", bytes(range(256)) * 4)
    content = bytearray(file.getvalue())
    content[place : place + 4] = b"\xff\x00\xff\x00"
    assert not is_read(bytes(content))


def is_read(content: bytes) -> bool:
    """Return whether the part can be unpacked; any other error than those expected is raised."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            archive.read("part")
    except UNPACKING_ERRORS:
        return False
    return True
