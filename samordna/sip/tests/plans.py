"""Plans for tests, made through the real commands."""

from datetime import datetime
from uuid import UUID

from samordna.assignments.models import Assignment
from samordna.casework.documents.commands.writing import fingerprint
from samordna.documents.facts import VersionFacts
from samordna.kernel import clock
from samordna.people import queries as people
from samordna.printouts.commands import render_due
from samordna.sip.plan.commands import goals, participants
from samordna.sip.plan.commands import plan as plans
from samordna.sip.plan.commands.goals import ActivityText, GoalText, Responsible
from samordna.sip.plan.commands.plan import LawText
from samordna.sip.plan.content import plan_content
from samordna.sip.plan.facts import ParticipantFacts, PlanFacts
from samordna.sip.plan.queries import plan_of
from samordna.sip.plan.states import ParticipantKind
from samordna.sip.prints import PRINTS
from samordna.sip.states import Part
from samordna.sip.tests.factories import County, actor, facts_of, summoned_case
from tests.support.stages import built_once

HEADING = "Det här är viktigt för mig"


def open_edition(case_id: UUID) -> VersionFacts:
    document = facts_of(case_id).standing(Part.PLAN)
    assert document is not None
    assert document.open_version is not None
    return document.open_version


def open_rows(case_id: UUID) -> PlanFacts:
    return plan_of(open_edition(case_id).id)


@built_once
def begun_plan(county: County) -> UUID:
    """Anna has begun the plan of a summoned case."""
    case_id = summoned_case(county)
    plans.begin_plan(actor=actor(county.anna), case_id=case_id, at=clock.now())
    return case_id


def line_of(case_id: UUID, kind: ParticipantKind, unit_id: int | None = None) -> ParticipantFacts:
    return next(
        line
        for line in open_rows(case_id).participants
        if line.kind == kind and (unit_id is None or line.unit_id == unit_id)
    )


def state_everybody(case_id: UUID, by: Assignment, represented_by: dict[int, Assignment]) -> None:
    """The individual attended; so did the units named, by these; the others did not."""
    who = {"actor": actor(by), "case_id": case_id, "part": Part.PLAN, "at": clock.now()}
    for line in open_rows(case_id).standing_participants:
        which = {"lineage": line.lineage, "version": line.written.version, **who}
        if line.unit_id in represented_by:
            participants.name_representative(assignment_id=represented_by[line.unit_id].pk, **which)
        else:
            participants.state_attendance(attended=line.kind != ParticipantKind.UNIT, **which)


def a_goal(
    case_id: UUID,
    by: Assignment,
    text: str = "Jag vill bo kvar hemma",
    responsible: Responsible | None = None,
) -> UUID:
    goals.add_goal(
        actor=actor(by),
        case_id=case_id,
        goal=GoalText(HEADING, text, responsible or Responsible()),
        at=clock.now(),
    )
    return open_rows(case_id).standing_goals[-1].lineage


def an_activity(
    case_id: UUID,
    by: Assignment,
    goal: UUID,
    text: str = "Träna i trappan",
    responsible: Responsible | None = None,
) -> UUID:
    goals.add_activity(
        actor=actor(by),
        case_id=case_id,
        goal_lineage=goal,
        activity=ActivityText(text, responsible or Responsible(), None),
        at=clock.now(),
    )
    found = open_rows(case_id).goal(goal)
    assert found is not None
    return found.standing[-1].lineage


def complete(case_id: UUID, county: County, by: Assignment) -> None:
    """Fill an open edition so that nothing is missing before lock."""
    state_everybody(case_id, by, {county.home_care.pk: county.anna, county.health_centre.pk: county.david})
    law = open_rows(case_id).law
    plans.save_law(
        actor=actor(by),
        case_id=case_id,
        version=law.written.version,
        text=LawText(law.met_on, "Hjälp i hemmet", "Dottern handlar", county.home_care.principal_id, True),
        at=clock.now(),
    )
    rows = open_rows(case_id)
    individual = Responsible(lineage=line_of(case_id, ParticipantKind.INDIVIDUAL).lineage)
    if not rows.standing_goals:
        goal = a_goal(case_id, by, responsible=individual)
        an_activity(case_id, by, goal, responsible=Responsible(assignment_id=county.david.pk))


def sign(case_id: UUID, by: Assignment, at: datetime | None = None) -> None:
    facts, edition = facts_of(case_id), open_edition(case_id)
    person = people.person_card(facts.case.person_id, at=clock.now())
    seen = fingerprint(plan_content(facts, plan_of(edition.id), person, edition))
    plans.sign_plan(actor=actor(by), case_id=case_id, seen=seen, at=at or clock.now())


@built_once
def signed_plan(county: County) -> UUID:
    """A complete plan, signed by Anna."""
    case_id = begun_plan(county)
    complete(case_id, county, county.anna)
    sign(case_id, county.anna)
    return case_id


def lock(case_id: UUID, by: Assignment) -> None:
    plan = facts_of(case_id).standing(Part.PLAN)
    assert plan is not None
    assert plan.valid_version is not None
    plans.lock_plan(actor=actor(by), case_id=case_id, version_id=plan.valid_version.id, at=clock.now())


@built_once
def locked_plan(county: County) -> UUID:
    """A complete plan, signed and locked by Anna, who coordinates."""
    case_id = signed_plan(county)
    lock(case_id, county.anna)
    return case_id


def locked_version(case_id: UUID) -> VersionFacts:
    plan = facts_of(case_id).standing(Part.PLAN)
    assert plan is not None
    assert plan.locked_version is not None
    return plan.locked_version


def let_worker_print() -> None:
    render_due(PRINTS, at=clock.now(), limit=10)
