"""The application server as it runs in production: gunicorn with two sync workers, on this machine only."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.server import ROOT, free_port
from tools.bench import processes
from tools.bench.load import exchange
from tools.bench.processes import Spent

START_SECONDS = 60


@dataclass(frozen=True)
class Served:
    """A running application server; `database_pid` is None where the database has no process of its own."""

    port: int
    pid: int
    database_pid: int | None
    log: Path

    def spent(self) -> Spent:
        return Spent(
            processes.family_seconds(self.pid),
            processes.family_seconds(self.database_pid),
            processes.machine_seconds(),
        )

    def megabytes(self) -> float:
        return processes.family_megabytes(self.pid)


@contextmanager
def serving(
    application: str, environment: Mapping[str, str], folder: Path, database_pid: int | None
) -> Iterator[Served]:
    """Serve `application` (its WSGI module) until the block ends."""
    port = free_port()
    log = folder / f"{application}.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "python:samordna.config.gunicorn", application],
            cwd=ROOT,
            env={**environment, "SAMORDNA_BIND": f"127.0.0.1:{port}", "SAMORDNA_WEB_WORKERS": "2"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_ready(process, port, log)
        yield Served(port, process.pid, database_pid, log)
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    last = time.monotonic() + START_SECONDS
    while time.monotonic() < last and process.poll() is None:
        try:
            exchange(port, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"The server did not start:\n{log.read_text(errors='replace')[-4_000:]}")
