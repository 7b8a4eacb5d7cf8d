"""The sentence that says what is next in a SIP, the same in the worklist and on the case page.

`sip.steps` computes a code with names and numbers; the words are chosen here, in the reader's language.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.cases.states import EndReason, StepStatus
from samordna.cases.worklist import NextStep
from samordna.casework.file.end_reasons import END_REASONS
from samordna.kernel import clock
from samordna.kernel.text import isolated
from samordna.sip.states import Part
from samordna.sip.words import PART_LABELS
from samordna.web import moments
from samordna.web.symbols import symbol_of

Words = str | Promise


@dataclass(frozen=True, slots=True)
class NextStepText:
    """`text` begins with what is to be done; `more` says from whom, or what follows, and may be empty."""

    text: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class _Wording:
    """`more` is left out when a name that it needs is missing. `ahead` replaces `text` until the step's moment."""

    text: Words
    more: Words = ""
    ahead: Words = ""
    more_ahead: Words = ""


_FROM = _("From %(unit)s")
_FROM_WHEN = _("From %(unit)s %(when)s")
_WAITS_FOR = _("Waiting for %(unit)s")
_WAITS_FOR_MORE = _("Waiting for %(unit)s and %(rest)d more")
_ENDS_CASE = _("This ends the case")
_GONE = _("The former one is voided or taken back")
_INITIATIVE_GONE = _("The former initiative is voided or taken back")

# Not stored with a row: whether the coordinator is still there depends on the day.
COORDINATOR_LOST = "coordinator_lost"

_WORDINGS: dict[str, _Wording] = {
    # A message to be answered
    "answer_initiative": _Wording(_("Answer the initiative"), _FROM),
    "answer_summons": _Wording(_("Acknowledge the summons to planning"), _FROM),
    "answer_evaluation_summons": _Wording(_("Acknowledge the summons to evaluation"), _FROM),
    "answer_information": _Wording(_("Acknowledge the information message"), _FROM),
    "unread_message": _Wording(_("Unread: %(part)s"), _("For knowledge, from %(unit)s")),
    # A message that waits for its answers
    "await_initiative": _Wording(_("%(count)d of %(total)d have answered the initiative"), _WAITS_FOR),
    "await_summons": _Wording(_("%(count)d of %(total)d have acknowledged the summons"), _WAITS_FOR),
    "await_evaluation_summons": _Wording(
        _("%(count)d of %(total)d have acknowledged the summons to evaluation"), _WAITS_FOR
    ),
    "await_information": _Wording(
        _("%(count)d of %(total)d have acknowledged the information message"), _WAITS_FOR
    ),
    "tell_external": _Wording(_("Tell %(unit)s"), _("The unit is outside the system")),
    "handle_denial": _Wording(_("A denial: send on to %(who)s"), _("Denied by %(unit)s")),
    "handle_closed": _Wording(_("Send on to another unit"), _("%(unit)s is closed")),
    "call_too": _Wording(_("Summon %(unit)s too"), _("The unit accepted after the summons was sent")),
    "find_recipient": _Wording(_("Send the initiative to another unit"), _("Nobody has accepted it")),
    "denied_here": _Wording(_("Your unit has denied"), _("The sender decides who should have it instead")),
    # A message to be written
    "finish_draft": _Wording(_("Send the draft"), "%(part)s"),
    "keep_draft": _Wording(_("A draft that cannot be sent now"), "%(part)s"),
    "send_initiative": _Wording(_("Send the initiative")),
    "send_summons": _Wording(_("Summon to planning")),
    "initiative_anew": _Wording(_("Make a new initiative"), _INITIATIVE_GONE),
    "summons_anew": _Wording(_("Summon to planning anew"), _GONE),
    # A document to be written and signed
    "write_plan": _Wording(
        _("Write the plan"), "", _("Planning meeting %(when)s"), _("The plan is written then")
    ),
    "write_evaluation": _Wording(
        _("Write the evaluation"), "", _("Evaluation meeting %(when)s"), _("The evaluation is written then")
    ),
    "sign_sbar": _Wording(_("Finish and sign the survey by SBAR")),
    "sign_plan": _Wording(_("Finish and sign the plan")),
    "sign_evaluation": _Wording(_("Finish and sign the evaluation")),
    "await_sign_plan": _Wording(_("%(who)s is to sign the plan"), "%(unit)s"),
    "await_sign_evaluation": _Wording(_("%(who)s is to sign the evaluation"), "%(unit)s"),
    # A document to be locked
    "complete_plan": _Wording(_("Complete the plan"), _("Something is missing before it can be locked")),
    "lock_plan": _Wording(_("Read and lock the plan")),
    "lock_follow_up": _Wording(_("Read and lock the follow-up"), _FROM),
    "lock_evaluation": _Wording(_("Read and lock the evaluation"), _ENDS_CASE),
    "await_complete_plan": _Wording(_("%(who)s is to complete the plan")),
    "await_lock_plan": _Wording(_("%(who)s is to lock the plan")),
    "await_lock_follow_up": _Wording(_("%(who)s is to lock the follow-up")),
    "lock_after_follow_up": _Wording(_("The follow-up is locked first, then the new plan")),
    "await_lock_evaluation": _Wording(_("%(who)s is to lock the evaluation"), _ENDS_CASE),
    "print_plan": _Wording(_("Print the plan and hand it to the individual")),
    # Following up
    "set_follow_up": _Wording(_("Decide when the plan is to be followed up")),
    "follow_up": _Wording(_("Follow up the plan")),
    "report_follow_up": _Wording(_("Report how the activities go")),
    "await_follow_up": _Wording(_("%(unit)s follows up the plan")),
    "decide_next": _Wording(_("Decide what comes next"), _("Another follow-up, a new plan or an evaluation")),
    "await_set_follow_up": _Wording(_("%(who)s is to decide when the plan is to be followed up")),
    "await_decide_next": _Wording(_("%(who)s is to decide what comes next")),
    # What the coordinator does next, told to the others
    "await_send_summons": _Wording(_("%(who)s is to summon to planning")),
    "await_write_plan": _Wording(
        _("%(who)s is to write the plan"), "", _("Planning meeting %(when)s"), _("The plan is written then")
    ),
    "await_write_evaluation": _Wording(
        _("%(who)s is to write the evaluation"),
        "",
        _("Evaluation meeting %(when)s"),
        _("The evaluation is written then"),
    ),
    "await_print_plan": _Wording(_("%(who)s is to print the plan and hand it over")),
    "await_begin_follow_up": _Wording(_("%(who)s is to follow up the plan")),
    "await_new_initiative": _Wording(_("%(who)s is to send a new initiative")),
    "await_recipient": _Wording(_("%(who)s is to decide which unit should have the initiative instead")),
    "await_closed_unit": _Wording(_("%(who)s is to send on to another unit"), "%(part)s"),
    "await_one_more_summons": _Wording(_("%(who)s is to summon one more unit")),
    "await_telling": _Wording(_("%(who)s is to tell a unit outside the system"), "%(part)s"),
    # In rows of earlier versions, until they are computed anew
    "await_coordinator": _Wording(_("%(who)s takes the next step"), "%(part)s"),
    # The case as a whole
    "decide_join": _Wording(_("Answer whether two SIPs are the same person's")),
    COORDINATOR_LOST: _Wording(
        _("The coordinator has left"), _("An administrator or superuser names a new one")
    ),
    "renew_consent": _Wording(
        _("Ask for consent anew"), _("The consent does not stand at the individual's age")
    ),
    "nothing_now": _Wording(_("Nothing to do just now")),
    "case_ended": _Wording(_("The case has ended"), "%(reason)s"),
    "case_voided": _Wording(_("The case is voided"), "%(reason)s"),
    "left_denied": _Wording(_("Your unit denied")),
    "left_closed": _Wording(_("Your unit is closed")),
    "left_removed": _Wording(_("Your unit no longer takes part")),
    # A part where nothing is to be done says its state
    **{status.value.lower(): _Wording(symbol_of(status).word) for status in StepStatus},
}


def lacks_coordinator(*, works: bool, acts: bool, at_their_unit: bool) -> bool:
    """Whether a unit is told that the coordinator has left instead of what is next.

    What the own unit is to do is still to be done (`acts`), but for what the coordinator alone could.
    """
    return not works and (not acts or at_their_unit)


_DENIAL_WITHOUT_ADVICE = _("A denial: decide who should have it")
_SHOWN_UNITS = 2


def has_words(code: str) -> bool:
    return code in _WORDINGS


def sentence(step: NextStep, *, at: datetime | None = None) -> NextStepText:
    """The step in words. `at` is the present moment: what lies ahead of it is told as coming."""
    wording = _WORDINGS[step.code]
    values = _values(step, at or clock.now())
    ahead = _is_ahead(step, at or clock.now()) and bool(wording.ahead)
    text = str(wording.ahead if ahead else wording.text)
    if step.code == "handle_denial" and not step.who:
        text = str(_DENIAL_WITHOUT_ADVICE)
    return NextStepText(text % values, _more(wording, values, ahead=ahead))


def _more(wording: _Wording, values: dict[str, object], *, ahead: bool) -> str:
    more = wording.more_ahead if ahead else wording.more
    if more is _WAITS_FOR and values["rest"]:
        more = _WAITS_FOR_MORE
    if more is _FROM and values["when"]:
        more = _FROM_WHEN
    said = str(more)
    missing = any(f"%({name})s" in said and not values[name] for name in ("unit", "who", "part", "reason"))
    return "" if missing else said % values


def _values(step: NextStep, at: datetime) -> dict[str, object]:
    moment = datetime.fromisoformat(step.at) if step.at else None
    return {
        "unit": isolated(step.unit),
        "who": isolated(step.who),
        "count": step.count,
        "total": step.total,
        "rest": max(step.total - step.count - _SHOWN_UNITS, 0),
        "when": moments.when(moment, at=at) if moment else "",
        "part": PART_LABELS[Part(step.part)] if step.part else "",
        "reason": END_REASONS[EndReason(step.reason)] if step.reason else "",
    }


def _is_ahead(step: NextStep, at: datetime) -> bool:
    return bool(step.at) and datetime.fromisoformat(step.at) > at
