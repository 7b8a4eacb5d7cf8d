"""Users who ask again as soon as they are answered: `python -m tools.bench.load`, one process with several of them.

Reads its orders as JSON from standard input and writes what it measured to standard output. The requests are finished
bytes, so that asking costs next to nothing beside answering. Sync workers of gunicorn close the connection after each
answer; each request opens its own, which costs the same for what is measured and for its yardstick.
"""

import json
import socket
import sys
import threading
import time
from base64 import b64decode
from dataclasses import dataclass, field

PATIENCE = 60


@dataclass
class User:
    """One user: `requests` are sent in their order, and over again if they may be `repeated`."""

    port: int
    requests: list[bytes]
    repeated: bool
    begins_at: float
    ends_at: float
    milliseconds: list[float] = field(default_factory=list)
    answered: int = 0
    statuses: dict[str, int] = field(default_factory=dict)
    bytes_read: int = 0
    last_at: float = 0.0
    sent: int = 0

    def run(self) -> None:
        while time.monotonic() < self.ends_at and (self.repeated or self.sent < len(self.requests)):
            self._ask(self.requests[self.sent % len(self.requests)])
            self.sent += 1

    def _ask(self, request: bytes) -> None:
        started = time.monotonic()
        try:
            status, length = exchange(self.port, request)
        except OSError as error:
            status, length = type(error).__name__, 0
        ended = time.monotonic()
        if self.begins_at <= ended <= self.ends_at:
            # Processor time is divided among these: what was begun before stands for what is not yet answered.
            self.answered += 1
            self.last_at = ended
            self.bytes_read = max(self.bytes_read, length)
            if self.begins_at <= started:
                self.milliseconds.append((ended - started) * 1000)
        self.statuses[status] = self.statuses.get(status, 0) + 1


def exchange(port: int, request: bytes) -> tuple[str, int]:
    """Send one request; gives the status and how many bytes the answer's body has."""
    parts = []
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(request)
        while chunk := connection.recv(262_144):
            parts.append(chunk)
    answer = b"".join(parts)
    head, _blank, body = answer.partition(b"\r\n\r\n")
    return head[9:12].decode() or "empty", len(body)


def main() -> None:
    orders = json.load(sys.stdin)
    users = [
        User(
            orders["port"],
            [b64decode(text) for text in one["requests"]],
            one["repeated"],
            orders["begins_at"],
            orders["ends_at"],
        )
        for one in orders["users"]
    ]
    threads = [threading.Thread(target=user.run) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    json.dump([vars(user) | {"requests": []} for user in users], sys.stdout)


if __name__ == "__main__":
    main()
