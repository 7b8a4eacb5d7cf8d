"""A prepared query answers as the query it is made of, and words it once."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import F, QuerySet
from django.test.utils import CaptureQueriesContext

from samordna.audit.models import Entry
from samordna.kernel.patience import waiting_at_most
from samordna.kernel.prepared import Prepared
from samordna.kernel.rows import columns, made
from samordna.organisations.models import Setting

AT = datetime(2026, 5, 13, 7, 31, tzinfo=UTC)


def entry(**fields: object) -> Entry:
    return Entry.objects.create(**{"at": AT, "action": "case.shown", "user_id": 7, **fields})


def of_person(*, person: UUID, user: int, since: datetime) -> QuerySet:
    rows = Entry.objects.filter(person_id=person, user_id=user, at__gte=since).order_by("id")
    return rows.values_list("id", "at", "person_id", "details", "action")


def test_it_answers_as_the_query_does(db: None) -> None:
    person = uuid4()
    entry(person_id=person, details={"kind": "SUMMONS"}, user_id=8)
    entry(person_id=person, details={"kind": "SUMMONS"})
    entry(person_id=uuid4())
    prepared = Prepared(of_person, person=UUID, user=int, since=datetime)
    for asked in ({"person": person, "user": 7, "since": AT}, {"person": person, "user": 8, "since": AT}):
        assert prepared.rows(**asked) == list(of_person(**asked))
        assert len(prepared.rows(**asked)) == 1
    assert prepared.rows(person=uuid4(), user=7, since=AT) == []


def test_rows_have_the_names_of_their_columns(db: None) -> None:
    Setting.objects.create(key="one", value=1)
    named = Prepared(lambda key: Setting.objects.filter(key=key).values("value", "key"), key=str)
    assert named.dicts(key="one") == [{"value": 1, "key": "one"}]
    whole = Prepared(lambda key: Setting.objects.filter(key=key).values(), key=str)
    assert whole.dicts(key="one") == list(Setting.objects.filter(key="one").values())


@pytest.mark.postgresql
@pytest.mark.parametrize("in_a_page", [True, False])
def test_the_server_holds_the_rows_and_keeps_the_plan_of_what_pages_ask_again(
    db: None, in_a_page: bool
) -> None:
    def held(*, key: str) -> QuerySet:
        return Setting.objects.filter(key=key).exclude(key="100%s").values_list("value")

    def kept() -> list[str]:
        asked = "SELECT statement FROM pg_prepared_statements WHERE statement LIKE '%organisations_setting%'"
        with connection.cursor() as cursor:
            cursor.execute(asked)
            return [row[0] for row in cursor.fetchall() if "100%s" in row[0]]

    prepared = Prepared(held, key=str, lock=Setting)
    with waiting_at_most(10 if in_a_page else None), CaptureQueriesContext(connection) as asked:
        assert prepared.rows(key="one") == []
        assert kept() == []
        assert prepared.rows(key="two") == []
    plans = kept()
    assert len(plans) == (1 if in_a_page else 0)
    assert all("$1" in plan for plan in plans)
    assert 'FOR UPDATE OF "organisations_setting"' in asked[0]["sql"]


def test_a_row_becomes_the_model_that_it_is(db: None) -> None:
    Setting.objects.create(key="one", value=1)
    whole = Prepared(
        lambda key: Setting.objects.filter(key=key).values_list(*columns(Setting), "key"), key=str
    )
    (row,) = whole.rows(key="one")
    found = made(Setting, row)
    assert (found, found.key, found.value) == (Setting.objects.get(), "one", 1)
    assert found._state.db == connection.alias
    assert not found.get_deferred_fields()


def test_it_words_the_query_once(db: None) -> None:
    worded = []

    def settings(*, key: str) -> QuerySet:
        worded.append(key)
        return Setting.objects.filter(key=key).values_list("value")

    prepared = Prepared(settings, key=str)
    Setting.objects.create(key="a%s'b", value={"on": True})
    assert prepared.rows(key="a%s'b") == [({"on": True},)]
    assert prepared.rows(key="other") == []
    assert len(worded) == 1


def test_a_value_that_gets_lost_is_told_at_once(db: None) -> None:
    prepared = Prepared(lambda day: Entry.objects.values_list("id"), day=date)
    with pytest.raises(ValueError, match="day"):
        prepared.rows(day=date(2026, 5, 13))


def test_a_query_is_a_part_of_a_larger_statement_with_its_own_values_and_its_columns(db: None) -> None:
    def odd(*, user: int, since: datetime) -> QuerySet:
        rows = Entry.objects.filter(user_id=user, at__gte=since, action="case.shown")
        return rows.annotate(rest=F("object_version") % 2).filter(rest=1).values_list("id")

    wanted = entry(object_version=3)
    for other in (
        {"object_version": 2},
        {"object_version": 1, "action": "case.100%"},
        {"object_version": 1, "user_id": 8},
    ):
        entry(**other)
    earlier = entry(object_version=1, at=datetime(2026, 5, 12, tzinfo=UTC))
    prepared = Prepared(odd, user=int, since=datetime)
    assert prepared.rows(user=7, since=AT) == [(wanted.pk,)]
    text, constants = prepared.as_text("own", user="e.user_id")
    assert set(constants) == {f"own_{number}" for number in range(len(constants))}
    assert {"case.shown", 1} <= set(constants.values())
    asked = f"SELECT e.id FROM audit_entry AS e WHERE e.user_id = 7 AND e.id IN ({text})"  # noqa: S608
    for since, found in ((AT, {wanted.pk}), (earlier.at, {wanted.pk, earlier.pk})):
        with connection.cursor() as cursor:
            cursor.execute(asked, constants | {"since": connection.ops.adapt_datetimefield_value(since)})
            assert {row[0] for row in cursor.fetchall()} == found


def test_no_marker_reaches_the_database(db: None) -> None:
    asked: list[object] = []

    def noted(execute, sql, params, many, context):
        asked.extend(params)
        return execute(sql, params, many, context)

    prepared = Prepared(of_person, person=UUID, user=int, since=datetime)
    with connection.execute_wrapper(noted):
        prepared.rows(person=UUID(int=1), user=7, since=AT)
    assert len(asked) == 3
    assert 7 in asked


def test_what_never_differs_is_written_out_and_the_same_as_given(db: None) -> None:
    """So an index of rows with this very value can be chosen, without looking at what is given."""
    text = "Ö'Brien 100%s %(key)s \\"

    def with_text(*, user: int) -> QuerySet:
        return Entry.objects.filter(user_id=user, action=text, object_version=3).values_list("id", "action")

    kept = entry(action=text, object_version=3)
    entry(action=text, object_version=4)
    prepared = Prepared(with_text, user=int)
    with CaptureQueriesContext(connection) as asked:
        assert prepared.rows(user=7) == [(kept.pk, text)]
    assert 'object_version" = 3' in asked[0]["sql"]
    assert list(with_text(user=7)) == prepared.rows(user=7)
