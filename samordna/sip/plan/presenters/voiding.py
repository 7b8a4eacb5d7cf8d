"""What voiding a plan, in this state of the case, leads to: the sentences above the button *Makulera* (V-95)."""

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.documents.facts import DocumentFacts
from samordna.kernel import clock
from samordna.kernel.text import isolated
from samordna.sip.facts import SipFacts
from samordna.sip.rounds.presenters.rounds import still_holds
from samordna.sip.states import Part


def plan_effects(facts: SipFacts, plan: DocumentFacts, person_name: str, at: datetime) -> list[str]:
    """Of voiding a plan: whether it held, what holds now, and what goes with it."""
    valid, said = plan.valid_version, []
    if plan.locked_version is not None:
        said.append(_("The plan of %(name)s no longer holds.") % {"name": isolated(person_name)})
    elif valid is not None and (valid.locked_at or valid.unlocked_at):
        said.append(_("The plan is open, and does not hold now. It cannot be locked again."))
    else:
        said.append(_("The plan has never been locked, and has not held."))
    if plan.round_number == facts.followed_round:
        said += _with_the_plan(facts, plan, at)
    else:
        said += still_holds(facts)
    if plan.open_version is not None and plan.ever_signed:
        writer = {"name": isolated(plan.open_version.opened_by_name)}
        said.append(_("What %(name)s is writing in it is voided too.") % writer)
    readable = (
        _("It can be read with the reason.")
        if plan.ever_signed
        else _("Only the unit that wrote it can read it.")
    )
    return [*said, readable, _what_then(facts, plan), _("The units that take part are told.")]


def _with_the_plan(facts: SipFacts, plan: DocumentFacts, at: datetime) -> list[str]:
    said = []
    if facts.standing(Part.FOLLOW_UP) is not None:
        said.append(_("Its follow-up is voided too."))
    if facts.follow_up_due_on is not None:
        day = {"day": clock.shown_date(facts.follow_up_due_on, at=at)}
        said.append(_("The follow-up that was due %(day)s is not asked for any more.") % day)
    return said


def _what_then(facts: SipFacts, plan: DocumentFacts) -> str:
    if plan.round_number != facts.round_number:
        return _("The new plan that has been begun goes on.")
    if facts.sent(Part.SUMMONS) is None:
        return _("A new plan can be begun when a new summons has been sent.")
    return _("A new plan can be begun.")
