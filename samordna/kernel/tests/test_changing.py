"""What is put in, changed and taken away by kept words is what Django would do, worded once."""

from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext

from samordna.audit.models import Entry
from samordna.kernel.changing import MOST_ROWS, Delete, Insert, Update
from samordna.kernel.patience import waiting_at_most
from samordna.organisations.models import Setting
from samordna.web.models import FormReceipt

AT = datetime(2026, 5, 13, 7, 31, 0, 123456, tzinfo=UTC)
ENTRIES = {"at": AT, "action": "case.shown"}


def receipt(number: int, **fields: Any) -> FormReceipt:
    return FormReceipt(**{"user_id": number, "key": uuid4(), "at": AT, **fields})


def receipts() -> list[tuple[int, str]]:
    return list(FormReceipt.objects.order_by("user_id", "redirect").values_list("user_id", "redirect"))


def whole(entry: Entry) -> dict[str, object]:
    return Entry.objects.values().get(pk=entry.pk) | {"id": 0}


def test_what_is_put_in_is_what_django_puts_in(db: None) -> None:
    """Every kind of column, left empty and not: texts, numbers, moments, ids, JSON."""
    put = Insert(Entry, returning=("id",))
    for fields in (
        {"user_id": 7, "person_id": uuid4(), "details": {"a": [1, None, "å%s", '"']}, "title": "50 % 'x'\\"},
        {"object_version": 3, "person_ids": [str(uuid4())], "session_id": "\n", "result": "refused"},
    ):
        ((made,),) = put([Entry(**ENTRIES | fields)])
        assert whole(Entry(pk=made)) == whole(Entry.objects.create(**ENTRIES | fields))


def test_several_rows_are_one_statement_and_each_answers(db: None) -> None:
    put = Insert(FormReceipt, returning=("user_id", "key"))
    rows = [receipt(number) for number in range(3)]
    with CaptureQueriesContext(connection) as asked:
        assert sorted(put(rows)) == [(row.user_id, row.key) for row in rows]
    assert len(asked) == 1
    assert put([]) == []


def test_more_rows_than_a_statement_holds_are_put_in_all_the_same(db: None) -> None:
    Insert(FormReceipt)([receipt(number) for number in range(MOST_ROWS + 1)])
    assert [number for number, _redirect in receipts()] == list(range(MOST_ROWS + 1))


def test_a_row_that_stands_is_left_or_gets_what_is_new(db: None) -> None:
    stands = receipt(1, redirect="/first/")
    again = receipt(1, key=stands.key, redirect="/second/", at=datetime(2027, 1, 1, tzinfo=UTC))
    Insert(FormReceipt)([stands])
    assert Insert(FormReceipt, ignored=True, returning=("redirect",))([again]) == []
    assert receipts() == [(1, "/first/")]
    replacing = Insert(
        FormReceipt, unique=("user_id", "key"), replaced=("redirect",), returning=("redirect",)
    )
    assert replacing([again]) == [("/second/",)]
    assert (receipts(), FormReceipt.objects.get().at) == ([(1, "/second/")], AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Insert(FormReceipt)([again])
    assert receipts() == [(1, "/second/")]


def moved(*, user: int, to: str, before: datetime) -> tuple[QuerySet, dict[str, Any]]:
    rows = FormReceipt.objects.filter(user_id=user, at__lt=before).exclude(redirect="100%")
    return rows, {"redirect": to, "user_id": F("user_id") + 10}


def test_a_change_is_of_the_rows_that_are_found(db: None) -> None:
    change = Update(moved, user=int, to=str, before=datetime)
    Insert(FormReceipt)([receipt(1), receipt(1), receipt(2), receipt(1, redirect="100%")])
    later = datetime(2026, 5, 14, tzinfo=UTC)
    assert change(user=1, to="/å%s/", before=later) == 2
    assert change(user=1, to="/x/", before=AT) == 0
    assert receipts() == [(1, "100%"), (2, ""), (11, "/å%s/"), (11, "/å%s/")]


def test_a_change_may_leave_a_column_empty(db: None) -> None:
    entry = FormReceipt(user_id=1, key=uuid4(), at=AT, redirect="/a/")
    Insert(FormReceipt)([entry])
    named = Update(
        lambda user, key: (FormReceipt.objects.filter(user_id=user), {"redirect": key}), user=int, key=str
    )
    assert named(user=1, key="") == 1
    assert receipts() == [(1, "")]


def test_what_is_taken_away_is_told(db: None) -> None:
    Setting.objects.create(key="one", value={"a": 1})
    Setting.objects.create(key="two", value=[2])
    take = Delete(lambda key: Setting.objects.filter(key=key), returning=("value", "department_id"), key=str)
    ((value, department),) = take(key="one")
    assert (value if isinstance(value, dict) else None, department) == ({"a": 1}, None)
    assert take(key="one") == []
    assert list(Setting.objects.values_list("key", flat=True)) == ["two"]


def test_words_are_made_once(db: None) -> None:
    put, change = Insert(FormReceipt), Update(moved, user=int, to=str, before=datetime)
    take = Delete(lambda key: Setting.objects.filter(key=key), returning=("id",), key=str)

    def ask() -> None:
        put([receipt(1)])
        change(user=1, to="", before=AT)
        take(key="one")

    ask()
    with patch.object(SQLCompiler, "as_sql", side_effect=AssertionError):
        ask()


@pytest.mark.postgresql
def test_the_server_keeps_one_plan_whatever_is_left_empty(db: None) -> None:
    put = Insert(Entry)

    def kept() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'INSERT INTO \"audit%'"
            )
            return int(cursor.fetchone()[0])

    with waiting_at_most(10):
        for fields in (
            {},
            {"person_id": uuid4()},
            {"user_id": 5},
            {"object_version": 2, "unit_id": 70_000},
            {},
        ):
            put([Entry(**ENTRIES | fields)])
        assert kept() == 1


def test_a_value_that_does_not_come_through_is_told_at_once(db: None) -> None:
    lost = Update(lambda key, other: (Setting.objects.filter(key=key), {"value": 1}), key=str, other=str)
    with pytest.raises(ValueError, match="other"):
        lost(key="one", other="x")
