"""Tables as semicolon- or comma-separated files, read from and written for spreadsheet programs.

Read: UTF-8 with or without byte order mark, or Windows-1252; `;` or `,`, whichever the heading
has more of. A faulty row is told with its line and the reason. Written: UTF-8 with byte order
mark and `;`, so that a Swedish spreadsheet opens it as it is. A cell that a spreadsheet would
take for a formula gets an apostrophe before it, which is taken away again when the file is read.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from samordna.kernel.text import clean_line, search_key

MOST_BYTES = 5_000_000
MOST_ROWS = 20_000

if TYPE_CHECKING:
    import _csv

_FORMULA = re.compile(r"'*[=+\-@]")
_NEUTRALISED = re.compile(r"'+[=+\-@]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading in the file; a required one must be there and may not be empty in any row."""

    name: str
    required: bool = False
    limit: int = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `line` is the line of the file on which it begins."""

    line: int
    values: Mapping[str, str]


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
    text = _decoded(content)
    if text is None:
        table.problems.append(
            Problem(1, "", _("The file is not text. Save it as CSV (UTF-8) and try again."))
        )
        return table
    if len(content) > MOST_BYTES:
        table.problems.append(Problem(1, "", _("The file is too big. Split it into several.")))
        return table
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text.partition("\n")[0]))
    try:
        _read(reader, columns, table)
    except csv.Error:
        table.problems.append(
            Problem(reader.line_num, "", _("The line cannot be read. Check its quotation marks."))
        )
    return table


def write_table(columns: Sequence[Column], rows: Iterable[Mapping[str, str]]) -> bytes:
    """A file with a heading and the rows."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    writer.writerows([_neutralised(row.get(column.name, "")) for column in columns] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _decoded(content: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _delimiter(heading: str) -> str:
    return "," if heading.count(",") > heading.count(";") else ";"


def _read(reader: "_csv.Reader", columns: Sequence[Column], table: Table) -> None:
    names = [clean_line(name) for name in next(reader, [])]
    places = _places(names, columns, table)
    if table.problems:
        return
    line = reader.line_num + 1
    for cells in reader:
        if len(table.rows) >= MOST_ROWS:
            message = _("The file has more than %(most)d rows. Split it into several.") % {"most": MOST_ROWS}
            table.problems.append(Problem(line, "", message))
            return
        if any(cell.strip() for cell in cells):
            _read_row(line, cells, len(names), places, table)
        line = reader.line_num + 1


def _places(names: Sequence[str], columns: Sequence[Column], table: Table) -> dict[Column, int]:
    keys = [search_key(name) for name in names]
    known = {search_key(column.name): column for column in columns}
    for place, (key, name) in enumerate(zip(keys, names, strict=True)):
        if key not in known:
            table.problems.append(Problem(1, name, _("There is no such column. Check the heading.")))
        elif keys.index(key) < place:
            table.problems.append(Problem(1, name, _("The column stands there twice.")))
    for key, column in known.items():
        if column.required and key not in keys:
            table.problems.append(Problem(1, column.name, _("The column is missing.")))
    return {known[key]: place for place, key in enumerate(keys) if key in known}


def _read_row(
    line: int, cells: Sequence[str], width: int, places: Mapping[Column, int], table: Table
) -> None:
    if len(cells) != width:
        message = _("The line has %(cells)d cells, the heading has %(width)d.") % {
            "cells": len(cells),
            "width": width,
        }
        table.problems.append(Problem(line, "", message))
        return
    values: dict[str, str] = {}
    for column, place in places.items():
        value = clean_line(_plain(cells[place]))
        if column.required and not value:
            table.problems.append(Problem(line, column.name, _("The cell is empty.")))
        if len(value) > column.limit:
            message = _("The text may have at most %(limit)d characters.") % {"limit": column.limit}
            table.problems.append(Problem(line, column.name, message))
        values[column.name] = value
    table.rows.append(Row(line, values))


def _neutralised(value: str) -> str:
    return f"'{value}" if _FORMULA.match(value) else value


def _plain(cell: str) -> str:
    return cell[1:] if _NEUTRALISED.match(cell) else cell
