"""What is done with every text a person typed, before it is stored, compared or searched."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Literal

LONG_TEXT_LIMIT = 10_000
SHORT_TEXT_LIMIT = 200
# A database refuses patterns of any length and number; nobody looks for a longer name.
_MOST_WORDS = 8

# What Unicode calls default ignorable: it changes how its neighbours look, or nothing, and is never seen itself.
IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_IGNORABLE = re.compile(f"[{IGNORABLE}]")
# Blank, though neither a space nor ignorable: an empty braille cell, an empty note, anchors of annotations.
_VISIBLE = re.compile(rf"[^\s\u2800\ufff9-\ufffb\U0001d159{IGNORABLE}]")
# Opens a passage of another direction, and what closes it. The two last turn letters around, and always go.
_CLOSER = {
    "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069",
    "\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c",
}  # fmt: skip
_OVERRIDES = frozenset("\u202d\u202e")
_DIRECTED = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MOST_MARKS, _JOINER = 30, "\u034f"
_FROM_THE_RIGHT = frozenset({"R", "AL", "RLE", "RLI"})
_BYTE_ORDER_MARK = "\ufeff"
_DROPPED_CATEGORIES = frozenset({"Cc", "Cs"})
_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Written in many ways and often left out; a name is the same without them.
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘‛`´ʼʹ′＇"))
# Greek and Cyrillic letters drawn as Latin ones, capitals and small: those that keyboards in Sweden give (UTS 39, 4).
_LOOKALIKES = str.maketrans(
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03f9\u03fa"
    "\u03b1\u03b3\u03b7\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u03c9\u03f2\u03f3"
    "\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u04ae\u0425\u051a\u051c\u04c0\u04ba\u050c"
    "\u0430\u0435\u0455\u0456\u0458\u043a\u043e\u0440\u0441\u0443\u04af\u0445\u051b\u051d\u04cf\u04bb\u0501\u0475\u050d",
    "ABEZHIKMNOPTYXCM" "aynikvoptuxwcj"
    "ABESIJKMHOPCTYYXQWIhG" "aesijkopcyyxqwlhdvg",
)  # fmt: skip
_DASHES = re.compile("[\u02d7\u2010-\u2015\u2043\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d]")


def normalized(form: Literal["NFC", "NFD", "NFKC"], text: str) -> str:
    """As Unicode's form of that name, in a time that grows as the text does: for all that came from outside.

    A letter with very many marks takes minutes to put in order, whoever sends it. No language has as many as thirty;
    after those the next ones stand on a joiner of their own that cannot be seen (UAX 15, Stream-Safe Text Format).
    """
    return unicodedata.normalize(form, text if text.isascii() else "".join(_stream_safe(text)))


def clean_text(text: str) -> str:
    """NFC, lines ended by a line feed, no control characters, and none that turn letters around.

    Tabs become spaces; blanks at the end of lines and around the whole are dropped. A text in which nothing can be
    seen is empty. Marks of direction stay, and passages of another direction that end on their line. Nothing else
    is changed: what was typed is what is read, also where Python or a font does not know the character yet.
    """
    text = _NEWLINES.sub("\n", normalized("NFC", text)).replace("\t", " ")
    kept = "".join(character for character in text if character == "\n" or not _dropped(character))
    if not _VISIBLE.search(kept):
        return ""
    if _DIRECTED.search(kept):
        kept = "\n".join(_balanced(line) for line in kept.split("\n"))
    # What was dropped may have kept a letter and its accent apart.
    kept = normalized("NFC", kept)
    return "\n".join(line.rstrip() for line in kept.split("\n")).strip()


def clean_line(text: str) -> str:
    """As `clean_text`, on one line with single spaces."""
    return " ".join(clean_text(text).split())


def isolated(name: str) -> str:
    """A name to stand in a sentence of ours: one that is read from the right keeps to itself.

    Else the words, commas and figures beside it would be read as a part of it, in another order. Any other name is as
    it was.
    """
    if name.isascii() or not any(unicodedata.bidirectional(sign) in _FROM_THE_RIGHT for sign in name):
        return name
    return f"\u2068{name}\u2069"


def listed(names: Iterable[str]) -> str:
    """Names with commas between them, each isolated."""
    return ", ".join(isolated(name) for name in names)


def search_key(text: str) -> str:
    """What is stored for searching and what is searched with: words in small letters with single spaces.

    Dashes, commas and all other punctuation part words, apostrophes and what cannot be seen do not. So "Mogård,
    Lars-Göran" has the words of "Lars–Göran Mogård".
    """
    text = clean_text(text).translate(_APOSTROPHES)
    text = normalized("NFKC", normalized("NFKC", text).casefold())
    text = _IGNORABLE.sub("", text.translate(_APOSTROPHES))
    words = "".join(" " if _parts_words(character) else character for character in text)
    return " ".join(normalized("NFKC", words).split())


def search_words(text: str) -> list[str]:
    """The words that every name found must have. Nothing typed is no word; only signs are one that no name has."""
    typed = clean_line(text[: 2 * SHORT_TEXT_LIMIT])
    return search_key(typed)[:SHORT_TEXT_LIMIT].split()[:_MOST_WORDS] or typed.split()[:1]


def name_key(text: str) -> str:
    """Alike for names and ids that a reader would take for the same: across case, blanks, dashes and punctuation, and
    with a Greek or Cyrillic letter for the Latin one that looks like it."""
    if not text.isascii():
        text = normalized("NFD", normalized("NFKC", text)).translate(_LOOKALIKES)
    return search_key(text).replace(" ", "")


def plain_dashes(text: str) -> str:
    """An id or a user name with every dash as the one on the keyboard, and without what cannot be seen."""
    return _DASHES.sub("-", _IGNORABLE.sub("", text))


def can_be_seen(character: str) -> bool:
    """Whether it is drawn by itself, unlike blanks, joiners and marks of direction."""
    return _VISIBLE.match(character) is not None


def _stream_safe(text: str) -> Iterator[str]:
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > _MOST_MARKS:
            yield _JOINER
            marks = 1
        yield character


def _balanced(line: str) -> str:
    """Without overrides, and without what opens a direction and does not close it on the line, or the reverse."""
    open_at: list[int] = []
    dropped: set[int] = set()
    for place, character in enumerate(line):
        if character in _CLOSER:
            open_at.append(place)
        elif character in _CLOSER.values():
            if not open_at or _CLOSER[line[open_at[-1]]] != character:
                dropped.add(place)
            elif line[begin := open_at.pop()] in _OVERRIDES:
                dropped |= {begin, place}
    dropped.update(open_at)
    return "".join(character for place, character in enumerate(line) if place not in dropped)


def _dropped(character: str) -> bool:
    if character == _BYTE_ORDER_MARK or _is_no_character(ord(character)):
        return True
    return unicodedata.category(character) in _DROPPED_CATEGORIES


def _is_no_character(code: int) -> bool:
    """The 66 code points that Unicode has promised never to use."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def _parts_words(character: str) -> bool:
    return character == "\u2212" or unicodedata.category(character).startswith("P")


def fingerprint(value: object) -> str:
    """Tells whether what stood on a page still stands: the same value has the same one, in any order of its keys."""
    return sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()[:24]
