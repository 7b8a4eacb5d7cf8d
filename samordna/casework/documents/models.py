"""Rows of documents that units write together: each is saved by itself and has its own version."""

from django.conf import settings
from django.db import models

VERSION = "documents.DocumentVersion"


class WrittenRow(models.Model):
    """Who wrote a row last, from which unit, and how many times it has been saved."""

    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    written_by_name = models.CharField(max_length=120)
    written_unit_name = models.CharField(max_length=120)

    class Meta:
        abstract = True
