"""A refusal names the true reason: acts that are refused, in each state that the sentence could be untrue of."""

from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import log_in
from samordna.casework.messages.commands import voiding
from samordna.messaging.states import Answer
from samordna.sip.initiative.commands import save_initiative
from samordna.sip.plan.commands import plan
from samordna.sip.process import SIP
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Row:
    """Somebody (`who`) does something in a case, and is told `said` and not `never`."""

    name: str
    case: Callable[[f.County], UUID]
    who: str
    does: Callable[[Client, f.County, UUID], str]
    said: str
    never: str

    def __str__(self) -> str:
        return self.name


def url(name: str, case_id: UUID, *more: object) -> str:
    return reverse(f"sip:{name}", args=[case_id, *more])


def reads(name: str, *more: object) -> Callable[[Client, f.County, UUID], str]:
    return lambda client, _county, case_id: client.get(url(name, case_id, *more)).content.decode()


def posts(name: str, **typed: object) -> Callable[[Client, f.County, UUID], str]:
    def post(client: Client, _county: f.County, case_id: UUID) -> str:
        return client.post(url(name, case_id), typed, follow=True).content.decode()

    return post


def draft_of_initiative(county: f.County) -> UUID:
    case_id = f.new_case(county.anna)
    save_initiative(
        actor=f.actor(county.anna), case_id=case_id, message_id=None, version=0,
        chosen=f.to_units(county.social), text=f.INITIATIVE, at=s.clock.now(),
    )  # fmt: skip
    return case_id


def taken_back(county: f.County) -> UUID:
    case_id, message_id = f.sent_initiative(county)
    voiding.take_back_message(
        process=SIP, actor=f.actor(county.anna), case_id=case_id, message_id=message_id, at=s.clock.now()
    )
    return case_id


def voided_initiative(county: f.County) -> UUID:
    case_id, message_id = f.sent_initiative(county)
    voiding.void_message(
        process=SIP,
        actor=f.actor(county.anna),
        case_id=case_id,
        message_id=message_id,
        reason="Fel enhet",
        at=s.clock.now(),
    )
    return case_id


def voided_plan(county: f.County) -> UUID:
    case_id = s.signed_plan(county)
    plan.void_plan(actor=f.actor(county.anna), case_id=case_id, reason="Fel datum", at=s.clock.now())
    return case_id


def ended(county: f.County) -> UUID:
    case_id = s.signed_plan(county)
    s.end_case(case_id, county.anna)
    return case_id


def ended_for_one_who_denied(county: f.County) -> UUID:
    case_id, message_id = f.sent_initiative(county)
    f.answer(case_id, message_id, county.david, Answer.ACCEPTED)
    f.answer(case_id, message_id, county.cecilia, Answer.DENIED, suggested_text="Rehab")
    s.end_case(case_id, county.anna)
    return case_id


def coordinator_left(county: f.County) -> UUID:
    case_id = s.signed_plan(county)
    Assignment.objects.filter(pk=county.anna.pk).update(ends_on="2020-01-01")
    return case_id


def reports(client: Client, _county: f.County, case_id: UUID) -> str:
    line = UUID(int=7)
    typed = {f"{line}-status": "DONE", f"{line}-note": "", f"{line}-version": "1", "save": str(line)}
    return client.post(url("follow_up_report", case_id), typed, follow=True).content.decode()


GONE = "Meddelandet gäller inte längre"
ROWS = [
    Row(
        "add a unit, nothing written",
        lambda c: f.new_case(c.anna),
        "anna",
        reads("units"),
        "Det är inte skickat än.",
        GONE,
    ),
    Row("add a unit, a draft", draft_of_initiative, "anna", reads("units"), "Det är inte skickat än.", GONE),
    Row("add a unit, taken back", taken_back, "anna", reads("units"), "Meddelandet är tillbakataget.", GONE),
    Row(
        "add a unit, voided",
        voided_initiative,
        "anna",
        reads("units"),
        "har makulerat meddelandet: Fel enhet",
        GONE,
    ),
    Row("edit a voided plan", voided_plan, "david", posts("edit"), "Planen är makulerad.", "inte påbörjad"),
    Row(
        "take over a signed plan",
        s.signed_plan,
        "bertil",
        posts("take_over"),
        "Planen är signerad.",
        "inte påbörjad",
    ),
    Row(
        "begin a plan that is signed",
        s.signed_plan,
        "david",
        posts("begin_plan"),
        "Välj Redigera",
        "när den är signerad",
    ),
    Row(
        "void a plan that is voided",
        voided_plan,
        "anna",
        reads("void_plan"),
        "Planen är makulerad.",
        "inte påbörjad",
    ),
    Row(
        "follow up before there is a plan",
        f.accepted_case,
        "david",
        reads("part", "follow-up"),
        "Kan påbörjas när planen är låst.",
        "kan låsa den",
    ),
    Row(
        "follow up a signed plan",
        s.signed_plan,
        "david",
        reads("part", "follow-up"),
        "Anna Lindqvist, Hemtjänsten Norr, kan låsa",
        "har slutat",
    ),
    Row(
        "follow up, the coordinator has left",
        coordinator_left,
        "david",
        reads("part", "follow-up"),
        "En administratör eller superanvändare utser en ny.",
        "kan låsa den",
    ),
    Row(
        "report without a follow-up",
        s.locked_plan,
        "david",
        reports,
        "Ingen uppföljning är aktiverad.",
        "kan öppna den",
    ),
    Row(
        "lock in a case that is over",
        ended,
        "david",
        posts("lock", version=str(UUID(int=1))),
        "Ärendet är avslutat.",
        "är samordningsansvarig.",
    ),
    Row(
        "print in a case that is over",
        ended,
        "anna",
        reads("part", "plan"),
        "Den låstes aldrig",
        "när planen är låst",
    ),
    Row(
        "void a new plan whose round is not begun",
        s.locked_plan,
        "anna",
        reads("cancel_new_plan"),
        "Ingen ny plan är påbörjad.",
        "har låsts",
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_the_reason_that_is_told_is_the_true_one(row: Row) -> None:
    county = f.county()
    case_id = row.case(county)
    client = Client()
    log_in(client, getattr(county, row.who))
    shown = unescape(row.does(client, county, case_id))
    article = shown[shown.find("<main") :]
    assert row.said in article
    assert row.never not in article.partition("</main>")[0]


def test_a_replaced_plan_is_said_to_be_replaced_also_when_the_newer_one_is_voided() -> None:
    county = f.county()
    case_id = s.locked_plan(county)
    first = f.facts_of(case_id).valid_plan
    s.signed_new_plan(county, case_id)
    s.lock_plan(case_id, county.anna)
    plan.void_plan(actor=f.actor(county.anna), case_id=case_id, reason="Fel", at=s.clock.now())
    anna = Client()
    log_in(anna, county.anna)
    shown = anna.get(url("void_plan", case_id), {"plan": str(first.id)}).content.decode()
    assert "En nyare plan har ersatt den." in shown
    assert "En nyare plan gäller" not in shown
    assert f.facts_of(case_id).standing(Part.PLAN) is None
