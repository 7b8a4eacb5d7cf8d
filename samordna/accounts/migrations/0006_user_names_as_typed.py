"""User names as the log-in form reads them: every dash is the plain one, and what cannot be seen is gone.

Two users whose names become the same keep a name each: whose name is so already keeps it, else who came first. The other
one's gets a number, and `migrate` says so, since an administrator has to tell the user.
"""

import sys
from itertools import chain, count
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from samordna.accounts.user_names import LONGEST_USER_NAME, fold_user_name


def fold(apps: Apps, _editor: BaseDatabaseSchemaEditor | None) -> None:
    users = apps.get_model("accounts", "User").objects
    rows = list(users.only("username").order_by("pk"))
    wanted = {row.pk: fold_user_name(row.username)[:LONGEST_USER_NAME] or "USER" for row in rows}
    taken = {row.username for row in rows if row.username == wanted[row.pk]}
    changed = [row for row in rows if row.username != wanted[row.pk]]
    for row in changed:
        row.username = _free(wanted[row.pk], taken)
        taken.add(row.username)
        if row.username != wanted[row.pk]:
            _tell(row)
    users.bulk_update(changed, ["username"], batch_size=500)


def _free(wanted: str, taken: set[str]) -> str:
    numbered = (f"{wanted[: LONGEST_USER_NAME - 8]}-{number}" for number in count(2))
    return next(name for name in chain([wanted], numbered) if name not in taken)


def _tell(row: Any) -> None:
    sys.stdout.write(
        f"\n  User {row.pk} logs in as {row.username} from now on: another one has the name. Tell the user. "
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_rows_and_closings")]

    operations = [migrations.RunPython(fold, migrations.RunPython.noop)]
