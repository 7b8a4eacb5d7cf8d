"""Cases brought as far as a test needs, by the commands that users reach, on a running server."""

from collections.abc import Callable
from uuid import UUID

from samordna.casework.case.commands import case as cases
from samordna.casework.case.commands import person
from samordna.casework.messages.commands import voiding
from samordna.kernel import clock
from samordna.kernel.workingdays import add_working_days
from samordna.messaging.states import Answer
from samordna.people.rules import PersonChanges
from samordna.people.states import Protection
from samordna.sip.follow_up import commands as follow_up
from samordna.sip.follow_up.states import ReportStatus
from samordna.sip.initiative.commands import save_initiative
from samordna.sip.plan.commands import plan
from samordna.sip.process import SIP
from samordna.sip.rounds.commands import start_new_plan
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages
from tests.journeys.steps.county import Place

REASON = "Fel på datum"
Step = Callable[[f.County, UUID], object]


def begin(place: Place, name: str) -> UUID:
    """A case of a new person with this name, coordinated by Anna."""
    number = place.unused_number()
    with place.inside() as county:
        by = f.actor(county.anna)
        place.brought.append(f.new_case(county.anna, person_id=f.new_person(by, name=name, number=number)))
        return place.brought[-1]


def bring(place: Place, name: str, *steps: Step) -> UUID:
    """The same, and then these steps, one after the other."""
    case_id = begin(place, name)
    with place.inside() as county:
        for step in steps:
            step(county, case_id)
    return case_id


def end_all(place: Place) -> None:
    """Ends the cases that were brought and still go on: a list shows fifty, and each costs whoever opens it."""
    with place.inside() as county:
        for case_id in place.brought:
            if f.facts_of(case_id).case.active:
                END_CASE(county, case_id)
    place.brought.clear()


def by_anna(command: Callable[..., object], **more: object) -> Step:
    return lambda county, case_id: command(
        actor=f.actor(county.anna), case_id=case_id, at=clock.now(), **more
    )


def answered(part: Part, answer: Answer, **reply: object) -> Step:
    """Everybody but the unit outside answers the part's message."""

    def act(county: f.County, case_id: UUID) -> None:
        message = latest(case_id, part)
        for who in (county.david, county.cecilia):
            f.answer(case_id, message, who, answer, **reply)

    return act


def latest(case_id: UUID, part: Part) -> UUID:
    return [message for message in f.facts_of(case_id).messages if message.kind == part][-1].id


def void_latest(part: Part) -> Step:
    def act(county: f.County, case_id: UUID) -> None:
        voiding.void_message(
            process=SIP,
            actor=f.actor(county.anna),
            case_id=case_id,
            message_id=latest(case_id, part),
            reason=REASON,
            at=clock.now(),
        )

    return act


def initiative_drafted(county: f.County, case_id: UUID) -> None:
    save_initiative(
        actor=f.actor(county.anna),
        case_id=case_id,
        message_id=None,
        version=0,
        chosen=f.to_units(county.health_centre, county.social),
        text=f.INITIATIVE,
        at=clock.now(),
    )


def initiative_sent(county: f.County, case_id: UUID) -> None:
    f.send_an_initiative(
        case_id, county.anna, [county.health_centre, county.social, county.hospital, county.insurance]
    )


def initiative_denied(county: f.County, case_id: UUID) -> None:
    message = latest(case_id, Part.INITIATIVE)
    f.answer(
        case_id,
        message,
        county.frida,
        Answer.DENIED,
        comment="Utskriven.",
        suggested_unit_id=county.psychiatry.pk,
    )


def summons_sent(county: f.County, case_id: UUID) -> None:
    f.send_a_summons(case_id, county.anna, [county.health_centre, county.social, county.insurance])


def evaluation_summons_sent(county: f.County, case_id: UUID) -> None:
    units = [county.health_centre, county.social]
    f.send_a_summons(case_id, county.anna, units, part=Part.EVALUATION_SUMMONS)


def information_sent(county: f.County, case_id: UUID) -> None:
    f.send_information(case_id, county.anna, f.to_units(county.health_centre, county.social))


def informed(text: str) -> Step:
    """An information message with this text."""
    return lambda county, case_id: f.send_information(
        case_id, county.anna, f.to_units(county.health_centre), text
    )


def plan_begun(county: f.County, case_id: UUID) -> None:
    stages.begin_plan(case_id, county.anna)


def plan_signed(county: f.County, case_id: UUID) -> None:
    stages.fill_plan(case_id, county.anna)
    stages.sign_plan(case_id, county.anna)


def plan_locked(county: f.County, case_id: UUID) -> None:
    stages.lock_plan(case_id, county.anna)


def followed_up(county: f.County, case_id: UUID) -> None:
    stages.activate(case_id, county.anna)
    statuses = (ReportStatus.DONE, ReportStatus.ONGOING, ReportStatus.NOT_CARRIED_OUT)
    for number, status in enumerate(statuses):
        stages.report(case_id, county.david, number, status, "Så går det.")


def follow_up_locked(county: f.County, case_id: UUID) -> None:
    stages.lock_follow_up(case_id, county.anna)


def evaluation_begun(county: f.County, case_id: UUID) -> None:
    stages.begin_evaluation(case_id, county.anna)


def evaluation_signed(county: f.County, case_id: UUID) -> None:
    stages.write_evaluation(case_id, county.anna)
    stages.sign_evaluation(case_id, county.anna)


def evaluation_locked(county: f.County, case_id: UUID) -> None:
    stages.lock_evaluation(case_id, county.anna)


def sbar_begun(county: f.County, case_id: UUID) -> None:
    stages.begun_sbar(case_id, county.anna)


def sbar_signed(county: f.County, case_id: UUID) -> None:
    stages.sign_sbar(case_id, county.anna)


def protected(county: f.County, case_id: UUID) -> None:
    changes = PersonChanges(protection=Protection.CONFIDENTIALITY_MARK)
    person.change_person(
        process=SIP, actor=f.actor(county.anna), case_id=case_id, version=1, changes=changes, at=clock.now()
    )


ACCEPTED = (initiative_sent, answered(Part.INITIATIVE, Answer.ACCEPTED))
SUMMONED = (*ACCEPTED, summons_sent, answered(Part.SUMMONS, Answer.ACKNOWLEDGED))
SIGNED = (*SUMMONED, plan_begun, plan_signed)
LOCKED = (*SIGNED, plan_locked)
FOLLOWED_UP = (*LOCKED, followed_up, follow_up_locked)
VOID_PLAN = by_anna(plan.void_plan, reason=REASON)
VOID_FOLLOW_UP = by_anna(follow_up.void_follow_up, reason=REASON)
NEW_PLAN = by_anna(start_new_plan)
EDIT_PLAN = by_anna(plan.edit_plan)
END_CASE = by_anna(cases.end_case, process=SIP, reason="MOVED", comment="")
SCHEDULED = by_anna(follow_up.schedule_follow_up, due_on=add_working_days(clock.today(clock.now()), 10))

# What the pages are looked at in: the name of the person tells the state.
EVERY_STATE: dict[str, tuple[Step, ...]] = {
    "Nytt": (),
    "Utkast": (initiative_drafted,),
    "Sänt": (initiative_sent,),
    "Nekat": (initiative_sent, initiative_denied),
    "Initiativet makulerat": (initiative_sent, void_latest(Part.INITIATIVE)),
    "Accepterat": ACCEPTED,
    "Kallat": (*ACCEPTED, summons_sent, information_sent),
    "Kallelsen makulerad": (*ACCEPTED, summons_sent, void_latest(Part.SUMMONS)),
    "Planen påbörjad": (*SUMMONED, plan_begun),
    "Planen signerad": SIGNED,
    "Planen öppen": (*SIGNED, EDIT_PLAN),
    "Planen låst": (*LOCKED, SCHEDULED),
    "Planen makulerad": (*LOCKED, VOID_PLAN),
    "Följs upp": (*LOCKED, followed_up, information_sent, void_latest(Part.INFORMATION)),
    "Uppföljd": FOLLOWED_UP,
    "Uppföljning makulerad": (*FOLLOWED_UP, VOID_FOLLOW_UP),
    "Ny plan": (*FOLLOWED_UP, NEW_PLAN, summons_sent, plan_begun),
    "Kallat till utvärdering": (*LOCKED, evaluation_summons_sent),
    "Utvärderas": (*FOLLOWED_UP, evaluation_begun),
    "Utvärderad": (*FOLLOWED_UP, evaluation_begun, evaluation_signed),
    "Avslutat": (*FOLLOWED_UP, evaluation_begun, evaluation_signed, evaluation_locked),
    "Avslutat på begäran": (*ACCEPTED, END_CASE),
    "Skyddat": (*ACCEPTED, protected),
}
# In a county that uses it; the others' pages do not show it.
SBAR_STATES: dict[str, tuple[Step, ...]] = {
    "SBAR möjlig": ACCEPTED,
    "SBAR påbörjad": (*ACCEPTED, sbar_begun),
    "SBAR signerad": (*ACCEPTED, sbar_begun, sbar_signed),
}
