"""The collation "svensk" on PostgreSQL. SQLite gets it when a connection is made (kernel.collation)."""

from typing import ClassVar

from django.contrib.postgres.operations import CreateCollation
from django.db import migrations
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    initial = True
    dependencies: ClassVar[list[tuple[str, str]]] = []
    operations: ClassVar[list[Operation]] = [
        CreateCollation("svensk", provider="icu", locale="sv-SE-u-kn"),
    ]
