"""The whole system as it runs for its users: application server and worker over a filled database of their own."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import IO

import pytest

from tests.support.database import Databases

ROOT = Path(__file__).resolve().parents[2]
# Long, since nothing may fail because the machine is slow.
START_SECONDS = 180
STOP_SECONDS = 60


def has_command(name: str) -> bool:
    return any(ROOT.glob(f"samordna/*/management/commands/{name}.py"))


# Bound and not listening: nobody else is given the port, and who is to listen there may (`SO_REUSEADDR`).
_kept: list[socket.socket] = []


def free_port() -> int:
    """A port of this machine that stays free for whoever is told of it, until this process ends."""
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    _kept.append(held)
    return int(held.getsockname()[1])


@dataclass
class RunningServer:
    """Web server and worker; `environment` lets a test run manage.py against the same database."""

    url: str
    database_url: str
    folder: Path
    environment: dict[str, str]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def mail_folder(self) -> Path:
        return self.folder / "mail"

    def log(self) -> str:
        return "".join(path.read_text(errors="replace") for path in sorted(self.folder.glob("*.log")))

    def manage(self, *arguments: str) -> str:
        return manage(self.environment, *arguments)

    def spawn(self, name: str, *command: str) -> None:
        output: IO[bytes] = (self.folder / f"{name}.log").open("ab")
        with output:
            self.processes.append(
                subprocess.Popen(
                    command,
                    cwd=ROOT,
                    env=self.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                )
            )

    def wait_until_ready(self) -> None:
        last = time.monotonic() + START_SECONDS
        while time.monotonic() < last:
            if any(process.poll() is not None for process in self.processes):
                break
            try:
                with urllib.request.urlopen(self.url, timeout=START_SECONDS) as answer:  # noqa: S310 - our own
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        raise RuntimeError(f"The server did not become ready:\n{self.log()[-4_000:]}")

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(timeout=STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def manage(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def environment_for(database_url: str, folder: Path) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("SAMORDNA_", "PYTEST_"))
    }
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "samordna.config.settings.demo",
        "SAMORDNA_DATABASE_URL": database_url,
        "SAMORDNA_VAR_DIR": str(folder),
        "SAMORDNA_LOG_LEVEL": "WARNING",
        # On a machine that is busy a statement may take long without being lost.
        "SAMORDNA_DATABASE_SECONDS": "50",
        "PYTHONUNBUFFERED": "1",
    }


@pytest.fixture(scope="session")
def servers_folder() -> Iterator[Path]:
    """A folder for the servers of this run, with the static files collected once."""
    folder = Path(tempfile.mkdtemp(prefix="samordna-servers-"))
    manage(environment_for("", folder), "collectstatic", "--noinput", "--verbosity=0")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def filled_database(databases: Databases, migrated_database: str, servers_folder: Path) -> Iterator[str]:
    """Name of a database with the small demo county; servers work on copies of it."""
    name = databases.copy(migrated_database)
    if has_command("fill_demo"):
        manage(environment_for(databases.url(name), servers_folder), "fill_demo", "--small")
    yield name
    databases.drop(name)


@contextmanager
def serving(
    databases: Databases,
    filled: str,
    servers_folder: Path,
    *,
    workers: int = 2,
    environment: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[RunningServer]:
    """A server over a copy of the filled database, with so many processes that answer requests."""
    name = databases.copy(filled)
    folder = Path(tempfile.mkdtemp(dir=servers_folder))
    (folder / "static").symlink_to(servers_folder / "static")
    url = f"http://127.0.0.1:{free_port()}"
    there = {"SAMORDNA_BIND": url.removeprefix("http://"), "SAMORDNA_WEB_WORKERS": str(workers)}
    environment = environment_for(databases.url(name), folder) | there | environment
    server = RunningServer(url, databases.url(name), folder, environment)
    config = "python:samordna.config.gunicorn"
    try:
        server.spawn("web", sys.executable, "-m", "gunicorn", "--config", config, "samordna.config.wsgi")
        if has_command("worker"):
            server.spawn("worker", sys.executable, "manage.py", "worker")
        server.wait_until_ready()
        yield server
    finally:
        server.stop()
        databases.drop(name)


@pytest.fixture(scope="session")
def running_server(
    databases: Databases, filled_database: str, servers_folder: Path
) -> Iterator[RunningServer]:
    """One server for the whole run: for tests that do not mind what others have done there."""
    with serving(databases, filled_database, servers_folder) as server:
        yield server


@pytest.fixture
def new_server(
    databases: Databases, filled_database: str, servers_folder: Path
) -> Iterator[Callable[[], RunningServer]]:
    """Starts a server that nobody has used before, as often as it is called."""
    with ExitStack() as started:
        yield lambda: started.enter_context(serving(databases, filled_database, servers_folder))
