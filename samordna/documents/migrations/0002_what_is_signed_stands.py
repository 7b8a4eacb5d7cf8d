"""What was signed stands as it was signed, whatever a program does (L-06)."""

from django.db import migrations

from samordna.kernel.append_only import forbid_deletion, freeze


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [
        forbid_deletion("documents_document"),
        forbid_deletion("documents_documentversion"),
        freeze(
            "documents_documentversion",
            "signed",
            [
                "content",
                "digest",
                "signed_at",
                "signed_by_id",
                "signed_by_name",
                "signed_title",
                "signed_unit_name",
            ],
            when="OLD.digest <> ''",
        ),
        freeze(
            "documents_document",
            "voided",
            ["voided_at", "voided_by_id", "voided_by_name", "void_reason"],
            when="OLD.voided_at IS NOT NULL",
        ),
    ]
