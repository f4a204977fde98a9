"""A document's id and the file of its text, from the name that it came under: any name makes lawful ones."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from positions.model.words import is_id

_NOT_EVERYWHERE: Final = re.compile(
    r'[\x00-\x1f\x7f<>:"/\\|?*]|^[ .]|[ .]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)', re.I
)
"""What some system does not allow in the name of a file."""
_MOST_BYTES: Final = 120
"""Bytes of a file's name that is kept; systems allow 143 to 255."""
_UNFIT: Final = re.compile(r"[^A-Za-z0-9_.-]+")
_MOST: Final = 60
_SPELLINGS: Final = """
аa бb вv гg ґg дd еe ёe єie жzh зz иi іi йi кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ъ- ыy ь- эe
юiu яia їi ўu
αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs ςs τt υy φf χch ψps ωo
اa بb تt ثth جj حh خkh دd ذdh رr زz سs شsh صs ضd طt ظz ع- غgh فf قq كk لl مm نn هh وw يy ةa ىa پp چch ژzh گg
کk یy
אa בb גg דd הh וv זz חh טt יi כk ךk לl מm םm נn ןn סs ע- פp ףp צts ץts קk רr שsh תt
ßss æae øo đd łl þth ðd œoe ıi
"""
"""Usual Latin spellings of Cyrillic, Greek, Arabic and Hebrew letters, and of Latin ones without a plain form: the
letter, then its spelling, a hyphen if it has none."""


def plain_id(name: str) -> str:
    """Return a name as an id: in plain Latin letters, other signs as hyphens; empty if no letter or digit is left."""
    if is_id(name):
        return name
    letters = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    plain = letters.translate(_table())
    return _UNFIT.sub("-", plain)[:_MOST].strip("-._")


def text_file(record_id: str, name: str, *, ending: str) -> str:
    """Return the name of the file in which a document's text is to lie.

    It is ``name`` and an ``ending``, if every system can have a file of that name, else one made of the id.
    """
    own = f"{name}{ending}"
    if not _NOT_EVERYWHERE.search(own) and len(own.encode()) <= _MOST_BYTES:
        return own
    plain = f"{record_id}{ending or suffix_of(name)}"
    return f"text-{plain}" if _NOT_EVERYWHERE.search(plain) else plain


def suffix_of(name: str) -> str:
    """Return the ending of a file's name in small letters, as ``.md``; ``.txt`` for one that is none."""
    suffix = name[name.rfind(".") :].lower() if "." in name[1:] else ""
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,8}", suffix) else ".txt"


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    spelled = {pair[0]: pair[1:].strip("-") for pair in _SPELLINGS.split()}
    capitals = {letter.upper(): latin for letter, latin in spelled.items() if len(letter.upper()) == 1}
    return str.maketrans(capitals | spelled)
