"""Swedish alphabetical order, the same on both databases.

SQLite gets the collation "svensk" from this module when a connection is made. PostgreSQL gets
it from ICU (migration 0001: sv-SE-u-kn). å, ä and ö come last; case and accents only decide
between names that are otherwise alike; numbers are sorted by size (Avdelning 9, Avdelning 10).
"""

import re
import unicodedata
from functools import lru_cache

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Combinable
from django.db.models.functions import Collate

COLLATION = "svensk"

# As in CLDR's rules for Swedish: letters that are not z's neighbours but sorted as another one.
_OWN_LETTERS = str.maketrans(
    {
        "å": "{", "ä": "|", "æ": "|", "ę": "|", "ö": "}", "ø": "}", "ő": "}", "œ": "}", "ô": "}",
        "ü": "y", "ű": "y", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i",
    }
)  # fmt: skip
# ICU's order: blanks, punctuation, symbols, then digits and letters.
_SIGNS = " _-–—,;:!?./'’‘\"”“()[]{}@*\\&#%´^+<=>|~$§°"
_SIGN_ORDER = {ord(sign): chr(1 + place) for place, sign in enumerate(_SIGNS)}
_DIGITS = re.compile(r"\d+")
_SWEDISH = frozenset("åäöæęøőœôüűđðþłħı")


def swedish(expression: str | Combinable) -> Collate:
    """The expression, to be sorted in Swedish order: `.order_by(swedish("name"))`."""
    return Collate(models.F(expression) if isinstance(expression, str) else expression, COLLATION)


@lru_cache(maxsize=16_384)
def sort_key(text: str) -> tuple[str, str, str, str]:
    """A key that sorts texts in Swedish order: letters, then accents, then small before capital."""
    composed = unicodedata.normalize("NFC", text)
    folded = composed.casefold()
    primary = "".join(_base(character) for character in folded).translate(_SIGN_ORDER)
    primary = _DIGITS.sub(_by_size, primary.translate(_OWN_LETTERS))
    return primary, unicodedata.normalize("NFD", folded), composed.swapcase(), text


def compare(left: str, right: str) -> int:
    """-1, 0 or 1, as SQLite wants it."""
    if left == right:
        return 0
    return -1 if sort_key(left) < sort_key(right) else 1


def register(*, connection: BaseDatabaseWrapper, **_kwargs: object) -> None:
    """Give a new SQLite connection the collation. Does nothing on other databases."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation(COLLATION, compare)


def _base(character: str) -> str:
    if character in _SWEDISH or character.isascii():
        return character
    parts = unicodedata.normalize("NFD", character)
    return "".join(part for part in parts if not unicodedata.combining(part))


def _by_size(match: re.Match[str]) -> str:
    digits = str(int(match[0]))
    return f"0{chr(0x100 + len(digits))}{digits}"
