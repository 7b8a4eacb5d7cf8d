"""Every act in a SIP as a function of actor, case and a little chance: what the machine and the races draw from."""

from collections.abc import Callable
from datetime import date, datetime
from random import Random
from uuid import UUID, uuid4

from samordna.cases.states import EndReason
from samordna.casework.case.commands import case
from samordna.casework.documents.commands import writing
from samordna.casework.messages.commands import answering, recipients, voiding
from samordna.documents.facts import DocumentFacts, VersionFacts
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.workingdays import add_working_days
from samordna.messaging.commands import Reply
from samordna.messaging.facts import Chosen, DeliveryFacts, MessageFacts
from samordna.messaging.states import Answer, MessageStatus, ToldHow
from samordna.people.queries import person_card
from samordna.sip.evaluation import commands as evaluation
from samordna.sip.facts import SipFacts
from samordna.sip.follow_up import commands as follow_up
from samordna.sip.follow_up.content import follow_up_content
from samordna.sip.follow_up.queries import reports_of
from samordna.sip.follow_up.states import ReportStatus
from samordna.sip.information import commands as information
from samordna.sip.initiative import commands as initiative
from samordna.sip.models import Activity, ActivityReport, EvaluationContent, Goal, Participant, PlanContent
from samordna.sip.plan.commands import goals, plan, printing
from samordna.sip.plan.commands import participants as people
from samordna.sip.plan.commands.goals import ActivityText, GoalText, Responsible
from samordna.sip.plan.commands.plan import LawText
from samordna.sip.plan.states import Attendance, ParticipantKind
from samordna.sip.process import SIP
from samordna.sip.queries import sip_for_rebuild
from samordna.sip.rounds.commands import cancel_new_plan as cancel
from samordna.sip.rounds.commands import start_new_plan
from samordna.sip.states import Part
from samordna.sip.summons import commands as summons
from samordna.sip.tests import factories as f
from tests.process.identity_acts import IDENTITY_ACTS

Act = Callable[[Actor, UUID, Random, f.County], object]
NOWHERE = UUID(int=0)


def _now() -> datetime:
    return clock.now()


def _message(case_id: UUID, chance: Random, *parts: Part, status: MessageStatus = MessageStatus.SENT) -> UUID:
    found = [m for m in sip_for_rebuild(case_id).messages if m.kind in parts and m.status == status]
    return chance.choice(found).id if found else NOWHERE


def _delivery(
    case_id: UUID, message_id: UUID, chance: Random, wanted: Callable[[DeliveryFacts], bool]
) -> UUID:
    message: MessageFacts | None = sip_for_rebuild(case_id).message(message_id)
    found = [d for d in message.deliveries if wanted(d)] if message else []
    return chance.choice(found).id if found else NOWHERE


def _units(county: f.County, chance: Random, *, outside: bool = True) -> list[Chosen]:
    units = [county.home_care, county.social, county.health_centre, county.psychiatry, county.hospital]
    units += [county.insurance] if outside else []
    return [Chosen(unit.pk, chance.random() < 0.8) for unit in chance.sample(units, chance.randint(1, 3))]


def _edition(case_id: UUID, part: Part) -> tuple[SipFacts, VersionFacts | None]:
    facts = sip_for_rebuild(case_id)
    document: DocumentFacts | None = facts.standing(part)
    return facts, document.open_version if document else None


def send_initiative(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    draft = initiative.save_initiative(
        actor=actor,
        case_id=case_id,
        message_id=None,
        version=0,
        chosen=_units(county, chance),
        text=f.INITIATIVE,
        at=_now(),
    )
    return initiative.send_initiative(
        actor=actor, case_id=case_id, message_id=draft, version=1, consent=f.CONSENT, at=_now()
    )


def send_summons(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    facts = sip_for_rebuild(case_id)
    part = Part.EVALUATION_SUMMONS if facts.sent(Part.SUMMONS) is not None else Part.SUMMONS
    inside = [Chosen(unit) for unit in facts.case.full_unit_ids if unit != actor.unit_id]
    draft = summons.save_summons(
        actor=actor,
        case_id=case_id,
        part=part,
        message_id=None,
        version=0,
        chosen=inside or _units(county, chance),
        text=f.a_meeting(days_ahead=chance.randint(1, 9)),
        at=_now(),
    )
    return summons.send_summons(
        actor=actor,
        case_id=case_id,
        part=part,
        message_id=draft,
        version=1,
        day_off_confirmed=False,
        at=_now(),
    )


def send_information(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    draft = information.save_information(
        actor=actor,
        case_id=case_id,
        message_id=None,
        version=0,
        chosen=_units(county, chance, outside=False),
        text=f_information(chance),
        at=_now(),
    )
    return information.send_information(actor=actor, case_id=case_id, message_id=draft, version=1, at=_now())


def f_information(chance: Random) -> f.InformationText:
    return f.InformationText(f"Passar {chance.randint(8, 16)}.00?")


def open_message(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    return answering.open_message(
        process=SIP, actor=actor, case_id=case_id, message_id=_message(case_id, chance, *Part), at=_now()
    )


def answer(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    message_id = _message(case_id, chance, *Part)
    named = chance.choice([county.hospital.pk, None])
    kind = chance.choice(
        [Answer.ACCEPTED, Answer.ACCEPTED, Answer.ACKNOWLEDGED, Answer.ACKNOWLEDGED, Answer.DENIED]
    )
    reply = Reply(kind, "Vi tar det.", named, "" if named else chance.choice(["Habiliteringen", ""]))
    return answering.answer_message(
        process=SIP, actor=actor, case_id=case_id, message_id=message_id, reply=reply, at=_now()
    )


def answer_all(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    """Everybody who is waited for answers as asked: accepts an initiative, acknowledges the rest."""
    here = {who.unit_id: who for who in (county.olle, county.cecilia, county.david, county.eva, county.frida)}
    for message in sip_for_rebuild(case_id).messages:
        kind = Answer.ACCEPTED if message.kind == Part.INITIATIVE else Answer.ACKNOWLEDGED
        for delivery in message.awaited if message.status == MessageStatus.SENT else ():
            if delivery.external:
                _told_outside(actor, case_id, message.id, delivery.id)
            else:
                f.answer(case_id, message.id, here[delivery.unit_id], kind)
    return None


def _told_outside(actor: Actor, case_id: UUID, message_id: UUID, delivery_id: UUID) -> object:
    return answering.record_external(
        process=SIP,
        actor=actor,
        case_id=case_id,
        message_id=message_id,
        delivery_id=delivery_id,
        how=ToldHow.PHONE,
        note="",
        told_at=_now(),
        reply=None,
        at=_now(),
    )


def tell_outside(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    message_id = _message(case_id, chance, Part.INITIATIVE, Part.SUMMONS)
    outside = _delivery(case_id, message_id, chance, lambda d: d.external)
    return _told_outside(actor, case_id, message_id, outside)


def send_on(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    message_id = _message(case_id, chance, Part.INITIATIVE)
    denied = _delivery(case_id, message_id, chance, lambda d: d.denied)
    if chance.random() < 0.3:
        return recipients.set_denial_aside(
            process=SIP, actor=actor, case_id=case_id, message_id=message_id, delivery_id=denied, at=_now()
        )
    to = chance.choice(_units(county, chance))
    return recipients.send_on(
        process=SIP,
        actor=actor,
        case_id=case_id,
        message_id=message_id,
        delivery_id=denied,
        to=to,
        consent=f.CONSENT,
        at=_now(),
    )


def add_recipients(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    return recipients.add_recipients(
        process=SIP,
        actor=actor,
        case_id=case_id,
        message_id=_message(case_id, chance, *Part),
        chosen=_units(county, chance),
        consent=f.CONSENT,
        at=_now(),
    )


def take_back(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    return voiding.take_back_message(
        process=SIP, actor=actor, case_id=case_id, message_id=_message(case_id, chance, *Part), at=_now()
    )


def void_message(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    message_id = _message(case_id, chance, *Part)
    return voiding.void_message(
        process=SIP, actor=actor, case_id=case_id, message_id=message_id, reason="Fel på datum", at=_now()
    )


def begin_plan(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    return plan.begin_plan(actor=actor, case_id=case_id, at=_now())


def write_goal(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    goal = GoalText(
        "Det här är viktigt för mig", f"Jag vill gå i trappan {chance.randint(1, 99)}", Responsible()
    )
    return goals.add_goal(actor=actor, case_id=case_id, goal=goal, at=_now())


def write_activity(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    _facts, edition = _edition(case_id, Part.PLAN)
    goal = Goal.objects.filter(edition_id=edition.id if edition else None, removed_at=None).first()
    activity = ActivityText(
        "Träna två gånger i veckan", Responsible(), chance.choice([None, date(2099, 1, 15)])
    )
    lineage = goal.lineage if goal else uuid4()
    return goals.add_activity(
        actor=actor, case_id=case_id, goal_lineage=lineage, activity=activity, at=_now()
    )


def complete_plan(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    """All that is missing before the lock, act by act as a user would save it."""
    _facts, edition = _edition(case_id, Part.PLAN)
    if edition is None:
        return begin_plan(actor, case_id, chance, county)
    if not Goal.objects.filter(edition_id=edition.id, removed_at=None).exists():
        write_goal(actor, case_id, chance, county)
        write_activity(actor, case_id, chance, county)
    _state_everybody(actor, case_id, edition.id)
    law = PlanContent.objects.get(edition_id=edition.id)
    text = LawText(
        met_on=law.met_on,
        needs="Hjälp med trappan",
        others_do="Dottern handlar",
        principal_id=next(iter(plan.principal_choices(sip_for_rebuild(case_id)))),
        coordinator_confirmed=True,
    )
    plan.save_law(actor=actor, case_id=case_id, version=law.version, text=text, at=_now())
    return _name_responsible(actor, case_id, edition.id)


def _state_everybody(actor: Actor, case_id: UUID, edition_id: UUID) -> None:
    for row in Participant.objects.filter(
        edition_id=edition_id, removed_at=None, attendance=Attendance.UNKNOWN
    ):
        attended = row.kind == ParticipantKind.INDIVIDUAL
        people.state_attendance(
            actor=actor,
            case_id=case_id,
            part=Part.PLAN,
            lineage=row.lineage,
            version=row.version,
            attended=attended,
            at=_now(),
        )


def _name_responsible(actor: Actor, case_id: UUID, edition_id: UUID) -> object:
    individual = Participant.objects.get(edition_id=edition_id, kind=ParticipantKind.INDIVIDUAL)
    who = Responsible(lineage=individual.lineage)
    done: object = None
    for goal in Goal.objects.filter(edition_id=edition_id, removed_at=None, responsible_name=""):
        text = GoalText(goal.heading, goal.text, who)
        done = goals.save_goal(
            actor=actor, case_id=case_id, lineage=goal.lineage, version=goal.version, goal=text, at=_now()
        )
    for row in Activity.objects.filter(goal__edition_id=edition_id, removed_at=None, responsible_name=""):
        activity = ActivityText(row.text, who, row.done_on)
        done = goals.save_activity(
            actor=actor,
            case_id=case_id,
            lineage=row.lineage,
            version=row.version,
            activity=activity,
            at=_now(),
        )
    return done


def sign_plan(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    facts, edition = _edition(case_id, Part.PLAN)
    seen = writing.fingerprint(plan.said(facts, edition, _now())) if edition else ""
    return plan.sign_plan(actor=actor, case_id=case_id, seen=seen, at=_now())


def edit_plan(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    return plan.edit_plan(actor=actor, case_id=case_id, at=_now())


def drop_edition(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    return writing.drop(process=SIP, actor=actor, case_id=case_id, part=Part.PLAN, at=_now())


def take_over(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    return writing.take_over(process=SIP, actor=actor, case_id=case_id, part=Part.PLAN, at=_now())


def lock_plan(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    document = sip_for_rebuild(case_id).standing(Part.PLAN)
    valid = document.valid_version if document else None
    version_id = valid.id if valid else NOWHERE
    return plan.lock_plan(actor=actor, case_id=case_id, version_id=version_id, at=_now())


def unlock_plan(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    return plan.unlock_plan(actor=actor, case_id=case_id, at=_now())


def void_plan(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    holding = sip_for_rebuild(case_id).valid_plan
    plan_id = chance.choice([None, holding.id if holding else NOWHERE])
    return plan.void_plan(
        actor=actor, case_id=case_id, reason="På den enskildes begäran", at=_now(), plan_id=plan_id
    )


def print_plan(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    plans = [d for d in sip_for_rebuild(case_id).documents if d.kind == Part.PLAN and d.versions]
    version_id = chance.choice(chance.choice(plans).versions).id if plans else NOWHERE
    return printing.record_printed(actor=actor, case_id=case_id, version_id=version_id, at=_now())


def schedule(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    due_on = add_working_days(clock.today(_now()), chance.randint(1, 60))
    return follow_up.schedule_follow_up(actor=actor, case_id=case_id, due_on=due_on, at=_now())


def activate_follow_up(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    return follow_up.activate_follow_up(actor=actor, case_id=case_id, at=_now())


def report(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    _facts, edition = _edition(case_id, Part.FOLLOW_UP)
    row = ActivityReport.objects.filter(edition_id=edition.id if edition else None).order_by("?").first()
    return follow_up.report_activity(
        actor=actor,
        case_id=case_id,
        lineage=row.activity_lineage if row else NOWHERE,
        version=row.version if row else 1,
        status=chance.choice(list(ReportStatus)),
        note="Går bra",
        at=_now(),
    )


def lock_follow_up(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    facts, edition = _edition(case_id, Part.FOLLOW_UP)
    seen = ""
    if edition is not None:
        person = person_card(facts.case.person_id, at=_now())
        seen = writing.fingerprint(follow_up_content(facts, edition, person, reports_of(edition.id)))
    return follow_up.lock_follow_up(actor=actor, case_id=case_id, seen=seen, at=_now())


def open_follow_up(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    return follow_up.open_follow_up(actor=actor, case_id=case_id, at=_now())


def void_follow_up(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    return follow_up.void_follow_up(actor=actor, case_id=case_id, reason="Fel", at=_now())


def new_plan(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    return start_new_plan(actor=actor, case_id=case_id, at=_now())


def cancel_new_plan(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    return cancel(actor=actor, case_id=case_id, reason="Gjort av misstag", at=_now())


def begin_evaluation(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    return evaluation.begin_evaluation(actor=actor, case_id=case_id, at=_now())


def write_evaluation(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    _facts, edition = _edition(case_id, Part.EVALUATION)
    row = EvaluationContent.objects.filter(edition_id=edition.id if edition else None).first()
    if edition is not None:
        _took_part(actor, case_id, edition.id)
    return evaluation.save_evaluation(
        actor=actor,
        case_id=case_id,
        version=row.version if row else 1,
        met_on=row.met_on if row else None,
        text="Målen är nådda.",
        at=_now(),
    )


def _took_part(actor: Actor, case_id: UUID, edition_id: UUID) -> None:
    """The individual took part in the decision to end."""
    line = Participant.objects.get(edition_id=edition_id, kind=ParticipantKind.INDIVIDUAL)
    people.state_attendance(
        actor=actor,
        case_id=case_id,
        part=Part.EVALUATION,
        lineage=line.lineage,
        version=line.version,
        attended=True,
        at=_now(),
    )


def sign_evaluation(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    facts, edition = _edition(case_id, Part.EVALUATION)
    seen = writing.fingerprint(evaluation.said(facts, edition, _now())) if edition else ""
    return evaluation.sign_evaluation(actor=actor, case_id=case_id, seen=seen, at=_now())


def lock_evaluation(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    document = sip_for_rebuild(case_id).standing(Part.EVALUATION)
    valid = document.valid_version if document else None
    version_id = valid.id if valid else NOWHERE
    return evaluation.lock_evaluation(actor=actor, case_id=case_id, version_id=version_id, at=_now())


def void_evaluation(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    return evaluation.void_evaluation(actor=actor, case_id=case_id, reason="Fel datum", at=_now())


def change_coordinator(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    to = chance.choice([county.anna, county.bertil, county.david, county.eva]).pk
    return case.change_coordinator(process=SIP, actor=actor, case_id=case_id, assignment_id=to, at=_now())


def remove_unit(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    unit = chance.choice([county.home_care, county.social, county.health_centre, county.psychiatry])
    return case.remove_unit(process=SIP, actor=actor, case_id=case_id, unit_id=unit.pk, at=_now())


def withdraw_consent(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    return case.withdraw_consent(process=SIP, actor=actor, case_id=case_id, at=_now())


def end_case(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    reason = chance.choice([EndReason.MOVED, EndReason.WRONG_PERSON])
    return case.end_case(process=SIP, actor=actor, case_id=case_id, reason=reason, comment="", at=_now())


ACTS: dict[str, Act] = {
    act.__name__: act
    for act in (
        send_initiative, send_summons, send_information, open_message, answer, answer_all, tell_outside,
        send_on, add_recipients, take_back, void_message, begin_plan, write_goal, write_activity, complete_plan,
        sign_plan, edit_plan,
        drop_edition, take_over, lock_plan, unlock_plan, void_plan, print_plan, schedule, activate_follow_up, report,
        lock_follow_up, open_follow_up, void_follow_up, new_plan, cancel_new_plan, begin_evaluation, write_evaluation,
        sign_evaluation,
        lock_evaluation, void_evaluation, change_coordinator, remove_unit, withdraw_consent, end_case,
    )
} | IDENTITY_ACTS  # fmt: skip

# The way a case usually goes, so that chance alone need not find the deep states.
WAY = (
    "send_initiative", "answer_all", "send_summons", "answer_all", "begin_plan", "complete_plan", "sign_plan",
    "lock_plan", "print_plan", "activate_follow_up", "report", "lock_follow_up", "new_plan", "send_summons",
    "answer_all", "begin_plan", "complete_plan", "sign_plan", "lock_plan", "activate_follow_up", "report",
    "lock_follow_up", "begin_evaluation", "write_evaluation", "sign_evaluation", "lock_evaluation",
)  # fmt: skip
