"""The plans of a case by one name each, with their dates; the new plan that is being made, and those cancelled."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from samordna.cases.facts import RoundFacts
from samordna.casework.pages import Beside
from samordna.documents.facts import DocumentFacts
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.text import isolated
from samordna.sip.facts import SipFacts
from samordna.sip.rounds.rules import cancel_round_refusal, round_is_open
from samordna.sip.states import Part
from samordna.web import moments

# The parts on whose pages one is told that a new plan has been begun, and may cancel it.
_RENEWED = frozenset({Part.SUMMONS, Part.PLAN, Part.FOLLOW_UP})
_TEMPLATE = "sip/rounds/under_way.html"


def renewal(facts: SipFacts, actor: Actor, part: str | None, at: datetime) -> Beside | None:
    """That a new plan has been begun, what holds meanwhile, and whether the reader may cancel it (V-73).

    None on other parts, and when none has been begun or it has been locked.
    """
    if part not in _RENEWED or not round_is_open(facts):
        return None
    holding, day = facts.valid_plan, moments.on_day(facts.case.round.started_at, at=at)
    cancel = cancel_round_refusal(facts, actor)
    if holding is None or holding.locked_version is None:
        return Beside(_TEMPLATE, _("A new plan was begun %(day)s.") % {"day": day}, "", "", cancel)
    name = plan_name(holding)
    said = _("A new plan was begun %(day)s. %(plan)s holds and is followed up until the new one is locked.")
    url = reverse("sip:history_version", args=[facts.case.id, holding.locked_version.id])
    read = _("Read %(plan)s") % {"plan": name}
    return Beside(_TEMPLATE, said % {"day": day, "plan": name}, url, read, cancel)


def plan_name(document: DocumentFacts) -> str:
    """ "Plan 2": the name that a plan has everywhere and keeps, whatever becomes of it."""
    return _("Plan %(plan)s") % {"plan": document.ordinal}


def still_holds(facts: SipFacts) -> list[str]:
    """That the plan the individual has holds, whatever becomes of the one that is being made."""
    holding = facts.valid_plan
    if holding is None:
        return []
    return [_("%(plan)s holds as before, and is followed up.") % {"plan": plan_name(holding)}]


def plan_dates(facts: SipFacts, document: DocumentFacts, at: datetime) -> str:
    """ "låst 3 nov 2026, ersatt 12 dec 2026": what happened to the plan as a whole, and when."""
    locked = [v.locked_at for v in document.versions if v.locked_at is not None]
    signed = [v.signed_at for v in document.versions if v.signed_at is not None]
    said = []
    if locked:
        said.append(_("locked %(day)s") % {"day": on(locked[-1], at)})
    elif signed:
        said.append(_("signed %(day)s") % {"day": on(signed[-1], at)})
    else:
        said.append(_("begun %(day)s") % {"day": on(document.begun_at, at)})
    replaced = document.replaced_version
    if replaced is not None and replaced.replaced_at is not None:
        said.append(_("replaced %(day)s") % {"day": on(replaced.replaced_at, at)})
    if document.voided_at is not None:
        ended = _("cancelled %(day)s") if cancelled_with(facts, document) else _("voided %(day)s")
        said.append(ended % {"day": on(document.voided_at, at)})
    return ", ".join(said)


def cancelled_with(facts: SipFacts, document: DocumentFacts) -> bool:
    """Whether the plan was voided because its whole round was cancelled."""
    return any(
        turn.number == document.round_number and turn.cancelled_at == document.voided_at
        for turn in facts.case.rounds
        if turn.cancelled_at is not None
    )


def cancelled_words(turn: RoundFacts, at: datetime) -> str:
    """ "Påbörjad 3 nov, avbruten 4 nov av Anna Lindqvist: Av misstag" (V-73)."""
    said = _("Begun %(begun)s, cancelled %(day)s by %(name)s: %(reason)s")
    return said % {
        "begun": on(turn.started_at, at),
        "day": on(turn.cancelled_at or turn.started_at, at),
        "name": isolated(turn.cancelled_by_name),
        "reason": turn.cancel_reason,
    }


def on(moment: datetime, at: datetime) -> str:
    """The day of a moment as *Historik* has it, and what is read later: with its date."""
    return clock.shown_date(clock.local(moment).date(), at=at)
