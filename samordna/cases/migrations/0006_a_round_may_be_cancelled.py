"""A round that was begun by mistake is cancelled, and stays with who, when and why (V-73)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from samordna.kernel.append_only import AlterGuarded

_USER = models.ForeignKey(
    blank=True,
    null=True,
    on_delete=django.db.models.deletion.PROTECT,
    related_name="+",
    to=settings.AUTH_USER_MODEL,
)
_WHOLE = Q(cancelled_at__isnull=True, cancelled_by__isnull=True) | Q(
    cancelled_at__isnull=False, cancelled_by__isnull=False, number__gt=1
)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_rows_are_computed_anew"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AlterGuarded(
            "cases_round",
            [
                migrations.AddField("round", "cancelled_at", models.DateTimeField(blank=True, null=True)),
                migrations.AddField("round", "cancelled_by", _USER),
                migrations.AddField(
                    "round",
                    "cancelled_by_name",
                    models.CharField(blank=True, default="", max_length=120),
                    preserve_default=False,
                ),
                migrations.AddField(
                    "round", "cancel_reason", models.TextField(blank=True, default=""), preserve_default=False
                ),
                migrations.AddConstraint(
                    "round", models.CheckConstraint(condition=_WHOLE, name="round_cancelled_at_by")
                ),
            ],
        ),
    ]
