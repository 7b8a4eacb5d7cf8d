"""What is written in a notice that a patient is ready for discharge."""

from typing import ClassVar

from django.db import models


class ReadyContent(models.Model):
    """The physician's judgement, and its moment."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"physician"})

    message = models.OneToOneField("messaging.Message", on_delete=models.PROTECT, related_name="ready")
    physician = models.CharField(max_length=200, blank=True)
    assessed_on = models.DateField(null=True, blank=True)
    assessed = models.TimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"ready {self.pk}"
