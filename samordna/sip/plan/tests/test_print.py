"""Only a locked plan is printed, the print is what was locked, and an earlier plan's print says so (V-54, V-55)."""

import io
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.conf import settings
from django.utils import dateformat
from pypdf import PdfReader

from samordna.accounts.models import User
from samordna.assignments.tests.factories import worker
from samordna.audit.queries import entries_for_case
from samordna.cases.commands import start_round
from samordna.cases.consent import record_consent
from samordna.cases.states import ConsentScope
from samordna.kernel import clock
from samordna.kernel.workingdays import add_working_days
from samordna.messaging.states import Answer
from samordna.organisations.models import Organisation
from samordna.people.states import IdentityKind
from samordna.sip.models import PlanPrinting
from samordna.sip.plan.commands.participants import OtherPerson, add_other
from samordna.sip.plan.commands.plan import begin_plan
from samordna.sip.requirements import begin_refusal
from samordna.sip.states import Beginning, Part
from samordna.sip.tests import plans, protections
from samordna.sip.tests.factories import (
    CONSENT,
    County,
    actor,
    answer,
    county,
    facts_of,
    send_a_summons,
    sent_initiative,
)
from samordna.sip.tests.identities import change_number
from samordna.sip.tests.plan_pages import browser, plan_text, post, read, url

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> County:
    return county()


def pdf_text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


@pytest.mark.requirement("V-54", "V-55", "L-05")
def test_the_locked_plan_is_printed_as_it_was_signed(place: County) -> None:
    case_id = plans.locked_plan(place)
    plans.let_worker_print()
    version = plans.locked_version(case_id)
    response = browser(place.david).post(url("print", case_id, version.id))
    assert response.headers["Content-Type"] == "application/pdf"
    number = facts_of(case_id).case.number
    assert response.headers["Content-Disposition"] == f'inline; filename="sip-{number}-version-1.pdf"'
    text = pdf_text(response.content)
    for part in (
        "Karl-Erik Wallin", "Det här är viktigt för mig", "Jag vill bo kvar hemma", "Träna i trappan",
        "Dottern handlar",
        "Katrineholms kommun", "Anna Lindqvist", "David Holm", "Underskrifter", "Sida 1 av",
    ):  # fmt: skip
        assert part in text
    assert [entry.action for entry in entries_for_case(case_id)].count("document.printed") == 1
    assert PlanPrinting.objects.get().edition_id == version.id


@pytest.mark.requirement("V-55", "L-03")
def test_the_print_lists_each_consent_to_a_sip_and_a_namesake_signs_too(place: County) -> None:
    case_id = plans.begun_plan(place)
    namesake = OtherPerson("Karl-Erik Wallin", "far", "0150-555 03")
    add_other(actor=actor(place.anna), case_id=case_id, part=Part.PLAN, person=namesake, at=clock.now())
    plans.complete(case_id, place, place.anna)
    case, at = facts_of(case_id).case, clock.now()
    for scope, unit in ((ConsentScope.SIP, place.psychiatry), (ConsentScope.INFORMATION, place.hospital)):
        choice = replace(CONSENT, scope=scope, until_on=date(2031, 5, 4))
        record_consent(case=case, choice=choice, units=[(unit.pk, unit.name)], actor=actor(place.anna), at=at)
    again = [(unit.pk, unit.name) for unit in (place.home_care, place.social)]
    record_consent(case=case, choice=CONSENT, units=again, actor=actor(place.anna), at=at)
    plans.sign(case_id, place.anna)
    plans.lock(case_id, place.anna)
    plans.let_worker_print()
    response = browser(place.anna).post(url("print", case_id, plans.locked_version(case_id).id))
    text = " ".join(pdf_text(response.content).split())
    consent = text[text.index("Samtycke") : text.index("Signerad i Samordna")]
    assert "Vårdcentralen Linden" in consent
    assert "Psykiatriska öppenvården" in consent
    assert "Avdelning 7 Kullbergska" not in consent
    assert consent.count("Samtycke antecknat") == 2
    assert consent.count("Hemtjänsten Norr") == 1, "a unit that has one already is not named again"
    assert consent.count("Det gäller till och med 4 maj 2031.") == 1, "the other holds during the whole SIP"
    lines = text[text.index("Underskrifter") :]
    assert lines.count("Karl-Erik Wallin Datum Den som planen gäller") == 1
    assert lines.count("Karl-Erik Wallin Datum far") == 1


@pytest.mark.requirement("V-55", "L-04")
def test_a_protected_coordinators_telephone_is_printed_nowhere(place: County) -> None:
    """The unit's stands instead: staff can be protected too."""
    User.objects.filter(pk=place.anna.user_id).update(phone="0150-999 88", protected=True)
    Organisation.objects.filter(pk=place.home_care.pk).update(phone="0150-570 00")
    case_id = plans.locked_plan(place)
    plans.let_worker_print()
    response = browser(place.anna).post(url("print", case_id, plans.locked_version(case_id).id))
    text = " ".join(pdf_text(response.content).split())
    assert "0150-570 00" in text
    assert "0150-999 88" not in text


@pytest.mark.requirement("V-55")
def test_a_unit_that_denied_stands_nowhere_and_no_goal_stands_after_a_person(place: County) -> None:
    case_id, message_id = sent_initiative(
        place, place.health_centre, place.social, place.psychiatry, place.insurance
    )
    answer(case_id, message_id, place.david, Answer.ACCEPTED)
    answer(case_id, message_id, place.cecilia, Answer.DENIED, suggested_text="Skolan")
    answer(case_id, message_id, worker(place.psychiatry), Answer.ACCEPTED)
    outside = next(d for d in facts_of(case_id).message(message_id).standing if d.external)
    denies = {"answer": "DENIED", "suggested_text": "Arbetsförmedlingen"}
    told = {"how": "PHONE", "told_on": clock.today(clock.now()).isoformat(), "told_time": "", **denies}
    browser(place.anna).post(url("external", case_id, message_id, outside.id), told)
    send_a_summons(case_id, place.anna, [place.health_centre, place.psychiatry])
    begin_plan(actor=actor(place.anna), case_id=case_id, at=clock.now())
    plans.complete(case_id, place, place.anna)
    plans.sign(case_id, place.anna)
    plans.lock(case_id, place.anna)
    plans.let_worker_print()
    response = browser(place.anna).post(url("print", case_id, plans.locked_version(case_id).id))
    text = " ".join(pdf_text(response.content).split())
    assert place.psychiatry.name in text
    assert place.social.name not in text
    assert place.insurance.name not in text
    assert "Vem som ansvarar för vad Står vid varje mål och aktivitet." in text
    assert (
        text.index("Mål och aktiviteter")
        < text.index("Jag vill bo kvar hemma")
        < text.index("Insatser som behövs")
    )
    assert text.count("Jag vill bo kvar hemma") == 1


@pytest.mark.requirement("V-55")
def test_a_character_that_cannot_be_printed_is_kept_and_told_before_the_lock(place: County) -> None:
    case_id = plans.begun_plan(place)
    plans.complete(case_id, place, place.anna)
    typed = "Skriva 日記 och läsa مرحبا \ue000"
    plans.a_goal(case_id, place.anna, text=typed)
    plans.sign(case_id, place.anna)
    told = read(browser(place.anna), url("lock", case_id))
    assert "står på papperet som nummer: 日 記 \ue000" in told
    assert typed in told


@pytest.mark.requirement("V-54")
def test_a_plan_that_is_not_locked_is_not_printed(place: County) -> None:
    case_id = plans.signed_plan(place)
    anna = browser(place.anna)
    said, who = "Planen kan skrivas ut när den är låst.", "Anna Lindqvist, Hemtjänsten Norr, kan låsa den."
    assert f"{said} {who}" in plan_text(browser(place.david), case_id)
    assert said in plan_text(anna, case_id)
    assert who not in plan_text(anna, case_id), "she knows"
    version = facts_of(case_id).standing(Part.PLAN).valid_version
    response = anna.post(url("print", case_id, version.id))
    assert response.status_code == 409
    assert "Planen kan skrivas ut när den är låst" in response.content.decode()
    plans.lock(case_id, place.anna)
    plans.let_worker_print()
    post(anna, url("unlock", case_id))
    assert anna.post(url("print", case_id, version.id)).status_code == 409


@pytest.mark.requirement("V-55")
def test_while_the_print_is_made_the_page_looks_again_by_itself(place: County) -> None:
    case_id = plans.locked_plan(place)
    version = plans.locked_version(case_id)
    anna = browser(place.anna)
    assert "Utskriften görs i ordning" in post(anna, url("print", case_id, version.id))
    waiting = anna.get(url("print_wait", case_id, version.id))
    assert waiting.headers["Refresh"] == "3"
    assert not PlanPrinting.objects.exists()
    plans.let_worker_print()
    ready = anna.get(url("print_wait", case_id, version.id))
    assert "Refresh" not in ready.headers
    assert "Planen är klar att skriva ut" in ready.content.decode()
    assert anna.post(url("print", case_id, version.id)).headers["Content-Type"] == "application/pdf"


@pytest.mark.requirement("L-02")
def test_outsiders_cannot_print(place: County) -> None:
    case_id = plans.locked_plan(place)
    plans.let_worker_print()
    version = plans.locked_version(case_id)
    assert browser(place.frida).post(url("print", case_id, version.id)).status_code == 404
    other = plans.locked_plan(place)
    foreign = plans.locked_version(other)
    assert browser(place.anna).post(url("print", case_id, foreign.id)).status_code == 404


@pytest.mark.requirement("V-56", "L-06")
def test_the_print_of_a_voided_plan_says_so(place: County) -> None:
    case_id = plans.locked_plan(place)
    version = plans.locked_version(case_id)
    anna = browser(place.anna)
    post(anna, url("void_plan", case_id), reason="Fel på datum", comment="")
    plans.let_worker_print()
    text = pdf_text(anna.post(url("print", case_id, version.id)).content)
    assert "MAKULERAD" in text
    assert "Fel på datum" in text


def new_round(place: County, case_id: UUID) -> None:
    """What *Ny plan* does to the case, and the new summons."""
    start_round(case_id=case_id, number=2, actor=actor(place.anna), at=clock.now())
    send_a_summons(case_id, place.anna, [place.health_centre, place.social])


@pytest.mark.requirement("V-70", "V-71", "V-72")
def test_a_new_plan_carries_the_old_one_which_holds_until_the_new_is_locked(place: County) -> None:
    case_id = plans.locked_plan(place)
    old = plans.locked_version(case_id)
    plans.let_worker_print()
    new_round(place, case_id)
    anna = browser(place.anna)
    assert "Plan 1 gäller och följs upp tills den nya är låst" in plan_text(anna, case_id)
    begin_plan(actor=actor(place.anna), case_id=case_id, at=clock.now())
    rows = plans.open_rows(case_id)
    assert rows.standing_goals[0].text == "Jag vill bo kvar hemma"
    assert rows.law.needs == "Hjälp i hemmet"
    assert not rows.law.coordinator_confirmed
    assert not rows.attended
    assert begin_refusal(facts_of(case_id), Beginning.FOLLOW_UP) is None
    assert facts_of(case_id).valid_plan.locked_version.id == old.id
    assert anna.post(url("print", case_id, old.id)).headers["Content-Type"] == "application/pdf"
    plans.complete(case_id, place, place.anna)
    plans.sign(case_id, place.anna)
    assert "ersätts och blir historik" in read(anna, url("lock", case_id))
    plans.lock(case_id, place.anna)
    text = read(anna, url("history", case_id))
    assert "Ersatt av ny plan" in text
    assert "Ersatt av ny plan" in read(anna, url("history_version", case_id, old.id))
    plans.let_worker_print()
    response = anna.post(url("print", case_id, old.id))
    assert "ERSATT" in pdf_text(response.content)
    new = anna.post(url("print", case_id, plans.locked_version(case_id).id))
    assert "ERSATT" not in pdf_text(new.content)
    assert "-plan-2-version-1.pdf" in new.headers["Content-Disposition"]


@pytest.mark.requirement("V-54")
def test_handing_over_and_paper_signatures_are_recorded(place: County) -> None:
    case_id = plans.signed_plan(place)
    david = browser(place.david)
    assert "Kan påbörjas när planen är låst" in read(david, url("handover", case_id))
    plans.lock(case_id, place.anna)
    address = url("handover", case_id)
    today = clock.today(clock.now())
    yesterday = (today - timedelta(days=1)).isoformat()
    assert "Planen var inte låst då." in post(
        david, address, handed_on=yesterday, handed_to="Karl-Erik", signed_on_paper=""
    )
    assert "har inte varit än" in post(
        david, address, handed_on="2099-01-01", handed_to="Karl-Erik", signed_on_paper=""
    )
    assert "Svara på frågan" in post(david, address, handed_on=today, handed_to="", signed_on_paper="")
    text = post(david, address, handed_on=today, handed_to="Karl-Erik", signed_on_paper="Karl-Erik\nAnna")
    assert "Överlämningen är antecknad" in text
    assert f"{today.day} {MONTHS[today.month - 1]} {today.year}" in text
    assert "Signerat på papper" in text
    assert "document.handed_over" in [entry.action for entry in entries_for_case(case_id)]


@pytest.mark.requirement("V-83", "V-55")
def test_the_print_of_a_case_that_is_over_says_when_by_whom_and_why(place: County) -> None:
    case_id = plans.locked_plan(place)
    version = plans.locked_version(case_id)
    plans.let_worker_print()
    anna = browser(place.anna)
    held = pdf_text(anna.post(url("print", case_id, version.id)).content)
    assert "AVSLUTAD" not in held
    anna.post(url("end", case_id), {"reason": "MOVED", "comment": ""})
    anna.post(url("print", case_id, version.id))
    plans.let_worker_print()
    over = pdf_text(anna.post(url("print", case_id, version.id)).content)
    for said in (
        "AVSLUTAD",
        "Arbetet med den här planen avslutades",
        "Anna Lindqvist",
        "Personen har flyttat",
    ):
        assert said in over


@pytest.mark.requirement("V-54", "V-55", "V-83")
def test_the_paper_is_in_swedish_whoever_prints_it_and_gives_the_own_words_of_another_reason(
    place: County,
) -> None:
    case_id = plans.signed_plan(place)
    version = facts_of(case_id).standing(Part.PLAN).valid_version
    anna = browser(place.anna)
    anna.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "The plan is locked" in post(anna, url("lock", case_id), version=str(version.id))
    anna.post(url("end", case_id), {"reason": "OTHER", "comment": "Flyttar utomlands till våren"})
    anna.post(url("print", case_id, version.id))
    plans.let_worker_print()
    text = " ".join(pdf_text(anna.post(url("print", case_id, version.id)).content).split())
    assert "Annan orsak: Flyttar utomlands till våren" in text
    assert "Den enskilde" in text
    day = dateformat.format(clock.today(clock.now()), "j F Y").lower()
    assert f"Samtycke antecknat {day} för" in text
    for english in ("Consent", "individual", "Another reason", "goal", "Guardian", "Mon ", " Nov "):
        assert english not in text, text


@pytest.mark.requirement("V-55", "L-04", "L-12")
def test_the_print_says_that_she_is_protected_or_has_another_number_by_now(place: County) -> None:
    """And the print from before is what it was, when the correction is undone."""
    case_id = plans.locked_plan(place)
    plans.let_worker_print()
    version, anna = plans.locked_version(case_id), browser(place.anna)

    def printed() -> str:
        anna.post(url("print", case_id, version.id))
        plans.let_worker_print()
        return " ".join(pdf_text(anna.post(url("print", case_id, version.id)).content).split())

    marks = ("ANNAT NUMMER", "Skyddade personuppgifter")
    said = "Planen är signerad med ett annat personnummer än det som ärendet har nu."
    assert [mark in printed() for mark in marks] == [False, False]
    assert said not in plan_text(anna, case_id)
    change = change_number(
        case_id, place.anna, "19410110-6393", IdentityKind.CORRECTED, name="Rätta Personen"
    )
    assert [mark in printed() for mark in marks] == [True, False]
    assert said in plan_text(anna, case_id)
    post(anna, url("undo_identity", case_id, change), reason="Fel.")
    protections.protect(case_id, place.anna)
    assert [mark in printed() for mark in marks] == [False, True]


@pytest.mark.requirement("V-54", "V-62")
def test_the_print_says_the_day_of_the_next_follow_up_that_was_set_after_the_lock(place: County) -> None:
    case_id, anna = plans.locked_plan(place), browser(place.anna)
    version = plans.locked_version(case_id).id
    first = add_working_days(clock.today(clock.now()), 20)
    for day in (first, add_working_days(first, 5)):
        post(anna, url("follow_up_schedule", case_id), due_on=day.isoformat())
        plans.let_worker_print()
        text = " ".join(pdf_text(anna.post(url("print", case_id, version)).content).split())
        assert f"{day.day} {MONTHS[day.month - 1]} {day.year}" in text
        assert "Inte bestämd" not in text
