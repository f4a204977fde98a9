"""What may go wrong when a part of an archive is unpacked, whatever packed it."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from typing import Final

UNPACKING_ERRORS: Final = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
    *(EOFError, NotImplementedError, OSError, RuntimeError, ValueError),
)
"""The errors of a damaged or protected part; zlib's and lzma's are no children of the others."""
