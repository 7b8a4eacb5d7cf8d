from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from samordna.audit.commands import record, record_reading_once
from samordna.audit.models import Entry, EntryPerson, Seal
from samordna.audit.queries import entries_for_case, entries_for_person
from samordna.audit.sentences import SENTENCES, sentence
from samordna.audit.states import Action, Result
from samordna.audit.tests.support import AT, actor

CHANGES: list[Callable[[Any], object]] = [
    lambda model: model.objects.update(**{model._meta.get_fields()[-1].attname: None}),
    lambda model: model.objects.all().delete(),
]


@pytest.mark.requirement("L-05")
def test_an_entry_keeps_who_where_what_and_whom(db: None) -> None:
    person, case = uuid4(), uuid4()
    record(
        actor=actor(),
        at=AT,
        action=Action.DOCUMENT_SIGNED,
        person_ids=[person],
        case_id=case,
        object_kind="plan",
        object_id="7",
        object_version=3,
        details={"gaps": 0, "unit": uuid4(), "when": AT},
    )
    entry = Entry.objects.get()
    assert (entry.at, entry.action, entry.result) == (AT, "document.signed", "done")
    assert (entry.user_name, entry.title, entry.unit_name) == (
        "Anna Lindqvist",
        "enhetschef",
        "Hemtjänsten Norr",
    )
    assert (entry.assignment_id, entry.principal_name) == (11, "Katrineholms kommun")
    assert (entry.person_id, entry.persons, entry.case_id) == (person, [str(person)], case)
    assert (entry.object_kind, entry.object_id, entry.object_version) == ("plan", "7", 3)
    assert (entry.session_id, entry.request_id, entry.login_method) == ("session", "request", "password")


def test_an_act_about_one_person_costs_one_statement(db: None) -> None:
    with CaptureQueriesContext(
        connection,
    ) as told:
        record(actor=actor(), at=AT, action=Action.CASE_SHOWN, person_ids=[uuid4()], case_id=uuid4())
    assert [query["sql"].split()[0] for query in told if "SAVEPOINT" not in query["sql"]] == ["INSERT"]


def test_nobody_in_particular_can_be_logged(db: None) -> None:
    record(actor=None, at=AT, action=Action.SESSION_LOGIN_FAILED, result=Result.REFUSED, reason="password")
    assert Entry.objects.get().user_id is None


@pytest.mark.requirement("L-05")
@pytest.mark.parametrize("model", [Entry, EntryPerson, Seal])
@pytest.mark.parametrize("change", CHANGES)
def test_nothing_in_the_log_can_be_changed(db: None, model: Any, change: Callable[[Any], object]) -> None:
    record(actor=actor(), at=AT, action=Action.CASE_LISTED, person_ids=[uuid4(), uuid4()])
    Seal.objects.create(number=1, first_id=1, last_id=1, marks=b"", digest="0", sealed_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        change(model)
    assert model.objects.count() == 1


@pytest.mark.requirement("L-05")
def test_the_log_cannot_be_emptied(db: None) -> None:
    record(actor=actor(), at=AT, action=Action.CASE_LISTED, person_ids=[uuid4(), uuid4()])
    # On PostgreSQL, what waits for the end of the transaction would hinder it for another reason.
    emptying = {
        "postgresql": "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE audit_entry CASCADE",
        "sqlite": "DELETE FROM audit_entry",
    }
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(emptying[connection.vendor])
    assert Entry.objects.count() == 1


def test_everything_about_a_person_and_a_case_is_found(db: None) -> None:
    first, second, case = uuid4(), uuid4(), uuid4()
    record(actor=actor(), at=AT, action=Action.CASE_LISTED, person_ids=[first, second, first])
    record(actor=actor(), at=AT, action=Action.CASE_SHOWN, person_ids=[second], case_id=case)
    assert actions(entries_for_person(first)) == ["case.listed"]
    assert actions(entries_for_person(second)) == ["case.listed", "case.shown"]
    assert actions(entries_for_case(case)) == ["case.shown"]
    assert actions(entries_for_person(uuid4())) == []


@pytest.mark.requirement("L-05")
def test_a_list_is_logged_once_per_person_session_and_day(db: None) -> None:
    first, second = uuid4(), uuid4()

    def show(persons: list[UUID], at: datetime = AT, session: str = "session") -> list[list[str]]:
        reader = replace(actor(), session_id=session)
        before = Entry.objects.count()
        record_reading_once(actor=reader, at=at, action=Action.CASE_LISTED, person_ids=persons)
        return [entry.persons for entry in Entry.objects.order_by("id")[before:]]

    assert show([first]) == [[str(first)]]
    assert show([first]) == []
    assert show([second, first]) == [[str(second)]]
    assert show([]) == []
    assert show([first], session="another") == [[str(first)]]
    # AT is half past eleven at night in Sweden: an hour later is the next day.
    assert show([first], at=AT + timedelta(minutes=20)) == []
    assert show([first], at=AT + timedelta(hours=1)) == [[str(first)]]


def test_a_refresh_with_nothing_new_asks_once(db: None) -> None:
    persons = [uuid4() for _ in range(50)]
    record_reading_once(actor=actor(), at=AT, action=Action.CASE_LISTED, person_ids=persons)
    with CaptureQueriesContext(connection) as told:
        record_reading_once(actor=actor(), at=AT, action=Action.CASE_LISTED, person_ids=persons)
    assert len(told) == 1


def test_every_code_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Action)
    assert sentence("case.created") == "Skapade ärendet"
    assert sentence("case.from_an_older_version") == "case.from_an_older_version"


def test_at_is_kept_to_the_microsecond(db: None) -> None:
    moment = datetime(2026, 5, 13, 8, 0, 0, 123456, tzinfo=UTC)
    record(actor=None, at=moment, action=Action.SESSION_EXPIRED)
    assert Entry.objects.get().at == moment


def actions(entries: Any) -> list[str]:
    return list(entries.values_list("action", flat=True))
