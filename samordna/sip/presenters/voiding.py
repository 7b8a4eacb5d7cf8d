"""What this voiding, in this state of the case, leads to: the sentences above the button *Makulera* (V-95)."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samordna.documents.facts import DocumentFacts
from samordna.kernel import clock
from samordna.kernel.collation import sort_key
from samordna.kernel.text import isolated, listed
from samordna.messaging.facts import DeliveryFacts, MessageFacts
from samordna.messaging.states import Answer, MessageStatus
from samordna.sip.facts import SipFacts
from samordna.sip.presenters.rounds import plan_name
from samordna.sip.rules.process import begin_refusal
from samordna.sip.states import Beginning, Part
from samordna.web import moments


def message_effects(facts: SipFacts, message: MessageFacts, at: datetime) -> list[str]:
    """Of voiding a sent message: what becomes of its answers, of what has been built on it, and what comes next."""
    awaited = listed(sorted((delivery.unit_name for delivery in message.awaited), key=sort_key))
    said = [_("It can still be read by those who have it, marked as voided, with your reason.")]
    said += _BUILT_ON[Part(message.kind)](facts, message, at)
    if awaited:
        said.append(_("Nothing more is awaited from %(units)s.") % {"units": awaited})
    told = [delivery for delivery in message.standing if not delivery.external]
    if told:
        text = ngettext(
            "The unit is told that it is voided.", "%(count)d units are told that it is voided.", len(told)
        )
        said.append(text % {"count": len(told)})
    if len(told) < len(message.standing):
        said.append(_("Units outside the system are told by you."))
    return [*said, _("A new one can be made. What is voided cannot be restored.")]


def anew_words(*, nobody_left: bool, day_passed: bool) -> str:
    """What a draft made anew has taken along, and what is to be written anew."""
    kept = _("A draft has been begun with the same text and the recipients who have not denied.")
    if nobody_left:
        kept = _(
            "A draft has been begun with the same text. Choose recipients: the former ones had denied or were removed."
        )
    day = [_("The day of the meeting had passed and is left out. Write a new one.")] if day_passed else []
    return " ".join([kept, *day, _("Read it before you send.")])


def aside_effects(delivery: DeliveryFacts) -> list[str]:
    """Of going on without a unit that has denied or is closed."""
    unit = {"unit": isolated(delivery.unit_name)}
    said = [_("The others go on, and nothing more is awaited from %(unit)s.") % unit]
    if delivery.answer:
        said.append(_("Its answer stays readable."))
    return [*said, _("If the unit is to take part after all, you add it as a recipient again.")]


def discard_effects(draft: MessageFacts | None, *, unsaved: bool, at: datetime) -> list[str]:
    """Of throwing a draft away: whose words are lost. Nobody has received them."""
    said = []
    if draft is not None and draft.written_at is not None:
        written = {"name": isolated(draft.written_by_name), "when": moments.when(draft.written_at, at=at)}
        said.append(_("The text and the recipients that %(name)s saved %(when)s are thrown away.") % written)
    if unsaved:
        said.append(_("What you have typed and not saved is thrown away."))
    return [*said, _("It cannot be brought back. Nobody has received it.")]


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
        said += _still_holds(facts)
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
    return [*said, *_still_holds(facts), _("The new plan stays under History with your reason.")]


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


def _still_holds(facts: SipFacts) -> list[str]:
    holding = facts.valid_plan
    if holding is None:
        return []
    return [_("%(plan)s holds as before, and is followed up.") % {"plan": plan_name(holding)}]


def _what_then(facts: SipFacts, plan: DocumentFacts) -> str:
    if plan.round_number != facts.round_number:
        return _("The new plan that has been begun goes on.")
    if facts.sent(Part.SUMMONS) is None:
        return _("A new plan can be begun when a new summons has been sent.")
    return _("A new plan can be begun.")


def _initiative(facts: SipFacts, message: MessageFacts, at: datetime) -> list[str]:
    said = []
    if any(delivery.answer == Answer.ACCEPTED for delivery in message.standing):
        said.append(_("The units that have accepted still take part in the case."))
    if facts.sent(Part.SUMMONS) is not None or facts.documents:
        said.append(_("What has been sent and written since then stands."))
    else:
        said.append(_("Nobody can be summoned to planning until a new initiative has been accepted."))
    return said


def _summons(facts: SipFacts, message: MessageFacts, at: datetime) -> list[str]:
    said = _called_off(facts, message, at)
    if message.round_number != facts.round_number:
        return [*said, _("It belongs to an earlier plan, and changes nothing in what goes on now.")]
    plan = facts.standing(Part.PLAN)
    if plan is not None:
        locked = plan.locked_version is not None
        return [*said, _("The locked plan holds.") if locked else _("The plan that has been begun stands.")]
    return [*said, _("The plan cannot be begun until a new summons has been sent."), *_still_holds(facts)]


def _evaluation_summons(facts: SipFacts, message: MessageFacts, at: datetime) -> list[str]:
    said, follow_up = _called_off(facts, message, at), facts.standing(Part.FOLLOW_UP)
    if facts.standing(Part.EVALUATION) is not None:
        return [*said, _("The evaluation that has been begun stands.")]
    if follow_up is not None and follow_up.locked_version is not None:
        return [*said, _("The plan is followed up, so it can be evaluated without a meeting.")]
    return [
        *said,
        _("The evaluation cannot be begun until a new summons has been sent, or the plan is followed up."),
    ]


def _called_off(facts: SipFacts, message: MessageFacts, at: datetime) -> list[str]:
    meeting = facts.meetings.get(message.id)
    if meeting is None or meeting.starts_at < at:
        return []
    return [_("The meeting %(day)s is called off.") % {"day": clock.shown_date(meeting.meets_on, at=at)}]


def _nothing(_facts: SipFacts, _message: MessageFacts, _at: datetime) -> list[str]:
    return []


_BUILT_ON = {
    Part.INITIATIVE: _initiative,
    Part.SUMMONS: _summons,
    Part.EVALUATION_SUMMONS: _evaluation_summons,
    Part.INFORMATION: _nothing,
}
