"""The address book as a file: one row per unit, with the names of what stands above it.

The headings and words are Swedish whatever the language of the page, so that a file written by
one user is read by another.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from samordna.kernel.csv_file import Column, Problem, Row, Table, read_day, read_table, write_table
from samordna.kernel.refusal import Refusal
from samordna.kernel.text import search_key
from samordna.organisations.models import Organisation
from samordna.organisations.rules import Place, tidy_hsa_id
from samordna.organisations.states import CareKind, Level, PrincipalKind
from samordna.organisations.words import CARE_KINDS, PRINCIPAL_KINDS
from samordna.web.formfields import PHONE_ADVICE, PHONE_LENGTH, is_phone

COLUMNS = (
    Column("huvudman", required=True, limit=120),
    Column("typ av huvudman", required=True, limit=40),
    Column("förvaltning", limit=120),
    Column("verksamhet", limit=120),
    Column("enhet", required=True, limit=120),
    Column("vårdform", required=True, limit=60),
    Column("hsa-id", limit=31),
    Column("kommun", limit=60),
    Column("telefon", limit=PHONE_LENGTH),
    Column("adress", limit=200),
    Column("aviseras på", limit=254),
    Column("extern", limit=3),
    Column("stängd", limit=10),
)
# Which column a refusal about a place belongs to.
_FIELD_COLUMNS = {
    "name": "enhet",
    "level": "förvaltning",
    "principal_kind": "typ av huvudman",
    "care_kind": "vårdform",
    "hsa_id": "hsa-id",
    "notify_email": "aviseras på",
}
_YES_NO = {"ja": True, "nej": False, "": False}


# What the columns that a unit may do without are called in the program.
_FIELDS = {"kommun": "municipality", "telefon": "phone", "adress": "address", "aviseras på": "notify_email"}


@dataclass(frozen=True, slots=True)
class AddressRow:
    """One row that is right by itself. `fields` are what it says of the unit; `closed_on` counts if `says_closed`."""

    line: int
    principal: str
    principal_kind: str
    department: str
    operation: str
    name: str
    fields: Mapping[str, str | bool]
    closed_on: date | None
    says_closed: bool

    @property
    def hsa_id(self) -> str:
        """What the unit is found by, or nothing."""
        return str(self.fields.get("hsa_id", ""))

    def onto(self, known: Place) -> Place:
        """What is known of the unit with what this row says; the rest stays as it is."""
        fields: dict[str, Any] = dict(self.fields)
        return replace(known, **fields)


@dataclass(slots=True)
class AddressTable:
    rows: list[AddressRow]
    problems: list[Problem]


def read_addresses(content: bytes, *, today: date) -> AddressTable:
    """Rows that each by itself is right, and every problem found in the others."""
    table = read_table(content, COLUMNS)
    faulty = {problem.line for problem in table.problems}
    found = [row for row in table.rows if row.line not in faulty]
    with translation.override("sv"):
        words = (_by_word(CARE_KINDS), _by_word(PRINCIPAL_KINDS))
    return AddressTable(
        [read for row in found if (read := _address(row, words, table, today))], table.problems
    )


def write_addresses(units: Iterable[Organisation]) -> bytes:
    """The file that `read_addresses` reads back unchanged."""
    with translation.override("sv"):
        return write_table(COLUMNS, [_cells(unit) for unit in units])


def unit_cells(unit: Organisation) -> dict[str, str]:
    """What a file says of the unit, by column."""
    with translation.override("sv"):
        return _cells(unit)


def operation_of(unit: Organisation) -> Organisation | None:
    """The operation that the unit lies below, if any."""
    return unit.parent if unit.parent and unit.parent.level == Level.OPERATION else None


def problem_of(line: int, refusal: Refusal) -> Problem:
    return Problem(line, _FIELD_COLUMNS.get(refusal.field, ""), str(refusal))


def _by_word(
    labels: Mapping[CareKind, str | Promise] | Mapping[PrincipalKind, str | Promise],
) -> dict[str, str]:
    """What may stand in the file for each kind: its Swedish word, or its code."""
    return {
        search_key(text): kind.value for kind, label in labels.items() for text in (str(label), kind.value)
    }


def _address(
    row: Row, words: tuple[dict[str, str], dict[str, str]], table: Table, today: date
) -> AddressRow | None:
    before, cell = len(table.problems), row.values
    care_kind = _chosen(row.line, "vårdform", cell, words[0], table)
    principal_kind = _chosen(row.line, "typ av huvudman", cell, words[1], table)
    fields: dict[str, str | bool] = {"care_kind": care_kind}
    fields |= {_FIELDS[name]: value for name, value in row.said(*_FIELDS).items()}
    if "hsa-id" in cell:
        fields["hsa_id"] = tidy_hsa_id(cell["hsa-id"])
    if "extern" in cell:
        fields["external"] = _external(row.line, cell["extern"], table)
    if cell.get("verksamhet") and not cell.get("förvaltning"):
        table.problems.append(
            Problem(row.line, "förvaltning", _("An operation belongs to a department. Write which."))
        )
    if cell.get("telefon") and not is_phone(cell["telefon"]):
        table.problems.append(Problem(row.line, "telefon", PHONE_ADVICE))
    closed_on = _closing_day(row.line, cell.get("stängd", ""), table, today)
    if len(table.problems) > before:
        return None
    return AddressRow(
        row.line,
        cell["huvudman"],
        principal_kind,
        cell.get("förvaltning", ""),
        cell.get("verksamhet", ""),
        cell["enhet"],
        fields,
        closed_on,
        says_closed="stängd" in cell,
    )


def _external(line: int, text: str, table: Table) -> bool:
    external = _YES_NO.get(search_key(text))
    if external is None:
        table.problems.append(Problem(line, "extern", _("Write ja or nej.")))
    return bool(external)


def _chosen(line: int, column: str, cell: Mapping[str, str], words: Mapping[str, str], table: Table) -> str:
    kind = words.get(search_key(cell[column]), "")
    if not kind:
        message = _("“%(word)s” is not a kind that is known here.") % {"word": cell[column]}
        table.problems.append(Problem(line, column, message))
    return kind


def _closing_day(line: int, text: str, table: Table, today: date) -> date | None:
    if not text:
        return None
    day = read_day(text)
    if day is None:
        table.problems.append(Problem(line, "stängd", _("Write the date as 2026-11-22.")))
        return None
    if day > today:
        table.problems.append(
            Problem(line, "stängd", _("The date has not been yet. Close the unit when the day comes."))
        )
    return day


def _cells(unit: Organisation) -> dict[str, str]:
    principal = unit.principal
    operation = operation_of(unit)
    return {
        "huvudman": principal.name if principal else "",
        "typ av huvudman": str(PRINCIPAL_KINDS[PrincipalKind(principal.principal_kind)]) if principal else "",
        "förvaltning": unit.department.name if unit.department else "",
        "verksamhet": operation.name if operation else "",
        "enhet": unit.name,
        "vårdform": str(CARE_KINDS[CareKind(unit.care_kind)]),
        "hsa-id": unit.hsa_id or "",
        "kommun": unit.municipality,
        "telefon": unit.phone,
        "adress": unit.address,
        "aviseras på": unit.notify_email,
        "extern": "ja" if unit.external else "nej",
        "stängd": unit.closed_on.isoformat() if unit.closed_on else "",
    }
