"""Where a request's time goes: the functions that take most of it, and its statements."""

import cProfile
import io
import pstats

from tools.bench.operations import Operation
from tools.bench.statements import statements
from tools.bench.visitors import visitor

REQUESTS = 30
LINES = 45


def profile(operation: Operation) -> str:
    """The profile of some requests made in this process, and the statements of one."""
    asked = statements(operation)
    who = visitor(operation.who)
    requests = operation.take(REQUESTS + 1)
    who.asks(requests.pop())
    profiler = cProfile.Profile()
    for request in requests:
        profiler.enable()
        who.asks(request)
        profiler.disable()
    told = io.StringIO()
    stats = pstats.Stats(profiler, stream=told)
    told.write(f"{operation.label}: {len(requests)} requests\n\n{len(asked)} statements of one request:\n")
    told.writelines(f"{number:3} {sql[:400]}\n" for number, sql in enumerate(asked, 1))
    stats.sort_stats("tottime").print_stats(LINES)
    stats.sort_stats("cumulative").print_stats("samordna", 2 * LINES)
    return told.getvalue()
