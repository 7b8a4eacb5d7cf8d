"""When, and by whom, a version was locked and opened that was opened before 0003: until then opening forgot it.

The log has both. Without it a plan that was printed and handed over is said never to have been locked, and its deadline
is counted from the day it was signed.
"""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def restore_locks(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    versions = apps.get_model("documents", "DocumentVersion").objects
    entries = apps.get_model("audit", "Entry").objects
    forgotten = versions.filter(locked_at=None, signed_at__isnull=False).values_list(
        "pk", "document__case_id"
    )
    for version_id, case_id in list(forgotten):
        of_it = entries.filter(case_id=case_id, object_id=str(version_id), result="done").order_by("-id")
        locked = of_it.filter(action="document.locked").exclude(user_id=None).first()
        opened = of_it.filter(action="document.unlocked").first()
        if locked is None or opened is None:
            continue
        versions.filter(pk=version_id).update(
            locked_at=locked.at,
            locked_by_id=locked.user_id,
            locked_by_name=locked.user_name[:120],
            unlocked_at=opened.at,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0003_when_a_lock_was_opened"),
        ("audit", "0002_order_of_acts_outside_cases"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(restore_locks, migrations.RunPython.noop)]
