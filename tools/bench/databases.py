"""Private databases to measure on: a PostgreSQL server that writes as safely as in production, or files."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.support.postgresql import Server, find_programs, start_server

SHARED_BUFFERS_MB = 2048
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "max_wal_size": "8GB"}


@dataclass(frozen=True)
class Ground:
    """Where one leg runs: a database for the system, one for the yardsticks, a folder for what else is written."""

    kind: str
    folder: Path
    url: str
    bare_url: str
    database_pid: int | None
    version: str


@contextmanager
def ground(kind: str) -> Iterator[Ground]:
    """Two empty databases of the kind, gone when the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="samordna-bench-"))
    try:
        if kind == "postgresql":
            with _server() as server:
                yield _on_postgresql(server, folder)
        else:
            yield _on_sqlite(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def has_postgresql() -> bool:
    return find_programs() is not None


@contextmanager
def _server() -> Iterator[Server]:
    """The tests' server forgets at a power cut; this one is measured as it would be run."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    settings = DURABLE | {"shared_buffers": f"{min(SHARED_BUFFERS_MB, memory // 8)}MB"}
    server = start_server()
    try:
        with (server.data / "postgresql.auto.conf").open("a") as written:
            written.writelines(f"{name} = {value}\n" for name, value in settings.items())
        server.pause()
        server.resume()
        yield server
    finally:
        server.stop()


def _on_postgresql(server: Server, folder: Path) -> Ground:
    with closing(psycopg.connect(server.url("postgres"), autocommit=True)) as connection:
        connection.execute("CREATE DATABASE samordna")
        connection.execute("CREATE DATABASE bare")
        version = connection.info.parameter_status("server_version") or ""
    pid, told = server.processes()[0], f"PostgreSQL {version.split()[0]}"
    return Ground("postgresql", folder, server.url("samordna"), server.url("bare"), pid, told)


def _on_sqlite(folder: Path) -> Ground:
    version = f"SQLite {sqlite3.sqlite_version}"
    url, bare = f"sqlite://{folder}/samordna.sqlite3", f"sqlite://{folder}/bare.sqlite3"
    return Ground("sqlite", folder, url, bare, None, version)
