"""Users as a file: one row per assignment, so a user who works at two units has two rows.

The headings and words are Swedish whatever the language of the page, so that a file written by one user is read by
another. What is written is read back unchanged.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from samordna.accounts.queries import UserDetails, details_of
from samordna.accounts.user_names import LONGEST_USER_NAME, fold_user_name
from samordna.assignments.models import Assignment
from samordna.assignments.rules import Period, period_refusal
from samordna.assignments.states import Profession
from samordna.assignments.words import PROFESSIONS
from samordna.kernel.csv_file import Column, Problem, Row, read_day, read_table, write_table
from samordna.kernel.text import search_key
from samordna.organisations.address_csv import operation_of
from samordna.organisations.rules import hsa_id_refusal, tidy_hsa_id
from samordna.web.formfields import PHONE_ADVICE, PHONE_LENGTH, is_phone

COLUMNS = (
    Column("användarnamn", required=True, limit=LONGEST_USER_NAME),
    Column("namn", required=True, limit=120),
    Column("e-post", limit=254),
    Column("telefon", limit=PHONE_LENGTH),
    Column("besöksadress", limit=200),
    Column("hsa-id", limit=31),
    Column("skyddad", limit=3),
    Column("huvudman", limit=120),
    Column("förvaltning", limit=120),
    Column("verksamhet", limit=120),
    Column("enhet", required=True, limit=120),
    Column("enhetens hsa-id", limit=31),
    Column("yrke", required=True, limit=60),
    Column("titel", required=True, limit=80),
    Column("första dag", required=True, limit=10),
    Column("sista dag", limit=10),
)
# Which column each of a user's details stands in.
_DETAILS = {
    "email": "e-post",
    "phone": "telefon",
    "work_address": "besöksadress",
    "hsa_id": "hsa-id",
    "protected": "skyddad",
}
_YES_NO = {"ja": True, "nej": False, "": False}


class _Faulty(Exception):
    def __init__(self, column: str, message: str | Promise) -> None:
        super().__init__(column)
        self.column, self.message = column, message


@dataclass(frozen=True, slots=True)
class UserRow:
    """One row that is right by itself. `details` are those that it says something of; so is the last day only if
    `says_end`."""

    line: int
    username: str
    details: Mapping[str, str | bool]
    principal: str
    department: str
    operation: str
    unit: str
    unit_hsa_id: str
    profession: Profession
    title: str
    starts_on: date
    ends_on: date | None
    says_end: bool

    def onto(self, known: UserDetails | None) -> UserDetails:
        """What is known of the user with what this row says; the rest stays as it is."""
        said: dict[str, Any] = dict(self.details)
        return replace(known, **said) if known else UserDetails(**said)

    def period(self, known: date | None) -> Period:
        """From its first day until its last; what is known of the last day stays if the row does not tell it."""
        return Period(self.starts_on, self.ends_on if self.says_end else known)


@dataclass(slots=True)
class UserTable:
    """The rows that are right, and every problem in the others."""

    rows: list[UserRow]
    problems: list[Problem]


def read_users(content: bytes) -> UserTable:
    """Rows that each by itself is right, and every problem found."""
    table = read_table(content, COLUMNS)
    faulty = {problem.line for problem in table.problems}
    with translation.override("sv"):
        professions = {search_key(str(word)): profession for profession, word in PROFESSIONS.items()}
    rows = []
    for row in table.rows:
        if row.line in faulty:
            continue
        try:
            rows.append(_user_row(row, professions))
        except _Faulty as fault:
            table.problems.append(Problem(row.line, fault.column, fault.message))
    return UserTable(rows, sorted(table.problems, key=lambda problem: problem.line))


def write_users(assignments: Iterable[Assignment]) -> bytes:
    """The file that `read_users` reads back unchanged."""
    return write_table(COLUMNS, [_cells(row) for row in assignments])


def _user_row(row: Row, professions: Mapping[str, Profession]) -> UserRow:
    cell = row.values
    details: dict[str, str | bool] = {"name": cell["namn"]}
    details |= {name: _READ[name](cell[column]) for name, column in _DETAILS.items() if column in cell}
    starts_on = _day("första dag", cell["första dag"])
    ends_on = _day("sista dag", cell["sista dag"]) if cell.get("sista dag") else None
    refusal = period_refusal(Period(starts_on, ends_on))
    if refusal:
        raise _Faulty("sista dag", refusal.message)
    return UserRow(
        line=row.line,
        username=_user_name(cell["användarnamn"]),
        details=details,
        principal=cell.get("huvudman", ""),
        department=cell.get("förvaltning", ""),
        operation=cell.get("verksamhet", ""),
        unit=cell["enhet"],
        unit_hsa_id=tidy_hsa_id(cell.get("enhetens hsa-id", "")),
        profession=_profession(cell["yrke"], professions),
        title=cell["titel"],
        starts_on=starts_on,
        ends_on=ends_on,
        says_end="sista dag" in cell,
    )


def _user_name(text: str) -> str:
    if any(character.isspace() for character in text):
        raise _Faulty("användarnamn", _("Write the user name without blanks."))
    return fold_user_name(text)


def _phone(text: str) -> str:
    if text and not is_phone(text):
        raise _Faulty("telefon", PHONE_ADVICE)
    return text


def _email(text: str) -> str:
    try:
        if text:
            validate_email(text)
    except ValidationError:
        raise _Faulty("e-post", _("Write the e-mail address as name@example.se.")) from None
    return text


def _hsa_id(text: str) -> str:
    text = tidy_hsa_id(text).upper()
    refusal = hsa_id_refusal(text)
    if refusal:
        raise _Faulty("hsa-id", refusal.message)
    return text


def _yes_no(text: str) -> bool:
    try:
        return _YES_NO[search_key(text)]
    except KeyError:
        raise _Faulty("skyddad", _("Write ja or nej.")) from None


def _profession(text: str, professions: Mapping[str, Profession]) -> Profession:
    try:
        return professions[search_key(text)]
    except KeyError:
        raise _Faulty(
            "yrke", _("There is no such profession in the system. Take a word from the export.")
        ) from None


def _day(column: str, text: str) -> date:
    day = read_day(text)
    if day is None:
        raise _Faulty(column, _("Write the date as 2026-11-22."))
    return day


_READ: Mapping[str, Callable[[str], str | bool]] = {
    "email": _email,
    "phone": _phone,
    "work_address": str,
    "hsa_id": _hsa_id,
    "protected": _yes_no,
}


def user_cells(username: str, details: UserDetails) -> dict[str, str]:
    """What a file says of the user, by column."""
    return {
        "användarnamn": username,
        "namn": details.name,
        "e-post": details.email,
        "telefon": details.phone,
        "besöksadress": details.work_address,
        "hsa-id": details.hsa_id,
        "skyddad": "ja" if details.protected else "nej",
    }


def work_cells(row: Assignment) -> dict[str, str]:
    """What a file says of the work, by column."""
    unit, above = row.unit, operation_of(row.unit)
    with translation.override("sv"):
        profession = str(PROFESSIONS[Profession(row.profession)])
    return {
        "huvudman": unit.principal.name if unit.principal else "",
        "förvaltning": unit.department.name if unit.department else "",
        "verksamhet": above.name if above else "",
        "enhet": unit.name,
        "enhetens hsa-id": unit.hsa_id or "",
        "yrke": profession,
        "titel": row.title,
        "första dag": row.starts_on.isoformat(),
        "sista dag": row.ends_on.isoformat() if row.ends_on else "",
    }


def _cells(row: Assignment) -> dict[str, str]:
    return {**user_cells(row.user.username, details_of(row.user)), **work_cells(row)}
