"""Closing a unit that is in use (K-13): numbers first, a reason for what is left, and what its senders see."""

import csv
import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samordna.accounts.models import User
from samordna.accounts.queries import UserDetails
from samordna.assignments import commands
from samordna.assignments.models import Assignment
from samordna.assignments.queries import scope_of, user_page
from samordna.assignments.states import SystemRole
from samordna.assignments.tests.factories import AssignmentFactory, SystemRoleGrantFactory
from samordna.audit.models import Entry
from samordna.cases.models import UnitCase
from samordna.cases.states import Bucket
from samordna.casework.file.presenters.next_step import sentence
from samordna.casework.file.queries import county_settings
from samordna.casework.file.steps.rows import part_views
from samordna.casework.messages.presenters.recipients import preselected
from samordna.kernel import workingdays
from samordna.kernel.clock import now, today
from samordna.messaging.states import Answer
from samordna.notifications.models import OutboxItem
from samordna.operations.commands import renew
from samordna.organisations.models import Organisation, UnitClosing
from samordna.overview.queries import differences
from samordna.sip.kinds import DRAFTS
from samordna.sip.process import SIP
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages
from samordna.sip.tests.message_pages import at_work, press, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> f.County:
    return f.county()


@pytest.fixture
def sent(county: f.County) -> tuple[UUID, UUID]:
    """An initiative that waits for the health centre and social services."""
    return f.sent_initiative(county)


def administrator(county: f.County, over: Organisation) -> Client:
    """Frida administers the place, and stands at the hospital."""
    SystemRoleGrantFactory(user=county.frida.user, organisation=over)
    return at_work(county.frida)


def close_address(unit: Organisation) -> str:
    return reverse("organisations:close", args=[unit.pk])


def shown(client: Client, unit: Organisation) -> dict[str, str]:
    """The hidden value of the form, and the numbers on the page."""
    page = client.get(close_address(unit)).content.decode()
    seen = re.search(r'name="seen" value="([^"]*)"', page)
    assert seen is not None
    return {"seen": seen[1], "page": page}


REASONS = {
    f"left_{kind}": "Enheten slås ihop med Björken"
    for kind in ("cases", "coordinated", "unanswered", "users")
}


def is_closed(unit: Organisation) -> bool:
    return Organisation.objects.get(pk=unit.pk).closed_on is not None


@pytest.mark.requirement("K-13")
def test_closing_first_shows_in_numbers_what_hangs_on_the_unit(
    county: f.County, sent: tuple[UUID, UUID]
) -> None:
    f.new_case(county.david)
    page = shown(administrator(county, county.health_centre), county.health_centre)["page"]
    for line in (
        "Pågående ärenden som enheten deltar i: 2",
        "Av dem samordnas från enheten: 1",
        "Meddelanden som väntar på svar från enheten: 1",
        "Användare med uppdrag på enheten: 1",
    ):
        assert line in page, line
    assert "Utkast" not in page
    assert "Karl-Erik" not in page


@pytest.mark.requirement("K-13")
def test_each_kind_that_is_left_needs_its_reason_which_is_kept(
    county: f.County, sent: tuple[UUID, UUID]
) -> None:
    admin, unit = administrator(county, county.health_centre), county.health_centre
    seen = shown(admin, unit)["seen"]
    one_missing = {"left_cases": "Slås ihop", "left_unanswered": "Slås ihop"}
    page = admin.post(close_address(unit), {"seen": seen, **one_missing})
    assert page.context["form"].errors == {
        "left_users": ["Flytta eller avsluta det, eller skriv varför det lämnas."]
    }
    assert "Slås ihop" in page.content.decode()
    assert not is_closed(unit)
    admin.post(close_address(unit), {"seen": seen, **REASONS})
    assert is_closed(unit)
    kept = UnitClosing.objects.get(unit=unit)
    assert kept.numbers == {"cases": 1, "unanswered": 1, "users": 1}
    assert kept.reasons["users"] == REASONS["left_users"]
    assert kept.closed_by_name == "Frida Nord"
    entry = Entry.objects.filter(action="organisation.changed").latest("id")
    assert entry.details["left"] == kept.numbers
    assert REASONS["left_users"] not in str(entry.details)
    place = admin.get(reverse("organisations:place", args=[unit.pk])).content.decode()
    assert "Det här lämnades när den stängdes" in place
    assert place.count(REASONS["left_users"]) == 3
    units = at_work(county.anna).get(reverse("sip:units", args=[sent[0]])).content.decode()
    assert f'Enheten är stängd. <span dir="auto">{REASONS["left_cases"]}</span>' in units


@pytest.mark.requirement("K-13")
def test_a_unit_that_nothing_hangs_on_closes_without_a_reason(county: f.County) -> None:
    Assignment.objects.filter(unit=county.psychiatry).update(ends_on=today(now()) - timedelta(days=1))
    admin = administrator(county, county.psychiatry)
    admin.post(close_address(county.psychiatry), {"seen": shown(admin, county.psychiatry)["seen"]})
    assert is_closed(county.psychiatry)


@pytest.mark.requirement("K-13")
def test_what_came_between_the_page_and_the_closing_is_noticed(
    county: f.County, sent: tuple[UUID, UUID]
) -> None:
    admin, unit = administrator(county, county.health_centre), county.health_centre
    seen = shown(admin, unit)["seen"]
    f.sent_initiative(county, unit)
    page = admin.post(close_address(unit), {"seen": seen, **REASONS}).content.decode()
    assert "har ändrats sedan du öppnade sidan" in page
    assert not is_closed(unit)
    assert "Meddelanden som väntar på svar från enheten: 2" in page
    assert REASONS["left_users"] in page
    assert not UnitClosing.objects.exists()
    shown_now = re.search(r'name="seen" value="([^"]*)"', page)[1]
    admin.post(close_address(unit), {"seen": shown_now, **REASONS})
    assert is_closed(unit)


@pytest.mark.requirement("K-13")
def test_a_kind_that_came_between_gets_its_field_and_what_was_written_stays(
    county: f.County, sent: tuple[UUID, UUID]
) -> None:
    admin, unit = administrator(county, county.health_centre), county.health_centre
    seen = shown(admin, unit)["seen"]
    f.new_case(county.david)
    written = {name: value for name, value in REASONS.items() if name != "left_coordinated"}
    page = admin.post(close_address(unit), {"seen": seen, **written})
    assert set(page.context["form"].errors) == {"__all__", "left_coordinated"}
    assert page.content.decode().count(REASONS["left_users"]) == len(written)
    shown_now = re.search(r'name="seen" value="([^"]*)"', page.content.decode())[1]
    admin.post(close_address(unit), {"seen": shown_now, **REASONS})
    assert is_closed(unit)


@pytest.mark.requirement("K-13", "V-34")
def test_the_sender_sees_that_the_unit_is_closed_and_the_deadline_stops(
    county: f.County, sent: tuple[UUID, UUID]
) -> None:
    case_id, initiative = sent
    admin, unit = administrator(county, county.health_centre), county.health_centre
    admin.post(close_address(unit), {"seen": shown(admin, unit)["seen"], **REASONS})
    assert renew(now()) == 1
    assert not differences(SIP, case_id, at=now())
    row = UnitCase.objects.get(case_id=case_id, unit=county.home_care)
    assert row.bucket == Bucket.TODO
    assert row.overdue_from == workingdays.due_at(county_settings(SIP).other_step, now())
    anna = at_work(county.anna)
    listed = anna.get(reverse("overview:sip")).content.decode()
    assert "Skicka vidare till en annan enhet" in listed
    assert f"{unit.name} är stängd" in listed
    page = read(anna, case_id, Part.INITIATIVE)
    assert f"{unit.name} är stängd och svarar inte." in page
    assert "Skicka igen till" not in page
    delivery = next(d for d in f.facts_of(case_id).message(initiative).deliveries if d.unit_id == unit.pk)
    press(
        anna,
        "send_on",
        case_id,
        initiative,
        delivery.id,
        recipient=county.psychiatry.pk,
        acknowledge=county.psychiatry.pk,
        consent_shown="1",
        **{"consent-giver": "SELF", "consent-how": "ORAL", "consent-scope": "SIP"},
    )
    facts = f.facts_of(case_id)
    assert {d.unit_id for d in facts.message(initiative).standing} == {
        county.social.pk,
        county.psychiatry.pk,
    }
    assert not facts.message(initiative).unmet


@pytest.mark.requirement("K-13", "V-34")
def test_the_sender_can_go_on_without_a_unit_that_is_closed(
    county: f.County, sent: tuple[UUID, UUID]
) -> None:
    case_id, initiative = sent
    Organisation.objects.filter(pk=county.health_centre.pk).update(closed_on=today(now()))
    stuck = f.facts_of(case_id).message(initiative).unmet[0]
    anna = at_work(county.anna)
    told = press(anna, "set_aside", case_id, initiative, stuck.id).content.decode()
    assert not f.facts_of(case_id).message(initiative).unmet
    assert "Ni går vidare utan enheten." in told
    assert "Stängd, de andra går vidare utan enheten" in told
    assert "Nekade" not in told


@pytest.mark.requirement("K-13", "V-90")
@pytest.mark.parametrize("aside", [True, False])
def test_the_sender_of_an_information_message_to_a_closed_unit_sends_it_on_or_goes_on(
    county: f.County, aside: bool
) -> None:
    case_id = f.accepted_case(county)
    message_id = f.send_information(case_id, county.anna, f.to_units(county.health_centre))
    Organisation.objects.filter(pk=county.health_centre.pk).update(closed_on=today(now()))
    (delivery,) = f.facts_of(case_id).message(message_id).deliveries
    anna = at_work(county.anna)
    page = read(anna, case_id, Part.INFORMATION)
    assert "Skicka vidare till en annan enhet" in page, "the next step"
    ways = [
        reverse(f"sip:{name}", args=[case_id, message_id, delivery.id]) for name in ("send_on", "set_aside")
    ]
    assert all(way in page for way in ways)
    assert page.count('data-variant="primary"') == 1
    if aside:
        press(anna, "set_aside", case_id, message_id, delivery.id)
    else:
        chosen = {"recipient": county.social.pk, "acknowledge": county.social.pk}
        press(anna, "send_on", case_id, message_id, delivery.id, **chosen)
        todo = at_work(county.cecilia).get(reverse("overview:sip"), {"list": "todo"})
        assert "Kvittera informationsmeddelande" in todo.content.decode()
    page = read(anna, case_id, Part.INFORMATION)
    assert not any(way in page for way in ways)
    assert "Skicka vidare till en annan enhet" not in page


def _follows_up(county: f.County) -> UUID:
    case_id = stages.locked_plan(county)
    stages.print_plan(case_id, county.anna)
    stages.activate(case_id, county.david)
    return case_id


def _writes_the_plan(county: f.County) -> UUID:
    case_id = f.summoned_case(county)
    stages.begin_plan(case_id, county.david)
    return case_id


def _surveys(county: f.County) -> UUID:
    stages.switch_sbar_on()
    case_id = f.accepted_case(county)
    stages.begun_sbar(case_id, county.david)
    return case_id


def _waits_for_an_answer(county: f.County) -> UUID:
    case_id, initiative = f.sent_initiative(county, county.health_centre, county.insurance)
    f.answer(case_id, initiative, county.david, Answer.ACCEPTED)
    f.send_information(case_id, county.david, f.to_units(county.insurance))
    return case_id


def _waits_for_an_answer_of_another_closed(county: f.County) -> UUID:
    case_id = f.accepted_case(county)
    f.send_information(case_id, county.david, f.to_units(county.social))
    Organisation.objects.filter(pk=county.social.pk).update(closed_on=today(now()))
    return case_id


KEPT = [
    (_follows_up, Part.FOLLOW_UP, "report_follow_up"),
    (_writes_the_plan, Part.PLAN, "sign_plan"),
    (_surveys, Part.SBAR, "sign_sbar"),
    (_waits_for_an_answer, Part.INFORMATION, "tell_external"),
    (_waits_for_an_answer_of_another_closed, Part.INFORMATION, "handle_closed"),
]


@pytest.mark.requirement("K-13", "V-25")
@pytest.mark.parametrize(("begin", "part", "code"), KEPT)
def test_what_a_closed_unit_was_to_do_is_the_coordinators(
    county: f.County, begin: Callable[[f.County], UUID], part: Part, code: str
) -> None:
    case_id = begin(county)
    before = part_views(f.facts_of(case_id), county.health_centre.pk)[part]
    assert (before.task, before.next_step.code) == (True, code)
    Organisation.objects.filter(pk=county.health_centre.pk).update(
        closed_on=today(now()), rows_stale_from=now()
    )
    while renew(now()):
        pass
    assert not differences(SIP, case_id, at=now())
    closed = UnitCase.objects.get(case_id=case_id, unit=county.health_centre)
    assert (closed.bucket, closed.next_step["code"], closed.overdue_from) == (
        Bucket.ENDED,
        "left_closed",
        None,
    )
    facts = f.facts_of(case_id)
    assert not any(view.task for view in part_views(facts, county.health_centre.pk).values())
    view = part_views(facts, county.home_care.pk)[part]
    assert (view.task, view.next_step.code, view.symbol.due_at is not None) == (True, code, True)
    page = read(at_work(county.anna), case_id, part)
    assert str(sentence(SIP, view.next_step).text) in page
    if part in {Part.PLAN, Part.FOLLOW_UP}:
        told = part_views(facts, county.social.pk)[part].next_step
        assert (told.unit, told.who in {"", "Anna Lindqvist"}) == (county.home_care.name, True)


@pytest.mark.requirement("K-13", "V-53")
def test_the_coordinators_unit_goes_on_with_a_plan_begun_at_a_unit_that_is_closed(county: f.County) -> None:
    case_id = _writes_the_plan(county)
    bertil, cecilia = at_work(county.bertil), at_work(county.cecilia)
    press(bertil, "take_over", case_id)
    assert f.facts_of(case_id).standing(Part.PLAN).open_version.opened_by_name == "David Holm"
    assert "Ta över" not in read(bertil, case_id, Part.PLAN)
    Organisation.objects.filter(pk=county.health_centre.pk).update(closed_on=today(now()))
    press(cecilia, "take_over", case_id)
    assert f.facts_of(case_id).standing(Part.PLAN).open_version.opened_by_name == "David Holm"
    assert "Ta över" in read(bertil, case_id, Part.PLAN)
    press(bertil, "take_over", case_id)
    version = f.facts_of(case_id).standing(Part.PLAN).open_version
    assert (version.opened_by_name, version.opened_unit_id) == ("Bertil Ek", county.home_care.pk)


@pytest.mark.requirement("K-13", "V-41")
def test_a_closed_unit_is_neither_proposed_as_recipient_nor_told(county: f.County) -> None:
    case_id = f.accepted_case(county)
    Organisation.objects.filter(pk__in=[county.social.pk, county.health_centre.pk]).update(
        notify_email="enheten@example.se"
    )
    chosen = {
        one.unit_id for one in preselected(f.facts_of(case_id), DRAFTS[Part.SUMMONS], county.home_care.pk)
    }
    assert chosen == {county.health_centre.pk, county.social.pk}
    Organisation.objects.filter(pk=county.health_centre.pk).update(closed_on=today(now()))
    page = at_work(county.anna).get(reverse("sip:draft", args=[case_id, "summons"]), follow=True)
    assert county.social.name in page.content.decode()
    chosen = {
        one.unit_id for one in preselected(f.facts_of(case_id), DRAFTS[Part.SUMMONS], county.home_care.pk)
    }
    assert chosen == {county.social.pk}
    stages.end_case(case_id, county.anna)
    told = OutboxItem.objects.filter(event="case.ended").values_list("unit_id", flat=True)
    assert set(told) == {county.social.pk}


@pytest.mark.requirement("K-13", "V-41")
@pytest.mark.parametrize("closed", ["", "home_care", "social", "insurance"])
def test_no_closed_unit_stands_chosen_in_a_draft(county: f.County, closed: str) -> None:
    """Whether it made the case, accepted the initiative or was told outside the system."""
    units = {name: getattr(county, name) for name in ("home_care", "social", "insurance")}
    case_id, message_id = f.sent_initiative(county, county.health_centre, county.social, county.insurance)
    for who in (county.david, county.cecilia):
        f.answer(case_id, message_id, who, Answer.ACCEPTED)
    Organisation.objects.filter(pk=units[closed].pk if closed else 0).update(closed_on=today(now()))
    page = read(at_work(county.david), case_id, Part.SUMMONS)
    chosen = {name for name, unit in units.items() if f'name="recipient" value="{unit.pk}"' in page}
    assert chosen == set(units) - {closed}


@pytest.mark.requirement("K-13", "K-05")
@pytest.mark.parametrize("way", ["refused", "works elsewhere too", "by a system manager"])
def test_the_only_unit_of_a_system_manager_is_closed_by_another_one(county: f.County, way: str) -> None:
    """Else an administrator shuts out whom she may not close."""
    region, unit = county.health_centre.principal, county.psychiatry
    SystemRoleGrantFactory(user=county.eva.user, role=SystemRole.SYSTEM_MANAGER, organisation=region)
    admin = administrator(county, unit.department)
    if way == "works elsewhere too":
        AssignmentFactory(user=county.eva.user, unit=county.health_centre)
    elif way == "by a system manager":
        SystemRoleGrantFactory(user=county.frida.user, role=SystemRole.SYSTEM_MANAGER, organisation=region)
    page = admin.get(close_address(unit)).content.decode()
    assert ("En systemförvaltare arbetar bara här och skulle stängas ute." in page) == (way == "refused")
    admin.post(close_address(unit), {"seen": "0-0-0-1-0", **REASONS})
    assert is_closed(unit) == (way != "refused")


def _file_saying(manager: Client, unit: Organisation, column: str, value: str) -> SimpleUploadedFile:
    """The exported address book's row of the unit, with this in the column."""
    exported = manager.get(reverse("organisations:export")).content.decode("utf-8-sig")
    rows = csv.DictReader(exported.splitlines(), delimiter=";")
    row = next(row for row in rows if unit.name in row.values()) | {column: value}
    text = "\r\n".join(";".join(f'"{cell}"' for cell in line) for line in (row.keys(), row.values()))
    return SimpleUploadedFile("adressbok.csv", text.encode(), content_type="text/csv")


@pytest.mark.requirement("K-13")
def test_a_unit_in_use_is_not_put_outside_the_system_on_its_page_nor_by_a_file(
    county: f.County, sent: tuple[UUID, UUID]
) -> None:
    unit = county.health_centre
    SystemRoleGrantFactory(
        user=county.frida.user, role=SystemRole.SYSTEM_MANAGER, organisation=county.hospital.principal
    )
    manager = at_work(county.frida)
    address = reverse("organisations:place", args=[unit.pk])
    form = manager.get(address).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields} | {"external": "on"}
    assert "Enheten används" in manager.post(address, typed).content.decode()
    upload = _file_saying(manager, unit, "extern", "ja")
    page = manager.post(reverse("organisations:import"), {"file": upload}, follow=True).content.decode()
    assert "Enheten används" in page
    assert not Organisation.objects.get(pk=unit.pk).external


@pytest.mark.requirement("K-13")
def test_a_file_does_not_close_a_unit_that_is_in_use(county: f.County, sent: tuple[UUID, UUID]) -> None:
    region = county.hospital.principal
    SystemRoleGrantFactory(user=county.frida.user, role=SystemRole.SYSTEM_MANAGER, organisation=region)
    manager = at_work(county.frida)
    upload = _file_saying(manager, county.health_centre, "stängd", str(today(now())))
    page = manager.post(reverse("organisations:import"), {"file": upload}, follow=True).content.decode()
    assert "En fil kan inte stänga den." in page
    assert not is_closed(county.health_centre)


@pytest.mark.requirement("K-13")
def test_a_new_name_reaches_what_rows_say_of_who_is_awaited(county: f.County) -> None:
    """The columns of a list say it at once; the sentence of the next step when the worker has been there."""
    case_id = stages.signed_plan(county)
    SystemRoleGrantFactory(user=county.frida.user, organisation=county.home_care.department)
    frida = f.actor(county.frida)
    seen = user_page(scope_of(frida, now()), county.anna.user_id, now()).seen
    details = UserDetails(name="Anna Nygren")
    commands.change_user(actor=frida, user_id=county.anna.user_id, details=details, seen=seen, at=now())
    while renew(now()):
        pass
    assert not differences(SIP, case_id, at=now())
    row = UnitCase.objects.get(case_id=case_id, unit=county.health_centre)
    assert row.next_step["who"] == "Anna Nygren"
    assert User.objects.get(pk=county.anna.user_id).rows_stale_from is None
