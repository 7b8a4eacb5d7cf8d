"""What the page says is next and its main button are the same act, and what the rules refuse is not proposed (V-21)."""

import re
from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import log_in
from samordna.cases.models import UnitCase
from samordna.casework.case.commands.case import give_consent
from samordna.casework.file.steps.rows import rows
from samordna.casework.messages.commands import voiding
from samordna.kernel import clock
from samordna.messaging.states import Answer
from samordna.operations import commands as operations
from samordna.organisations.models import Organisation
from samordna.sip.follow_up.states import ReportStatus
from samordna.sip.plan.commands import plan
from samordna.sip.process import SIP
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s
from samordna.sip.tests.situations import SITUATIONS
from samordna.sip.words import PART_SLUGS

pytestmark = pytest.mark.django_db

SEND = ("Granska och skicka",)
# The main buttons of the page on which a step is taken: one of them must be there.
BUTTONS = {
    "answer_initiative": ("Acceptera",),
    "answer_summons": ("Kvittera",),
    "answer_evaluation_summons": ("Kvittera",),
    "answer_information": ("Kvittera",),
    "tell_external": ("Anteckna hur enheten fick veta",),
    "handle_denial": ("Skicka vidare till", "Välj en annan enhet"),
    "handle_closed": ("Välj en annan enhet",),
    "call_too": ("Lägg till mottagare",),
    "find_recipient": ("Lägg till mottagare",),
    "finish_draft": SEND,
    "send_initiative": SEND,
    "send_summons": SEND,
    "initiative_anew": SEND,
    "summons_anew": SEND,
    "write_plan": ("Skriv planen",),
    "sign_plan": ("Signera", "Ta över"),
    "complete_plan": ("Redigera",),
    "lock_plan": ("Lås",),
    "print_plan": ("Skriv ut",),
    "set_follow_up": ("Spara dagen",),
    "decide_next": ("Spara dagen",),
    "follow_up": ("Aktivera uppföljning av plan", "Öppna"),
    "report_follow_up": ("Spara alla",),
    "lock_follow_up": ("Lås",),
    "write_evaluation": ("Skriv utvärderingen",),
    "sign_evaluation": ("Granska och signera", "Ta över"),
    "lock_evaluation": ("Lås",),
    "sign_sbar": ("Granska och signera",),
}
_BUTTON = re.compile(r'<(?:a|button) class="ds-button[^"]*"([^>]*)>(.*?)</(?:a|button)>', re.S)


def main_buttons(page: str) -> list[str]:
    inside = page.split("<main", 1)[1].split("</main>")[0]
    found = [
        (attributes, re.sub(r"<[^>]*>", "", text).strip()) for attributes, text in _BUTTON.findall(inside)
    ]
    return [
        unescape(text)
        for attributes, text in found
        if "data-variant" not in attributes or '"primary"' in attributes
    ]


def opened(who: Assignment, case_id: object) -> tuple[dict[str, str], str]:
    """The next step as the case's page says it, and the page where it is taken."""
    client = Client()
    log_in(client, who)
    answer = client.get(reverse("sip:case", args=[case_id]), follow=True)
    assert answer.status_code == 200
    return answer.context["frame_case"].now, answer.content.decode()


@pytest.mark.requirement("V-21", "V-05")
@pytest.mark.parametrize(
    ("part", "name"), list(SITUATIONS), ids=[f"{part}: {name}" for part, name in SITUATIONS]
)
def test_the_main_button_is_what_the_page_says_is_next(part: Part, name: str) -> None:
    county = f.county()
    seen = SITUATIONS[part, name](county)
    units = set(UnitCase.objects.filter(case_id=seen.case_id).values_list("unit_id", flat=True))
    people = [county.anna, county.bertil, county.olle, county.cecilia, county.david, county.eva]
    with time_machine.travel(seen.at, tick=False):
        listed = {row.unit_id: row for row in rows(f.facts_of(seen.case_id), seen.at)}
        for who in (person for person in people if person.unit_id in units):
            now, page = opened(who, seen.case_id)
            row = listed[who.unit_id]
            # To open the page is to read the message.
            if "code" in now and row.next_step.code != "unread_message":
                assert (row.next_step.code, row.due_at) == (now["code"], now["due_at"]), (
                    "list and page differ"
                )
            if now["kind"] == "todo":
                shown = main_buttons(page)
                wanted = BUTTONS[now["code"]]
                assert any(text.startswith(wanted) for text in shown), (now, shown)


@pytest.mark.requirement("V-21", "V-34", "V-42")
@pytest.mark.parametrize("part", SIP.messages)
@pytest.mark.parametrize("code", ["handle_closed", "tell_external"])
def test_a_message_of_every_kind_has_the_button_of_what_its_sender_does_next(part: Part, code: str) -> None:
    county = f.county()
    unit = county.health_centre if code == "handle_closed" else county.insurance
    if part == Part.EVALUATION_SUMMONS:
        case_id = s.locked_follow_up(county)
        s.print_plan(case_id, county.anna)
    else:
        case_id = f.new_case(county.anna) if part == Part.INITIATIVE else f.accepted_case(county)
    if part == Part.INITIATIVE:
        f.send_an_initiative(case_id, county.anna, [county.social, unit])
    else:
        act = {"actor": f.actor(county.anna), "case_id": case_id, "at": clock.now()}
        give_consent(process=SIP, choice=f.CONSENT, unit_ids=[unit.pk], **act)
        if part == Part.INFORMATION:
            f.send_information(case_id, county.anna, f.to_units(unit))
        else:
            f.send_a_summons(case_id, county.anna, [unit], part=part)
    if code == "handle_closed":
        Organisation.objects.filter(pk=unit.pk).update(closed_on=clock.today(clock.now()))
    client = Client()
    log_in(client, county.anna)
    answer = client.get(reverse("sip:part", args=[case_id, PART_SLUGS[part]]))
    page, (wanted,) = answer.content.decode(), BUTTONS[code]
    assert wanted in page.split("<main", 1)[1]
    if answer.context["frame_case"].now["code"] == code:
        assert any(text.startswith(wanted) for text in main_buttons(page))


@pytest.mark.requirement("V-54", "V-21")
def test_what_is_missing_in_a_signed_plan_is_said_before_it_is_to_be_locked() -> None:
    """The page and the list alike; a colleague of the coordinator is not asked to lock."""
    county = f.county()
    case_id = f.summoned_case(county)
    s.begin_plan(case_id, county.anna)
    s.sign_plan(case_id, county.anna)
    now, page = opened(county.anna, case_id)
    assert (now["code"], str(now["text"])) == ("complete_plan", "Komplettera planen")
    assert "Redigera" in main_buttons(page)
    assert "Lås" not in main_buttons(page)
    client = Client()
    log_in(client, county.anna)
    assert "Komplettera planen" in client.get(reverse("overview:sip")).content.decode()
    plan.edit_plan(actor=f.actor(county.anna), case_id=case_id, at=clock.now())
    s.fill_plan(case_id, county.anna)
    s.sign_plan(case_id, county.anna)
    now, page = opened(county.anna, case_id)
    assert (now["code"], "Lås" in main_buttons(page)) == ("lock_plan", True)
    now, page = opened(county.bertil, case_id)
    assert now["kind"] == "waiting"
    assert str(now["text"]) == "Anna Lindqvist ska låsa planen"


@pytest.mark.requirement("V-24", "K-04")
def test_who_may_not_initiate_is_told_who_can_instead_of_being_asked_to_summon() -> None:
    county = f.county()
    case_id = f.accepted_case(county)
    now, _page = opened(county.olle, case_id)
    assert (now["kind"], str(now["text"])) == ("waiting", "Anna Lindqvist ska kalla till planering")
    now, _page = opened(county.anna, case_id)
    assert (now["kind"], str(now["text"])) == ("todo", "Kalla till planering")


@pytest.mark.requirement("V-21", "V-62")
def test_a_colleague_is_told_that_the_coordinator_decides_when_to_follow_up() -> None:
    county = f.county()
    case_id = s.locked_plan(county)
    s.print_plan(case_id, county.anna)
    now, _page = opened(county.anna, case_id)
    assert (now["code"], now["kind"]) == ("set_follow_up", "todo")
    now, _page = opened(county.bertil, case_id)
    said = "Anna Lindqvist ska bestämma när planen ska följas upp"
    assert (now["kind"], str(now["text"])) == ("waiting", said)


@pytest.mark.requirement("V-60", "V-61")
def test_the_coordinator_is_not_asked_to_lock_after_one_of_three_activities() -> None:
    county = f.county()
    case_id = s.locked_plan(county)
    s.print_plan(case_id, county.anna)
    s.activate(case_id, county.anna)
    s.report(case_id, county.anna, 0, ReportStatus.DONE)
    now, page = opened(county.anna, case_id)
    assert (now["code"], main_buttons(page)) == ("report_follow_up", ["Spara alla"])
    for number in (1, 2):
        s.report(case_id, county.anna, number, ReportStatus.ONGOING)
    now, page = opened(county.anna, case_id)
    assert (now["code"], main_buttons(page)) == ("lock_follow_up", ["Lås"])


@pytest.mark.requirement("V-42", "V-21")
@pytest.mark.parametrize("by", ["anna", "david"])
def test_nobody_is_asked_to_tell_an_outsider_of_a_meeting_that_has_been(by: str) -> None:
    """Neither the coordinator who is to write the plan, nor another unit that summoned."""
    county = f.county()
    case_id, message_id = f.sent_initiative(county, county.health_centre, county.insurance)
    f.answer(case_id, message_id, county.david, Answer.ACCEPTED)
    sender = getattr(county, by)
    units = [unit for unit in (county.home_care, county.health_centre) if unit != sender.unit]
    f.send_a_summons(case_id, sender, [*units, county.insurance])
    now, _page = opened(sender, case_id)
    assert (now["code"], now["kind"]) == ("tell_external", "todo")
    for who in (county.anna, county.david):
        if who != sender:
            f.answer(case_id, f.facts_of(case_id).sent(Part.SUMMONS).id, who, Answer.ACKNOWLEDGED)
    with time_machine.travel(clock.now() + timedelta(days=20), tick=False):
        operations.renew(clock.now())
        now, _page = opened(sender, case_id)
        assert now["code"] == ("write_plan" if by == "anna" else "await_write_plan")
        client = Client()
        log_in(client, sender)
        listed = client.get(reverse("overview:sip")).content.decode()
        assert "Meddela Försäkringskassan" not in listed
        assert ("Skriv planen" if by == "anna" else "Anna Lindqvist ska skriva planen") in listed


@pytest.mark.requirement("V-21")
def test_a_message_never_goes_before_what_holds_the_process_up() -> None:
    county = f.county()
    case_id = s.signed_plan(county)
    f.send_information(case_id, county.david, f.to_units(county.home_care))
    now, _page = opened(county.anna, case_id)
    assert now["code"] == "lock_plan"
    listed = UnitCase.objects.get(case_id=case_id, unit=county.home_care)
    assert (listed.next_step["code"], listed.bucket) == ("lock_plan", "TODO")
    assert listed.overdue_from == now["due_at"], "the date of that step, not the message's"


@pytest.mark.requirement("V-20", "V-21", "V-95")
def test_the_list_says_of_a_summons_taken_back_what_the_page_says() -> None:
    """Nobody but its sender knows of it: not the coordinator either."""
    county = f.county()
    case_id = f.accepted_case(county)
    f.send_a_summons(case_id, county.david, [county.home_care, county.social])
    voiding.take_back_message(
        process=SIP,
        actor=f.actor(county.david),
        case_id=case_id,
        message_id=f.facts_of(case_id).sent(Part.SUMMONS).id,
        at=clock.now(),
    )
    for who in (county.anna, county.cecilia, county.david):
        now, _page = opened(who, case_id)
        stored = UnitCase.objects.get(case_id=case_id, unit=who.unit)
        assert (stored.next_step["code"], stored.overdue_from) == (now["code"], now["due_at"])


@pytest.mark.requirement("V-20", "V-21")
def test_a_message_that_waits_does_not_hide_what_the_coordinator_does_next() -> None:
    county = f.county()
    case_id = f.accepted_case(county)
    f.send_information(case_id, county.david, f.to_units(county.social))
    now, _page = opened(county.david, case_id)
    assert str(now["text"]) == "Anna Lindqvist ska kalla till planering"
    client = Client()
    log_in(client, county.david)
    listed = client.get(reverse("overview:sip")).content.decode()
    assert "Anna Lindqvist ska kalla till planering" in listed
    assert "har kvitterat informationsmeddelandet" not in listed


def logged_in(who: Assignment) -> Client:
    client = Client()
    log_in(client, who)
    return client


def _voided(county: f.County) -> UUID:
    case_id = f.accepted_case(county)
    initiative = f.facts_of(case_id).sent(Part.INITIATIVE)
    logged_in(county.anna).post(reverse("sip:void_message", args=[case_id, initiative.id]), {"words": "Fel"})
    return case_id


def _denied(county: f.County) -> UUID:
    case_id, message_id = f.sent_initiative(county)
    f.answer(case_id, message_id, county.david, Answer.ACCEPTED)
    f.answer(case_id, message_id, county.cecilia, Answer.DENIED, suggested_unit_id=county.hospital.pk)
    return case_id


def _outside(county: f.County) -> UUID:
    case_id, message_id = f.sent_initiative(county, county.health_centre, county.insurance)
    f.answer(case_id, message_id, county.david, Answer.ACCEPTED)
    return case_id


def _late(county: f.County) -> UUID:
    case_id, message_id = f.sent_initiative(county)
    f.answer(case_id, message_id, county.david, Answer.ACCEPTED)
    summons_id = f.send_a_summons(case_id, county.anna, [county.health_centre])
    f.answer(case_id, summons_id, county.david, Answer.ACKNOWLEDGED)
    f.answer(case_id, message_id, county.cecilia, Answer.ACCEPTED)
    return case_id


@pytest.mark.parametrize(("situation", "said"), [
    (s.locked_plan, "Anna Lindqvist ska skriva ut planen och lämna över den"),
    ("printed", "Anna Lindqvist ska bestämma när planen ska följas upp"),
    ("scheduled", "Anna Lindqvist ska följa upp planen"),
    (f.accepted_case, "Anna Lindqvist ska kalla till planering"),
    (_voided, "Anna Lindqvist ska skicka ett nytt initiativ"),
    (_denied, "Anna Lindqvist ska bestämma vilken enhet som ska få initiativet i stället"),
    (_outside, "Anna Lindqvist ska meddela en enhet utanför systemet"),
    (_late, "Anna Lindqvist ska kalla en enhet till"),
])  # fmt: skip
def test_the_others_are_told_what_the_coordinator_is_to_do(situation: object, said: str) -> None:
    county = f.county()
    case_id = situation(county) if callable(situation) else s.locked_plan(county)
    if not callable(situation):
        s.print_plan(case_id, county.anna)
    if situation == "scheduled":
        day = clock.today(clock.now()).isoformat()
        logged_in(county.anna).post(reverse("sip:follow_up_schedule", args=[case_id]), {"due_on": day})
    page = logged_in(county.david).get(reverse("sip:part", args=[case_id, "plan"])).content.decode()
    listed = logged_in(county.david).get(reverse("overview:sip") + "?bucket=all").content.decode()
    assert said in page
    assert "tar nästa steg" not in page + listed


def test_a_unit_is_not_told_that_its_own_follow_up_comes_from_itself() -> None:
    county = f.county()
    case_id = s.locked_plan(county)
    s.print_plan(case_id, county.anna)
    s.activate(case_id, county.anna)
    for number in range(len(s.reports(case_id))):
        s.report(case_id, county.anna, number, ReportStatus.DONE)
    page = logged_in(county.anna).get(reverse("sip:part", args=[case_id, "follow-up"])).content.decode()
    assert "Läs och lås uppföljningen" in page
    assert "Från Hemtjänsten Norr" not in page


def test_one_thing_to_do_stands_out_when_a_unit_outside_is_to_be_told_and_another_has_denied() -> None:
    county = f.county()
    case_id, message_id = f.sent_initiative(county, county.health_centre, county.insurance)
    f.answer(case_id, message_id, county.david, Answer.DENIED, suggested_unit_id=county.hospital.pk)
    anna = logged_in(county.anna)
    page = anna.get(reverse("sip:part", args=[case_id, "initiative"]))
    address = page.context["frame_case"].now["tell_href"]
    assert main_buttons(page.content.decode()) == ["Anteckna hur enheten fick veta"]
    assert main_buttons(anna.get(address).content.decode()) == ["Anteckna"], "one stands there"
    anna.post(address, {"how": "PHONE", "told_on": clock.today(clock.now()).isoformat()})
    page = anna.get(reverse("sip:part", args=[case_id, "initiative"]))
    assert main_buttons(page.content.decode()) == ["Skicka vidare till Avdelning 7 Kullbergska"]
