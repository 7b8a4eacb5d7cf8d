"""Receipts of posted forms: what makes a form that is posted twice act once."""

from typing import ClassVar

from django.db import models


class FormReceipt(models.Model):
    """One form of one user that has been acted upon, and where the user was sent afterwards.

    `user_id` is a plain id, 0 before login. The address holds random ids only, never a person's data.
    """

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset()

    user_id = models.BigIntegerField()
    key = models.UUIDField()
    redirect = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user_id", "key"], name="web_formreceipt_once"),
        ]
