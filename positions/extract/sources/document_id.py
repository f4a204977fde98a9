"""A document's id from the name of its file: any name in the letters that an id may have."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from positions.model.words import is_id

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


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    spelled = {pair[0]: pair[1:].strip("-") for pair in _SPELLINGS.split()}
    capitals = {letter.upper(): latin for letter, latin in spelled.items() if len(letter.upper()) == 1}
    return str.maketrans(capitals | spelled)
