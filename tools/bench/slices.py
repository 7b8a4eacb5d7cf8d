"""Slices in turn: yardstick, operation, yardstick, operation. Each two that follow each other are a pair.

What else happens on a machine changes from minute to minute and makes everything dearer while it lasts, so that two
figures can be compared only when they were measured within moments. A pair gives how many times the yardstick's
processor time the operation took; many pairs give a median, and how far apart they lie.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import psutil

from tests.support.server import ROOT

TRIES = 20
Slice = dict[str, Any]


@dataclass
class Asked:
    """What one side of a pair is asked, a hand of requests for each user.

    Over again, as pages are; or, for an act, so many at the most from each hand in a slice, and none twice.
    """

    host: str
    pid: int
    hands: list[list[dict[str, Any]]]
    expected: int = 200
    at_most: int | None = None
    answered: int = 0


class Load:
    """A process of users. `database_pid` is None where the database has no process of its own."""

    def __init__(self, process: subprocess.Popen[str], database_pid: int | None) -> None:
        self.process, self.database_pid = process, database_pid

    def pairs(
        self, yardstick: Asked, operation: Asked, *, number: int, seconds: float
    ) -> Iterator[list[Slice]]:
        """So many pairs, after a shorter one that only warms up."""
        self.slice(yardstick, seconds / 2)
        self.slice(operation, seconds / 2)
        for _pair in range(number):
            yield [self.slice(yardstick, seconds), self.slice(operation, seconds)]

    def slice(self, asked: Asked, seconds: float) -> Slice:
        """Ask for so long; gives milliseconds of processor time per request. `others`: how much of a core they used."""
        orders = {
            "host": asked.host,
            "hands": [hand[: asked.at_most] for hand in asked.hands],
            "expected": asked.expected,
            "repeated": asked.at_most is None,
            "seconds": seconds,
        }
        application, database, asking = self._spent(asked)
        machine, begun = _busy_seconds(), time.monotonic()
        print(json.dumps(orders), file=self.process.stdin, flush=True)
        told: Slice = json.loads(self.process.stdout.readline())  # type: ignore[union-attr]
        machine, lasted = _busy_seconds() - machine, time.monotonic() - begun
        after = self._spent(asked)
        application, database, asking = after[0] - application, after[1] - database, after[2] - asking
        asked.answered += told["requests"]
        sent = told.pop("sent")
        if asked.at_most is not None:
            asked.hands = [hand[number:] for hand, number in zip(asked.hands, sent, strict=True)]
        return told | {
            "application": 1000 * application / max(told["requests"], 1),
            "database": 1000 * database / max(told["requests"], 1),
            "others": max(machine - application - database - asking, 0.0) / lasted,
        }

    def _spent(self, asked: Asked) -> tuple[float, float, float]:
        return seconds_of(asked.pid), seconds_of(self.database_pid), seconds_of(self.process.pid)


def _busy_seconds() -> float:
    """Processor time of the whole machine."""
    busy = psutil.cpu_times()
    return float(busy.user + busy.nice + busy.system + busy.irq + busy.softirq)


@contextmanager
def load(database_pid: int | None) -> Iterator[Load]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tools.bench.load"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Load(process, database_pid)
    finally:
        process.terminate()
        process.communicate()


def seconds_of(pid: int | None) -> float:
    """Processor time of a process, its children, and those children that have ended."""
    for _again in range(TRIES):
        # A database's process that ends meanwhile is found again in what its parent has used.
        with suppress(psutil.NoSuchProcess):
            return float(sum(sum(member.cpu_times()[:4]) for member in family(pid)))
    raise RuntimeError(f"The processes of {pid} do not stay to be counted.")


def megabytes_of(pid: int | None) -> float:
    """Proportional memory (PSS) of a process and its children: what they share is counted once."""
    return float(sum(member.memory_full_info().pss for member in family(pid))) / 1e6


def family(pid: int | None) -> Sequence[psutil.Process]:
    if pid is None:
        return ()
    first = psutil.Process(pid)
    return (first, *first.children())
