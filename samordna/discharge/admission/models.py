"""What is written in a notice of admission."""

from typing import ClassVar

from django.db import models

from samordna.discharge.admission.states import Certainty


class AdmissionContent(models.Model):
    """Admitted when, and discharged when, as far as is known."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset()

    message = models.OneToOneField("messaging.Message", on_delete=models.PROTECT, related_name="admission")
    admitted_on = models.DateField(null=True, blank=True)
    admitted = models.TimeField(null=True, blank=True)
    planned_on = models.DateField(null=True, blank=True)
    certainty = models.CharField(
        max_length=9, choices=[(c.value, c.value) for c in Certainty], default=Certainty.UNCERTAIN.value
    )

    def __str__(self) -> str:
        return f"admission {self.pk}"
