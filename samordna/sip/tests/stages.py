"""Cases brought on from the summons to the end, by the commands that users reach."""

from dataclasses import replace
from uuid import UUID

from samordna.assignments.models import Assignment
from samordna.cases.states import EndReason
from samordna.casework.case.commands import case
from samordna.casework.documents.commands import writing
from samordna.kernel import clock
from samordna.organisations.models import Setting
from samordna.people.queries import person_card
from samordna.sip.evaluation import commands as evaluation
from samordna.sip.evaluation.queries import evaluation_of
from samordna.sip.follow_up import commands as follow_up
from samordna.sip.follow_up.content import follow_up_content
from samordna.sip.follow_up.facts import ReportFacts
from samordna.sip.follow_up.queries import reports_of
from samordna.sip.follow_up.states import ReportStatus
from samordna.sip.plan.commands import goals, participants, plan
from samordna.sip.plan.commands.goals import ActivityText, GoalText, Responsible
from samordna.sip.plan.commands.plan import LawText
from samordna.sip.plan.commands.printing import record_printed
from samordna.sip.plan.queries import participants_of, plan_of
from samordna.sip.plan.states import Attendance, ParticipantKind
from samordna.sip.process import SIP
from samordna.sip.rounds import commands
from samordna.sip.sbar import commands as sbar
from samordna.sip.sbar.queries import sbar_of
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from tests.support.stages import built_once

ACTIVITIES = ("Träna trappgång två gånger i veckan", "Ledstång på båda sidor", "Ny lista över läkemedel")
GOALS = (
    ("Det här är viktigt för mig", "Jag vill kunna bo kvar hemma", 2),
    ("Det här behöver jag hjälp med", "Rätt medicin", 1),
)


def edition_of(case_id: UUID, part: Part) -> UUID:
    """The part's open edition."""
    document = f.facts_of(case_id).standing(part)
    assert document is not None
    assert document.open_version is not None
    return document.open_version.id


def version_of(case_id: UUID, part: Part) -> UUID:
    """The part's signed edition."""
    document = f.facts_of(case_id).standing(part)
    assert document is not None
    assert document.valid_version is not None
    return document.valid_version.id


def begin_plan(case_id: UUID, by: Assignment) -> None:
    plan.begin_plan(actor=f.actor(by), case_id=case_id, at=clock.now())


def fill_plan(case_id: UUID, by: Assignment) -> None:
    """All that a plan must have before it is locked: three activities under two goals."""
    state_attendance(case_id, by)
    who = {"actor": f.actor(by), "case_id": case_id, "at": clock.now()}
    edition = edition_of(case_id, Part.PLAN)
    individual = Responsible(lineage=participants_of(edition)[0].lineage)
    texts = iter(ACTIVITIES)
    for heading, text, count in GOALS:
        goals.add_goal(goal=GoalText(heading, text, individual), **who)
        lineage = plan_of(edition).standing_goals[-1].lineage
        for _number in range(count):
            goals.add_activity(
                goal_lineage=lineage, activity=ActivityText(next(texts), individual, None), **who
            )
    save_law(case_id, by)


def state_attendance(case_id: UUID, by: Assignment) -> None:
    """The individual attended, the units did not."""
    for line in participants_of(edition_of(case_id, Part.PLAN)):
        participants.state_attendance(
            actor=f.actor(by),
            case_id=case_id,
            part=Part.PLAN,
            lineage=line.lineage,
            version=line.written.version,
            attended=line.kind != ParticipantKind.UNIT,
            at=clock.now(),
        )


def save_law(case_id: UUID, by: Assignment) -> None:
    law = plan_of(edition_of(case_id, Part.PLAN)).law
    principal = next(iter(plan.principal_choices(f.facts_of(case_id))))
    text = LawText(law.met_on, "Stöd i trappan", "Inget annat", principal, coordinator_confirmed=True)
    plan.save_law(actor=f.actor(by), case_id=case_id, version=law.written.version, text=text, at=clock.now())


def sign_plan(case_id: UUID, by: Assignment) -> None:
    at, facts = clock.now(), f.facts_of(case_id)
    document = facts.standing(Part.PLAN)
    assert document is not None
    assert document.open_version is not None
    seen = writing.fingerprint(plan.said(facts, document.open_version, at))
    plan.sign_plan(actor=f.actor(by), case_id=case_id, seen=seen, at=at)


def lock_plan(case_id: UUID, by: Assignment) -> None:
    plan.lock_plan(
        actor=f.actor(by), case_id=case_id, version_id=version_of(case_id, Part.PLAN), at=clock.now()
    )


def print_plan(case_id: UUID, by: Assignment) -> None:
    record_printed(
        actor=f.actor(by), case_id=case_id, version_id=version_of(case_id, Part.PLAN), at=clock.now()
    )


@built_once
def signed_plan(county: f.County) -> UUID:
    case_id = f.summoned_case(county)
    begin_plan(case_id, county.anna)
    fill_plan(case_id, county.anna)
    sign_plan(case_id, county.anna)
    return case_id


@built_once
def locked_plan(county: f.County) -> UUID:
    """Anna coordinates; home care, health centre and social services take part; three activities."""
    case_id = signed_plan(county)
    lock_plan(case_id, county.anna)
    return case_id


def activate(case_id: UUID, by: Assignment) -> None:
    follow_up.activate_follow_up(actor=f.actor(by), case_id=case_id, at=clock.now())


def reports(case_id: UUID) -> tuple[ReportFacts, ...]:
    """The lines of the open follow-up."""
    return reports_of(edition_of(case_id, Part.FOLLOW_UP))


def report(case_id: UUID, by: Assignment, number: int, status: ReportStatus, note: str = "") -> None:
    """Report on the activity with this number (from 0) in the plan's order."""
    line = reports(case_id)[number]
    follow_up.report_activity(
        actor=f.actor(by),
        case_id=case_id,
        lineage=line.activity_lineage,
        version=line.written.version,
        status=status,
        note=note,
        at=clock.now(),
    )


def lock_follow_up(case_id: UUID, by: Assignment) -> None:
    at, facts = clock.now(), f.facts_of(case_id)
    document = facts.standing(Part.FOLLOW_UP)
    assert document is not None
    assert document.open_version is not None
    person = person_card(facts.case.person_id, at=at)
    seen = writing.fingerprint(follow_up_content(facts, document.open_version, person, reports(case_id)))
    follow_up.lock_follow_up(actor=f.actor(by), case_id=case_id, seen=seen, at=at)


@built_once
def open_follow_up(county: f.County) -> UUID:
    """Activated by the coordinator, nothing reported."""
    case_id = locked_plan(county)
    activate(case_id, county.anna)
    return case_id


@built_once
def locked_follow_up(county: f.County) -> UUID:
    """The first activity is done, the second goes on, the third is not reported."""
    case_id = open_follow_up(county)
    report(case_id, county.anna, 0, ReportStatus.DONE, "Går i trappan själv")
    report(case_id, county.david, 1, ReportStatus.ONGOING)
    lock_follow_up(case_id, county.anna)
    return case_id


def new_plan(case_id: UUID, by: Assignment) -> None:
    commands.start_new_plan(actor=f.actor(by), case_id=case_id, at=clock.now())


def cancel_new_plan(case_id: UUID, by: Assignment, reason: str = "Fel person vald") -> None:
    """*Avbryt den nya planen*."""
    commands.cancel_new_plan(actor=f.actor(by), case_id=case_id, reason=reason, at=clock.now())


def complete_new_plan(case_id: UUID, by: Assignment) -> None:
    """State again what a new meeting makes unknown: who attended, and who coordinates."""
    state_attendance(case_id, by)
    save_law(case_id, by)


def signed_new_plan(county: f.County, case_id: UUID) -> None:
    """*Ny plan*, the summons and the new plan, signed and not locked."""
    new_plan(case_id, county.anna)
    f.send_a_summons(case_id, county.anna, [county.health_centre, county.social])
    begin_plan(case_id, county.anna)
    complete_new_plan(case_id, county.anna)
    sign_plan(case_id, county.anna)


@built_once
def renewed_plan(county: f.County) -> UUID:
    """The plan is locked, and a new one is signed."""
    case_id = locked_plan(county)
    signed_new_plan(county, case_id)
    return case_id


def begin_evaluation(case_id: UUID, by: Assignment) -> None:
    evaluation.begin_evaluation(actor=f.actor(by), case_id=case_id, at=clock.now())


def write_evaluation(case_id: UUID, by: Assignment, text: str = "Målen är nådda.") -> None:
    """The text, and that the individual took part in the decision."""
    said = evaluation_of(edition_of(case_id, Part.EVALUATION))
    line = next(one for one in said.participants if one.kind == ParticipantKind.INDIVIDUAL)
    if line.attendance != Attendance.ATTENDED:
        participants.state_attendance(
            actor=f.actor(by),
            case_id=case_id,
            part=Part.EVALUATION,
            lineage=line.lineage,
            version=line.written.version,
            attended=True,
            at=clock.now(),
        )
    evaluation.save_evaluation(
        actor=f.actor(by),
        case_id=case_id,
        version=said.written.version,
        met_on=said.met_on,
        text=text,
        at=clock.now(),
    )


def sign_evaluation(case_id: UUID, by: Assignment) -> None:
    at, facts = clock.now(), f.facts_of(case_id)
    document = facts.standing(Part.EVALUATION)
    assert document is not None
    assert document.open_version is not None
    seen = writing.fingerprint(evaluation.said(facts, document.open_version, at))
    evaluation.sign_evaluation(actor=f.actor(by), case_id=case_id, seen=seen, at=at)


def lock_evaluation(case_id: UUID, by: Assignment) -> None:
    version = version_of(case_id, Part.EVALUATION)
    evaluation.lock_evaluation(actor=f.actor(by), case_id=case_id, version_id=version, at=clock.now())


@built_once
def open_evaluation(county: f.County) -> UUID:
    """Followed up, locked, and the evaluation begun by the coordinator without a meeting."""
    case_id = locked_follow_up(county)
    begin_evaluation(case_id, county.anna)
    return case_id


@built_once
def signed_evaluation(county: f.County) -> UUID:
    case_id = open_evaluation(county)
    write_evaluation(case_id, county.anna)
    sign_evaluation(case_id, county.anna)
    return case_id


@built_once
def ended_case(county: f.County) -> UUID:
    case_id = signed_evaluation(county)
    lock_evaluation(case_id, county.anna)
    return case_id


def end_case(case_id: UUID, by: Assignment) -> None:
    """Ended by the coordinator, at the individual's wish."""
    case.end_case(
        process=SIP,
        actor=f.actor(by),
        case_id=case_id,
        reason=EndReason.INDIVIDUALS_WISH,
        comment="",
        at=clock.now(),
    )


def switch_sbar_on() -> None:
    Setting.objects.create(key="sbar_enabled", value=True)


def begun_sbar(case_id: UUID, by: Assignment, situation: str = "Har ramlat två gånger") -> None:
    """Begun and saved. The county uses SBAR."""
    who = {"actor": f.actor(by), "case_id": case_id, "at": clock.now()}
    sbar.open_sbar(**who)
    said = sbar_of(edition_of(case_id, Part.SBAR))
    texts = replace(said, situation=situation).texts
    sbar.save_sbar(version=said.written.version, texts=texts, **who)


def sign_sbar(case_id: UUID, by: Assignment) -> None:
    at, facts = clock.now(), f.facts_of(case_id)
    document = facts.standing(Part.SBAR)
    assert document is not None
    assert document.open_version is not None
    seen = writing.fingerprint(sbar.said(facts, document.open_version, at))
    sbar.sign_sbar(actor=f.actor(by), case_id=case_id, seen=seen, at=at)
