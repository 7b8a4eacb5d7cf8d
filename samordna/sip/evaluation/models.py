"""What is written in an evaluation."""

from typing import ClassVar

from django.db import models

from samordna.casework.documents.models import VERSION, WrittenRow


class EvaluationContent(WrittenRow):
    """*Utvärdering* (V-81). Without a day the plan is ended without a meeting (V-82)."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"text", "written_by", "written_by_name"})

    edition = models.OneToOneField(VERSION, on_delete=models.PROTECT, related_name="evaluation")
    met_on = models.DateField(null=True, blank=True)
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"evaluation {self.pk}"
