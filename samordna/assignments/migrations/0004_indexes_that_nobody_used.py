"""Foreign keys that begin another index lose their own."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from samordna.kernel.indexes import WithoutIndex


class Migration(migrations.Migration):
    dependencies = [
        ("assignments", "0003_a_right_to_decide"),
        ("organisations", "0006_indexes_that_nobody_used"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        WithoutIndex(
            model_name="appointedright",
            name="assignment",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appointed_rights",
                to="assignments.assignment",
            ),
        ),
        WithoutIndex(
            model_name="assignment",
            name="user",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignments",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        WithoutIndex(
            model_name="moduleright",
            name="department",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
            ),
        ),
        WithoutIndex(
            model_name="systemrolegrant",
            name="user",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="system_roles",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
