"""The statements that a request asks of the database, without the control of transactions: how many, how long."""

from collections.abc import Callable, Sequence
from statistics import fmean
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
    answered = [_answered(operation, who, request) for request in operation.take(COUNTED)]
    return [sql for sql, _milliseconds in answered[-1]]


def timed(operation: Operation, who: Visitor, requests: Sequence[Asked]) -> list[tuple[str, float]]:
    """The statements of a request in their order, each with the milliseconds until the database answered it.

    The mean of several requests, which all ask the same. Taking over the rows is not counted.
    """
    answered = [_answered(operation, who, request) for request in requests]
    means = [fmean(milliseconds for _sql, milliseconds in column) for column in zip(*answered, strict=True)]
    return [(sql, mean) for (sql, _last), mean in zip(answered[-1], means, strict=True)]


def _answered(operation: Operation, who: Visitor, request: Asked) -> list[tuple[str, float]]:
    """What one request asks, each statement with its milliseconds. An answer that is not the right one ends it all."""
    asked: list[tuple[str, float]] = []

    def noted(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        begun = perf_counter()
        answer = execute(sql, params, many, context)
        if not sql.startswith(CONTROL):
            asked.append((sql, 1000 * (perf_counter() - begun)))
        return answer

    with connection.execute_wrapper(noted):
        answer = who.asks(request)
    if str(answer.status_code) != operation.expected:
        raise RuntimeError(f"{operation.name} answered {answer.status_code}, not {operation.expected}")
    return asked
