"""Tables that nothing can change: triggers for both databases, to be used in migrations.

Django's table rebuild on SQLite drops triggers: what alters such a table stands in `AlterGuarded`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

Change = Callable[[Apps, BaseDatabaseSchemaEditor], None]

_EVENTS = {"sqlite": ("UPDATE", "DELETE"), "postgresql": ("UPDATE", "DELETE", "TRUNCATE")}


def forbid_changes(table: str, *, when: str = "") -> migrations.RunPython:
    """An operation after which rows of the table can be added and read, and nothing else.

    With `when`, a condition on the row as it is ("OLD.status = 'ready'"), only such rows stand fast.
    An UPDATE, DELETE or TRUNCATE ends as `IntegrityError` on both databases.
    """
    return migrations.RunPython(_run(table, when, _create), _run(table, when, _drop))


def forbid_deletion(table: str) -> migrations.RunPython:
    """An operation after which no row of the table is ever deleted, by whatever way."""
    events = {"sqlite": ("DELETE",), "postgresql": ("DELETE", "TRUNCATE")}
    return migrations.RunPython(_run(table, "", _create, events), _run(table, "", _drop, events))


def freeze(table: str, name: str, columns: Sequence[str], *, when: str) -> migrations.RunPython:
    """An operation after which these columns stand as they are, once the row meets `when` ("OLD.digest <> ''").

    An UPDATE that sets one of them ends as `IntegrityError` on both databases, also when the value is the same.
    """
    trigger = f"{table}_frozen_{name}"
    of = ", ".join(columns)

    def create(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        head = f"CREATE TRIGGER {trigger} BEFORE UPDATE OF {of} ON {table}"
        if editor.connection.vendor == "postgresql":
            editor.execute(_FUNCTION, params=None)
            editor.execute(f"{head} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION samordna_append_only()")
        else:
            refusal = f"SELECT RAISE(ABORT, 'Rows of {table} are never changed.');"
            editor.execute(f"{head} WHEN ({when}) BEGIN {refusal} END")

    def drop(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        editor.execute(_dropping(editor.connection.vendor, trigger, table))

    return migrations.RunPython(create, drop)


class AlterGuarded(migrations.SeparateDatabaseAndState):
    """Operations that alter one table, after which its triggers stand as they stood, on both databases.

    The triggers are read from the database, so the migration need not know which there are. The database refuses them
    again, and with them the whole migration, when a column that one names is gone.
    """

    def __init__(self, table: str, operations: Sequence[Operation]) -> None:
        super().__init__(database_operations=operations, state_operations=operations)
        self.table = table

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__qualname__, [self.table, self.database_operations], {}

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        with _without_triggers(schema_editor, self.table):
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        with _without_triggers(schema_editor, self.table):
            super().database_backwards(app_label, schema_editor, from_state, to_state)


_TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger"
    " WHERE tgrelid = to_regclass(%s) AND NOT tgisinternal",
}


@contextmanager
def _without_triggers(editor: BaseDatabaseSchemaEditor, table: str) -> Iterator[None]:
    """Put back after it what stood before it."""
    vendor = editor.connection.vendor
    with editor.connection.cursor() as cursor:
        cursor.execute(_TRIGGERS[vendor], [table])
        stood = cursor.fetchall()
    for name, _statement in stood:
        editor.execute(_dropping(vendor, name, table))
    yield
    for _name, statement in stood:
        editor.execute(statement, params=None)


def _dropping(vendor: str, trigger: str, table: str) -> str:
    return f"DROP TRIGGER {trigger}" + (f" ON {table}" if vendor == "postgresql" else "")


def _run(
    table: str,
    when: str,
    statement: Callable[[str, str, str, str], str],
    events: Mapping[str, tuple[str, ...]] = _EVENTS,
) -> Change:
    def run(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        vendor = editor.connection.vendor
        if vendor == "postgresql":
            editor.execute(_FUNCTION, params=None)
        for event in events[vendor]:
            editor.execute(statement(vendor, table, event, when))

    return run


_FUNCTION = """
CREATE OR REPLACE FUNCTION samordna_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows of % are never changed.', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def _create(vendor: str, table: str, event: str, when: str) -> str:
    name = _name(table, event)
    # A statement that empties the table has no row to look at.
    condition = f"WHEN ({when}) " if when and event != "TRUNCATE" else ""
    if vendor == "sqlite":
        return (
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} {condition}"
            f"BEGIN SELECT RAISE(ABORT, 'Rows of {table} are never changed.'); END"
        )
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {'ROW' if condition else 'STATEMENT'} "
        f"{condition}EXECUTE FUNCTION samordna_append_only()"
    )


def _drop(vendor: str, table: str, event: str, _when: str) -> str:
    return _dropping(vendor, _name(table, event), table)


def _name(table: str, event: str) -> str:
    return f"{table}_no_{event.lower()}"
