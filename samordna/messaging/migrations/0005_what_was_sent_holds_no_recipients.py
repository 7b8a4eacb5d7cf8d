"""Forget whom drafts were meant for that have been sent: their deliveries hold it."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget(apps: Apps, _editor: BaseDatabaseSchemaEditor | None) -> None:
    apps.get_model("messaging", "DraftRecipient").objects.filter(message__sent_at__isnull=False).delete()


class Migration(migrations.Migration):
    dependencies = [("messaging", "0004_indexes_that_nobody_used")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
