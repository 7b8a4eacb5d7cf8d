"""Search keys and user names as they are made now: punctuation parts words, and every dash is the plain one."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from samordna.accounts.user_names import fold_user_name
from samordna.kernel.text import search_key


def make_anew(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    users = apps.get_model("accounts", "User").objects
    rows = list(users.only("name", "username", "search_key"))
    taken = {row.username for row in rows}
    changed = []
    for row in rows:
        key, username = search_key(row.name)[:200], fold_user_name(row.username)
        if username in taken:
            # Its own already, or that of somebody else: then it stays as it is, and is told by the form.
            username = row.username
        if (key, username) != (row.search_key, row.username):
            row.search_key, row.username = key, username
            taken.add(username)
            changed.append(row)
    users.bulk_update(changed, ["search_key", "username"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(make_anew, migrations.RunPython.noop)]
