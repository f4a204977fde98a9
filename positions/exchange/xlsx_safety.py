"""Whether a workbook can be opened: what it is, that it is whole, and that it is not a trap for the memory."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import IO, Final

from positions.errors import DataError, Finding
from positions.files.reading import require_file
from positions.files.unpacking import UNPACKING_ERRORS

LARGEST: Final = 1_000_000_000
"""The most bytes of a workbook when it is unpacked."""
MOST_CELLS: Final = 20_000_000
"""The most cells of a sheet, counted from its first to the last one that holds something, the empty ones too."""
_OLD: Final = b"\xd0\xcf\x11\xe0"
_CHUNK: Final = 4_000_000
_TAIL: Final = 200
_CELL: Final = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?:[^>/]|/(?!>))*>')


def check_workbook(path: Path) -> None:
    """Raise ``DataError`` if a file is no workbook, is protected or damaged, or would take more memory than it may."""
    require_file(path)
    try:
        with path.open("rb") as source:
            first = source.read(4)
        if first == _OLD:
            words = "it is protected by a password, or of Excel before 2007; save it as .xlsx without a password"
            raise DataError([Finding(path.name, "", words)])
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            if size > LARGEST:
                words = f"found {size:,} bytes when unpacked, allowed: {LARGEST:,}"
                raise DataError([Finding(path.name, "", words)])
            for entry in archive.infolist():
                with archive.open(entry) as part:  # reading to the end proves size and checksum
                    _check_part(part, entry.filename, where=path.name)
    except UNPACKING_ERRORS as error:
        raise DataError([Finding(path.name, "", f"not a whole Excel workbook: {error}")]) from None


def _check_part(part: IO[bytes], name: str, *, where: str) -> None:
    is_sheet = name.startswith("xl/worksheets/sheet")
    last_row = last_column = 0
    rest = b""
    while chunk := part.read(_CHUNK):
        if not is_sheet:
            continue
        text = rest + chunk
        cells = _CELL.findall(text)
        for letters in {letters for letters, _ in cells}:
            last_column = max(last_column, _column(letters))
        last_row = max(last_row, max((int(number) for _, number in cells), default=0))
        rest = text[-_TAIL:]
        if last_row * last_column > MOST_CELLS:
            words = (
                f"a sheet reaches to row {last_row:,} and column {last_column:,}, allowed: {MOST_CELLS:,} cells; "
                "delete the rows and columns beside the table"
            )
            raise DataError([Finding(where, "", words)])


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
