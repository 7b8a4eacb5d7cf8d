"""What a cell of a file says, and how a value is written so that it comes back as it was.

A cell that a spreadsheet would take for a formula gets an apostrophe before it, which is taken away again when the
file is read. So does the word that empties, where somebody really is called that.
"""

import re
import unicodedata

from samordna.kernel.text import IGNORABLE, clean_line

# What stands in a cell to take away what is known. An empty cell says nothing.
EMPTY_THIS = "(töm)"
_UNSEEN_FIRST = re.compile(rf"['\s{IGNORABLE}]*")
_BEGINS_A_FORMULA = frozenset("=+-@")
_CONTROLS = frozenset("\t\r\n")


def written(value: str) -> str:
    """The cell for a value."""
    return f"'{value}" if _needs_apostrophe(value) else value


def said(cell: str) -> str | None:
    """The value that a cell gives: cleaned, on one line. Empty for *(töm)*, None for a cell that says nothing."""
    plain = cell[1:] if cell[:1] == "'" and _needs_apostrophe(cell[1:]) else cell
    value = clean_line(plain)
    if plain == cell and _empties(value):
        return ""
    return value or None


def _needs_apostrophe(value: str) -> bool:
    begins = _UNSEEN_FIRST.match(value)
    first = value[begins.end() : begins.end() + 1] if begins else ""
    # Full-width, small and raised signs too: spreadsheets of other countries take ＝1+1 for a formula.
    if unicodedata.normalize("NFKC", first)[:1] in _BEGINS_A_FORMULA or value[:1] in _CONTROLS:
        return True
    return _empties(clean_line(value.lstrip("'")))


def _empties(value: str) -> bool:
    return value.casefold() == EMPTY_THIS
