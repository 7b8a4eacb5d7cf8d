"""Users as a file: one row per assignment, so a user who works at two units has two rows.

The headings and words are Swedish whatever the language of the page, so that a file written by one user is read by
another. What is written is read back unchanged.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from samordna.accounts.queries import UserDetails
from samordna.accounts.user_names import LONGEST_USER_NAME, fold_user_name
from samordna.assignments.models import Assignment
from samordna.assignments.rules import Period, period_refusal
from samordna.assignments.states import Profession
from samordna.assignments.words import PROFESSIONS
from samordna.kernel.text import search_key
from samordna.organisations.csv_file import Column, Problem, Row, read_table, write_table
from samordna.organisations.rules import hsa_id_refusal
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
    """One row that is right by itself. `written` are the details that the file has columns for."""

    line: int
    username: str
    details: UserDetails
    written: frozenset[str]
    principal: str
    department: str
    unit: str
    unit_hsa_id: str
    profession: Profession
    title: str
    period: Period

    def onto(self, known: UserDetails) -> UserDetails:
        """What is known of the user with what this row says; columns that the file lacks change nothing."""
        return replace(
            known, name=self.details.name, **{name: getattr(self.details, name) for name in self.written}
        )


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
    with translation.override("sv"):
        return write_table(COLUMNS, [_cells(row) for row in assignments])


def _user_row(row: Row, professions: Mapping[str, Profession]) -> UserRow:
    cell = row.values.get
    return UserRow(
        line=row.line,
        username=_user_name(row.values["användarnamn"]),
        details=UserDetails(
            name=row.values["namn"],
            email=_email(cell("e-post", "")),
            phone=_phone(cell("telefon", "")),
            work_address=cell("besöksadress", ""),
            hsa_id=_hsa_id(cell("hsa-id", "")),
            protected=_yes_no(cell("skyddad", "")),
        ),
        written=frozenset(name for name, column in _DETAILS.items() if column in row.values),
        principal=cell("huvudman", ""),
        department=cell("förvaltning", ""),
        unit=row.values["enhet"],
        unit_hsa_id=cell("enhetens hsa-id", ""),
        profession=_profession(row.values["yrke"], professions),
        title=row.values["titel"],
        period=_period(row.values["första dag"], cell("sista dag", "")),
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


def _period(first: str, last: str) -> Period:
    period = Period(_day("första dag", first), _day("sista dag", last) if last else None)
    refusal = period_refusal(period)
    if refusal:
        raise _Faulty("sista dag", refusal.message)
    return period


def _day(column: str, text: str) -> date:
    read: Callable[[str], date] = date.fromisoformat
    try:
        return read(text)
    except ValueError:
        raise _Faulty(column, _("Write the date as 2026-11-22.")) from None


def _cells(row: Assignment) -> dict[str, str]:
    user, unit = row.user, row.unit
    return {
        "användarnamn": user.username,
        "namn": user.name,
        "e-post": user.email,
        "telefon": user.phone,
        "besöksadress": user.work_address,
        "hsa-id": user.hsa_id or "",
        "skyddad": "ja" if user.protected else "nej",
        "huvudman": unit.principal.name if unit.principal else "",
        "förvaltning": unit.department.name if unit.department else "",
        "enhet": unit.name,
        "enhetens hsa-id": unit.hsa_id or "",
        "yrke": str(PROFESSIONS[Profession(row.profession)]),
        "titel": row.title,
        "första dag": row.starts_on.isoformat(),
        "sista dag": row.ends_on.isoformat() if row.ends_on else "",
    }
