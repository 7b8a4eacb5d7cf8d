"""Questions at the existence door, for as long as they count."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from samordna.kernel.module import Module


class ExistenceQuestion(models.Model):
    """Who asked about which number, and whom and which case of the module the answer was about.

    Counted for an hour, kept for a day.

    `misses` are the names written for a protected person that did not fit; after so many the answer no longer stands.
    `shown`: the answer was who the person is, and not only that there is a case, or of which century the number.
    Person and case are plain ids: a row here keeps nothing else from being changed.
    """

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"user", "number", "person_id"})

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    unit = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    module = models.CharField(max_length=3, choices=[(m.value, m.value) for m in Module])
    number = models.CharField(max_length=20)
    person_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    shown = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    misses = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["user", "asked_at"], name="question_by_user")]

    def __str__(self) -> str:
        return f"question {self.pk}"
