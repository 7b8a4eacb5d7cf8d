"""Consent (L-03): recorded, asked again when a unit is added, withdrawn. Never edited."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.cases.facts import CaseFacts
from samordna.cases.models import Consent
from samordna.cases.states import CaseStatus, ConsentForm, ConsentGiver, ConsentScope, Guardians
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.changing import Insert
from samordna.kernel.module import Module
from samordna.kernel.prepared import Prepared
from samordna.kernel.refusal import Refusal
from samordna.kernel.rows import columns, made
from samordna.people.queries import ADULT, adult_on, birth_date

_IN_ANOTHERS_PLACE = frozenset({ConsentGiver.GUARDIAN, ConsentGiver.LEGAL_REPRESENTATIVE})


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
    guardians: Guardians | None = None
    judgement: str = ""


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
    withdrawn_by_name: str = ""
    withdrawn_unit_name: str = ""
    guardians: Guardians | None = None
    judgement: str = ""
    lapsed_at: datetime | None = None
    adult_on: date | None = None

    def stands(self, day: date) -> bool:
        """Neither withdrawn nor past its end, nor given by who may not at the age that the number tells."""
        if self.withdrawn_at is not None or self.outgrown(day) or self.unjudged:
            return False
        return self.until_on is None or self.until_on >= day

    def outgrown(self, day: date) -> bool:
        """Whether a guardian or representative gave it for a child who is of age by that day, as the number tells."""
        return self.adult_on is not None and self.adult_on <= day and self._by_age

    @property
    def ends_on(self) -> date | None:
        """The last day on which it stands: as it was said, and not past the day before the child is of age."""
        return _first_end(self.until_on, self.adult_on if self._by_age else None)

    @property
    def _by_age(self) -> bool:
        by_guardian = self.giver == ConsentGiver.GUARDIAN
        return by_guardian or (self.giver == ConsentGiver.LEGAL_REPRESENTATIVE and self._of_a_child)

    @property
    def unjudged(self) -> bool:
        """Whether the individual, who was a child then by the number that holds now, consented as an adult does."""
        return self.giver == ConsentGiver.SELF and not self.judgement and self._of_a_child

    @property
    def _of_a_child(self) -> bool:
        return self.adult_on is not None and clock.today(self.recorded_at) < self.adult_on

    @property
    def lapsed(self) -> bool:
        """Whether it has been noted that it ended by age, and the number that the person has now says so too."""
        if self.lapsed_at is None:
            return False
        return self.unjudged or self.outgrown(clock.today(self.lapsed_at))

    def to_lapse(self, day: date) -> bool:
        """Whether it has ended by age by that day, and that has not been noted."""
        return self.withdrawn_at is None and (self.unjudged or self.outgrown(day)) and not self.lapsed

    def covers(self, unit_id: int, day: date, needed: ConsentScope) -> bool:
        """Whether the unit may be given what is `needed`."""
        return self.stands(day) and unit_id in self.unit_ids and suffices(self.scope, needed)


def _first_end(until_on: date | None, adult_on: date | None) -> date | None:
    of_age = adult_on - timedelta(days=1) if adult_on is not None else None
    return min((day for day in (until_on, of_age) if day is not None), default=None)


def last_day(giver: ConsentGiver, until_on: date | None, born: date | None, recorded_on: date) -> date | None:
    """What `ConsentFacts.ends_on` will be of a consent that is recorded that day; None: the whole SIP."""
    grown = adult_on(born) if born is not None else None
    ends_by_age = giver in _IN_ANOTHERS_PLACE and grown is not None and recorded_on < grown
    return _first_end(until_on, grown if ends_by_age else None)


def suffices(given: ConsentScope, needed: ConsentScope) -> bool:
    """Consent to a SIP holds for information too, not the reverse."""
    return given in {needed, ConsentScope.SIP}


def choice_refusal(choice: ConsentChoice, today: date, needed: ConsentScope | None) -> Refusal | None:
    """Why a choice of consent cannot be recorded: who cannot consent needs a reason; an end lies ahead; it suffices
    for what it is asked for (None: for nothing)."""
    if choice.giver == ConsentGiver.CANNOT_CONSENT and not choice.cannot_consent_reason:
        return Refusal(
            "consent.reason_missing",
            _("Write why the person cannot consent and how it was judged."),
            field="cannot_consent_reason",
        )
    if choice.giver in _IN_ANOTHERS_PLACE and not choice.giver_name:
        return Refusal("consent.giver_missing", _("Write who gave consent."), field="giver_name")
    if choice.until_on is not None and choice.until_on < today:
        return Refusal("consent.until_past", _("Choose an end date that has not passed."), field="until_on")
    if needed is not None and not suffices(choice.scope, needed):
        return Refusal(
            "consent.information_only",
            _("Consent to a SIP is needed for this."),
            _("With consent to share information only, nothing but information messages can be sent."),
            field="scope",
        )
    return None


def age_refusal(choice: ConsentChoice, age: int | None) -> Refusal | None:
    """Who may consent goes by age (L-03): for a child both guardians as a rule, or the child by its maturity, which is
    judged in words; no guardian for an adult; where the age is not known, how it was judged is told in words."""
    guardian = choice.giver == ConsentGiver.GUARDIAN
    if guardian and age is not None and age >= ADULT:
        return Refusal(
            "consent.adult",
            _("The person is %(age)s years old, and a guardian does not consent for an adult.")
            % {"age": age},
            _("Choose the individual, or a trustee or other legal representative."),
            field="giver",
        )
    if guardian and choice.guardians is None:
        return Refusal(
            "consent.guardians", _("Choose whether both guardians consent, or one."), field="guardians"
        )
    unjudged = _unjudged(choice, age)
    if unjudged and not choice.judgement:
        return Refusal("consent.not_judged", unjudged, field="judgement")
    return None


def _unjudged(choice: ConsentChoice, age: int | None) -> str | Promise:
    if choice.giver == ConsentGiver.GUARDIAN and choice.guardians == Guardians.ONE:
        return _("Write why only one guardian consents.")
    if choice.giver == ConsentGiver.SELF and age is not None and age < ADULT:
        return _("Write how you have judged the child's age and maturity.")
    if age is None and choice.giver != ConsentGiver.CANNOT_CONSENT:
        return _("The age is not known. Write how you have judged it.")
    return ""


def is_covered(
    consents: Iterable[ConsentFacts], unit_id: int, day: date, needed: ConsentScope | None
) -> bool:
    """Whether a valid consent covers the unit for what is `needed`. None: a duty in law, which asks for none."""
    return needed is None or any(consent.covers(unit_id, day, needed) for consent in consents)


def units_without_consent(
    consents: Iterable[ConsentFacts], units: Sequence[tuple[int, str]], day: date, needed: ConsentScope | None
) -> tuple[str, ...]:
    """Names of the units that are not covered for what is `needed`."""
    held = tuple(consents)
    return tuple(name for unit_id, name in units if not is_covered(held, unit_id, day, needed))


def units_covered_until(
    consents: Iterable[ConsentFacts],
    unit_ids: Iterable[int],
    day: date,
    then: date,
    needed: ConsentScope | None,
) -> date | None:
    """The last day of the consent of a unit that is covered on `day` and no more `then`: the first of such days."""
    if needed is None:
        return None
    held, ends = tuple(consents), []
    for unit_id in unit_ids:
        theirs = [consent for consent in held if consent.covers(unit_id, day, needed)]
        if theirs and not any(consent.covers(unit_id, then, needed) for consent in theirs):
            ends += [max(consent.ends_on for consent in theirs if consent.ends_on is not None)]
    return min(ends, default=None)


def consents_of(case_id: UUID, born: date | None = None) -> tuple[ConsentFacts, ...]:
    """Every consent of the case, oldest first, the withdrawn ones too. `born`: the person of the case."""
    return consents_from(CONSENTS.rows(case_id=case_id), born)


def consents_from(rows: Iterable[Sequence[Any]], born: date | None) -> tuple[ConsentFacts, ...]:
    """The same from the rows of `CONSENTS`."""
    return tuple(_facts(made(Consent, row), born) for row in rows)


CONSENTS = Prepared(
    lambda case_id: (
        Consent.objects.filter(case_id=case_id).order_by("recorded_at", "id").values_list(*columns(Consent))
    ),
    case_id=UUID,
)


def record_consent(
    *, case: CaseFacts, choice: ConsentChoice, units: Sequence[tuple[int, str]], actor: Actor, at: datetime
) -> ConsentFacts:
    """Record the choice for these units (id, name)."""
    consent = Consent(
        case_id=case.id,
        giver=choice.giver,
        giver_name=choice.giver_name,
        how=choice.how,
        scope=choice.scope,
        unit_ids=[unit_id for unit_id, _name in units],
        unit_names=[name for _unit_id, name in units],
        until_on=choice.until_on,
        cannot_consent_reason=choice.cannot_consent_reason,
        child_view=choice.child_view,
        guardians=choice.guardians or "",
        judgement=choice.judgement,
        recorded_at=at,
        recorded_by_id=actor.user_id,
        recorded_by_name=actor.user_name,
        recorded_unit_name=actor.unit_name,
    )
    _record([consent])
    return _facts(consent, case.born)


_record = Insert(Consent)


def outgrown_cases(module: Module, at: datetime) -> Iterator[UUID]:
    """The module's ongoing cases with a guardian's consent, or a representative's for a child, that is not known yet to
    have ended with the child's coming of age; or with a child's own that nobody judged, from before that was asked.

    To be judged again once a case is held (`ConsentFacts.to_lapse`).
    """
    by_others = Q(giver__in=_IN_ANOTHERS_PLACE)
    rows = Consent.objects.filter(
        by_others | Q(giver=ConsentGiver.SELF, judgement="", lapsed_at=None),
        withdrawn_at=None,
        case__module=module,
        case__status=CaseStatus.ACTIVE,
        case__person__identifiers__replaced_at=None,
    ).values_list(
        "case_id",
        "case__person__identifiers__kind",
        "case__person__identifiers__value",
        "lapsed_at",
        "giver",
        "recorded_at",
    )
    day = clock.today(at)
    for case_id, kind, value, lapsed_at, giver, recorded_at in rows.order_by("case_id").distinct():
        born = birth_date(kind, value, day) if value else None
        grown = adult_on(born) if born is not None else None
        # Noted by the number of somebody older, before the case was corrected: it ends once more, on the right day.
        noted = lapsed_at is not None and grown is not None and clock.today(lapsed_at) >= grown
        if grown is None or (giver != ConsentGiver.GUARDIAN and clock.today(recorded_at) >= grown):
            # A trustee's consent for an adult is not outgrown, and an adult's own needs no judgement.
            continue
        if giver == ConsentGiver.SELF or (grown <= day and not noted):
            yield case_id


def lapse_consents(*, consents: Iterable[ConsentFacts], at: datetime) -> None:
    """Note that these have ended. What was shared on them stays."""
    Consent.objects.filter(pk__in=[consent.id for consent in consents]).update(lapsed_at=at)


def withdraw_consents(*, case_id: UUID, actor: Actor, at: datetime) -> int:
    """Withdraw all that stand; from now on nothing new may be delivered. Returns how many."""
    return Consent.objects.filter(case_id=case_id, withdrawn_at__isnull=True).update(
        withdrawn_at=at,
        withdrawn_by_id=actor.user_id,
        withdrawn_by_name=actor.user_name,
        withdrawn_unit_name=actor.unit_name,
    )


def _facts(row: Consent, born: date | None) -> ConsentFacts:
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
        withdrawn_by_name=row.withdrawn_by_name,
        withdrawn_unit_name=row.withdrawn_unit_name,
        guardians=Guardians(row.guardians) if row.guardians else None,
        judgement=row.judgement,
        lapsed_at=row.lapsed_at,
        adult_on=adult_on(born) if born is not None else None,
    )
