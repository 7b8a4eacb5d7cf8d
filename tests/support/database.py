"""The databases of the tests.

Ordinary tests (`db`) roll back. Those that must commit (races, running servers) get a copy of their own: the triggers
that keep the log and everything sent or signed from being changed also forbid emptying the tables afterwards.
"""

import itertools
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test.utils import setup_databases, teardown_databases

from samordna.config.databases import database_from_url
from tests.support.left_out import on_postgresql
from tests.support.migrated import Kept, folder_copied, sqlite_copied
from tests.support.postgresql import start_server, version_of_server
from tests.support.threads import run_together

_numbers = itertools.count(1)


class SqliteFiles:
    """Copies of a migrated file, each an address of its own."""

    def __init__(self, folder: Path, kept: Kept) -> None:
        self.folder = folder
        self.name = str(folder / "test.sqlite3")
        self.is_migrated = kept.there
        self._kept = kept
        if kept.there:
            sqlite_copied(str(kept.place), self.name)

    def keep(self) -> None:
        self._kept.put(lambda place: sqlite_copied(self.name, str(place)))

    def copy(self, source: str) -> str:
        target = str(self.folder / f"copy-{next(_numbers)}.sqlite3")
        sqlite_copied(source, target)
        return target

    def drop(self, name: str) -> None:
        for end in ("", "-wal", "-shm"):
            Path(name + end).unlink(missing_ok=True)

    def url(self, name: str) -> str:
        return f"sqlite://{name}"


class PostgresqlDatabases:
    """Copies of a migrated database on the tests' own server."""

    name = "test_samordna"

    def __init__(self, kept: Kept) -> None:
        self.is_migrated = kept.there
        self.server = start_server(kept.place if kept.there else None)
        self._kept = kept

    def keep(self) -> None:
        # Only what a stopped server has left is whole.
        connections.close_all()
        self.server.pause()
        self._kept.put(lambda place: folder_copied(self.server.data, place))
        self.server.resume()

    def execute(self, statement: str) -> None:
        with closing(psycopg.connect(self.server.url("postgres"), autocommit=True)) as connection:
            connection.execute(statement.encode())

    def copy(self, source: str) -> str:
        target = f"copy_{next(_numbers)}"
        self.execute(f'CREATE DATABASE {target} TEMPLATE "{source}"')
        return target

    def drop(self, name: str) -> None:
        self.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def url(self, name: str) -> str:
        return self.server.url(name)


Databases = SqliteFiles | PostgresqlDatabases


@pytest.fixture(scope="session")
def databases(pytestconfig: pytest.Config) -> Iterator[Databases]:
    """Makes and drops databases of the kind that this run is about."""
    if on_postgresql():
        made = PostgresqlDatabases(Kept(pytestconfig, "postgresql", version_of_server()))
        yield made
        connections.close_all()
        made.server.stop()
    else:
        folder = Path(tempfile.mkdtemp(prefix="samordna-sqlite-"))
        yield SqliteFiles(folder, Kept(pytestconfig, "sqlite", sqlite3.sqlite_version))
        connections.close_all()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def server_said(databases: Databases) -> Callable[[], str]:
    """What the database server has written into its own log since the test began; nothing on SQLite.

    The server is set as it comes: of what ends as an error it writes the statement and the values of the row.
    """
    if isinstance(databases, SqliteFiles):
        return lambda: ""
    log = databases.server.log
    begun = log.stat().st_size
    return lambda: log.read_bytes()[begun:].decode(errors="replace")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(databases: Databases) -> None:
    """Tells Django (and pytest-django) which database to make for the ordinary tests."""
    chosen: dict[str, Any]
    if isinstance(databases, PostgresqlDatabases):
        # Not kept open between requests: a copy can only be made of a database that nobody is connected to.
        chosen = {**database_from_url(databases.url("postgres")), "CONN_MAX_AGE": 0}
    else:
        chosen = database_from_url(f"sqlite://{databases.folder}/unused.sqlite3")
    if databases.is_migrated:
        chosen["NAME"] = databases.name
    settings.DATABASES["default"].update(chosen)
    settings.DATABASES["default"]["TEST"]["NAME"] = databases.name
    del connections["default"]


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, django_db_modify_db_settings: None,
    databases: Databases,
) -> Iterator[None]:  # fmt: skip
    """As pytest-django's, but also when no chosen test has its mark: copies are made of this database too."""
    if databases.is_migrated:
        yield
        return
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
        databases.keep()
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def nothing_cached() -> None:
    """What a test has put in its database is gone after it, and so is what was kept of that in memory."""
    cache.clear()


@pytest.fixture(scope="session")
def migrated_database(django_db_setup: None, databases: Databases) -> str:
    """Name of a migrated database that nobody is connected to: copies are made of it."""
    # Asked for before any test of its own has begun, so no test's transaction is cut off here.
    connections.close_all()
    return databases.copy(str(connections["default"].settings_dict["NAME"]))


@pytest.fixture
def committed_db(databases: Databases, migrated_database: str, django_db_blocker: Any) -> Iterator[str]:
    """A database of its own in which this test commits; any thread may use it. Gives its address."""
    connections.close_all()
    name = databases.copy(migrated_database)
    options = connections["default"].settings_dict
    ordinary, options["NAME"] = options["NAME"], name
    try:
        with django_db_blocker.unblock():
            yield databases.url(name)
    finally:
        connections.close_all()
        options["NAME"] = ordinary
        databases.drop(name)


@pytest.fixture
def in_threads() -> Callable[..., list[Any]]:
    """Runs callables at the same moment, each in a thread with its own connection; gives results or exceptions."""
    return run_together


@pytest.fixture
def transactional_db() -> None:
    raise pytest.UsageError(
        "Emptying tables is forbidden by their triggers: use the fixture committed_db instead."
    )
