"""What is written in a SBAR."""

from typing import ClassVar

from django.db import models

from samordna.casework.documents.models import VERSION, WrittenRow


class SbarContent(WrittenRow):
    """*Kartläggning enligt SBAR* (V-40)."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset(
        {"situation", "background", "assessment", "recommendation", "written_by", "written_by_name"}
    )

    edition = models.OneToOneField(VERSION, on_delete=models.PROTECT, related_name="sbar")
    situation = models.TextField(blank=True)
    background = models.TextField(blank=True)
    assessment = models.TextField(blank=True)
    recommendation = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"sbar {self.pk}"
