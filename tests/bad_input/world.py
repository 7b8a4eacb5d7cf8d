"""One county with a case at each stage, so that every form of the SIP stands on some page."""

from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.test import Client

from samordna.assignments.models import Assignment, ModuleRight
from samordna.assignments.states import Profession, SystemRole
from samordna.assignments.tests.factories import SystemRoleGrantFactory, UnitFactory, log_in, worker
from samordna.casework.messages.commands.voiding import void_message
from samordna.discharge.tests import factories as discharges
from samordna.kernel import clock
from samordna.kernel.module import Module
from samordna.messaging.states import Answer
from samordna.organisations.models import Organisation
from samordna.people import identity
from samordna.people.models import ProtectionChange
from samordna.sip.facts import SipFacts
from samordna.sip.follow_up.states import ReportStatus
from samordna.sip.initiative import commands as initiative
from samordna.sip.models import Activity, Goal, Participant
from samordna.sip.process import SIP
from samordna.sip.states import Part
from samordna.sip.summons import commands as summons
from samordna.sip.tests import factories as f
from samordna.sip.tests import identities, protections, stages
from tests.support.stages import built_once

RESERVE = "20260101K001"


@dataclass
class World:
    county: f.County
    people: dict[str, Assignment]
    closed: Organisation
    # A unit where nobody works, and a system role that an administrator may end.
    spare: Organisation
    grant_id: int
    cases: dict[str, UUID] = field(default_factory=dict)

    def browser(self, who: str, **options: object) -> Client:
        """Somebody at work, in a browser of its own."""
        client = Client(raise_request_exception=False, **options)
        log_in(client, self.people[who])
        return client

    def facts(self, case: str) -> SipFacts:
        return f.facts_of(self.cases[case])

    def message(self, case: str, part: Part = Part.INITIATIVE) -> UUID:
        return next(m.id for m in self.facts(case).messages if m.kind == part)

    def delivery(self, case: str, *, external: bool) -> UUID:
        message = self.facts(case).message(self.message(case))
        return next(d.id for d in message.deliveries if (d.external if external else d.denied))

    def goal(self, case: str) -> UUID:
        return Goal.objects.filter(edition__document__case_id=self.cases[case])[0].lineage

    def activity(self, case: str) -> UUID:
        return Activity.objects.filter(goal__edition__document__case_id=self.cases[case])[0].lineage

    def change_id(self) -> UUID:
        """The act on identity that can be undone."""
        return identity.changes_of([self.cases["numbered"]])[0].id

    def lowering_id(self) -> UUID:
        person_id = self.facts("lowered").case.person_id
        return ProtectionChange.objects.get(person_id=person_id).pk

    def participant(self, case: str, *, unit: bool = True) -> UUID:
        rows = Participant.objects.filter(edition__document__case_id=self.cases[case])
        return rows.filter(unit_id__isnull=not unit).order_by("position")[0].lineage


@built_once
def build() -> World:
    county = f.county()
    closed = UnitFactory(
        name="Nedlagda enheten", parent=county.home_care.parent, closed_on=clock.today(clock.now())
    )
    spare = UnitFactory(name="Natthemtjänsten", parent=county.home_care.parent)
    stranger = worker(
        UnitFactory(name="Vårdcentralen Björken", parent=county.health_centre.parent),
        profession=Profession.NURSE,
    )
    administrator = worker(county.home_care, initiates=False, answers=False, profession=Profession.OTHER)
    SystemRoleGrantFactory(
        user=administrator.user, role=SystemRole.ADMINISTRATOR, organisation=county.home_care.department
    )
    people = {
        name: getattr(county, name) for name in ("anna", "bertil", "olle", "cecilia", "david", "eva", "frida")
    }
    grant = SystemRoleGrantFactory(
        user=county.olle.user, role=SystemRole.SUPERUSER, organisation=county.home_care
    )
    people |= {"stranger": stranger, "administrator": administrator}
    world = World(county, people, closed, spare, grant.pk)
    stages.switch_sbar_on()
    _messages(world)
    _documents(world)
    _discharges(world)
    return world


def _shielded(county: f.County) -> UUID:
    case_id = f.accepted_case(county)
    protections.describe(case_id, county.anna)
    protections.protect(case_id, county.anna)
    return case_id


def _discharges(world: World) -> None:
    """At Frida's ward, the only place here where discharges are used: one begun, and one of which units are told."""
    county, frida = world.county, world.county.frida
    for right in list(ModuleRight.objects.filter(department=county.hospital.department)):
        right.pk, right.module = None, Module.SPU
        right.save()
    world.cases["admitted"] = discharges.admitted(frida)
    world.cases["told"] = discharges.admitted(frida)
    discharges.send_the_admission(world.cases["told"], frida, county.health_centre)


def _messages(world: World) -> None:
    county, cases = world.county, world.cases
    cases["new"] = f.new_case(county.anna)
    cases["drafted"] = f.new_case(county.anna)
    initiative.save_initiative(
        actor=f.actor(county.anna),
        case_id=cases["drafted"],
        message_id=None,
        version=0,
        chosen=f.to_units(county.health_centre),
        text=replace(f.INITIATIVE, consent={"giver": "SELF", "how": "ORAL", "scope": "SIP"}),
        at=clock.now(),
    )
    cases["sent"], message = f.sent_initiative(
        county, county.health_centre, county.social, county.psychiatry, county.insurance
    )
    f.answer(cases["sent"], message, county.david, Answer.ACCEPTED)
    f.answer(cases["sent"], message, county.cecilia, Answer.DENIED, comment="Fel enhet", suggested_text="AF")
    cases["unopened"] = f.sent_initiative(county, county.health_centre)[0]
    cases["voided"], voided = f.sent_initiative(county, county.health_centre)
    void_message(
        process=SIP,
        actor=f.actor(county.anna),
        case_id=cases["voided"],
        message_id=voided,
        reason="Fel enhet",
        at=clock.now(),
    )
    cases["accepted"] = f.accepted_case(county)
    person = f.new_person(f.actor(county.anna), name="Okänd Man", number=RESERVE)
    cases["reserve"] = f.new_case(county.anna, person_id=person)
    cases["numbered"] = f.accepted_case(county)
    identities.change_number(cases["numbered"], county.anna, f.made_up_number(date(1977, 6, 6)))
    cases["joined"], other = identities.two_sips(
        county.anna, county.eva, reserve="20260101K002", number=f.made_up_number(date(1977, 7, 7))
    )
    identities.say_yes(other, county.eva, keep=cases["joined"])
    cases["shielded"] = _shielded(county)
    cases["lowered"] = _shielded(county)
    protections.lower(cases["lowered"], world.people["administrator"])
    cases["called"] = f.accepted_case(county)
    summons.save_summons(
        actor=f.actor(county.anna),
        case_id=cases["called"],
        part=Part.SUMMONS,
        message_id=None,
        version=0,
        chosen=f.to_units(county.health_centre),
        text=f.a_meeting(),
        at=clock.now(),
    )


def _documents(world: World) -> None:
    county, cases = world.county, world.cases
    cases["sbar"] = f.accepted_case(county)
    stages.begun_sbar(cases["sbar"], county.anna)
    cases["summoned"] = f.summoned_case(county)
    cases["open"] = f.summoned_case(county)
    stages.begin_plan(cases["open"], county.anna)
    stages.fill_plan(cases["open"], county.anna)
    cases["signed"] = stages.signed_plan(county)
    cases["locked"] = stages.locked_plan(county)
    cases["follow_up"] = stages.open_follow_up(county)
    cases["reported"] = stages.open_follow_up(county)
    stages.report(cases["reported"], county.anna, 0, ReportStatus.DONE, "Går i trappan själv")
    cases["followed up"] = stages.locked_follow_up(county)
    cases["renewed"] = stages.locked_plan(county)
    stages.new_plan(cases["renewed"], county.anna)
    cases["evaluation"] = stages.open_evaluation(county)
    cases["evaluated draft"] = stages.open_evaluation(county)
    stages.write_evaluation(cases["evaluated draft"], county.anna)
    cases["evaluated"] = stages.signed_evaluation(county)
