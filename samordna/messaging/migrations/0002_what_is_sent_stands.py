"""What was sent, answered or voided stands, whatever a program does (L-06)."""

from django.db import migrations

from samordna.kernel.append_only import forbid_deletion, freeze


class Migration(migrations.Migration):
    dependencies = [("messaging", "0001_initial")]

    operations = [
        forbid_deletion("messaging_message"),
        forbid_deletion("messaging_delivery"),
        freeze(
            "messaging_message",
            "sent",
            [
                "kind",
                "case_id",
                "unit_id",
                "unit_name",
                "sent_at",
                "sent_by_id",
                "sent_by_name",
                "sent_by_title",
            ],
            when="OLD.sent_at IS NOT NULL",
        ),
        freeze(
            "messaging_message",
            "voided",
            ["status", "voided_at", "voided_by_id", "voided_by_name", "void_reason"],
            when="OLD.voided_at IS NOT NULL",
        ),
        freeze(
            "messaging_delivery",
            "answer",
            [
                "answer",
                "answered_at",
                "answered_by_id",
                "answered_by_name",
                "comment",
                "suggested_unit_id",
                "suggested_text",
            ],
            when="OLD.answer <> ''",
        ),
        freeze(
            "messaging_delivery",
            "due",
            ["message_id", "unit_id", "unit_name", "added_at", "due_at"],
            when="OLD.id IS NOT NULL",
        ),
    ]
