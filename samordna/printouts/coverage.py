"""Which characters the shipped fonts can draw.

An accessible PDF may not hold a character that no font draws, so such a one is printed as its
number, [U+65E5]: nothing is left out silently, and the print is made. Covered are Latin, Greek,
Cyrillic, Arabic, Hebrew, Armenian, Georgian, Lao, Thai, Ethiopic and Syriac script, arrows, ticks
and most symbols (docs/printing.md); not covered are Chinese, Japanese, Korean, the scripts of India
and Khmer.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from samordna.kernel.text import can_be_seen

FONTS = Path(__file__).parent / "fonts"

# Typst parts words by syllables. One with this many letters may have none of them, and would run out of its cell; an
# address or a number has none at all.
_LONGEST_WORD, _LONGEST_ADDRESS, _LONGEST_PIECE = 40, 16, 12
_MAY_BREAK = "\u200b"
_LIKE_AN_ADDRESS = re.compile(r"[/@_?&=%\d]")
_SIGNS_IN_ADDRESSES = re.compile(r"(?<=[/@._?&=%:-])(?=[^\s/@._?&=%:-])")


def printable(text: str) -> str:
    """The text with what cannot be drawn as [U+65E5], and with places to break in what is too long."""
    drawn = "".join(_drawn(character) for character in unicodedata.normalize("NFC", text))
    return " ".join(_breakable(word) for word in drawn.split(" "))


def not_printable(texts: Iterable[str]) -> list[str]:
    """The characters among the texts that a print shows as their numbers, in order."""
    seen = dict.fromkeys(character for text in texts for character in unicodedata.normalize("NFC", text))
    return [character for character in seen if _drawn(character) != character]


@cache
def covered() -> frozenset[int]:
    """The code points that at least one of the fonts draws."""
    found: set[int] = set()
    for path in sorted(FONTS.glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(found)


def _drawn(character: str) -> str:
    # What cannot be seen changes how its neighbours look or which way they are read, and needs no font.
    if character == "\n" or ord(character) in covered() or not can_be_seen(character):
        return character
    return f"[U+{ord(character):04X}]"


def _breakable(word: str) -> str:
    if _LIKE_AN_ADDRESS.search(word):
        if len(word) <= _LONGEST_ADDRESS:
            return word
        return _MAY_BREAK.join(_in_pieces(piece) for piece in _SIGNS_IN_ADDRESSES.split(word))
    return word if len(word) <= _LONGEST_WORD else _in_pieces(word)


def _in_pieces(word: str) -> str:
    return _MAY_BREAK.join(
        word[start : start + _LONGEST_PIECE] for start in range(0, len(word), _LONGEST_PIECE)
    )
