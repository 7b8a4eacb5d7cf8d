"""Consent (L-03): recorded, asked again when a unit is added, withdrawn. Never edited."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samordna.cases.models import Consent
from samordna.cases.states import ConsentForm, ConsentGiver, ConsentScope
from samordna.kernel.actor import Actor
from samordna.kernel.prepared import Prepared
from samordna.kernel.refusal import Refusal
from samordna.kernel.rows import columns, made


@dataclass(frozen=True)
class ConsentChoice:
    """What was typed in *Samtyckesval*."""

    giver: ConsentGiver
    giver_name: str
    how: ConsentForm
    scope: ConsentScope
    until_on: date | None = None
    cannot_consent_reason: str = ""
    child_view: str = ""


@dataclass(frozen=True)
class ConsentFacts:
    id: UUID
    giver: ConsentGiver
    giver_name: str
    how: ConsentForm
    scope: ConsentScope
    unit_ids: frozenset[int]
    unit_names: tuple[str, ...]
    until_on: date | None
    cannot_consent_reason: str
    child_view: str
    recorded_at: datetime
    recorded_by_name: str
    recorded_unit_name: str
    withdrawn_at: datetime | None

    def stands(self, day: date) -> bool:
        """Neither withdrawn nor past its end."""
        return self.withdrawn_at is None and (self.until_on is None or self.until_on >= day)

    def covers(self, unit_id: int, day: date, needed: ConsentScope) -> bool:
        """Whether the unit may be given what is `needed`."""
        return self.stands(day) and unit_id in self.unit_ids and suffices(self.scope, needed)


def suffices(given: ConsentScope, needed: ConsentScope) -> bool:
    """Consent to a SIP holds for information too, not the reverse."""
    return given in {needed, ConsentScope.SIP}


def choice_refusal(choice: ConsentChoice, today: date, needed: ConsentScope) -> Refusal | None:
    """Why a choice of consent cannot be recorded: who cannot consent needs a reason; an end lies ahead; it suffices
    for what it is asked for."""
    if choice.giver == ConsentGiver.CANNOT_CONSENT and not choice.cannot_consent_reason:
        return Refusal(
            "consent.reason_missing",
            _("Write why the person cannot consent and how it was judged."),
            field="cannot_consent_reason",
        )
    if choice.giver in {ConsentGiver.GUARDIAN, ConsentGiver.LEGAL_REPRESENTATIVE} and not choice.giver_name:
        return Refusal("consent.giver_missing", _("Write who gave consent."), field="giver_name")
    if choice.until_on is not None and choice.until_on < today:
        return Refusal("consent.until_past", _("Choose an end date that has not passed."), field="until_on")
    if not suffices(choice.scope, needed):
        return Refusal(
            "consent.information_only",
            _("Consent to a SIP is needed for this."),
            _("With consent to share information only, nothing but information messages can be sent."),
            field="scope",
        )
    return None


def units_without_consent(
    consents: Iterable[ConsentFacts], units: Sequence[tuple[int, str]], day: date, needed: ConsentScope
) -> tuple[str, ...]:
    """Names of the units that no valid consent covers for what is `needed`."""
    held = tuple(consents)
    return tuple(
        name for unit_id, name in units if not any(consent.covers(unit_id, day, needed) for consent in held)
    )


def consents_of(case_id: UUID) -> tuple[ConsentFacts, ...]:
    """Every consent of the case, oldest first, the withdrawn ones too."""
    return consents_from(CONSENTS.rows(case_id=case_id))


def consents_from(rows: Iterable[Sequence[Any]]) -> tuple[ConsentFacts, ...]:
    """The same from the rows of `CONSENTS`."""
    return tuple(_facts(made(Consent, row)) for row in rows)


CONSENTS = Prepared(
    lambda case_id: (
        Consent.objects.filter(case_id=case_id).order_by("recorded_at", "id").values_list(*columns(Consent))
    ),
    case_id=UUID,
)


def record_consent(
    *, case_id: UUID, choice: ConsentChoice, units: Sequence[tuple[int, str]], actor: Actor, at: datetime
) -> ConsentFacts:
    """Record the choice for these units (id, name)."""
    consent = Consent.objects.create(
        case_id=case_id,
        giver=choice.giver,
        giver_name=choice.giver_name,
        how=choice.how,
        scope=choice.scope,
        unit_ids=[unit_id for unit_id, _name in units],
        unit_names=[name for _unit_id, name in units],
        until_on=choice.until_on,
        cannot_consent_reason=choice.cannot_consent_reason,
        child_view=choice.child_view,
        recorded_at=at,
        recorded_by_id=actor.user_id,
        recorded_by_name=actor.user_name,
        recorded_unit_name=actor.unit_name,
    )
    return _facts(consent)


def withdraw_consents(*, case_id: UUID, actor: Actor, at: datetime) -> int:
    """Withdraw all that stand; from now on nothing new may be delivered. Returns how many."""
    return Consent.objects.filter(case_id=case_id, withdrawn_at__isnull=True).update(
        withdrawn_at=at, withdrawn_by_id=actor.user_id
    )


def _facts(row: Consent) -> ConsentFacts:
    return ConsentFacts(
        id=row.pk,
        giver=ConsentGiver(row.giver),
        giver_name=row.giver_name,
        how=ConsentForm(row.how),
        scope=ConsentScope(row.scope),
        unit_ids=frozenset(row.unit_ids),
        unit_names=tuple(row.unit_names),
        until_on=row.until_on,
        cannot_consent_reason=row.cannot_consent_reason,
        child_view=row.child_view,
        recorded_at=row.recorded_at,
        recorded_by_name=row.recorded_by_name,
        recorded_unit_name=row.recorded_unit_name,
        withdrawn_at=row.withdrawn_at,
    )
