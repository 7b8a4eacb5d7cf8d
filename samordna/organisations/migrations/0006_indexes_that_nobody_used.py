"""Foreign keys that begin another index lose their own."""

import django.db.models.deletion
from django.db import migrations, models

from samordna.kernel.indexes import WithoutIndex


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0005_rows_and_closings"),
    ]

    operations = [
        WithoutIndex(
            model_name="organisation",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="children",
                to="organisations.organisation",
            ),
        ),
        WithoutIndex(
            model_name="setting",
            name="department",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
            ),
        ),
    ]
