"""What stands in the database, so that nothing can have been stored unseen."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import blake2b
from typing import Any

from django.apps import apps
from django.db import connection

from samordna.accounts.models import LoginSession, Session
from samordna.audit.models import Entry, EntryPerson, Seal
from samordna.audit.states import Action, Result
from samordna.cases.models import CaseReading, ExistenceQuestion
from samordna.drafts.models import UnsavedText
from samordna.web.models import FormReceipt

# The log, sessions, receipts of posted forms, typing that waits to be saved, when somebody last read a case, and what
# was asked at the existence door.
AROUND = {
    model._meta.db_table
    for model in (
        Entry,
        EntryPerson,
        Seal,
        LoginSession,
        Session,
        FormReceipt,
        UnsavedText,
        CaseReading,
        ExistenceQuestion,
    )
} | {"django_session", "django_migrations", "django_content_type", "auth_permission"}


@cache
def tables() -> list[str]:
    models = apps.get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in models if model._meta.managed and not model._meta.proxy})


def rows(table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
        return [column[0] for column in cursor.description], cursor.fetchall()


_QUOTED = re.compile(r'"(\w+)"')
_READS = ("SELECT", "SAVEPOINT", "RELEASE")
# The signs that are known to hold, by table; None where nobody keeps watch.
_signs: dict[str, str] | None = None


@contextmanager
def watched() -> Iterator[None]:
    """Within it a table's sign is worked out once, and anew when a statement has named the table to write in it."""
    global _signs
    _signs = {}
    try:
        with connection.execute_wrapper(_note_writing):
            yield
    finally:
        _signs = None


def _note_writing(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
    if _signs is not None and not sql.startswith(_READS):
        for table in _QUOTED.findall(sql):
            _signs.pop(table, None)
    return execute(sql, *more)


@contextmanager
def signs_kept() -> Iterator[None]:
    """What is done within is undone at its end, so that the signs of before hold again."""
    global _signs
    before = None if _signs is None else dict(_signs)
    try:
        yield
    finally:
        _signs = before


def digest() -> dict[str, str]:
    """A short sign of the content of each table that is not around, whatever the order of its rows."""
    known = {} if _signs is None else _signs
    for table in tables():
        if table not in AROUND and table not in known:
            known[table] = _sign(table)
    return dict(known)


def _sign(table: str) -> str:
    lines = sorted(repr(row) for row in rows(table)[1])
    return blake2b("\n".join(lines).encode(), digest_size=8).hexdigest()


def changed(before: dict[str, str]) -> list[str]:
    """The tables that say something else now. Fails where a foreign key points at nothing, as a commit would."""
    connection.check_constraints()
    now = digest()
    return [table for table in before if before[table] != now[table]]


def cells(among: Iterable[str]) -> Iterator[tuple[str, str, Any]]:
    """Every value that is stored in these tables: table, column, value."""
    for table in among:
        names, lines = rows(table)
        yield from ((table, name, value) for line in lines for name, value in zip(names, line, strict=True))


# What the log says of those who only read.
READING = {
    Action.CASE_SHOWN,
    Action.CASE_LISTED,
    Action.CASE_ENVELOPE_SHOWN,
    Action.CASE_SEARCHED,
    Action.MESSAGE_OPENED,
    Action.DOCUMENT_SHOWN,
}


def acts_logged() -> int:
    """How many acts the log tells of, refused ones not counted."""
    return Entry.objects.filter(result=Result.DONE).exclude(action__in=READING).count()
