"""Protection goes up by anybody who takes part, and down by a named role alone, with a reason (L-04, L-12)."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.states import Profession, SystemRole
from samordna.assignments.tests.factories import log_in, worker
from samordna.audit.models import Entry
from samordna.audit.states import Action, Result
from samordna.cases.models import UnitCase
from samordna.cases.states import EndReason
from samordna.casework import events as common
from samordna.casework.case.commands.case import end_case
from samordna.kernel import clock
from samordna.organisations.commands import change_setting
from samordna.people.models import ProtectionChange
from samordna.people.states import IdentityKind, Protection
from samordna.sip.plan.commands import participants
from samordna.sip.plan.commands.participants import OtherPerson
from samordna.sip.process import SIP
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import plans
from samordna.sip.tests import protections as p
from samordna.sip.tests.identities import change_number
from samordna.sip.tests.test_notices import arrived, told

pytestmark = pytest.mark.django_db
MARK, REGISTRATION = Protection.CONFIDENTIALITY_MARK, Protection.PROTECTED_REGISTRATION


@pytest.fixture
def county() -> f.County:
    return f.county()


@pytest.fixture
def case_id(county: f.County) -> UUID:
    """A protected person with contacts, in a case of home care, health centre and social services."""
    case = f.accepted_case(county)
    p.describe(case, county.anna)
    p.protect(case, county.anna)
    return case


@pytest.fixture
def administrator(county: f.County) -> Assignment:
    """Of the coordinator's department, without a right in SIP and outside the case."""
    return p.named_by_the_county(
        worker(county.home_care, initiates=False, answers=False, profession=Profession.OTHER)
    )


def browser(who: Assignment) -> Client:
    client = Client()
    log_in(client, who)
    return client


def url(name: str, *ids: object) -> str:
    return reverse(f"sip:{name}", args=ids)


def about(case_id: UUID, who: Assignment) -> str:
    return browser(who).get(url("person", case_id)).content.decode()


def save(case_id: UUID, who: Assignment, **typed: object):
    data = {"version": p.person_of(case_id).version, "name": "Karl-Erik Wallin"}
    return browser(who).post(url("person", case_id), data | typed)


def lowering(case_id: UUID, **typed: object) -> dict[str, object]:
    return {
        "identifier": p.number_of(case_id),
        "seen": p.person_of(case_id).protection,
        "protection": Protection.NONE.value,
        "reason": "Markeringen är borttagen.",
        "checked_where": "Folkbokföringen",
    } | typed


def lower(case_id: UUID, who: Assignment, **typed: object):
    return browser(who).post(url("lower_protection", case_id), lowering(case_id, **typed))


def opening(case_id: UUID, *contacts: str, **typed: object) -> dict[str, object]:
    return {
        "identifier": p.number_of(case_id),
        "contacts": contacts,
        "reason": "Adressen är inte längre hemlig.",
        "checked_where": "Folkbokföringen",
    } | typed


def protection(case_id: UUID) -> str:
    return p.person_of(case_id).protection


@pytest.mark.requirement("L-04", "L-12")
def test_whoever_takes_part_raises_a_protection_and_never_lowers_it(county: f.County, case_id: UUID) -> None:
    page = save(case_id, county.anna, protection="NONE")
    assert "Skyddet kan bara höjas här." in page.content.decode()
    assert protection(case_id) == REGISTRATION
    assert not any(word in about(case_id, county.anna) for word in p.WORDS)
    assert save(case_id, county.anna, protection="FICTITIOUS").status_code == 302
    assert protection(case_id) == Protection.FICTITIOUS
    assert 'value="NONE"' not in about(case_id, county.anna)


@pytest.mark.requirement("L-12")
def test_a_form_from_before_somebody_raised_the_protection_lowers_nothing(
    county: f.County, case_id: UUID
) -> None:
    old = p.person_of(case_id).version
    p.protect(case_id, county.anna, Protection.FICTITIOUS)
    page = save(case_id, county.anna, version=old, protection=REGISTRATION.value)
    assert "Någon annan har ändrat personens uppgifter" in page.content.decode()
    assert protection(case_id) == Protection.FICTITIOUS


@pytest.mark.requirement("L-04", "L-12", "L-05")
def test_the_named_role_lowers_it_from_outside_and_sees_nothing_of_the_person(
    case_id: UUID, administrator: Assignment
) -> None:
    number = f.facts_of(case_id).case.number
    client = browser(administrator)
    found = client.post(url("find_protection"), {"number": number})
    assert found.url == url("lower_protection", case_id)
    pages = [client.get(found.url), client.post(found.url, lowering(case_id), follow=True)]
    for page in pages:
        text = page.content.decode()
        assert number in text
        assert not any(word in text for word in (*p.WORDS, "Wallin", p.number_of(case_id)[:8]))
    assert protection(case_id) == "NONE"
    change = ProtectionChange.objects.get()
    assert (change.before, change.after, change.checked_where) == (REGISTRATION, "NONE", "Folkbokföringen")
    logged = Entry.objects.get(action=Action.PERSON_PROTECTION_LOWERED)
    assert (logged.person_id, logged.case_id) == (p.person_of(case_id).pk, case_id)
    assert "Folkbokföringen" not in str(logged.details), "the log holds no text"
    shown = Entry.objects.filter(action=Action.CASE_ENVELOPE_SHOWN, user_id=administrator.user_id)
    assert {entry.person_id for entry in shown} == {p.person_of(case_id).pk}


@pytest.mark.requirement("L-04", "L-12")
def test_a_protection_raised_meanwhile_is_told_and_lowered_at_the_second_try(
    county: f.County, case_id: UUID, administrator: Assignment
) -> None:
    before = p.person_of(case_id).protection
    p.protect(case_id, county.anna, Protection.FICTITIOUS)
    page = lower(case_id, administrator, seen=before)
    assert protection(case_id) == Protection.FICTITIOUS
    form = page.context["form"]
    assert "Folkbokföringen" in page.content.decode()
    lower(case_id, administrator, seen=form["seen"].value())
    assert protection(case_id) == Protection.NONE


@pytest.mark.requirement("L-04", "L-12")
def test_what_stood_under_the_protection_stays_hidden_until_it_is_opened_one_by_one(
    county: f.County, case_id: UUID, administrator: Assignment
) -> None:
    lower(case_id, administrator)
    page = about(case_id, county.anna)
    assert not any(word in page for word in p.WORDS)
    assert "Vissa kontaktuppgifter är dolda" in page
    client, where = browser(administrator), url("open_contacts", case_id)
    assert client.post(where, opening(case_id, "phone")).status_code == 302
    page = about(case_id, county.anna)
    assert [word in page for word in p.WORDS] == [True, False, False, False]
    left = client.get(where).context["open_form"]
    everything = [key for key, _word in left.fields["contacts"].choices]
    shown = client.post(where, opening(case_id, *everything), follow=True).content.decode()
    assert not any(word in shown for word in (*p.WORDS, "Lena"))
    page = about(case_id, county.anna)
    assert all(word in page for word in p.WORDS)
    assert Entry.objects.filter(action=Action.PERSON_CONTACTS_OPENED).count() == 2


@pytest.mark.requirement("L-12")
def test_what_is_hidden_is_not_emptied_by_who_cannot_see_it_and_a_new_one_replaces_it(
    county: f.County, case_id: UUID, administrator: Assignment
) -> None:
    lower(case_id, administrator)
    save(case_id, county.anna, protection="NONE", phone="", address="Storgatan 1", municipality="")
    person = p.person_of(case_id)
    assert (person.phone, person.address, person.municipality) == (p.PHONE, "Storgatan 1", p.TOWN)
    page = about(case_id, county.anna)
    assert "Storgatan 1" in page
    assert p.PHONE not in page


@pytest.mark.requirement("L-12")
@pytest.mark.parametrize("typed", [
    {"reason": " "}, {"checked_where": ""}, {"protection": REGISTRATION.value}, {"protection": "FICTITIOUS"},
    {"identifier": "19410110-6393"}, {"identifier": "20200101"}, {"seen": "FICTITIOUS"}, {"seen": "NONE"},
])  # fmt: skip
def test_nothing_is_lowered_without_reason_check_and_the_persons_own_number(
    case_id: UUID, administrator: Assignment, typed: dict[str, str]
) -> None:
    page = lower(case_id, administrator, **typed)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert protection(case_id) == REGISTRATION
    assert not ProtectionChange.objects.exists()


@pytest.mark.requirement("L-12", "L-04", "V-23")
@pytest.mark.parametrize("page", ["lower_protection", "open_contacts"])
def test_the_page_does_not_tell_whose_a_number_is(
    county: f.County, case_id: UUID, administrator: Assignment, page: str
) -> None:
    """No number is compared by a form that would be refused anyway; one that is wrong counts and is reviewed."""
    change_setting(
        actor=None, department_id=None, key="existence_questions_per_hour", value=2, at=clock.now()
    )
    stranger = f.new_person(f.actor(county.eva), name="Maj Ek", number="194101106393")
    if page == "open_contacts":
        lower(case_id, administrator)
    typed = (
        lowering(case_id, seen=MARK.value)
        if page == "lower_protection"
        else opening(case_id, "phone", "municipality", "00000000-0000-0000-0000-000000000000")
    )
    client = browser(administrator)
    said = {
        client.post(url(page, case_id), typed | {"identifier": number}).content.decode().count("gäller inte")
        for number in (p.number_of(case_id), "19410110-6393", "19240909-9054")
    }
    assert said == {0}
    good = lowering(case_id) if page == "lower_protection" else opening(case_id, "phone")
    before = protection(case_id)
    for number in ("19410110-6393", "19240909-9054"):
        answer = client.post(url(page, case_id), good | {"identifier": number}).content.decode()
        assert "gäller inte någon med det numret" in answer
    tried = Entry.objects.filter(action=Action.ACT_REFUSED, person_id=stranger)
    assert tried.count() == 1
    for number in ("19410110-6393", p.number_of(case_id)):
        assert "2 personer" in client.post(url(page, case_id), good | {"identifier": number}).content.decode()
    assert protection(case_id) == before


@pytest.mark.requirement("L-12", "L-04")
def test_a_case_that_has_ended_is_no_way_to_lower_while_another_goes_on(
    county: f.County, case_id: UUID
) -> None:
    person = p.person_of(case_id).pk
    end_case(
        process=SIP,
        actor=f.actor(county.anna),
        case_id=case_id,
        reason=EndReason.MOVED,
        comment="",
        at=clock.now(),
    )
    named = p.named_by_the_county(worker(county.home_care, initiates=False, answers=False))
    client = browser(named)
    assert client.get(url("lower_protection", case_id)).status_code == 200
    other = f.new_case(county.eva, person_id=person)
    assert client.get(url("lower_protection", case_id)).status_code == 404
    assert lower(case_id, named).status_code == 404
    number = f.facts_of(case_id).case.number
    assert (
        "Det finns inget sådant ärende"
        in client.post(url("find_protection"), {"number": number}).content.decode()
    )
    assert protection(other) == REGISTRATION
    there = p.named_by_the_county(worker(county.psychiatry, initiates=False, answers=False))
    assert lower(other, there).status_code == 302
    assert protection(other) == Protection.NONE


@pytest.mark.requirement("L-12")
def test_one_step_down_and_the_next_keep_what_is_hidden(
    county: f.County, case_id: UUID, administrator: Assignment
) -> None:
    assert lower(case_id, administrator, protection=MARK.value).status_code == 302
    assert (
        browser(administrator).post(url("open_contacts", case_id), opening(case_id, "phone")).status_code
        == 200
    ), "as long as there is a protection nothing is opened"
    assert lower(case_id, administrator).status_code == 302
    assert not any(word in about(case_id, county.anna) for word in p.WORDS)


@pytest.mark.requirement("L-12", "K-05")
@pytest.mark.parametrize(
    ("role", "reaches"),
    [(SystemRole.ADMINISTRATOR, True), (SystemRole.SYSTEM_MANAGER, True), (SystemRole.SUPERUSER, False)],
)
def test_the_county_names_the_role(county: f.County, case_id: UUID, role: SystemRole, reaches: bool) -> None:
    holder = p.named_by_the_county(
        worker(county.home_care, initiates=False, answers=False, profession=Profession.OTHER), role
    )
    assert (browser(holder).get(url("find_protection")).status_code == 200) is reaches
    assert (lower(case_id, holder).status_code == 302) is reaches
    assert (protection(case_id) == "NONE") is reaches


@pytest.mark.requirement("L-12")
def test_the_county_can_name_superusers_instead(
    county: f.County, case_id: UUID, administrator: Assignment
) -> None:
    change_setting(
        actor=None, department_id=None, key="protection_lowered_by", value=["SUPERUSER"], at=clock.now()
    )
    assert lower(case_id, administrator).status_code == 404
    superuser = p.named_by_the_county(county.bertil, SystemRole.SUPERUSER)
    assert lower(case_id, superuser).status_code == 302


@pytest.mark.requirement("L-12", "L-02")
def test_an_administrator_elsewhere_a_user_in_the_case_and_a_stranger_get_the_same_answer(
    county: f.County, case_id: UUID
) -> None:
    elsewhere = p.named_by_the_county(county.eva)
    number = f.facts_of(case_id).case.number
    page = browser(elsewhere).post(url("find_protection"), {"number": number})
    assert "Det finns inget sådant ärende" in page.content.decode()
    for who in (elsewhere, county.anna, county.frida):
        for name in ("lower_protection", "open_contacts"):
            assert browser(who).get(url(name, case_id)).status_code == 404
            assert browser(who).post(url(name, case_id), lowering(case_id)).status_code == 404
    assert protection(case_id) == REGISTRATION
    assert Entry.objects.filter(result=Result.REFUSED, user_id=county.anna.user_id, case_id=case_id).exists()


@pytest.mark.requirement("L-12")
def test_the_coordinator_takes_a_lowering_back_for_14_days_and_everything_is_hidden_again(
    county: f.County, case_id: UUID, administrator: Assignment
) -> None:
    lower(case_id, administrator)
    browser(administrator).post(url("open_contacts", case_id), opening(case_id, "phone"))
    change = ProtectionChange.objects.earliest("made_at")
    undo = url("undo_lowering", case_id, change.pk)
    assert undo in about(case_id, county.anna)
    assert undo not in about(case_id, county.david)
    browser(county.david).post(undo)
    assert protection(case_id) == "NONE"
    assert browser(county.anna).post(undo).status_code == 302
    assert protection(case_id) == REGISTRATION
    assert not any(word in about(case_id, county.anna) for word in p.WORDS)
    assert Entry.objects.filter(action=Action.PERSON_PROTECTION_RESTORED, case_id=case_id).count() == 1
    browser(county.anna).post(undo)
    assert Entry.objects.filter(action=Action.PERSON_PROTECTION_RESTORED).count() == 1
    lower(case_id, administrator)
    assert p.PHONE not in about(case_id, county.anna)


@pytest.mark.requirement("L-12", "V-11", "V-12")
def test_the_coordinators_unit_is_told_by_mail_once_and_finds_the_case(
    county: f.County, case_id: UUID, administrator: Assignment
) -> None:
    """Whoever lowers it may stand outside the case. Nothing of the person or the case stands in the mail."""
    before = UnitCase.objects.get(case_id=case_id, unit=county.home_care).last_change
    acts = {
        common.PROTECTION_LOWERED: lambda: lower(case_id, administrator),
        common.CONTACTS_OPENED: lambda: browser(administrator).post(
            url("open_contacts", case_id), opening(case_id, "phone")
        ),
    }
    for event, act in acts.items():
        assert arrived(act) == told(event, county.home_care)
        text = f"{mail.outbox[0].subject} {mail.outbox[0].body}"
        number = f.facts_of(case_id).case.number
        assert not any(word in text for word in (*p.WORDS, "Wallin", p.number_of(case_id)[:8], number))
        changed = UnitCase.objects.get(case_id=case_id, unit=county.home_care).last_change
        assert changed > before, "the list says that the case has changed"
        before = changed
    lower_again = p.named_by_the_county(county.anna)
    p.protect(case_id, county.david)
    assert arrived(lambda: lower(case_id, lower_again)) == set(), "the coordinator did it herself"


@pytest.mark.requirement("L-12")
@pytest.mark.parametrize(("days", "undone"), [(13, True), (15, False)])
def test_after_14_days_it_is_raised_and_not_taken_back(
    county: f.County, case_id: UUID, administrator: Assignment, days: int, undone: bool
) -> None:
    lower(case_id, administrator)
    ProtectionChange.objects.update(made_at=clock.now() - timedelta(days=days))
    browser(county.anna).post(url("undo_lowering", case_id, ProtectionChange.objects.get().pk))
    assert (protection(case_id) == REGISTRATION) is undone


@pytest.mark.requirement("L-12")
def test_taking_back_never_makes_a_protection_weaker_than_it_has_become(
    county: f.County, case_id: UUID, administrator: Assignment
) -> None:
    lower(case_id, administrator)
    p.protect(case_id, county.anna, Protection.FICTITIOUS)
    browser(county.anna).post(url("undo_lowering", case_id, ProtectionChange.objects.get().pk))
    assert protection(case_id) == Protection.FICTITIOUS


def test_another_persons_change_is_not_undone_here(
    county: f.County, case_id: UUID, administrator: Assignment
) -> None:
    lower(case_id, administrator)
    other = f.new_case(county.anna)
    for change_id in (ProtectionChange.objects.get().pk, uuid4()):
        browser(county.anna).post(url("undo_lowering", other, change_id))
    assert protection(case_id) == "NONE"


@pytest.mark.requirement("L-12", "L-05")
def test_what_is_done_stands_with_reason_and_name_on_the_page_about_the_person(
    county: f.County, case_id: UUID, administrator: Assignment
) -> None:
    lower(case_id, administrator)
    page = about(case_id, county.david)
    assert "Sänkt från Skyddad folkbokföring till Inget skydd" in page
    assert "Kontrollerat: Folkbokföringen" in page
    assert administrator.user.name in page


def test_administrera_leads_whoever_is_named_there(county: f.County, administrator: Assignment) -> None:
    for who, offered in ((administrator, True), (county.anna, False)):
        page = browser(who).get(reverse("overview:administer")).content.decode()
        assert (url("find_protection") in page) is offered


@pytest.mark.requirement("L-04", "L-12")
def test_contacts_in_the_plan_are_hidden_too_and_kept_when_the_line_is_edited(
    county: f.County, administrator: Assignment
) -> None:
    case = plans.begun_plan(county)
    participants.add_other(
        actor=f.actor(county.anna), case_id=case, part=Part.PLAN,
        person=OtherPerson("Lena Wallin", "dotter", p.RELATIVES), at=clock.now(),
    )  # fmt: skip
    anna, part = browser(county.anna), url("part", case, "plan")
    line = next(one for one in plans.open_rows(case).participants if one.contact)
    edit = url("participant_person", case, "plan", line.lineage)
    assert p.RELATIVES in anna.get(part).content.decode()
    assert p.RELATIVES in anna.get(edit).content.decode()
    p.describe(case, county.anna)
    p.protect(case, county.anna)
    for _level in range(2):
        for where in (part, edit):
            assert p.RELATIVES not in anna.get(where).content.decode()
        lower(case, administrator)
    anna.post(edit, {"act": "write", "name": "Lena Ek", "role": "dotter", "version": line.written.version})
    kept = next(one for one in plans.open_rows(case).participants if one.lineage == line.lineage)
    assert (kept.name, kept.contact) == ("Lena Ek", p.RELATIVES)


@pytest.mark.requirement("L-04", "L-12")
@pytest.mark.parametrize("phone", ["", p.PHONE])
def test_contacts_in_the_plan_stay_hidden_after_a_lowering_until_they_are_opened(
    county: f.County, administrator: Assignment, phone: str
) -> None:
    """Whatever is hidden or written of her own contacts: also for whom the case is corrected to."""
    case_id = plans.begun_plan(county)
    sister = OtherPerson("Syster Yster", "syster", "Hemliga gatan 4")
    participants.add_other(
        actor=f.actor(county.anna), case_id=case_id, part=Part.PLAN, person=sister, at=clock.now()
    )
    p.change(case_id, county.anna, phone=phone)
    plan = reverse("sip:part", args=[case_id, "plan"])

    def shown() -> bool:
        return sister.contact in browser(county.anna).get(plan).content.decode()

    assert shown()
    p.protect(case_id, county.anna, Protection.FICTITIOUS)
    lower(case_id, administrator)
    assert not shown()
    save(case_id, county.anna, protection="NONE", phone="0150-100 00")
    assert not shown()
    change_number(case_id, county.anna, "19410110-6393", IdentityKind.CORRECTED, name="Rätta Personen")
    assert not shown()
    client, where = browser(administrator), url("open_contacts", case_id)
    offered = client.get(url("lower_protection", case_id)).content.decode()
    assert "Kontakter i planen" in offered
    assert client.post(where, opening(case_id, "plans")).status_code == 302
    assert shown()
