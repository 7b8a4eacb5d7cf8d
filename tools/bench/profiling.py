"""Where a request's time goes: the functions that take most of it, and its statements."""

import cProfile
import io
import pstats

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tools.bench.operations import Operation
from tools.bench.visitors import Visitor

CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
REQUESTS = 30
LINES = 45


def statements(operation: Operation) -> list[str]:
    """What one request asks of the database, without the control of transactions, with its seconds."""
    who = Visitor(operation.who)
    # The first may do what is done once a day or session; the second is what users do all day.
    for page in operation.take(2):
        with CaptureQueriesContext(connection) as captured:
            answer = who.asks(page)
        if answer.status_code != operation.expected:
            raise RuntimeError(f"{operation.name} answered {answer.status_code}, not {operation.expected}")
    return [
        f"{query['time']} s  {query['sql']}" for query in captured if not query["sql"].startswith(CONTROL)
    ]


def profile(operation: Operation) -> str:
    """The statements of one request, and the profile of some that are made in this process."""
    asked, who = statements(operation), Visitor(operation.who)
    told, profiler = io.StringIO(), cProfile.Profile()
    for page in operation.take(REQUESTS):
        profiler.enable()
        who.asks(page)
        profiler.disable()
    told.write(f"{operation.label}: {REQUESTS} requests\n\n{len(asked)} statements of one request:\n")
    told.writelines(f"{line[:400]}\n" for line in asked)
    stats = pstats.Stats(profiler, stream=told)
    stats.sort_stats("tottime").print_stats(LINES)
    stats.sort_stats("cumulative").print_stats("samordna", 2 * LINES)
    return told.getvalue()
