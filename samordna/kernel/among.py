"""A condition on one of several ids, in a query that is worded once: `IN` has other words for each number of them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, BooleanField, Func


class Among(Func):
    """True where the column of ids is one of those in the text that `listed` makes."""

    arity = 2
    output_field = BooleanField()
    template = "%(expressions)s"

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, Any]:
        among = "IN (SELECT value FROM json_each('[' || "
        return self.as_sql(
            compiler, connection, arg_joiner=f" {among}", template="%(expressions)s || ']'))", **more
        )

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, Any]:
        among = " = ANY(string_to_array("
        return self.as_sql(
            compiler, connection, arg_joiner=among, template="%(expressions)s, ',')::bigint[])", **more
        )


def listed(ids: Iterable[int]) -> str:
    """The ids as one value. One that is larger than any column holds is of no row, and left out."""
    return ",".join(str(one) for one in ids if abs(one) <= BigIntegerField.MAX_BIGINT)
