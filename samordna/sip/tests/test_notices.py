"""What units are told of by mail (V-11), proved by the mails that arrive."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import SystemRoleGrantFactory, log_in
from samordna.audit.models import Entry
from samordna.casework import events as common
from samordna.kernel.clock import now, today
from samordna.messaging.states import Answer
from samordna.notifications.commands import deliver_due
from samordna.notifications.events import Event
from samordna.notifications.queries import events_wanted
from samordna.organisations.models import Organisation
from samordna.overview.queries import events as offered
from samordna.people.models import PersonIdentifier
from samordna.sip import events
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s
from samordna.sip.tests.message_pages import at_work, press

pytestmark = pytest.mark.django_db
REASON = {"reason": "Fel på datum"}


@pytest.fixture
def county() -> f.County:
    return f.county()


def arrived(act: Callable[[], object]) -> set[tuple[str, str]]:
    """Whom the act tells what: the mails that arrive by it, which say nothing about the person (V-12)."""
    deliver_due(at=now(), limit=500)
    mail.outbox.clear()
    act()
    deliver_due(at=now(), limit=500)
    numbers = PersonIdentifier.objects.values_list("value", flat=True)
    secrets = [*numbers, *(number[2:8] for number in numbers), "Karl-Erik", "Wallin", "torsdag", "datum"]
    for one in mail.outbox:
        assert not [word for word in secrets if word in f"{one.subject} {one.body} {one.to}"]
    return {(one.to[0], one.subject.removeprefix("Samordna: ")) for one in mail.outbox}


def told(event: Event, *units: Organisation) -> set[tuple[str, str]]:
    sentence = str(event.sentence)
    return {(unit.notify_email, sentence[0].lower() + sentence[1:]) for unit in units}


def void(case_id: UUID, message_id: UUID, who: Assignment) -> None:
    press(at_work(who), "void_message", case_id, message_id, **REASON)


@pytest.mark.requirement("V-11", "V-12")
def test_an_initiative_to_acknowledge_and_one_voided(county: f.County) -> None:
    case_id = f.new_case(county.anna)
    both = (county.health_centre, county.social)
    sent: list[UUID] = []
    by_sending = arrived(lambda: sent.append(f.send_an_initiative(case_id, county.anna, list(both))))
    assert by_sending == told(events.INITIATIVE_TO_ACKNOWLEDGE, *both)
    assert arrived(lambda: void(case_id, sent[0], county.anna)) == told(events.INITIATIVE_VOIDED, *both)


@pytest.mark.requirement("V-11", "V-12")
@pytest.mark.parametrize(
    ("part", "sent_event", "void_event"),
    [
        (Part.SUMMONS, events.PLANNING_SUMMONS_TO_ACKNOWLEDGE, events.PLANNING_SUMMONS_VOIDED),
        (Part.EVALUATION_SUMMONS, events.EVALUATION_SUMMONS_TO_ACKNOWLEDGE, events.EVALUATION_SUMMONS_VOIDED),
    ],
)
def test_a_summons_to_acknowledge_and_one_voided(
    county: f.County, part: Part, sent_event: Event, void_event: Event
) -> None:
    case_id = f.accepted_case(county) if part == Part.SUMMONS else s.locked_plan(county)
    sent: list[UUID] = []

    def send() -> None:
        sent.append(f.send_a_summons(case_id, county.anna, [county.health_centre], part=part))

    assert arrived(send) == told(sent_event, county.health_centre)
    assert arrived(lambda: void(case_id, sent[0], county.anna)) == told(void_event, county.health_centre)


@pytest.mark.requirement("V-11", "V-12")
def test_a_plan_locked_and_one_voided(county: f.County) -> None:
    case_id = s.signed_plan(county)
    others = (county.health_centre, county.social)
    assert arrived(lambda: s.lock_plan(case_id, county.anna)) == told(events.PLAN_LOCKED, *others)
    anna = at_work(county.anna)
    assert arrived(lambda: press(anna, "void_plan", case_id, **REASON)) == told(events.PLAN_VOIDED, *others)


def _informed(county: f.County) -> Callable[[UUID], set[tuple[str, str]]]:
    def send(case_id: UUID) -> set[tuple[str, str]]:
        return arrived(lambda: f.send_information(case_id, county.anna, f.to_units(county.health_centre)))

    return send


def administrator(county: f.County, over: Organisation) -> Client:
    SystemRoleGrantFactory(user=county.frida.user, organisation=over)
    return at_work(county.frida)


def notices(unit: Organisation) -> str:
    return reverse("organisations:notices", args=[unit.pk])


@pytest.mark.requirement("V-11", "V-12")
def test_an_information_message_is_off_from_the_start_and_can_be_chosen(county: f.County) -> None:
    case_id, send = f.accepted_case(county), _informed(county)
    assert send(case_id) == set()
    admin = administrator(county, county.health_centre)
    form = admin.get(notices(county.health_centre)).context["form"]
    held = set(form["events"].value())
    off = {events.INFORMATION_TO_ACKNOWLEDGE.code, events.INFORMATION_VOIDED.code}
    assert held == {event.code for event in offered()} - off
    admin.post(notices(county.health_centre), {"events": sorted(held | off)})
    assert send(case_id) == told(events.INFORMATION_TO_ACKNOWLEDGE, county.health_centre)
    sent = f.facts_of(case_id).messages_of(Part.INFORMATION)
    by_voiding = arrived(lambda: void(case_id, sent[-1].id, county.anna))
    assert by_voiding == told(events.INFORMATION_VOIDED, county.health_centre)
    assert Entry.objects.filter(action="organisation.changed", details__change="notices").count() == 1


@pytest.mark.requirement("V-11")
def test_nothing_of_an_information_message_is_mailed_unless_it_is_chosen(county: f.County) -> None:
    """Neither that it was voided, nor that it was taken back, nor to its sender that all have answered."""
    case_id = f.accepted_case(county)
    anna = at_work(county.anna)
    first = f.send_information(case_id, county.anna, f.to_units(county.health_centre))
    assert arrived(lambda: press(anna, "take_back", case_id, first)) == set()
    second = f.send_information(case_id, county.anna, f.to_units(county.health_centre))
    assert arrived(lambda: void(case_id, second, county.anna)) == set()
    third = f.send_information(case_id, county.anna, f.to_units(county.health_centre))
    assert arrived(lambda: f.answer(case_id, third, county.david, Answer.ACKNOWLEDGED)) == set()


@pytest.mark.requirement("V-11", "V-10")
def test_a_unit_is_not_told_of_what_its_administrator_has_switched_off(county: f.County) -> None:
    case_id = s.signed_plan(county)
    admin = administrator(county, county.health_centre)
    admin.post(notices(county.health_centre), {"events": [events.INITIATIVE_TO_ACKNOWLEDGE.code]})
    assert arrived(lambda: s.lock_plan(case_id, county.anna)) == told(events.PLAN_LOCKED, county.social)


@pytest.mark.requirement("V-10")
def test_mail_goes_to_the_address_that_the_administrator_has_set(county: f.County) -> None:
    unit = county.health_centre
    SystemRoleGrantFactory(user=county.frida.user, organisation=unit.department)
    admin, address = at_work(county.frida), reverse("organisations:place", args=[unit.pk])
    form = admin.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    saved = admin.post(address, typed | {"notify_email": "bevakar@linden.example"}, follow=True)
    assert saved.status_code == 200
    addresses = {to for to, _said in arrived(lambda: f.sent_initiative(county, unit, county.social))}
    assert addresses == {"bevakar@linden.example", county.social.notify_email}


@pytest.mark.requirement("V-10", "K-05")
def test_the_choice_is_kept_by_the_administrator_of_the_unit_and_shown_to_those_who_work_there(
    county: f.County,
) -> None:
    admin = administrator(county, county.health_centre)
    assert admin.get(notices(county.social)).status_code == 404
    assert admin.post(notices(county.social), {"events": []}).status_code == 404
    assert admin.get(notices(county.health_centre.department)).status_code == 404
    bad = admin.post(notices(county.health_centre), {"events": ["påhittat"]})
    assert bad.context["form"].errors == {"events": ["Välj något i listan."]}
    david = Client()
    log_in(david, county.david)
    own = david.get(reverse("organisations:unit", args=[county.health_centre.pk])).content.decode()
    assert str(events.PLAN_LOCKED.sentence) in own
    assert str(events.INFORMATION_TO_ACKNOWLEDGE.sentence) not in own
    assert county.health_centre.notify_email in own
    other = david.get(reverse("organisations:unit", args=[county.social.pk])).content.decode()
    assert county.social.notify_email not in other


@pytest.mark.requirement("L-06", "V-11")
def test_notices_that_another_has_chosen_are_shown_beside_what_was_ticked(county: f.County) -> None:
    admin = administrator(county, county.health_centre)
    address, wanted = notices(county.health_centre), events.INITIATIVE_TO_ACKNOWLEDGE.code
    old = admin.get(address).context["form"]["seen"].value()
    admin.post(address, {"events": [common.ALL_ANSWERED.code], "seen": old})
    page = admin.post(address, {"events": [wanted], "seen": old})
    assert page.status_code == 200
    assert "Någon annan har ändrat det här" in page.content.decode()
    assert events_wanted(county.health_centre.pk, offered()) == [common.ALL_ANSWERED]
    seen = page.context["form"]["seen"].value()
    assert admin.post(address, {"events": [wanted], "seen": seen}).status_code == 302
    assert events_wanted(county.health_centre.pk, offered()) == [events.INITIATIVE_TO_ACKNOWLEDGE]


@pytest.mark.requirement("V-11", "K-13")
def test_a_closed_unit_gets_no_mail_of_anything(county: f.County) -> None:
    """The other one that was asked does, so each of these is told of."""
    both, anna = (county.health_centre, county.social), county.anna
    case_id, message_id = f.sent_initiative(county, *both)
    Organisation.objects.filter(pk=county.health_centre.pk).update(closed_on=today(now()))
    assert arrived(lambda: void(case_id, message_id, anna)) == told(events.INITIATIVE_VOIDED, county.social)
    for closed in (False, True):
        case_id, message_id = f.sent_initiative(county, county.social)
        Organisation.objects.filter(pk=county.home_care.pk).update(closed_on=today(now()) if closed else None)
        mails = arrived(partial(f.answer, case_id, message_id, county.cecilia, Answer.ACCEPTED))
        assert {address for address, _said in mails} == (set() if closed else {county.home_care.notify_email})
