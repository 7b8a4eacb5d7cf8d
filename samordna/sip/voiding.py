"""What a voiding, in this state of the case, leads to: the sentences above the button *Makulera* (V-95)."""

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.documents.facts import DocumentFacts
from samordna.kernel import clock
from samordna.kernel.text import isolated
from samordna.messaging.states import MessageStatus
from samordna.sip.facts import SipFacts
from samordna.sip.requirements import begin_refusal
from samordna.sip.rounds.presenters.rounds import plan_name, still_holds
from samordna.sip.states import Beginning, Part


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


def cancel_effects(facts: SipFacts) -> list[str]:
    """Of cancelling a new plan that was begun by mistake (V-73)."""
    summonses, plan = facts.messages_of(Part.SUMMONS), facts.standing(Part.PLAN)
    said = []
    if any(message.status == MessageStatus.SENT for message in summonses):
        said.append(_("The new summons to planning is voided. The units that were called are told."))
    if any(message.status == MessageStatus.DRAFT for message in summonses):
        said.append(_("Drafts of the new summons are thrown away."))
    if plan is not None:
        said.append(_("What is written in %(plan)s is voided.") % {"plan": plan_name(plan)})
    return [*said, *still_holds(facts), _("The new plan stays under History with your reason.")]


def follow_up_effects(facts: SipFacts, at: datetime) -> list[str]:
    """Of voiding a follow-up: what is still due, and what its lock had made possible."""
    said = [_("What is reported can still be read by its date, marked as voided, with your reason.")]
    if facts.follow_up_due_on is not None:
        day = {"day": clock.shown_date(facts.follow_up_due_on, at=at)}
        said.append(_("The next follow-up is due %(day)s as before.") % day)
    follow_up = facts.standing(Part.FOLLOW_UP)
    locked = follow_up is not None and follow_up.locked_version is not None
    if locked and facts.sent(Part.EVALUATION_SUMMONS) is None and facts.standing(Part.EVALUATION) is None:
        said.append(_("The plan can no longer be evaluated without a summons to evaluation."))
    again = begin_refusal(facts, Beginning.FOLLOW_UP) is None
    said.append(
        _("A new follow-up can be activated.")
        if again
        else _("A new follow-up can be activated when the plan is locked.")
    )
    return [*said, _("The units that take part are told.")]


def evaluation_effects(facts: SipFacts) -> list[str]:
    """Of voiding an evaluation: whether the case goes on by it, and who can read what was written."""
    document, said = facts.standing(Part.EVALUATION), []
    if not facts.case.active:
        said.append(_("The case goes on, unless the person has got a new SIP."))
    if document is None or document.ever_signed:
        said.append(_("The evaluation can still be read, marked as voided, with your reason."))
    else:
        said.append(_("Only the unit that wrote it can read it."))
    return [*said, _("A new evaluation can be begun."), _("The units that take part are told.")]


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
