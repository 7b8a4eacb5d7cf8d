"""The statements that a request asks of the database, without the control of transactions: how many, how long."""

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any

from django.db import connection

from tools.bench.operations import Operation
from tools.bench.visitors import Asked, Visitor, visitor

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


def timed(who: Visitor, requests: Sequence[Asked]) -> list[tuple[str, float]]:
    """The statements of a request in their order, each with the milliseconds that the program waited for it.

    The mean of some requests, all of which ask the same.
    """
    waited: list[list[float]] = []
    asked: list[str] = []

    def noted(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        begun = perf_counter()
        answer = execute(sql, params, many, context)
        if not sql.startswith(CONTROL):
            asked.append(sql)
            waited[-1].append(1000 * (perf_counter() - begun))
        return answer

    for request in requests:
        asked.clear()
        waited.append([])
        with connection.execute_wrapper(noted):
            who.asks(request)
    means = [sum(column) / len(column) for column in zip(*waited, strict=True)]
    return list(zip(asked, means, strict=True))
