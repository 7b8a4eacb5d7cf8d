"""Acts of the plan: written with participants, goals and activities, signed, edited, locked, printed, voided."""

from datetime import timedelta
from uuid import UUID

from samordna.casework.documents.commands.writing import fingerprint
from samordna.demo.stories.story import LEAD, Story
from samordna.demo.texts import any_need
from samordna.demo.texts.shapes import KIN, SELF, Goal, told_of
from samordna.documents.facts import DocumentFacts, VersionFacts
from samordna.kernel import clock
from samordna.kernel.workingdays import next_working_day
from samordna.people.states import Relation
from samordna.sip.plan.commands import participants as lines
from samordna.sip.plan.commands import plan as commands
from samordna.sip.plan.commands.goals import ActivityText, GoalText, Responsible, add_activity, add_goal
from samordna.sip.plan.commands.participants import OtherPerson
from samordna.sip.plan.commands.plan import LawText
from samordna.sip.plan.commands.printing import Handover, record_handover, record_printed
from samordna.sip.plan.facts import ParticipantFacts
from samordna.sip.plan.queries import participants_of, plan_of
from samordna.sip.plan.states import Attendance, ParticipantKind
from samordna.sip.states import Part

OUTSIDE_ROLES = {"insurance": "handläggare", "work": "arbetsförmedlare", "school": "mentor"}


def begin_plan(story: Story, by: str = LEAD) -> None:
    story.told_facts = commands.begin_plan(actor=story.actor(by), case_id=story.case_id, at=story.at)


def state_who_came(story: Story, by: str = LEAD, part: Part = Part.PLAN, *, absent: str = "") -> None:
    """*Deltog* for everybody, but *Deltog ej* for one role, and the next of kin added by hand."""
    absent_id = story.unit_id(absent) if absent in story.units else 0
    edition_id = open_version(story, part).id
    there = participants_of(edition_id)
    for line in there:
        if line.attendance == Attendance.UNKNOWN and not line.removed:
            _state(story, by, part, line, came=line.unit_id != absent_id or not absent_id)
    kin = story.individual.next_of_kin
    if (
        kin is not None
        and kin.relation != Relation.GUARDIAN
        and kin.name not in {line.name for line in there}
    ):
        story.told_facts = lines.add_other(
            actor=story.actor(by),
            case_id=story.case_id,
            part=part,
            person=OtherPerson(kin.name, kin.text, kin.contact),
            at=story.at,
        )


def _state(story: Story, by: str, part: Part, line: ParticipantFacts, *, came: bool) -> None:
    actor, version = story.actor(by), line.written.version
    unit = line.kind == ParticipantKind.UNIT
    person = story.actor_at(line.unit_id) if unit and line.unit_id is not None else None
    if not unit or not came:
        story.told_facts = lines.state_attendance(
            actor=actor,
            case_id=story.case_id,
            part=part,
            lineage=line.lineage,
            version=version,
            attended=came,
            at=story.at,
        )
    elif person is not None:
        story.told_facts = lines.name_representative(
            actor=actor,
            case_id=story.case_id,
            part=part,
            lineage=line.lineage,
            version=version,
            assignment_id=person.assignment_id,
            at=story.at,
        )
    else:
        outside = _from_outside(story, line)
        story.told_facts = lines.write_person(
            actor=actor,
            case_id=story.case_id,
            part=part,
            lineage=line.lineage,
            version=version,
            person=outside,
            at=story.at,
        )


def _from_outside(story: Story, line: ParticipantFacts) -> OtherPerson:
    role = next((role for role in story.outside if story.unit_id(role) == line.unit_id), "")
    return OtherPerson("Sonja Handlid", OUTSIDE_ROLES.get(role, "handläggare"), "08-465 004 90")


def write_law(story: Story, by: str = LEAD, *, gaps: bool = False) -> None:
    """The four things that the law wants; with `gaps` two of them are left out."""
    edition_id = open_version(story).id
    law = plan_of(edition_id).law
    principals = sorted(commands.principal_choices(story.facts).items(), key=lambda pair: pair[1])
    story.told_facts = commands.save_law(
        actor=story.actor(by),
        case_id=story.case_id,
        version=law.written.version,
        text=LawText(
            met_on=law.met_on or clock.today(story.at),
            needs=law.needs or story.words(story.theme.needs),
            others_do="" if gaps else law.others_do or story.words(story.theme.others_do),
            principal_id=None if gaps else story.rng.choice(principals)[0],
            coordinator_confirmed=True,
        ),
        at=story.at,
    )


def write_goals(story: Story, by: str = LEAD, *, count: int = 2) -> None:
    """*Nytt mål* and *Ny aktivitet*, with those responsible chosen among who came."""
    edition_id = open_version(story).id
    came = [line for line in participants_of(edition_id) if line.attended]
    present = {SELF, *story.units} | ({KIN} if _kin(story, came) else set())
    fitting = [goal for goal in story.theme.goals if goal.by in present]
    already = {goal.text for goal in plan_of(edition_id).standing_goals}
    for goal in story.rng.sample(fitting, len(fitting)):
        if count and goal.text not in already:
            _write_goal(story, by, edition_id, goal, came)
            count -= 1


def _write_goal(story: Story, by: str, edition_id: UUID, goal: Goal, came: list[ParticipantFacts]) -> None:
    text = GoalText(goal.heading, told_of(goal.text, woman=story.woman), _responsible(story, goal.by, came))
    story.told_facts = add_goal(actor=story.actor(by), case_id=story.case_id, goal=text, at=story.at)
    lineage = plan_of(edition_id).standing_goals[-1].lineage
    for activity in goal.activities[: story.rng.choice([1, 2, 2])]:
        story.told_facts = add_activity(
            actor=story.actor(by),
            case_id=story.case_id,
            goal_lineage=lineage,
            activity=ActivityText(
                told_of(activity.text, woman=story.woman),
                _responsible(story, activity.by, came),
                next_working_day(clock.today(story.at) + timedelta(days=activity.days))
                if activity.days
                else None,
            ),
            at=story.at,
        )


def _responsible(story: Story, by: str, came: list[ParticipantFacts]) -> Responsible:
    """The one named by the theme if that one came, else the unit that leads, else whoever was there."""
    individual = [line for line in came if line.kind == ParticipantKind.INDIVIDUAL]
    wanted = {SELF: individual, KIN: _kin(story, came)}.get(by, _of_unit(story, by, came))
    found = wanted or _of_unit(story, LEAD, came) or came
    return Responsible(lineage=found[0].lineage) if found else Responsible()


def _kin(story: Story, came: list[ParticipantFacts]) -> list[ParticipantFacts]:
    names = {relative.name for relative in story.individual.relatives}
    return [line for line in came if line.name in names]


def _of_unit(story: Story, role: str, came: list[ParticipantFacts]) -> list[ParticipantFacts]:
    if role != LEAD and role not in story.units:
        return []
    return [line for line in came if line.unit_id == story.unit_id(role)]


def sign_plan(story: Story, by: str = LEAD) -> None:
    """*Signera* what stands in the open edition."""
    seen = fingerprint(commands.said(story.facts, open_version(story), story.at))
    story.told_facts = commands.sign_plan(
        actor=story.actor(by), case_id=story.case_id, seen=seen, at=story.at
    )


def edit_plan(story: Story, by: str) -> None:
    story.told_facts = commands.edit_plan(actor=story.actor(by), case_id=story.case_id, at=story.at)


def lock_plan(story: Story) -> None:
    story.told_facts = commands.lock_plan(
        actor=story.coordinating, case_id=story.case_id, version_id=_valid(story).id, at=story.at
    )


def unlock_plan(story: Story) -> None:
    story.told_facts = commands.unlock_plan(actor=story.coordinating, case_id=story.case_id, at=story.at)


def void_plan(story: Story, reason: str = any_need.VOID_INITIATIVE) -> None:
    story.told_facts = commands.void_plan(
        actor=story.coordinating, case_id=story.case_id, reason=reason, at=story.at
    )


def print_plan(story: Story) -> None:
    story.told_facts = record_printed(
        actor=story.coordinating, case_id=story.case_id, version_id=_valid(story).id, at=story.at
    )


def hand_over(story: Story) -> None:
    """Handed over to the individual, signed on paper."""
    handover = Handover(clock.today(story.at), any_need.HANDED_TO, any_need.SIGNED_ON_PAPER)
    story.told_facts = record_handover(
        actor=story.coordinating, case_id=story.case_id, handover=handover, at=story.at
    )


def open_version(story: Story, part: Part = Part.PLAN) -> VersionFacts:
    version = standing(story, part).open_version
    if version is None:
        raise RuntimeError("No edition is open.")
    return version


def standing(story: Story, part: Part) -> DocumentFacts:
    document = story.facts.standing(part)
    if document is None:
        raise RuntimeError("The document has not been begun.")
    return document


def _valid(story: Story) -> VersionFacts:
    version = standing(story, Part.PLAN).valid_version
    if version is None:
        raise RuntimeError("Nothing is signed.")
    return version
