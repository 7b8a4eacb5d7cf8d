"""Sends requests from a number of users at once and tells what it cost."""

import json
import statistics
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tools.bench import processes
from tools.bench.processes import Spent
from tools.bench.serving import Served

WARM_UP = 1.0
# Two processes ask, as two answer. Starting them takes a moment.
ASKERS = 2
START = 0.8


@dataclass(frozen=True)
class Figures:
    """One thing measured with a number of clients. Times in milliseconds, processor time per request.

    `others` is how much of a core something else used, `sent` how many requests each user sent in all.
    """

    clients: int
    requests: int
    per_second: float
    p50: float
    p95: float
    p99: float
    application: float
    database: float
    kilobytes: float
    others: float
    refused: int
    sent: tuple[int, ...]

    @property
    def processor(self) -> float:
        return self.application + self.database

    def stored(self) -> dict[str, Any]:
        return asdict(self)


def measure(
    served: Served, users: Sequence[Sequence[bytes]], *, seconds: float, repeated: bool, expected: str
) -> Figures:
    """Let each user send its requests for `seconds`. Answers with another status than `expected` are counted."""
    begins_at = time.monotonic() + START + WARM_UP
    ends_at = begins_at + seconds
    askers = [
        _asker(served.port, list(users[number::ASKERS]), begins_at, ends_at, repeated)
        for number in range(min(ASKERS, len(users)))
    ]
    _sleep_until(begins_at)
    before, asked_before = served.spent(), _asking(askers)
    _sleep_until(ends_at)
    spent, asking = served.spent().since(before), _asking(askers) - asked_before
    answers = [json.loads(asker.communicate(timeout=120)[0]) for asker in askers]
    # As the users were given: the first to the first asker, the second to the second, and so on.
    told = [answers[number % len(askers)][number // len(askers)] for number in range(len(users))]
    return _figures(told, spent, asking, begins_at, seconds, expected)


def _asker(
    port: int, users: list[Sequence[bytes]], begins_at: float, ends_at: float, repeated: bool
) -> subprocess.Popen[str]:
    orders = {
        "port": port,
        "begins_at": begins_at,
        "ends_at": ends_at,
        "users": [
            {"requests": [b64encode(request).decode() for request in requests], "repeated": repeated}
            for requests in users
        ],
    }
    asker = subprocess.Popen(
        [sys.executable, "-m", "tools.bench.load"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert asker.stdin is not None  # noqa: S101 - asked for in the line above
    asker.stdin.write(json.dumps(orders))
    asker.stdin.close()
    asker.stdin = None
    return asker


def _asking(askers: Sequence[subprocess.Popen[str]]) -> float:
    return sum(processes.family_seconds(asker.pid) for asker in askers)


def _figures(
    told: list[dict[str, Any]], spent: Spent, asking: float, begins_at: float, seconds: float, expected: str
) -> Figures:
    times = sorted(value for one in told for value in one["milliseconds"])
    done = sum(one["answered"] for one in told)
    # Posts are prepared beforehand: where they ran out, the time until then counts.
    lasted = max((one["last_at"] for one in told), default=0.0) - begins_at
    others = spent.machine - spent.application - spent.database - asking
    return Figures(
        clients=len(told),
        requests=done,
        per_second=done / lasted if done else 0.0,
        p50=_quantile(times, 50),
        p95=_quantile(times, 95),
        p99=_quantile(times, 99),
        application=spent.application / done * 1000 if done else 0.0,
        database=spent.database / done * 1000 if done else 0.0,
        kilobytes=max((one["bytes_read"] for one in told), default=0) / 1000,
        others=max(others, 0.0) / seconds,
        refused=sum(count for one in told for status, count in one["statuses"].items() if status != expected),
        sent=tuple(one["sent"] for one in told),
    )


def _quantile(times: list[float], percent: int) -> float:
    if len(times) < 2:
        return times[0] if times else 0.0
    return statistics.quantiles(times, n=100, method="inclusive")[percent - 1]


def _sleep_until(moment: float) -> None:
    time.sleep(max(0.0, moment - time.monotonic()))
