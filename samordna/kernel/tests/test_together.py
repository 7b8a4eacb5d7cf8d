"""Queries that are asked together answer as each of them does alone."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import F, QuerySet

from samordna.audit.models import Entry
from samordna.kernel.prepared import Prepared
from samordna.kernel.together import Together
from samordna.organisations.models import Setting
from samordna.sip.models import SummonsContent
from samordna.sip.tests import factories

AT = datetime(2026, 5, 13, 7, 31, 0, 120, tzinfo=UTC)


def entries(*, user: int, since: datetime) -> QuerySet[Entry, Any]:
    rows = Entry.objects.filter(user_id=user, at__gte=since).order_by(F("id").desc())
    return rows.values_list("id", "at", "person_id", "details", "object_version", "action")


def settings(*, key: str) -> QuerySet[Setting, Any]:
    return Setting.objects.filter(key=key).values_list("key", "value", "department_id")


ENTRIES = Prepared(entries, user=int, since=datetime)
SETTINGS = Prepared(settings, key=str)


@pytest.fixture
def written(db: None) -> dict[str, Any]:
    for minutes in range(30):
        Entry.objects.create(
            at=AT + timedelta(minutes=minutes),
            action="case.shown",
            user_id=7,
            person_id=uuid4() if minutes % 3 else None,
            details={"kind": "å'\"%s", "units": [1, 2]},
        )
    Setting.objects.create(key="100%s", value={"on": True, "list": [None, 1.5]})
    return {"user": 7, "since": AT + timedelta(minutes=4), "key": "100%s"}


def test_each_answers_as_it_does_alone_in_its_order(written: dict[str, Any]) -> None:
    found = Together(entries=ENTRIES, settings=SETTINGS).rows(**written)
    assert found["entries"] == ENTRIES.rows(user=7, since=written["since"])
    assert found["settings"] == SETTINGS.rows(key="100%s")
    assert [len(rows) for rows in found.values()] == [26, 1]
    assert isinstance(found["entries"][0][1], datetime)
    assert {type(row[2]) for row in found["entries"]} == {UUID, type(None)}


def test_it_is_one_statement(written: dict[str, Any], django_assert_num_queries: Any) -> None:
    together = Together(entries=ENTRIES, settings=SETTINGS)
    together.rows(**written)
    with django_assert_num_queries(1):
        together.rows(**written)


def test_it_is_worded_once(db: None) -> None:
    worded = []

    def of_key(*, key: str) -> QuerySet[Setting, Any]:
        worded.append(key)
        return Setting.objects.filter(key=key).values_list("value")

    together = Together(one=Prepared(of_key, key=str))
    Setting.objects.create(key="one", value={"on": True})
    found = [together.rows(key=key)["one"] for key in ("one", "one", "other")]
    assert found == [[({"on": True},)], [({"on": True},)], []]
    assert len(worded) == 1


def test_what_finds_nothing_is_empty(db: None) -> None:
    found = Together(entries=ENTRIES, settings=SETTINGS).rows(user=9, since=AT, key="none")
    assert found == {"entries": [], "settings": []}


def test_days_and_hours_are_such(db: None) -> None:
    case_id = factories.summoned_case(factories.county())
    meetings = Prepared(
        lambda case_id: SummonsContent.objects.filter(message__case_id=case_id).values_list(
            "message_id", "meets_on", "starts"
        ),
        case_id=UUID,
    )
    rows = Together(meetings=meetings).rows(case_id=case_id)["meetings"]
    assert rows == meetings.rows(case_id=case_id)
    ((_message_id, meets_on, starts),) = rows
    assert isinstance(meets_on, date)
    assert isinstance(starts, time)
