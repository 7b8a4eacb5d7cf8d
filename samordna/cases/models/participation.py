"""Who takes part in a case: units, coordinator, handlers, named readers, consent."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from samordna.cases.models.case import Case
from samordna.cases.states import Access, ConsentForm, ConsentGiver, ConsentScope, Guardians, LeftReason

UNIT = "organisations.Organisation"


class CoordinatorTerm(models.Model):
    """Who coordinates (samordningsansvarig), from when until when. An open case has exactly one."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"assignment", "name", "named_by", "named_by_name"})

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="coordinator_terms")
    assignment = models.ForeignKey("assignments.Assignment", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(UNIT, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    unit_name = models.CharField(max_length=120)
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    named_by_name = models.CharField(max_length=120)
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(until_at__isnull=True), name="case_has_one_coordinator"
            ),
            models.CheckConstraint(
                condition=Q(named_at__isnull=False, named_by__isnull=False), name="coordinator_named_at_by"
            ),
        ]

    def __str__(self) -> str:
        return f"coordinator {self.pk}"


class Participation(models.Model):
    """A unit's part in a case: a period with a reason (L-02)."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"known_person", "known_name", "known_number"})

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="participations")
    unit = models.ForeignKey(UNIT, on_delete=models.PROTECT, related_name="+")
    unit_name = models.CharField(max_length=120)
    access = models.CharField(max_length=8, choices=[(a.value, a.value) for a in Access])
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    left_reason = models.CharField(
        max_length=12, blank=True, choices=[(r.value, r.value) for r in LeftReason]
    )

    # Of whom the unit was told last; told anew with each message to a unit that is only informed. Nobody while it sees
    # the person as she is now.
    known_person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    known_name = models.CharField(max_length=120, blank=True)
    known_number = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "unit"],
                condition=Q(until_at__isnull=True),
                name="participation_one_open_per_unit",
            ),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")),
                name="participation_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"participation {self.pk}"


class UnitHandler(models.Model):
    """The named handler (handläggare) of a case at a unit, who watches it (V-25)."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"assignment", "name"})

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handlers")
    unit = models.ForeignKey(UNIT, on_delete=models.PROTECT, related_name="+")
    assignment = models.ForeignKey("assignments.Assignment", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "unit"], condition=Q(until_at__isnull=True), name="unit_has_one_handler"
            )
        ]

    def __str__(self) -> str:
        return f"handler {self.pk}"


class NamedReader(models.Model):
    """A user who may open the case of a person with protected identity, named by the unit (L-04)."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"user", "name"})

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="named_readers")
    unit = models.ForeignKey(UNIT, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "unit", "user"],
                condition=Q(until_at__isnull=True),
                name="named_reader_once_a_unit",
            )
        ]

    def __str__(self) -> str:
        return f"named reader {self.pk}"


class Consent(models.Model):
    """What was consented to, by whom, how, for which units, until when (L-03). Never edited, only withdrawn."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "giver_name",
            "child_view",
            "cannot_consent_reason",
            "judgement",
            "recorded_by",
            "recorded_by_name",
            "withdrawn_by",
            "withdrawn_by_name",
        }
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consents")
    giver = models.CharField(max_length=20, choices=[(g.value, g.value) for g in ConsentGiver])
    giver_name = models.CharField(max_length=200, blank=True)
    how = models.CharField(max_length=8, choices=[(f.value, f.value) for f in ConsentForm])
    scope = models.CharField(max_length=12, choices=[(s.value, s.value) for s in ConsentScope])
    unit_ids = models.JSONField(default=list)
    unit_names = models.JSONField(default=list)
    until_on = models.DateField(null=True, blank=True)
    cannot_consent_reason = models.TextField(blank=True)
    child_view = models.TextField(blank=True)
    guardians = models.CharField(max_length=4, blank=True, choices=[(g.value, g.value) for g in Guardians])
    judgement = models.TextField(blank=True)
    # When a guardian's consent was found to have ended, since the child had come of age.
    lapsed_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recorded_by_name = models.CharField(max_length=120)
    recorded_unit_name = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    withdrawn_by_name = models.CharField(max_length=120, blank=True)
    withdrawn_unit_name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="consent_withdrawn_at_by",
            ),
            models.CheckConstraint(
                condition=Q(recorded_at__isnull=False, recorded_by__isnull=False),
                name="consent_recorded_at_by",
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"
