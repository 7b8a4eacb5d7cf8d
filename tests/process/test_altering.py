"""A table that stands by triggers still does when a migration has altered it (L-06)."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader

from samordna.kernel.append_only import AlterGuarded


def triggers() -> list[tuple[str, str]]:
    asked = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor])
        return sorted(cursor.fetchall())


@pytest.mark.requirement("L-06")
@pytest.mark.parametrize("guarded", [True, False])
def test_a_migration_that_alters_such_a_table_as_told_leaves_it_standing(
    committed_db: str, guarded: bool
) -> None:
    """Forwards and back. A field that may not be empty lets SQLite build the table anew."""
    field = migrations.AddField("delivery", "told_in", models.CharField(max_length=2, default=""))
    plain = migrations.SeparateDatabaseAndState([field], [field])
    migration = AlterGuarded("messaging_delivery", [field]) if guarded else plain
    stood = triggers()
    before = MigrationLoader(connection).project_state()
    after = before.clone()
    migration.state_forwards("messaging", after)
    with connection.schema_editor() as editor:
        migration.database_forwards("messaging", editor, before, after)
    whole = guarded or connection.vendor == "postgresql"
    assert (triggers() == stood) is whole, "without it the triggers are gone on SQLite"
    with connection.schema_editor() as editor:
        migration.database_backwards("messaging", editor, after, before)
    assert (triggers() == stood) is whole
