"""Search keys as they are made now: dashes, commas and other punctuation part words."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from samordna.kernel.text import search_key


def make_anew(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    places = apps.get_model("organisations", "Organisation").objects
    changed = []
    for row in places.select_related("parent", "department", "principal"):
        names = [row.name, *(above.name for above in (row.parent, row.department, row.principal) if above)]
        key = search_key(" ".join(dict.fromkeys([*names, row.municipality])))[:400]
        if key != row.search_key:
            row.search_key = key
            changed.append(row)
    places.bulk_update(changed, ["search_key"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]

    operations = [migrations.RunPython(make_anew, migrations.RunPython.noop)]
