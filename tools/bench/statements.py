"""How many statements a request asks of the database, without the control of transactions."""

from collections.abc import Callable
from typing import Any

from django.db import connection

from tools.bench.operations import Operation
from tools.bench.visitors import visitor

CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
# The first may do what is done once a day or session; the second is what users do all day.
COUNTED = 2


def statements(operation: Operation) -> list[str]:
    """The statements of one request, in their order."""
    who = visitor(operation.who)
    asked: list[str] = []

    def noted(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(CONTROL):
            asked.append(sql)
        return execute(sql, params, many, context)

    for request in operation.take(COUNTED):
        asked.clear()
        with connection.execute_wrapper(noted):
            answer = who.asks(request)
        if str(answer.status_code) != operation.expected:
            raise RuntimeError(f"{operation.name} answered {answer.status_code}, not {operation.expected}")
    return asked
