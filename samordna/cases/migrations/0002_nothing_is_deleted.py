"""Nobody deletes a case, or who took part in it and what was consented to (L-06)."""

from django.db import migrations

from samordna.kernel.append_only import forbid_deletion

KEPT = [
    "case",
    "round",
    "coordinatorterm",
    "participation",
    "unithandler",
    "namedreader",
    "consent",
    "personcorrection",
]


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [forbid_deletion(f"cases_{name}") for name in KEPT]
