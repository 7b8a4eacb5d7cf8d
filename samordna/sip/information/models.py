"""What is written in an information message."""

from typing import ClassVar

from django.db import models


class InformationContent(models.Model):
    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"text"})

    message = models.OneToOneField("messaging.Message", on_delete=models.PROTECT, related_name="information")
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"information {self.pk}"
