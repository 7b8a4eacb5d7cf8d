"""What is done with every text a person typed, before it is stored or searched."""

import re
import unicodedata

LONG_TEXT_LIMIT = 10_000
SHORT_TEXT_LIMIT = 200

# Characters that turn the direction of the text around can make a page lie about what was written.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BYTE_ORDER_MARK = "\ufeff"
_DROPPED_CATEGORIES = frozenset({"Cc", "Cs", "Cn"})
_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def clean_text(text: str) -> str:
    """NFC, lines ended by a line feed, no control or direction-turning characters.

    Tabs become spaces; blanks at the end of lines and around the whole are dropped.
    Nothing else is changed, so what was typed is what is read.
    """
    text = _NEWLINES.sub("\n", unicodedata.normalize("NFC", text)).replace("\t", " ")
    kept = "".join(character for character in text if character == "\n" or not _dropped(character))
    return "\n".join(line.rstrip() for line in kept.split("\n")).strip()


def clean_line(text: str) -> str:
    """As `clean_text`, on one line with single spaces."""
    return " ".join(clean_text(text).split())


def search_key(text: str) -> str:
    """What is stored for searching and what is searched with: cleaned, NFKC, case folded, single spaces."""
    text = clean_text(text)
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).split())


def _dropped(character: str) -> bool:
    if character in _BIDI or character == _BYTE_ORDER_MARK:
        return True
    return unicodedata.category(character) in _DROPPED_CATEGORIES
