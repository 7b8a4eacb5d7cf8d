"""Consent goes by age: children and guardians, unknown age, and the day a child comes of age (L-03)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import log_in
from samordna.audit.models import Entry
from samordna.audit.states import Action
from samordna.cases.consent import ConsentChoice
from samordna.cases.models import Consent, UnitCase
from samordna.cases.states import ConsentForm, ConsentGiver, ConsentScope, Guardians
from samordna.kernel import clock
from samordna.messaging.states import Answer
from samordna.operations.commands import EACH_DAY
from samordna.people.states import IdentityKind
from samordna.people.tests.factories import CHILD
from samordna.sip.states import Part
from samordna.sip.summons.commands import save_summons
from samordna.sip.tests import factories as f
from samordna.sip.tests.identities import change_number
from samordna.sip.tests.identity_pages import RESERVE
from tests.process.invariants import stored_steps_equal_computed

pytestmark = pytest.mark.django_db
BORN_1999 = f.made_up_number(date(1999, 5, 5))
NO_MONTH = "191500722390"
BY_GUARDIANS = ConsentChoice(
    ConsentGiver.GUARDIAN, "Lena och Bo Wallin", ConsentForm.ORAL, ConsentScope.SIP, guardians=Guardians.BOTH
)
BY_REPRESENTATIVE = ConsentChoice(
    ConsentGiver.LEGAL_REPRESENTATIVE, "Siv Ek", ConsentForm.ORAL, ConsentScope.SIP
)
BY_ITSELF = replace(f.CONSENT, judgement="Förstår vad det gäller.")
GUARDIANS = {
    "giver": "GUARDIAN",
    "giver_name": "Lena Wallin",
    "guardians": "BOTH",
    "how": "ORAL",
    "scope": "SIP",
}
SELF = {"giver": "SELF", "how": "ORAL", "scope": "SIP"}


@pytest.fixture
def county() -> f.County:
    return f.county()


def case_of(county: f.County, number: str) -> UUID:
    person = f.new_person(f.actor(county.anna), number=number)
    return f.new_case(county.anna, person_id=person)


def browser(who: Assignment) -> Client:
    client = Client()
    log_in(client, who)
    return client


def url(name: str, *ids: object) -> str:
    return reverse(f"sip:{name}", args=ids)


def consent(county: f.County, case_id: UUID, **typed: str):
    return browser(county.anna).post(url("consent", case_id), {**typed, "units": [str(county.home_care.pk)]})


def error(response) -> str:
    return " ".join(str(e) for errors in response.context["form"].errors.values() for e in errors)


@pytest.mark.requirement("L-03")
def test_a_guardian_does_not_consent_for_an_adult_and_is_not_offered(county: f.County) -> None:
    case_id = case_of(county, BORN_1999)
    page = browser(county.anna).get(url("consent", case_id)).content.decode()
    assert 'value="GUARDIAN"' not in page
    assert 'name="judgement"' not in page
    refused = consent(county, case_id, **GUARDIANS)
    assert "en vårdnadshavare samtycker inte för en vuxen" in error(refused)
    assert not Consent.objects.exists()
    assert consent(county, case_id, **SELF).status_code == 302


@pytest.mark.requirement("L-03")
def test_neither_does_one_in_an_initiative_nor_for_one_more_recipient(county: f.County) -> None:
    case_id = case_of(county, BORN_1999)
    typed = {
        "check": "1", "reason": "Behov", "initiator": "UNIT", "recipient": [str(county.health_centre.pk)],
        f"ack-{county.health_centre.pk}": "on",
        **{f"consent-{name}": value for name, value in GUARDIANS.items()},
    }  # fmt: skip
    page = browser(county.anna).post(url("draft", case_id, "initiative"), typed)
    assert "samtycker inte för en vuxen" in page.content.decode()
    message = f.send_an_initiative(case_id, county.anna, [county.health_centre])
    more = {
        "recipient": [str(county.hospital.pk)], "send": "1", "consent_shown": "1",
        **{f"consent-{name}": value for name, value in GUARDIANS.items()},
    }  # fmt: skip
    page = browser(county.anna).post(url("add_recipients", case_id, message), more)
    assert "samtycker inte för en vuxen" in page.content.decode()
    assert not Consent.objects.filter(giver="GUARDIAN").exists()


@pytest.mark.requirement("L-03")
@pytest.mark.parametrize(("typed", "said"), [
    (GUARDIANS, ""),
    (GUARDIANS | {"guardians": ""}, "Välj om båda vårdnadshavarna samtycker, eller en."),
    (GUARDIANS | {"guardians": "ONE"}, "Skriv varför bara en vårdnadshavare samtycker."),
    (GUARDIANS | {"guardians": "ONE", "judgement": "Pappan går inte att nå."}, ""),
    (GUARDIANS | {"giver_name": ""}, "Skriv vem som samtyckte."),
    (SELF, "Skriv hur ni har bedömt barnets ålder och mognad."),
    (SELF | {"judgement": "\u200b "}, "Skriv hur ni har bedömt barnets ålder och mognad."),
    (SELF | {"judgement": "Tio år, förstår vad det gäller."}, ""),
    ({"giver": "CANNOT_CONSENT", "how": "OTHER", "scope": "SIP", "cannot_consent_reason": "Medvetslös"}, ""),
    ({"giver": "LEGAL_REPRESENTATIVE", "giver_name": "Eva Ek", "how": "ORAL", "scope": "SIP"}, ""),
])  # fmt: skip
def test_for_a_child_both_guardians_consent_or_it_is_told_why_not(
    county: f.County, typed: dict[str, str], said: str
) -> None:
    case_id = case_of(county, CHILD)
    answer = consent(county, case_id, **typed)
    if said:
        assert error(answer) == said
        assert not Consent.objects.exists()
    else:
        assert answer.status_code == 302
        page = browser(county.anna).get(url("consent", case_id)).content.decode()
        assert typed.get("judgement", "") in page


@pytest.mark.requirement("L-03")
@pytest.mark.parametrize("typed", [SELF, GUARDIANS])
def test_of_an_unknown_age_everybody_is_offered_and_the_judgement_told(
    county: f.County, typed: dict[str, str]
) -> None:
    case_id = case_of(county, NO_MONTH)
    assert 'value="GUARDIAN"' in browser(county.anna).get(url("consent", case_id)).content.decode()
    assert error(consent(county, case_id, **typed)) == "Åldern är okänd. Skriv hur ni har bedömt den."
    assert consent(county, case_id, **typed, judgement="Ser ut att vara tio år.").status_code == 302


def _of_age(day: date) -> str:
    """The number of somebody who comes of age that day."""
    born = day.replace(year=day.year - 18, day=min(day.day, 28))
    return f.made_up_number(born)


@pytest.fixture
def grown(county: f.County) -> UUID:
    """A child's case, sent on by the guardians' consent; today the child is of age."""
    yesterday = clock.now() - timedelta(days=4)
    person = f.new_person(f.actor(county.anna), number=_of_age(clock.today(clock.now())), at=yesterday)
    case_id = f.new_case(county.anna, person_id=person, at=yesterday)
    f.send_an_initiative(case_id, county.anna, [county.health_centre], consent=BY_GUARDIANS, at=yesterday)
    return case_id


def _the_day(at: datetime) -> int | None:
    return EACH_DAY["lapse_consents"](at)


@pytest.mark.requirement("L-03")
def test_when_the_child_is_of_age_nothing_new_is_sent_and_what_was_shared_stays(
    county: f.County, grown: UUID
) -> None:
    message = f.facts_of(grown).messages[0].id
    page = browser(county.david).get(url("part", grown, "initiative"))
    assert page.status_code == 200, "the unit keeps what it was sent"
    more = {"recipient": [str(county.hospital.pk)], "send": "1"}
    page = browser(county.anna).post(url("add_recipients", grown, message), more)
    assert 'name="consent-giver"' in page.content.decode()
    assert 'value="GUARDIAN"' not in page.content.decode()
    with_consent = {f"consent-{name}": value for name, value in SELF.items()}
    answer = browser(county.anna).post(
        url("add_recipients", grown, message), {**more, "consent_shown": "1", **with_consent}
    )
    assert answer.status_code == 302


@pytest.mark.requirement("L-03")
def test_the_coordinator_is_told_by_page_and_next_step_until_there_is_a_consent(
    county: f.County, grown: UUID
) -> None:
    def case_page(who: Assignment) -> str:
        return browser(who).get(url("part", grown, "initiative")).content.decode()

    assert "Den enskilde är nu myndig" in case_page(county.anna), "whatever the worker has done"
    assert _the_day(clock.now()) == 1
    assert _the_day(clock.now()) == 0
    assert "Fråga om samtycke på nytt" in case_page(county.anna)
    step = UnitCase.objects.get(case_id=grown, unit=county.home_care).next_step
    assert step["code"] == "renew_consent"
    assert UnitCase.objects.get(case_id=grown, unit=county.health_centre).next_step["code"] != "renew_consent"
    stored_steps_equal_computed()
    lapsed = Entry.objects.get(action=Action.CONSENT_LAPSED)
    assert (lapsed.case_id, lapsed.user_id) == (grown, None)
    assert consent(county, grown, **SELF).status_code == 302
    assert "Den enskilde är nu myndig" not in case_page(county.anna)
    assert UnitCase.objects.get(case_id=grown, unit=county.home_care).next_step["code"] != "renew_consent"


@pytest.mark.requirement("L-03")
@pytest.mark.parametrize("by", [BY_GUARDIANS, BY_REPRESENTATIVE])
def test_the_day_before_the_guardians_consent_holds(county: f.County, by: ConsentChoice) -> None:
    born = date(2016, 2, 26)
    case_id = case_of(county, CHILD)
    f.send_an_initiative(case_id, county.anna, [county.health_centre], consent=by)
    (given,) = f.facts_of(case_id).consents
    of_age = born.replace(year=born.year + 18)
    covered = [
        given.covers(county.health_centre.pk, day, ConsentScope.SIP)
        for day in (of_age - timedelta(days=1), of_age)
    ]
    assert covered == [True, False]
    noon = clock.at_local(of_age, datetime.min.time().replace(hour=12))
    assert [_the_day(noon - timedelta(days=1)), _the_day(noon)] == [0, 1]


@pytest.mark.requirement("L-03", "L-12")
def test_a_consent_that_ended_by_a_wrong_number_holds_when_the_number_is_corrected(
    county: f.County, grown: UUID
) -> None:
    """The case was made on the number of somebody older: the child it is about comes of age on a day of its own."""
    assert _the_day(clock.now()) == 1
    change_number(grown, county.anna, CHILD, IdentityKind.CORRECTED, name="Karl-Erik Wallin")
    assert UnitCase.objects.get(case_id=grown, unit=county.home_care).next_step["code"] != "renew_consent"
    assert "Den enskilde är nu myndig" not in (
        browser(county.anna).get(url("part", grown, "initiative")).content.decode()
    )
    stored_steps_equal_computed()
    of_age = clock.at_local(date(2034, 2, 26), datetime.min.time().replace(hour=12))
    assert [_the_day(at) for at in (clock.now(), of_age - timedelta(days=1), of_age, of_age)] == [0, 0, 1, 0]
    assert UnitCase.objects.get(case_id=grown, unit=county.home_care).next_step["code"] == "renew_consent"


@pytest.mark.requirement("L-03", "L-12")
@pytest.mark.parametrize(
    ("number", "kind"), [(RESERVE, IdentityKind.LINKED), (BORN_1999, IdentityKind.CORRECTED)]
)
@pytest.mark.parametrize("judged", [True, False])
def test_an_adults_consent_is_asked_anew_when_it_turns_out_to_be_a_child(
    county: f.County, number: str, kind: IdentityKind, judged: bool
) -> None:
    case_id = case_of(county, number)
    # Of a child the age and maturity are judged in words: then it is as if it had been known.
    choice = BY_ITSELF if judged else f.CONSENT
    f.send_an_initiative(case_id, county.anna, [county.health_centre], consent=choice)
    change = change_number(case_id, county.anna, CHILD, kind, name="Karl-Erik Wallin")
    client, unit = browser(county.anna), county.home_care
    page = client.get(url("part", case_id, "initiative")).content.decode()
    assert ("Den enskilde är ett barn enligt det nummer" in page) != judged
    assert (
        "gäller inte, den enskilde är ett barn" in client.get(url("consent", case_id)).content.decode()
    ) != (judged)
    step = UnitCase.objects.get(case_id=case_id, unit=unit).next_step["code"]
    assert (step == "renew_consent") != judged
    message = f.facts_of(case_id).messages[0].id
    more = {"recipient": [str(county.hospital.pk)], "send": "1"}
    asked = client.post(url("add_recipients", case_id, message), more).content.decode()
    assert 'name="consent-giver"' in asked
    stored_steps_equal_computed()
    client.post(url("undo_identity", case_id, change), {"reason": "Fel nummer"})
    assert UnitCase.objects.get(case_id=case_id, unit=unit).next_step["code"] != "renew_consent"
    assert "ett barn enligt" not in client.get(url("part", case_id, "initiative")).content.decode()
    stored_steps_equal_computed()


@pytest.mark.requirement("L-03")
@pytest.mark.parametrize(("number", "asked"), [(CHILD, True), (BORN_1999, False), (NO_MONTH, False)])
def test_a_childs_own_consent_from_before_it_was_judged_is_asked_anew_and_an_adults_holds(
    county: f.County, number: str, asked: bool
) -> None:
    """A release that did not ask kept no judgement. The age that the number does not tell takes nothing back."""
    case_id = case_of(county, number)
    f.send_an_initiative(case_id, county.anna, [county.health_centre], consent=BY_ITSELF)
    Consent.objects.update(judgement="")
    assert _the_day(clock.now()) == int(asked)
    assert _the_day(clock.now()) == 0
    step = UnitCase.objects.get(case_id=case_id, unit=county.home_care).next_step["code"]
    assert (step == "renew_consent") is asked
    page = browser(county.anna).get(url("part", case_id, "initiative")).content.decode()
    assert ("Den enskilde är ett barn enligt det nummer" in page) is asked
    stored_steps_equal_computed()


@pytest.mark.requirement("L-03")
def test_that_a_consent_ended_is_told_of_the_moment_it_was_noted_and_not_of_the_workers_start(
    county: f.County, grown: UUID
) -> None:
    begun = clock.now()
    assert _the_day(begun - timedelta(minutes=5)) == 1
    lapsed = Entry.objects.get(action=Action.CONSENT_LAPSED)
    assert lapsed.at == Consent.objects.get().lapsed_at
    assert lapsed.at > begun


@pytest.mark.requirement("L-03")
def test_who_consented_how_to_what_for_which_units_and_until_when_is_kept_and_shown(county: f.County) -> None:
    case_id = case_of(county, BORN_1999)
    until = (clock.today(clock.now()) + timedelta(days=30)).isoformat()
    answer = consent(county, case_id, giver="LEGAL_REPRESENTATIVE", giver_name="Eva Ek", how="WRITTEN",
                     scope="INFORMATION", until_on=until)  # fmt: skip
    assert answer.status_code == 302
    page = browser(county.anna).get(url("consent", case_id)).content.decode()
    for word in ("Eva Ek", "Skriftligt", "Uppgifter delas", county.home_care.name, "Anna Lindqvist"):
        assert word in page
    kept = Consent.objects.get()
    assert (kept.until_on.isoformat(), kept.unit_ids) == (until, [county.home_care.pk])


@pytest.mark.requirement("L-03")
@pytest.mark.parametrize("over", [True, False])
def test_after_its_end_a_consent_covers_nobody_and_a_unit_that_has_it_is_asked_about_anew(
    county: f.County, over: bool
) -> None:
    case_id = case_of(county, BORN_1999)
    message = f.send_an_initiative(case_id, county.anna, [county.health_centre])
    anna = browser(county.anna)
    units = [str(county.hospital.pk), str(county.health_centre.pk), str(county.home_care.pk)]
    today = clock.today(clock.now())
    consent(county, case_id, **SELF, until_on=today.isoformat())
    Consent.objects.update(
        unit_ids=[int(unit) for unit in units], until_on=today - timedelta(days=1) if over else today
    )
    assert (
        "Det finns inget samtycke kvar" in anna.get(url("withdraw_consent", case_id)).content.decode()
    ) is over
    more = {"recipient": units[:1], "send": "1"}
    answer = anna.post(url("add_recipients", case_id, message), more)
    assert (answer.status_code == 302) is not over
    assert (f.facts_of(case_id).message(message).delivery_to(county.hospital.pk) is None) is over
    if over:
        assert 'name="consent-giver"' in answer.content.decode()


@pytest.mark.requirement("L-03")
def test_after_a_withdrawal_nothing_is_delivered_and_a_new_unit_is_asked_about(county: f.County) -> None:
    case_id = case_of(county, BORN_1999)
    message = f.send_an_initiative(case_id, county.anna, [county.health_centre])
    anna, more = browser(county.anna), {"recipient": [str(county.hospital.pk)], "send": "1"}
    assert 'name="consent-giver"' in anna.post(url("add_recipients", case_id, message), more).content.decode()
    assert f.facts_of(case_id).message(message).delivery_to(county.hospital.pk) is None
    anna.post(url("withdraw_consent", case_id))
    anna.post(url("add_recipients", case_id, message), {"recipient": [str(county.social.pk)], "send": "1"})
    assert f.facts_of(case_id).message(message).delivery_to(county.social.pk) is None
    assert f.facts_of(case_id).message(message).delivery_to(county.health_centre.pk) is not None


def _coming_of_age(county: f.County, days: int) -> tuple[UUID, date]:
    """A case by the guardians' consent of a child who is of age in that many days. With the last day before."""
    of_age = clock.today(clock.now()) + timedelta(days=days)
    while of_age.day > 28:
        of_age += timedelta(days=1)
    case_id = case_of(county, _of_age(of_age))
    message = f.send_an_initiative(case_id, county.anna, [county.health_centre], consent=BY_GUARDIANS)
    f.answer(case_id, message, county.david, Answer.ACCEPTED)
    return case_id, of_age - timedelta(days=1)


@pytest.mark.requirement("L-03")
def test_a_guardians_consent_is_shown_to_end_the_day_before_the_child_is_of_age(county: f.County) -> None:
    case_id, last = _coming_of_age(county, 3)
    shown, anna = clock.shown_date(last, at=clock.now()), browser(county.anna)
    for page in (url("part", case_id, "initiative"), url("consent", case_id)):
        text = anna.get(page).content.decode()
        assert f", gäller till och med {shown}" in text, "the band"
        assert "Under hela SIP-perioden" not in text
    initiative = anna.get(url("part", case_id, "initiative")).content.decode()
    assert f"Gäller till och med {shown}" in initiative, "the message"
    assert "Ja, antecknat i dag, gäller" in initiative, "as days are told elsewhere"
    assert f"<dd>{shown}</dd>" in anna.get(url("consent", case_id)).content.decode()


@pytest.mark.requirement("L-03")
def test_before_it_is_sent_too_a_guardians_consent_is_told_to_end_by_age(county: f.County) -> None:
    case_id = case_of(county, CHILD)
    typed = {
        "check": "1", "reason": "Behov", "initiator": "UNIT", "recipient": [str(county.health_centre.pk)],
        f"ack-{county.health_centre.pk}": "on",
        **{f"consent-{name}": value for name, value in GUARDIANS.items()},
    }  # fmt: skip
    page = browser(county.anna).post(url("draft", case_id, "initiative"), typed, follow=True).content.decode()
    assert clock.shown_date(date(2034, 2, 25), at=clock.now()) in page
    assert "Under hela SIP-perioden" not in page
    late = browser(county.bertil).post(url("draft", case_id, "initiative"), typed).content.decode()
    assert clock.shown_date(date(2034, 2, 25), at=clock.now()) in late, "beside what a colleague saved, too"


@pytest.mark.requirement("L-03")
@pytest.mark.parametrize("after", [True, False])
def test_a_summons_to_a_day_after_the_consent_says_so_before_it_is_sent_and_after(
    county: f.County, after: bool
) -> None:
    case_id, last = _coming_of_age(county, 10)
    text = f.a_meeting(days_ahead=15 if after else 1)
    said, anna = "och mötet är efter det", browser(county.anna)
    draft = save_summons(
        actor=f.actor(county.anna), case_id=case_id, part=Part.SUMMONS, message_id=None, version=0,
        chosen=f.to_units(county.health_centre), text=text, at=clock.now(),
    )  # fmt: skip
    page = anna.get(url("check", case_id, "summons")).content.decode()
    assert (
        said in page,
        f"Samtycket gäller till och med {clock.shown_date(last, at=clock.now())}" in page,
    ) == (after, after)
    anna.post(url("check", case_id, "summons"), {"message_id": str(draft), "version": "1"})
    assert (said in anna.get(url("part", case_id, "summons")).content.decode()) is after


@pytest.mark.requirement("L-03")
def test_who_withdrew_a_consent_is_told_and_nothing_is_offered_when_none_is_left(county: f.County) -> None:
    case_id = case_of(county, BORN_1999)
    link, anna = url("withdraw_consent", case_id), browser(county.anna)
    assert link not in anna.get(url("consent", case_id)).content.decode()
    assert "Det finns inget samtycke kvar att återkalla." in anna.get(link).content.decode()
    f.send_an_initiative(case_id, county.anna, [county.health_centre])
    assert link in anna.get(url("consent", case_id)).content.decode()
    browser(county.bertil).post(link)
    page = anna.get(url("consent", case_id)).content.decode()
    assert "Återkallat, antecknat av Bertil Ek, Hemtjänsten Norr, i dag" in page
    assert "Samtycket är återkallat. Inget nytt kan skickas" in page, "told on every page of the case"
    assert link not in page
    anna.post(link)
    assert Entry.objects.filter(action=Action.CONSENT_WITHDRAWN).count() == 1


@pytest.mark.requirement("L-03")
def test_in_a_case_that_is_over_no_consent_is_said_to_hold(county: f.County) -> None:
    case_id = case_of(county, BORN_1999)
    f.send_an_initiative(case_id, county.anna, [county.health_centre])
    anna = browser(county.anna)
    assert "(gäller)" in anna.get(url("consent", case_id)).content.decode()
    anna.post(url("end", case_id), {"reason": "MOVED", "comment": ""})
    page = anna.get(url("consent", case_id)).content.decode()
    assert "(gällde tills ärendet avslutades)" in page
    assert "(gäller)" not in page
