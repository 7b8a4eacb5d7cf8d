"""The sentence that says what is next in a case, the same in the worklist and on the case page.

The steps of a process compute a code with names and numbers; the words are chosen here, in the reader's language.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from samordna.cases.states import StepStatus
from samordna.cases.worklist import NextStep
from samordna.casework.file.end_reasons import end_reason
from samordna.casework.process import FROM_UNIT, WAITS_FOR, Process, Wording
from samordna.kernel import clock
from samordna.kernel.text import isolated
from samordna.web import moments
from samordna.web.symbols import symbol_of


@dataclass(frozen=True, slots=True)
class NextStepText:
    """`text` begins with what is to be done; `more` says from whom, or what follows, and may be empty."""

    text: str
    more: str = ""


_FROM_WHEN = _("From %(unit)s %(when)s")
_WAITS_FOR_MORE = _("Waiting for %(unit)s and %(rest)d more")

# Not stored with a row: whether the coordinator is still there depends on the day.
COORDINATOR_LOST = "coordinator_lost"

_WORDINGS: dict[str, Wording] = {
    "unread_message": Wording(_("Unread: %(part)s"), _("For knowledge, from %(unit)s")),
    "tell_external": Wording(_("Tell %(unit)s"), _("The unit is outside the system")),
    "handle_denial": Wording(_("A denial: send on to %(who)s"), _("Denied by %(unit)s")),
    "handle_closed": Wording(_("Send on to another unit"), _("%(unit)s is closed")),
    "denied_here": Wording(_("Your unit has denied"), _("The sender decides who should have it instead")),
    # A message to be written
    "finish_draft": Wording(_("Send the draft"), "%(part)s"),
    "keep_draft": Wording(_("A draft that cannot be sent now"), "%(part)s"),
    "await_closed_unit": Wording(_("%(who)s is to send on to another unit"), "%(part)s"),
    "await_telling": Wording(_("%(who)s is to tell a unit outside the system"), "%(part)s"),
    # In rows of earlier versions, until they are computed anew
    "await_coordinator": Wording(_("%(who)s takes the next step"), "%(part)s"),
    # The case as a whole
    "decide_join": Wording(_("Answer whether two %(process)s are the same person's")),
    COORDINATOR_LOST: Wording(
        _("The coordinator has left"), _("An administrator or superuser names a new one")
    ),
    "renew_consent": Wording(
        _("Ask for consent anew"), _("The consent does not stand at the individual's age")
    ),
    "nothing_now": Wording(_("Nothing to do just now")),
    "case_ended": Wording(_("The case has ended"), "%(reason)s"),
    "case_voided": Wording(_("The case is voided"), "%(reason)s"),
    "left_denied": Wording(_("Your unit denied")),
    "left_closed": Wording(_("Your unit is closed")),
    "left_removed": Wording(_("Your unit no longer takes part")),
    # A part where nothing is to be done says its state
    **{status.value.lower(): Wording(symbol_of(status).word) for status in StepStatus},
}


def lacks_coordinator(*, works: bool, acts: bool, at_their_unit: bool) -> bool:
    """Whether a unit is told that the coordinator has left instead of what is next.

    What the own unit is to do is still to be done (`acts`), but for what the coordinator alone could.
    """
    return not works and (not acts or at_their_unit)


_DENIAL_WITHOUT_ADVICE = _("A denial: decide who should have it")
_SHOWN_UNITS = 2


def has_words(process: Process[Any], code: str) -> bool:
    return code in process.sentences or code in _WORDINGS


def sentence(process: Process[Any], step: NextStep, *, at: datetime | None = None) -> NextStepText:
    """The step in words, those of the process first. `at` is the present moment: what lies ahead is told as coming."""
    wording = process.sentences.get(step.code) or _WORDINGS[step.code]
    values = _values(process, step, at or clock.now())
    ahead = _is_ahead(step, at or clock.now()) and bool(wording.ahead)
    text = str(wording.ahead if ahead else wording.text)
    if step.code == "handle_denial" and not step.who:
        text = str(_DENIAL_WITHOUT_ADVICE)
    return NextStepText(text % values, _more(wording, values, ahead=ahead))


def _more(wording: Wording, values: dict[str, object], *, ahead: bool) -> str:
    more = wording.more_ahead if ahead else wording.more
    if more is WAITS_FOR and values["rest"]:
        more = _WAITS_FOR_MORE
    if more is FROM_UNIT and values["when"]:
        more = _FROM_WHEN
    said = str(more)
    missing = any(f"%({name})s" in said and not values[name] for name in ("unit", "who", "part", "reason"))
    return "" if missing else said % values


def _values(process: Process[Any], step: NextStep, at: datetime) -> dict[str, object]:
    moment = datetime.fromisoformat(step.at) if step.at else None
    return {
        "process": process.name,
        "unit": isolated(step.unit),
        "who": isolated(step.who),
        "count": step.count,
        "total": step.total,
        "rest": max(step.total - step.count - _SHOWN_UNITS, 0),
        "when": moments.when(moment, at=at) if moment else "",
        "day": moments.on_day(moment, at=at) if moment else "",
        "part": process.labels[step.part] if step.part else "",
        "reason": end_reason(process, step.reason) if step.reason else "",
    }


def _is_ahead(step: NextStep, at: datetime) -> bool:
    return bool(step.at) and datetime.fromisoformat(step.at) > at
