"""Where a request's time goes: the functions that take most of it, and its statements."""

import cProfile
import io
import pstats

from tools.bench.operations import Operation
from tools.bench.statements import timed
from tools.bench.visitors import visitor

REQUESTS = 30
LINES = 45


def profile(operation: Operation) -> str:
    """The profile of some requests made in this process, and the statements of one."""
    who = visitor(operation.who)
    requests = operation.take(2 * REQUESTS + 1)
    who.asks(requests.pop())
    asked = timed(operation, who, [requests.pop() for _request in range(REQUESTS)])
    profiler = cProfile.Profile()
    for request in requests:
        profiler.enable()
        who.asks(request)
        profiler.disable()
    told = io.StringIO()
    stats = pstats.Stats(profiler, stream=told)
    told.write(f"{operation.label}: {len(requests)} requests\n\n{len(asked)} statements of one request:\n")
    told.writelines(f"{milliseconds:6.2f} ms  {sql[:400]}\n" for sql, milliseconds in asked)
    stats.sort_stats("tottime").print_stats(LINES)
    stats.sort_stats("cumulative").print_stats("samordna", 2 * LINES)
    return told.getvalue()
