"""Search keys as they are made now: punctuation parts words, and apostrophes do not."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from samordna.kernel.text import search_key


def make_anew(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    users = apps.get_model("accounts", "User").objects
    changed = []
    for row in users.only("name", "search_key"):
        key = search_key(row.name)[:200]
        if key != row.search_key:
            row.search_key = key
            changed.append(row)
    users.bulk_update(changed, ["search_key"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(make_anew, migrations.RunPython.noop)]
