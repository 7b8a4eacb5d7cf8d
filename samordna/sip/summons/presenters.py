"""What is written in a summons, as pairs of label and value, and what is said of sending and voiding one."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samordna.casework.meetings.forms import MEETING_FORMS
from samordna.casework.messages.kinds import Row
from samordna.casework.messages.presenters.recipients import last_sent, outside, receivers
from samordna.kernel import clock
from samordna.kernel.text import listed
from samordna.messaging.facts import MessageFacts
from samordna.sip.facts import SipFacts
from samordna.sip.rounds.presenters.rounds import still_holds
from samordna.sip.states import Part
from samordna.sip.summons.text import SummonsText

THEN_PLAN = gettext_lazy("The plan is written after the meeting.")
THEN_EVALUATION = gettext_lazy("The evaluation is written after the meeting.")


def rows(text: SummonsText, at: datetime) -> list[Row]:
    """Its own fields."""
    shown: list[Row] = [
        (_("Date"), clock.shown_date(text.meets_on, at=at) if text.meets_on else "", "id_meets_on"),
        (_("Time"), _times(text), "id_starts"),
        (_("How do you meet?"), dict(MEETING_FORMS)[text.form.value], "id_form"),
        (_("Place"), text.place, "id_place"),
    ]
    return [*shown, (_("Other"), text.other, "id_other")] if text.other else shown


def _times(text: SummonsText) -> str:
    if text.starts is None:
        return ""
    starts = f"{text.starts:%H.%M}"
    return f"{starts}–{text.ends:%H.%M}" if text.ends else starts


def send_words(count: int) -> str:
    """What the button says."""
    return ngettext("Send summons to %(count)d unit", "Send summons to %(count)d units", count)


def sent_words(count: int) -> str:
    """How the confirmation begins."""
    return ngettext(
        "The summons is sent to %(count)d unit.", "The summons is sent to %(count)d units.", count
    )


def like(text: SummonsText, at: datetime) -> tuple[SummonsText, bool]:
    """All of it; a meeting that has begun is no proposal, so its day is left out."""
    passed = (
        text.meets_on is not None
        and text.starts is not None
        and clock.at_local(text.meets_on, text.starts) <= at
    )
    return (replace(text, meets_on=None) if passed else text), passed


def meets_on(text: SummonsText) -> date | None:
    """The day that it calls to."""
    return text.meets_on


def proposed_for_planning(facts: SipFacts) -> list[int]:
    """In the first round those who accepted the initiative; in a later one those summoned before (V-41, V-71)."""
    earlier = last_sent(facts, Part.SUMMONS)
    if earlier is not None and earlier.round_number < facts.round_number:
        return [*receivers(earlier), *facts.case.full_unit_ids]
    return [*facts.case.full_unit_ids, *outside(facts.sent(Part.INITIATIVE))]


def proposed_for_evaluation(facts: SipFacts) -> list[int]:
    """Those who were summoned to planning and those who take part now (V-80)."""
    summons = last_sent(facts, Part.SUMMONS)
    return [*facts.case.full_unit_ids, *outside(summons)]


def left_out(facts: SipFacts, chosen: Collection[int]) -> str:
    """Tells of units that have the initiative and have not answered it, and that a summons to planning is not sent to.

    One that it was sent on to after a denial is easily forgotten (V-34): it takes no part until it answers.
    """
    initiative = facts.sent(Part.INITIATIVE)
    awaited = initiative.awaited if initiative is not None else ()
    names = listed(d.unit_name for d in awaited if d.unit_id not in chosen)
    if not names:
        return ""
    said = _("Not summoned, since the initiative is not answered yet: %(units)s.") % {"units": names}
    return said + " " + _("Wait for the answer, or add the unit to the summons afterwards.")


def planning_effects(facts: SipFacts, message: MessageFacts, at: datetime) -> list[str]:
    """Of voiding the summons to planning: the meeting, and what becomes of the plan."""
    said = _called_off(facts, message, at)
    if message.round_number != facts.round_number:
        return [*said, _("It belongs to an earlier plan, and changes nothing in what goes on now.")]
    plan = facts.standing(Part.PLAN)
    if plan is not None:
        locked = plan.locked_version is not None
        return [*said, _("The locked plan holds.") if locked else _("The plan that has been begun stands.")]
    return [*said, _("The plan cannot be begun until a new summons has been sent."), *still_holds(facts)]


def evaluation_effects(facts: SipFacts, message: MessageFacts, at: datetime) -> list[str]:
    """Of voiding the summons to evaluation: the meeting, and whether it can be evaluated without."""
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
