"""Goals and activities of a plan, saved one by one (V-51, V-52)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from samordna.assignments.queries import colleague
from samordna.casework.documents.commands.holding import hold_open
from samordna.casework.documents.commands.rows import author, save_row
from samordna.casework.documents.commands.writing import finish_writing
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.module import Module
from samordna.kernel.refusal import NotVisible, Refusal, Refused, demand
from samordna.sip.facts import SipFacts
from samordna.sip.plan.facts import RESPONSIBLE_LIMIT, participant_line
from samordna.sip.plan.models import Activity, Goal, Participant
from samordna.sip.plan.rules import done_on_refusal
from samordna.sip.plan.states import Attendance
from samordna.sip.process import SIP
from samordna.sip.states import Part

GONE = Refusal(
    "goal.gone", _("It is no longer in the plan."), _("Undo the removal, or write it as a new one.")
)
NOT_PRESENT = Refusal(
    "responsible.not_present", _("Choose one of those who attended, or choose another."), field="responsible"
)


@dataclass(frozen=True)
class Responsible:
    """*Ansvarig*: one who attended, a representative found by name (*Välj annan*), as before, or nobody yet."""

    lineage: UUID | None = None
    assignment_id: int | None = None
    as_before: bool = False


@dataclass(frozen=True)
class GoalText:
    heading: str
    text: str
    responsible: Responsible


@dataclass(frozen=True)
class ActivityText:
    text: str
    responsible: Responsible
    done_on: date | None


@transaction.atomic
def add_goal(*, actor: Actor, case_id: UUID, goal: GoalText, at: datetime) -> SipFacts:
    """*Nytt mål*. Refused by `write_refusal`."""
    facts, version, at = hold_open(SIP, actor, case_id, Part.PLAN, at)
    row = Goal.objects.create(
        edition_id=version.id,
        position=_next(Goal.objects.filter(edition_id=version.id).aggregate(last=Max("position"))["last"]),
        heading=goal.heading,
        text=goal.text,
        **_responsible(version.id, goal.responsible, at),
        **author(actor, at),
    )
    return finish_writing(facts, version, Part.PLAN, actor=actor, at=at, details={"goal": str(row.lineage)})


@transaction.atomic
def save_goal(
    *, actor: Actor, case_id: UUID, lineage: UUID, version: int, goal: GoalText, at: datetime
) -> SipFacts:
    """Change a goal, also what others have written. `Stale` when it was saved by somebody else meanwhile."""
    facts, edition, at = hold_open(SIP, actor, case_id, Part.PLAN, at)
    rows = Goal.objects.filter(edition_id=edition.id, lineage=lineage, removed_at__isnull=True)
    if not rows.exists():
        raise Refused(GONE)
    save_row(
        rows,
        version=version,
        actor=actor,
        at=at,
        heading=goal.heading,
        text=goal.text,
        **_responsible(edition.id, goal.responsible, at),
    )
    return finish_writing(facts, edition, Part.PLAN, actor=actor, at=at, details={"goal": str(lineage)})


@transaction.atomic
def add_activity(
    *, actor: Actor, case_id: UUID, goal_lineage: UUID, activity: ActivityText, at: datetime
) -> SipFacts:
    """*Ny aktivitet* under a goal. A *Klardatum* that has passed is refused."""
    facts, edition, at = hold_open(SIP, actor, case_id, Part.PLAN, at)
    goal = Goal.objects.filter(edition_id=edition.id, lineage=goal_lineage, removed_at__isnull=True).first()
    if goal is None:
        raise Refused(GONE)
    demand(done_on_refusal(activity.done_on, None, clock.today(at)))
    row = Activity.objects.create(
        goal_id=goal.pk,
        position=_next(Activity.objects.filter(goal_id=goal.pk).aggregate(last=Max("position"))["last"]),
        text=activity.text,
        done_on=activity.done_on,
        **_responsible(edition.id, activity.responsible, at),
        **author(actor, at),
    )
    details = {"activity": str(row.lineage)}
    return finish_writing(facts, edition, Part.PLAN, actor=actor, at=at, details=details)


@transaction.atomic
def save_activity(
    *, actor: Actor, case_id: UUID, lineage: UUID, version: int, activity: ActivityText, at: datetime
) -> SipFacts:
    """Change an activity. `Stale` when it was saved by somebody else meanwhile."""
    facts, edition, at = hold_open(SIP, actor, case_id, Part.PLAN, at)
    rows = Activity.objects.filter(
        goal__edition_id=edition.id, goal__removed_at__isnull=True, lineage=lineage, removed_at__isnull=True
    )
    before = rows.first()
    if before is None:
        raise Refused(GONE)
    demand(done_on_refusal(activity.done_on, before.done_on, clock.today(at)))
    save_row(
        rows,
        version=version,
        actor=actor,
        at=at,
        text=activity.text,
        done_on=activity.done_on,
        **_responsible(edition.id, activity.responsible, at),
    )
    return finish_writing(facts, edition, Part.PLAN, actor=actor, at=at, details={"activity": str(lineage)})


@transaction.atomic
def remove_goal(*, actor: Actor, case_id: UUID, lineage: UUID, version: int, at: datetime) -> SipFacts:
    """Take a goal out of the open edition, its activities with it. It can be put back (`restore_goal`)."""
    facts, edition, at = hold_open(SIP, actor, case_id, Part.PLAN, at)
    rows = Goal.objects.filter(edition_id=edition.id, lineage=lineage, removed_at__isnull=True)
    save_row(rows, version=version, actor=actor, at=at, removed_at=at)
    return finish_writing(
        facts, edition, Part.PLAN, actor=actor, at=at, details={"goal_removed": str(lineage)}
    )


@transaction.atomic
def restore_goal(*, actor: Actor, case_id: UUID, lineage: UUID, at: datetime) -> SipFacts:
    """*Ångra*: the goal is back as it was, with its activities."""
    facts, edition, at = hold_open(SIP, actor, case_id, Part.PLAN, at)
    if not Goal.objects.filter(edition_id=edition.id, lineage=lineage).update(removed_at=None):
        raise NotVisible
    return finish_writing(facts, edition, Part.PLAN, actor=actor, at=at, details={"goal": str(lineage)})


@transaction.atomic
def remove_activity(*, actor: Actor, case_id: UUID, lineage: UUID, version: int, at: datetime) -> SipFacts:
    facts, edition, at = hold_open(SIP, actor, case_id, Part.PLAN, at)
    rows = Activity.objects.filter(goal__edition_id=edition.id, lineage=lineage, removed_at__isnull=True)
    save_row(rows, version=version, actor=actor, at=at, removed_at=at)
    details = {"activity_removed": str(lineage)}
    return finish_writing(facts, edition, Part.PLAN, actor=actor, at=at, details=details)


@transaction.atomic
def restore_activity(*, actor: Actor, case_id: UUID, lineage: UUID, at: datetime) -> SipFacts:
    """*Ångra* after an activity was removed."""
    facts, edition, at = hold_open(SIP, actor, case_id, Part.PLAN, at)
    if not Activity.objects.filter(goal__edition_id=edition.id, lineage=lineage).update(removed_at=None):
        raise NotVisible
    return finish_writing(facts, edition, Part.PLAN, actor=actor, at=at, details={"activity": str(lineage)})


def _responsible(edition_id: UUID, chosen: Responsible, at: datetime) -> dict[str, object]:
    """The columns of who is responsible, with the name of the day. Refused when the one chosen did not attend."""
    nobody: dict[str, object] = {
        "responsible_lineage": None,
        "responsible_assignment_id": None,
        "responsible_name": "",
    }
    if chosen.as_before:
        return {}
    if chosen.assignment_id is not None:
        person = colleague(chosen.assignment_id, at)
        if person is None or not person.rights(Module.SIP).has_any:
            raise Refused(NOT_PRESENT)
        name = person.signature_line[:RESPONSIBLE_LIMIT]
        return nobody | {"responsible_assignment_id": person.assignment_id, "responsible_name": name}
    if chosen.lineage is None:
        return nobody
    rows = Participant.objects.filter(edition_id=edition_id, lineage=chosen.lineage, removed_at__isnull=True)
    row = rows.filter(attendance=Attendance.ATTENDED).first()
    if row is None:
        raise Refused(NOT_PRESENT)
    name = participant_line(row.name, row.role, row.unit_name)
    return nobody | {"responsible_lineage": row.lineage, "responsible_name": name[:RESPONSIBLE_LIMIT]}


def _next(last: int | None) -> int:
    return 0 if last is None else last + 1
