"""Consent in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from samordna.cases.consent import ConsentFacts
from samordna.cases.states import ConsentForm, ConsentGiver, ConsentScope
from samordna.casework.consent.forms import GIVERS, GUARDIANS, SCOPES, WAYS
from samordna.casework.file.facts import CaseWork
from samordna.kernel import clock
from samordna.kernel.collation import sort_key

_GIVERS = dict(GIVERS)
_WAYS = dict(WAYS)
_SCOPES = dict(SCOPES)


@dataclass(frozen=True)
class ConsentRow:
    consent: ConsentFacts
    giver: str | Promise
    guardians: str | Promise
    how: str | Promise
    scope: str | Promise
    units: str
    state: str


def consent_rows(
    consents: tuple[ConsentFacts, ...], at: datetime, ended_at: datetime | None = None
) -> list[ConsentRow]:
    """The newest first. In a case that is over they are told of as they stood when it ended."""
    return [_row(consent, at, ended_at) for consent in reversed(consents)]


def units_to_cover(facts: CaseWork) -> list[tuple[int, str]]:
    """Units that take part, as they are called now, or that a standing message has gone to outside the system."""
    units = {d.unit_id: d.unit_name for message in facts.messages for d in message.standing}
    units |= {p.unit_id: p.unit_name for p in facts.case.participations if p.open}
    return sorted(units.items(), key=lambda unit: sort_key(unit[1]))


def _row(consent: ConsentFacts, at: datetime, ended_at: datetime | None) -> ConsentRow:
    giver = _GIVERS[ConsentGiver(consent.giver)]
    return ConsentRow(
        consent=consent,
        giver=f"{giver}: {consent.giver_name}" if consent.giver_name else giver,
        guardians=dict(GUARDIANS).get(consent.guardians, "") if consent.guardians else "",
        how=_WAYS[ConsentForm(consent.how)],
        scope=_SCOPES[ConsentScope(consent.scope)],
        units=", ".join(consent.unit_names),
        state=_state(consent, ended_at or at, over=ended_at is not None),
    )


def _state(consent: ConsentFacts, at: datetime, *, over: bool) -> str:
    if consent.withdrawn_at is not None:
        return _("withdrawn")
    if consent.outgrown(clock.today(at)):
        return _("has ended, the individual is of age")
    if consent.unjudged:
        return _("does not stand, the individual is a child")
    if consent.until_on is not None and consent.until_on < clock.today(at):
        return _("has ended")
    return _("held until the case ended") if over else _("in force")
