"""One of several ids, however many: the words of the query are the same."""

from collections.abc import Sequence

import pytest
from django.db.models import F, Value

from samordna.kernel.among import Among, listed
from samordna.kernel.prepared import Prepared
from samordna.web.models import FormReceipt

found = Prepared(
    lambda ids, key: (
        FormReceipt.objects.filter(Among("user_id", Value(ids)), redirect=key)
        .order_by("user_id")
        .values_list(F("user_id"))
    ),
    ids=str,
    key=str,
)


@pytest.mark.parametrize(
    "ids", [[], [7], [9, 7, 8], [1, 77, -7], [7_000_000_000, 7], [10**20, 7, -(10**20)], list(range(2_000))]
)
def test_those_are_found_that_are_listed(db: None, ids: Sequence[int]) -> None:
    stands = [7, 8, 9, 77, 7_000_000_000]
    FormReceipt.objects.bulk_create(
        FormReceipt(user_id=user, key=f"{user:032}", redirect="/a/", at="2026-05-13T08:00Z")
        for user in stands
    )
    assert [user for (user,) in found.rows(ids=listed(ids), key="/a/")] == [
        one for one in stands if one in set(ids)
    ]
    assert found.rows(ids=listed(ids), key="/b/") == []
