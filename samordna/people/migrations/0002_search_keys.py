"""Search keys as they are made now: dashes, commas and other punctuation part words."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from samordna.kernel.text import search_key


def make_anew(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    persons = apps.get_model("people", "Person").objects
    changed = []
    for person in persons.only("name", "search_key").iterator(chunk_size=2000):
        key = search_key(person.name)[:200]
        if key != person.search_key:
            person.search_key = key
            changed.append(person)
    persons.bulk_update(changed, ["search_key"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [migrations.RunPython(make_anew, migrations.RunPython.noop)]
