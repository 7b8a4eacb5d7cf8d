"""What an upgrade does with the rows that are there, by the models that it meets then and not by those of today."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.migrations import Migration, RunPython
from django.db.migrations.loader import MigrationLoader

OWN = "samordna."


def data_migrations() -> list[tuple[str, str]]:
    """Room and name of each migration that writes rows; those that make triggers write none."""
    found = MigrationLoader(None).disk_migrations
    return sorted(key for key, migration in found.items() if any(_writing(migration)))


def upgrade(room: str, name: str) -> None:
    """Do to the rows what that migration does."""
    loader = MigrationLoader(None)
    apps = loader.project_state((room, name), at_end=False).apps
    for write in _writing(loader.get_migration(room, name)):
        write(apps, None)


def _writing(migration: Migration) -> Iterator[Callable[[Any, Any], None]]:
    for operation in migration.operations:
        own = migration.__module__.startswith(OWN)
        if own and isinstance(operation, RunPython) and operation.code.__module__ == migration.__module__:
            yield operation.code
