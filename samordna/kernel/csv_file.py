"""Tables as files with a heading, read as spreadsheet programs write them, and written for them.

Read: UTF-8 or UTF-16 with or without a mark, or Windows-1252; `;`, `,` or tabs, whichever the heading has most of;
lines ended in any way; headings in any case; empty cells at the end of lines or left out there. What a file has no
column for, and a cell that is empty, says nothing: what is known stays. *(töm)* empties. A faulty row is told with its
line and the reason. Written: UTF-8 with a mark and `;`, so that a Swedish spreadsheet opens it as it is.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from samordna.kernel.csv_cells import EMPTY_THIS, said, written
from samordna.kernel.text import clean_line, search_key

MOST_BYTES = 5_000_000
MOST_ROWS = 20_000
MOST_IN_A_CELL = 10_000
_DELIMITERS = ";,\t"
# Excel's own first line, by which it tells itself what parts the cells.
_SEPARATOR_LINE = re.compile(r"sep=(.)(?:\r\n?|\n)", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_LINE_ENDS = re.compile(r"\r\n?|\n")
_DAY = re.compile(r"\d{4}-?\d{2}-?\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading in the file; a required one must be there and may not be empty in any row."""

    name: str
    required: bool = False
    limit: int = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `line` is the line of the file on which it begins. What it says nothing of is not among its values."""

    line: int
    values: Mapping[str, str]

    def said(self, *columns: str) -> dict[str, str]:
        """What it says of these columns; an empty text where they are to be emptied."""
        return {name: self.values[name] for name in columns if name in self.values}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, on which line and in which column ("" for the whole line or file)."""

    line: int
    column: str
    message: str | Promise


@dataclass(slots=True)
class Table:
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_table(content: bytes, columns: Sequence[Column]) -> Table:
    """The rows of a file, cleaned, and every problem found. With a faulty heading no rows are read."""
    table = Table()
    if len(content) > MOST_BYTES:
        table.problems.append(Problem(1, "", _("The file is too big. Split it into several.")))
        return table
    text = _decoded(content)
    if text is None or "\0" in text:
        line = 1 if text is None else 1 + len(_LINE_ENDS.findall(text, 0, text.index("\0")))
        table.problems.append(
            Problem(line, "", _("The file is not text. Save it as CSV (UTF-8) and try again."))
        )
        return table
    _read(text, columns, table)
    return table


def write_table(columns: Sequence[Column], rows: Iterable[Mapping[str, str]]) -> bytes:
    """A file with a heading and the rows. Every cell is quoted, so that none is parted by a program that takes `,`."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow([column.name for column in columns])
    writer.writerows([written(row.get(column.name, "")) for column in columns] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def read_day(text: str) -> date | None:
    """A whole day, year first; None for anything else."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _decoded(content: bytes) -> str | None:
    for encoding in (*_utf16(content), "utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _utf16(content: bytes) -> tuple[str, ...]:
    """By its mark, or by where the empty halves of the first characters stand."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ("utf-16",)
    start = content[:64]
    if len(start) < 4 or len(content) % 2:
        return ()
    even, odd = start[0::2].count(0), start[1::2].count(0)
    return (
        ("utf-16-le",) if odd > len(start) // 4 > even else ("utf-16-be",) if even > len(start) // 4 else ()
    )


def _read(text: str, columns: Sequence[Column], table: Table) -> None:
    text, delimiter, begun = _parted(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = begun
    taker = _Taker(columns, table)
    try:
        for cells in reader:
            if any(clean_line(cell) for cell in cells) and not taker.take(line, cells):
                return
            line = begun + reader.line_num
    except csv.Error as error:
        table.problems.append(Problem(line, "", _unreadable(error)))
    if taker.places is None and not table.problems:
        taker.take(begun, [])


def _parted(text: str) -> tuple[str, str, int]:
    """The text from its heading on, what parts its cells, and the number of its first line."""
    text = text.removeprefix("\ufeff")
    if mark := _SEPARATOR_LINE.match(text):
        return text[mark.end() :], mark[1], 2
    heading = _QUOTED.sub("", text.lstrip().partition("\n")[0].partition("\r")[0])
    return text, max(_DELIMITERS, key=heading.count), 1


class _Taker:
    """Takes the heading and then the rows; `places` says where each column stands, once the heading is read."""

    def __init__(self, columns: Sequence[Column], table: Table) -> None:
        self.columns, self.table = columns, table
        self.places: dict[Column, int] | None = None
        self.width = 0

    def take(self, line: int, cells: Sequence[str]) -> bool:
        """False when nothing more is to be taken."""
        if self.places is not None:
            return _read_row(line, cells, self.width, self.places, self.table)
        names = [clean_line(name) for name in cells]
        while names and not names[-1]:
            names.pop()
        self.places, self.width = _places(line, names, self.columns, self.table), len(names)
        return not self.table.problems


def _unreadable(error: csv.Error) -> str:
    if "field limit" in str(error):
        return _("A cell has more than %(most)d characters. Check the quotation marks of the line.") % {
            "most": MOST_IN_A_CELL
        }
    return _("The line cannot be read. Check its quotation marks.")


def _places(line: int, names: Sequence[str], columns: Sequence[Column], table: Table) -> dict[Column, int]:
    keys = [search_key(name) for name in names]
    known = {search_key(column.name): column for column in columns}
    for place, (key, name) in enumerate(zip(keys, names, strict=True)):
        if name and key not in known:
            table.problems.append(Problem(line, name, _("There is no such column. Check the heading.")))
        elif name and keys.index(key) < place:
            table.problems.append(Problem(line, name, _("The column stands there twice.")))
    for key, column in known.items():
        if column.required and key not in keys:
            table.problems.append(Problem(line, column.name, _("The column is missing.")))
    return {known[key]: place for place, key in enumerate(keys) if key in known}


def _read_row(
    line: int, cells: Sequence[str], width: int, places: Mapping[Column, int], table: Table
) -> bool:
    """Take the row, or say what is wrong with it; False when no more rows are taken."""
    if len(table.rows) >= MOST_ROWS:
        message = _("The file has more than %(most)d rows. Split it into several.") % {"most": MOST_ROWS}
        table.problems.append(Problem(line, "", message))
        return False
    without = set(range(len(cells))) - set(places.values())
    if any(clean_line(cells[place]) for place in without):
        message = _("The line has something in a column without a heading. The heading has %(width)d cells.")
        table.problems.append(Problem(line, "", message % {"width": width}))
        return True
    values: dict[str, str] = {}
    for column, place in places.items():
        value = said(cells[place]) if place < len(cells) else None
        problem = _cell_problem(column, value, cells[place] if place < len(cells) else "")
        if problem:
            table.problems.append(Problem(line, column.name, problem))
        elif value is not None:
            values[column.name] = value
    table.rows.append(Row(line, values))
    return True


def _cell_problem(column: Column, value: str | None, cell: str) -> str:
    if column.required and value == "":
        return _("%(empty)s empties the cell, and this one cannot be empty.") % {"empty": EMPTY_THIS}
    if column.required and value is None:
        return _("The cell is empty.")
    if len(cell) > MOST_IN_A_CELL or len(value or "") > column.limit:
        return _("The text may have at most %(limit)d characters.") % {"limit": column.limit}
    return ""
