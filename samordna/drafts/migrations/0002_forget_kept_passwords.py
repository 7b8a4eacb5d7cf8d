"""Forget what was kept of the form that changes a password: its fields were passwords, and not known as such."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget(apps: Apps, _editor: BaseDatabaseSchemaEditor | None) -> None:
    apps.get_model("drafts", "UnsavedText").objects.filter(form="kept:/password/").delete()


class Migration(migrations.Migration):
    dependencies = [("drafts", "0001_unsaved_text")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
