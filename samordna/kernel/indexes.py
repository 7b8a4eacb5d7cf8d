"""Indexes that nobody uses: each costs room on the disk, and time whenever a row is written.

Django makes one for every foreign key. None is wanted where the key begins another index of its table, and none for
what rows are never looked for by (who did something, what unit is named beside it), as long as what it points at is
never deleted: the database looks for those who point at a row before the row goes. Such a field says `db_index=False`.
"""

from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AlterField
from django.db.migrations.state import ProjectState


class WithoutIndex(AlterField):
    """A foreign key loses its index. The table stands as it stood, with its triggers, on both databases."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        for name in _indexes_on(schema_editor, model, self._column(model)):
            schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        table, column = model._meta.db_table, self._column(model)
        schema_editor.add_index(model, models.Index(fields=[self.name], name=f"{table}_{column}"[:30]))

    def _column(self, model: type[models.Model]) -> str:
        return str(model._meta.get_field(self.name).column)  # type: ignore[union-attr] # never a relation from elsewhere


def _indexes_on(editor: BaseDatabaseSchemaEditor, model: type[models.Model], column: str) -> list[str]:
    """Those of this column alone that Django made; what the model names itself is left."""
    named = {index.name for index in (*model._meta.indexes, *model._meta.constraints)}
    with editor.connection.cursor() as cursor:
        found: dict[str, Any] = editor.connection.introspection.get_constraints(cursor, model._meta.db_table)
    return [
        name
        for name, one in found.items()
        if one["index"] and not one["unique"] and one["columns"] == [column] and name not in named
    ]
