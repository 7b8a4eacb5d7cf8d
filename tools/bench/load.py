"""Those who ask: `python -m tools.bench.load`, users of Locust who ask again as soon as they are answered.

A line of standard input is one slice, as JSON; what came of it is a line of standard output. A slice ends when the last
request that was begun in it is answered: what the servers used meanwhile was used for these requests and no others.
"""

import json
import sys
import time
from collections import deque
from typing import Any, ClassVar

import gevent
from locust import FastHttpUser, task
from locust.env import Environment
from locust.exception import StopUser
from locust.runners import LocalRunner

PATIENCE = 60


class Caller(FastHttpUser):
    """Sends the requests of its hand in their order, and over again if they may be `repeated`."""

    network_timeout = connection_timeout = PATIENCE
    hands: ClassVar[list[deque[dict[str, Any]]]]
    repeated: ClassVar[bool]
    expected: ClassVar[int]

    def on_start(self) -> None:
        self.hand = self.hands.pop()

    @task
    def ask(self) -> None:
        if not self.hand:
            raise StopUser
        request = self.hand.popleft()
        if self.repeated:
            self.hand.append(request)
        with self.client.request(**request, allow_redirects=False, catch_response=True) as answer:
            if answer.status_code == self.expected:
                answer.success()
            else:
                answer.failure(f"answered {answer.status_code}")


def one_slice(runner: LocalRunner, orders: dict[str, Any]) -> dict[str, Any]:
    """A user for each hand. `sent` tells how many requests each has sent when they are not repeated."""
    hands = [deque(hand) for hand in orders["hands"]]
    Caller.hands, Caller.repeated, Caller.expected = [*hands], orders["repeated"], orders["expected"]
    runner.environment.host, begun = orders["host"], time.monotonic()
    runner.start(len(hands), spawn_rate=len(hands))
    gevent.wait([runner.spawning_greenlet])
    while time.monotonic() < begun + orders["seconds"] and runner.user_count:
        gevent.sleep(0.01)
    runner.stop()
    total, lasted = runner.stats.total, time.monotonic() - begun
    return {
        "requests": total.num_requests,
        "failed": total.num_failures,
        "per_second": total.num_requests / lasted,
        "p50": total.get_response_time_percentile(0.5),
        "p95": total.get_response_time_percentile(0.95),
        "kilobytes": total.avg_content_length / 1000,
        "sent": [len(given) - len(left) for given, left in zip(orders["hands"], hands, strict=True)],
    }


def main() -> None:
    runner = Environment(user_classes=[Caller], stop_timeout=PATIENCE).create_local_runner()
    for line in sys.stdin:
        print(json.dumps(one_slice(runner, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
