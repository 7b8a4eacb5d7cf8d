"""What a user has typed and not saved. The only rows of the system that are deleted."""

from typing import ClassVar

from django.db import models


class UnsavedText(models.Model):
    """One form, half written, of one user at one unit. Nobody else ever reads it, and it is no record.

    `base_version` is the version of the thing that the form was opened with; `fields` holds the
    form's values by name, as posted (always lists).
    """

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"user_id", "fields"})

    id = models.BigAutoField(primary_key=True)
    user_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    form = models.CharField(max_length=200)
    base_version = models.BigIntegerField(null=True)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("user_id", "unit_id", "form"), name="drafts_one_per_form"),
        )
