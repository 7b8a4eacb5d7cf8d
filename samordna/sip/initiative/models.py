"""What is written in an initiative."""

from typing import ClassVar

from django.db import models

from samordna.sip.initiative.states import Initiator


class InitiativeContent(models.Model):
    """Why a SIP is needed, who took the initiative, and the choice of consent (V-31)."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"reason", "initiator_name", "consent_draft"})

    message = models.OneToOneField("messaging.Message", on_delete=models.PROTECT, related_name="initiative")
    reason = models.TextField(blank=True)
    initiator = models.CharField(max_length=12, blank=True, choices=[(i.value, i.value) for i in Initiator])
    initiator_name = models.CharField(max_length=200, blank=True)
    consent = models.ForeignKey(
        "cases.Consent", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    consent_draft = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"initiative {self.pk}"
