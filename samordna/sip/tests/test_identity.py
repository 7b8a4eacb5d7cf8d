"""Linking, a new number, and correcting: asked at the existence door, shown, confirmed, and done to whom was shown."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.urls import reverse

from samordna.audit import queries as log
from samordna.audit.models import Entry
from samordna.audit.states import ALWAYS_REVIEWED, Action, Result
from samordna.cases.models import Case, PersonCorrection, UnitCase
from samordna.cases.states import CaseStatus, EndReason
from samordna.casework.case.commands.case import end_case, remove_unit
from samordna.kernel import clock
from samordna.organisations import commands as places
from samordna.people.models import Person, RelatedPerson
from samordna.people.queries import age_on
from samordna.people.states import Protection
from samordna.people.tests.factories import COORDINATION
from samordna.sip.process import SIP
from samordna.sip.tests import factories as f
from samordna.sip.tests.identity_pages import (
    AFTERWARDS,
    BEFORE,
    LASTING,
    RESERVE,
    ask,
    browser,
    case_on,
    confirm,
    do,
    errors,
    found,
    person_of,
    standing,
    status,
    text,
    url,
)

pytestmark = pytest.mark.django_db

HERS = {"phone": "070-174 06 05", "address": "Storgatan 1"}


@pytest.fixture
def county() -> f.County:
    return f.county()


def ended_case(county: f.County, number: str, name: str = "Gun Ek") -> UUID:
    """A case of somebody at another unit, that is over."""
    case_id = case_on(number, county.eva, name)
    end_case(
        process=SIP,
        actor=f.actor(county.eva),
        case_id=case_id,
        reason=EndReason.MOVED,
        comment="",
        at=clock.now(),
    )
    return case_id


def questions() -> int:
    return Entry.objects.filter(action=Action.CASE_EXISTENCE_ASKED).count()


# --- The existence door ------------------------------------------------------------------------------------------


@pytest.mark.requirement("L-12", "L-01", "V-23")
@pytest.mark.parametrize(
    ("mine", "act"), [(RESERVE, "link_number"), (BEFORE, "new_number"), (RESERVE, "correct_number")]
)
def test_a_number_with_an_active_sip_gets_the_answer_of_a_new_case_and_nothing_changes(
    county: f.County, mine: str, act: str
) -> None:
    case_id, other = case_on(mine, county.anna, "Okänd"), case_on(LASTING, county.eva, "Hemlig Sandqvist")
    before, asked = standing(), questions()
    anna = browser(county.anna)
    page = ask(anna, act, case_id, LASTING, name="Fel Namn")
    assert ("Psykiatriska öppenvården" in text(page), "Sandqvist" in text(page)) == (True, False)
    assert str(other) not in text(page)
    assert standing() == before
    assert questions() == asked + 1
    assert Entry.objects.filter(action=Action.CASE_EXISTENCE_ASKED, case_id=other).count() == 1
    new = anna.post(reverse("sip:new"), {"identifier": LASTING})
    assert "Psykiatriska öppenvården" in text(new)
    assert ("Fråga båda samordningsansvariga" in text(page)) == (act != "correct_number")
    confirm(anna, page, act, case_id, LASTING)
    assert standing() == before


@pytest.mark.requirement("L-12", "L-04", "V-23")
@pytest.mark.parametrize("act", ["link_number", "correct_number"])
def test_of_a_protected_person_with_an_active_sip_not_even_the_unit_is_told(
    county: f.County, act: str
) -> None:
    case_id, other = case_on(RESERVE, county.anna), case_on(LASTING, county.eva, "Hemlig Sandqvist")
    Person.objects.filter(cases=other).update(protection=Protection.FICTITIOUS)
    page = text(ask(browser(county.anna), act, case_id, LASTING))
    assert "Psykiatriska" not in page
    assert "Sandqvist" not in page
    assert "skyddad identitet" in page


@pytest.mark.requirement("L-12", "V-23")
def test_these_questions_count_as_those_of_a_new_case(county: f.County) -> None:
    places.change_setting(
        actor=None, department_id=None, key="existence_questions_per_hour", value=2, at=clock.now()
    )
    case_id = case_on(RESERVE, county.anna)
    anna = browser(county.anna)
    numbers = [f.made_up_number(clock.today(clock.now()).replace(year=1980 + n, day=1)) for n in range(3)]
    anna.post(reverse("sip:new"), {"identifier": numbers[0]})
    assert "seen" in ask(anna, "link_number", case_id, numbers[1]).context
    for act in ("link_number", "correct_number"):
        assert "2 personer" in errors(ask(anna, act, case_id, numbers[2], name="Ny Person"))
    # What has been asked is not counted again when it is confirmed.
    assert do(anna, "link_number", case_id, numbers[1]).status_code == 302


@pytest.mark.requirement("L-12", "K-04")
def test_who_may_not_ask_may_not_link(county: f.County) -> None:
    case_id = case_on(RESERVE, county.anna)
    olle = browser(county.olle)
    before, asked = standing(), questions()
    for act in ("link_number", "new_number", "correct_number"):
        assert ask(olle, act, case_id, LASTING, seen="x").status_code == 200
    assert (standing(), questions()) == (before, asked)


# --- Two steps ---------------------------------------------------------------------------------------------------


@pytest.mark.requirement("L-12", "L-01")
@pytest.mark.parametrize("mine", [RESERVE, "22950606-FH20", COORDINATION])
def test_linking_shows_both_numbers_first_and_then_both_find_her(county: f.County, mine: str) -> None:
    case_id = case_on(mine, county.anna)
    anna = browser(county.anna)
    before = standing()
    page = ask(anna, "link_number", case_id, LASTING)
    assert all(said in text(page) for said in (mine, LASTING, "Gun Ek", "Ingen med det här numret"))
    assert standing() == before
    assert confirm(anna, page, "link_number", case_id, LASTING).url == url("person", case_id)
    assert found(mine) == found(LASTING) == person_of(case_id).id
    assert "ett annat nummer kopplades" in text(anna.get(url("person", case_id)))


@pytest.mark.requirement("L-12")
@pytest.mark.parametrize("seen", ["", "nobody", "0" * 32])
def test_nothing_is_done_to_whom_was_not_shown(county: f.County, seen: str) -> None:
    case_id, other = case_on(RESERVE, county.anna), ended_case(county, LASTING)
    before = standing()
    page = ask(browser(county.anna), "link_number", case_id, LASTING, seen=seen)
    assert "Stämmer det här?" in text(page)
    assert "Något har ändrats" in text(page)
    assert standing() == before
    assert status(other) == CaseStatus.ENDED


@pytest.mark.requirement("L-12")
@pytest.mark.parametrize("act", ["link_number", "correct_number"])
def test_a_sip_or_a_person_made_between_the_page_and_the_confirmation_stops_it(
    county: f.County, act: str
) -> None:
    case_id = case_on(RESERVE, county.anna)
    anna = browser(county.anna)
    page = ask(anna, act, case_id, LASTING, name="Gun Ek")
    other = case_on(LASTING, county.eva, "Hemlig Sandqvist")
    before = standing()
    answer = text(confirm(anna, page, act, case_id, LASTING, name="Gun Ek"))
    assert ("Psykiatriska öppenvården" in answer, "Sandqvist" in answer) == (True, False)
    assert standing() == before
    assert status(other) == CaseStatus.ACTIVE


@pytest.mark.requirement("L-12", "V-23")
def test_to_be_told_of_a_sip_is_not_to_be_shown_its_person(county: f.County) -> None:
    """The form by which both coordinators are asked does not link when that SIP has ended since."""
    case_id, other = case_on(RESERVE, county.anna), case_on(LASTING, county.eva, "Gunilla Sandqvist")
    anna = browser(county.anna)
    page = ask(anna, "link_number", case_id, LASTING)
    end_case(
        process=SIP,
        actor=f.actor(county.eva),
        case_id=other,
        reason=EndReason.MOVED,
        comment="",
        at=clock.now(),
    )
    before = standing()
    shown = confirm(anna, page, "link_number", case_id, LASTING)
    assert "Stämmer det här?" in text(shown)
    assert "Sandqvist" in text(shown)
    assert standing() == before
    assert confirm(anna, shown, "link_number", case_id, LASTING).status_code == 302


@pytest.mark.requirement("L-12")
@pytest.mark.parametrize(
    ("act", "number", "name"),
    [
        ("link_number", "19620723-2882", "Gun Ek"),
        ("link_number", LASTING, "Gun Maria Ek"),
        ("correct_number", LASTING, "Gun Ek"),
    ],
)
def test_what_was_confirmed_holds_for_that_act_number_and_name_alone(
    county: f.County, act: str, number: str, name: str
) -> None:
    case_id = case_on(RESERVE, county.anna)
    anna = browser(county.anna)
    page = ask(anna, "link_number", case_id, LASTING, name="Gun Ek")
    before = standing()
    again = confirm(anna, page, act, case_id, number, name=name)
    assert "Stämmer det här?" in text(again)
    assert number in text(again)
    assert standing() == before


@pytest.mark.requirement("L-12")
def test_who_has_changed_since_is_shown_anew(county: f.County) -> None:
    case_id, other = case_on(RESERVE, county.anna), ended_case(county, LASTING)
    anna = browser(county.anna)
    page = ask(anna, "link_number", case_id, LASTING)
    Person.objects.filter(cases=other).update(name="Gunilla Ek", version=7)
    before = standing()
    again = confirm(anna, page, "link_number", case_id, LASTING)
    assert "Gunilla Ek" in text(again)
    assert standing() == before
    confirm(anna, again, "link_number", case_id, LASTING)
    assert person_of(case_id).name == "Gunilla Ek"


@pytest.mark.requirement("L-12", "L-01")
def test_two_without_a_second_active_sip_become_one_after_it_is_confirmed(county: f.County) -> None:
    case_id, other = case_on(RESERVE, county.anna), ended_case(county, LASTING)
    temporary, lasting = person_of(case_id), person_of(other)
    Person.objects.filter(pk=temporary.pk).update(**HERS)
    RelatedPerson.objects.create(person=temporary, relation="NEXT_OF_KIN", name="Eva Ek")
    do(browser(county.anna), "link_number", case_id, LASTING)
    assert person_of(case_id).id == person_of(other).id == lasting.id
    assert (person_of(case_id).phone, person_of(case_id).related.get().name) == (HERS["phone"], "Eva Ek")
    assert found(RESERVE) == found(LASTING) == lasting.id
    assert set(UnitCase.objects.values_list("person_id", flat=True)) == {lasting.id}
    assert (status(case_id), status(other)) == (CaseStatus.ACTIVE, CaseStatus.ENDED)


@pytest.mark.requirement("L-12", "L-06")
def test_a_confirmation_that_is_posted_twice_acts_once(county: f.County) -> None:
    case_id = case_on(RESERVE, county.anna)
    anna = browser(county.anna)
    seen = ask(anna, "link_number", case_id, LASTING).context["seen"]
    posted = {"identifier": LASTING, "seen": seen, "form_key": "6f9619ff-8b86-4d11-b42d-00c04fc964ff"}
    answers = [anna.post(url("link_number", case_id), posted) for _ in range(2)]
    assert [answer.url for answer in answers] == 2 * [url("person", case_id)]
    assert Entry.objects.filter(action=Action.PERSON_IDENTIFIER_LINKED).count() == 1


# --- Names -------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("L-12")
@pytest.mark.parametrize("act", ["link_number", "correct_number"])
@pytest.mark.parametrize(
    ("typed", "fits"), [("Mogård, Lars-Göran", True), ("MOGÅRD Lars", True), ("Berit Hall", False)]
)
def test_a_name_that_does_not_fit_the_person_found_is_refused_with_both_shown(
    county: f.County, act: str, typed: str, fits: bool
) -> None:
    case_id = case_on(RESERVE, county.anna)
    ended_case(county, LASTING, "Lars-Göran Mogård")
    before = standing()
    anna = browser(county.anna)
    page = ask(anna, act, case_id, LASTING, name=typed)
    if fits:
        assert "Lars-Göran Mogård" in text(page)
        assert confirm(anna, page, act, case_id, LASTING, name=typed).status_code == 302
    else:
        assert errors(page).startswith(
            "Du skrev Berit Hall, men personen med det här numret heter Lars-Göran"
        )
        assert standing() == before


@pytest.mark.requirement("L-12", "L-04")
@pytest.mark.parametrize("act", ["link_number", "correct_number"])
def test_a_protected_persons_name_is_typed_and_never_shown(county: f.County, act: str) -> None:
    case_id, other = case_on(RESERVE, county.anna), ended_case(county, LASTING, "Lars-Göran Mogård")
    Person.objects.filter(cases=other).update(protection=Protection.CONFIDENTIALITY_MARK)
    anna = browser(county.anna)
    for typed in ("", "Berit Hall"):
        page = ask(anna, act, case_id, LASTING, name=typed)
        assert errors(page)
        assert "Mogård" not in text(page)
    page = ask(anna, act, case_id, LASTING, name="lars mogård")
    assert "Lars-Göran" not in text(page)
    confirm(anna, page, act, case_id, LASTING, name="lars mogård")
    assert person_of(case_id).name == "Lars-Göran Mogård"


@pytest.mark.requirement("L-12")
@pytest.mark.parametrize("act", ["link_number", "correct_number"])
def test_the_age_of_both_is_shown_before_anything_is_done(county: f.County, act: str) -> None:
    case_id = case_on(RESERVE, county.anna)
    page = text(ask(browser(county.anna), act, case_id, "20160226-2394", name="Gun Ek"))
    ages = [age_on(born, clock.today(clock.now())) for born in (date(1950, 1, 1), date(2016, 2, 26))]
    assert all(f"{age} år" in page for age in ages)


@pytest.mark.requirement("L-12")
def test_names_that_do_not_fit_each_other_are_pointed_out(county: f.County) -> None:
    case_id = case_on(RESERVE, county.anna, "Okänd Man")
    ended_case(county, LASTING, "Lars-Göran Mogård")
    assert "Namnen stämmer inte" in text(ask(browser(county.anna), "link_number", case_id, LASTING))


# --- New number, correcting --------------------------------------------------------------------------------------


@pytest.mark.requirement("L-01", "L-12", "V-23")
def test_a_new_number_is_the_same_person_with_all_that_is_known(county: f.County) -> None:
    case_id = case_on(BEFORE, county.anna)
    person = person_of(case_id)
    Person.objects.filter(pk=person.pk).update(**HERS)
    RelatedPerson.objects.create(person=person, relation="NEXT_OF_KIN", name="Eva Ek")
    anna = browser(county.anna)
    assert "Byt till det nya numret" in text(ask(anna, "new_number", case_id, AFTERWARDS))
    do(anna, "new_number", case_id, AFTERWARDS)
    page = text(anna.get(url("person", case_id)))
    assert all(
        said in page
        for said in (*HERS.values(), "Eva Ek", BEFORE, AFTERWARDS, "nytt nummer för samma person")
    )
    for number in (BEFORE, AFTERWARDS):
        assert found(number) == person.id
        david = browser(county.david)
        assert "Hemtjänsten Norr" in text(david.post(reverse("sip:new"), {"identifier": number}))
        david.post(reverse("sip:create"), {"identifier": number, "name": "Gun Ek"})
        assert str(case_id) in text(anna.post(reverse("overview:search"), {"q": number}, follow=True))
    assert Case.objects.count() == 1
    assert Entry.objects.filter(action=Action.PERSON_NUMBER_CHANGED).count() == 1


@pytest.mark.requirement("L-01", "L-12")
@pytest.mark.parametrize(
    ("mine", "act", "number", "said"),
    [
        (BEFORE, "link_number", AFTERWARDS, "Personen har ett personnummer"),
        (RESERVE, "new_number", AFTERWARDS, "Personen har ett reservnummer"),
        (BEFORE, "new_number", RESERVE, "av samma slag"),
        (BEFORE, "new_number", BEFORE, "har redan det här numret"),
        (BEFORE, "correct_number", BEFORE, "har redan det här numret"),
    ],
)
def test_what_does_not_follow_upon_the_present_number_is_refused_without_a_question(
    county: f.County, mine: str, act: str, number: str, said: str
) -> None:
    case_id = case_on(mine, county.anna)
    asked = questions()
    assert said in errors(ask(browser(county.anna), act, case_id, number))
    assert questions() == asked


@pytest.mark.requirement("L-01", "L-12")
def test_the_page_offers_what_the_present_number_allows(county: f.County) -> None:
    offered = {
        number: text(browser(county.anna).get(url("person", case_on(number, county.anna))))
        for number in (RESERVE, BEFORE)
    }
    assert ("Koppla ett personnummer" in offered[RESERVE], "för samma person" in offered[RESERVE]) == (
        True,
        False,
    )
    assert ("Koppla ett personnummer" in offered[BEFORE], "för samma person" in offered[BEFORE]) == (
        False,
        True,
    )


@pytest.mark.requirement("V-22", "L-12")
def test_a_wrong_number_is_corrected_with_its_history(county: f.County) -> None:
    case_id = f.accepted_case(county)
    before = person_of(case_id).id
    anna = browser(county.anna)
    typed = {"name": "Maj Öhrström"}
    assert errors(ask(anna, "correct_number", case_id, "19380407-0000", **typed))
    assert "Skriv personens namn" in errors(ask(anna, "correct_number", case_id, LASTING))
    assert errors(ask(anna, "correct_number", case_id, LASTING, **typed, reason=""))
    do(anna, "correct_number", case_id, LASTING, **typed)
    assert person_of(case_id).name == "Maj Öhrström"
    assert PersonCorrection.objects.get().from_person_id == before
    rows = UnitCase.objects.filter(case_id=case_id).values_list("person_id", flat=True)
    assert before not in set(rows)


# --- Protection --------------------------------------------------------------------------------------------------


@pytest.mark.requirement("L-12", "L-04")
@pytest.mark.parametrize("act", ["link_number", "correct_number"])
@pytest.mark.parametrize("other_known", [True, False])
def test_the_stronger_protection_follows(county: f.County, act: str, other_known: bool) -> None:
    case_id = f.accepted_case(county)
    mine = person_of(case_id)
    Person.objects.filter(pk=mine.pk).update(protection=Protection.PROTECTED_REGISTRATION)
    mine.identifiers.update(value=RESERVE.replace("-", ""), kind="local_reserve")
    if other_known:
        ended_case(county, LASTING, "Karl-Erik Wallin")
    do(browser(county.anna), act, case_id, LASTING, name="Karl-Erik Wallin")
    assert Person.objects.get(pk=found(LASTING)).protection == Protection.PROTECTED_REGISTRATION
    assert browser(county.anna).get(url("person", case_id)).status_code == 200


@pytest.mark.requirement("L-12", "L-04")
@pytest.mark.parametrize("act", ["link_number", "correct_number"])
def test_who_works_with_a_case_goes_on_reading_it_when_its_person_turns_out_protected(
    county: f.County, act: str
) -> None:
    case_id = f.accepted_case(county)
    person_of(case_id).identifiers.update(value=RESERVE.replace("-", ""), kind="local_reserve")
    other = ended_case(county, LASTING, "Karl-Erik Wallin")
    Person.objects.filter(cases=other).update(protection=Protection.CONFIDENTIALITY_MARK)
    do(browser(county.anna), act, case_id, LASTING, name="Karl-Erik Wallin")
    for who, seen in ((county.anna, 200), (county.david, 200), (county.bertil, 403), (county.eva, 404)):
        assert browser(who).get(url("part", case_id, "initiative")).status_code == seen


# --- Undoing -----------------------------------------------------------------------------------------------------


def undo(county: f.County, case_id: UUID, reason: str = "Fel person") -> HttpResponse:
    anna = browser(county.anna)
    page = anna.get(url("person", case_id))
    change = next(row.id for row in page.context["changes"] if row.undo)
    assert text(anna.get(url("undo_identity", case_id, change)))
    return anna.post(url("undo_identity", case_id, change), {"reason": reason})


@pytest.mark.requirement("L-12")
@pytest.mark.parametrize(
    ("mine", "act", "other_known"),
    [
        (RESERVE, "link_number", False),
        (RESERVE, "link_number", True),
        (BEFORE, "new_number", False),
        (BEFORE, "new_number", True),
        (RESERVE, "correct_number", False),
        (RESERVE, "correct_number", True),
    ],
)
def test_each_act_can_be_undone_and_all_is_as_before(
    county: f.County, mine: str, act: str, other_known: bool
) -> None:
    case_id = case_on(mine, county.anna)
    person = person_of(case_id)
    Person.objects.filter(pk=person.pk).update(**HERS, protection=Protection.CONFIDENTIALITY_MARK)
    RelatedPerson.objects.create(person=person, relation="NEXT_OF_KIN", name="Eva Ek")
    number = AFTERWARDS if act == "new_number" else LASTING
    if other_known:
        ended_case(county, number)
    before = standing()
    do(browser(county.anna), act, case_id, number, name="Gun Ek")
    assert standing() != before
    assert undo(county, case_id).status_code == 302
    now = standing()
    if act == "correct_number" and not other_known:
        # Whom the correction made is known by no number any more.
        assert found(number) is None
        made = Person.objects.exclude(pk=person.pk).get()
        now = [[row for row in rows if made.pk not in row[:1]] for rows in now]
    assert now == before
    rows = UnitCase.objects.filter(case_id=case_id).values_list("person_id", flat=True)
    assert set(rows) == {person.pk}
    reasons = text(browser(county.anna).get(url("person", case_id)))
    assert "Ångrat av Anna Lindqvist: Fel person" in reasons
    assert number not in reasons, "it turned out to be somebody else's"


@pytest.mark.requirement("L-12")
def test_what_was_written_since_stays_where_it_was_written(county: f.County) -> None:
    case_id, other = case_on(RESERVE, county.anna), ended_case(county, LASTING)
    temporary, lasting = person_of(case_id), person_of(other)
    Person.objects.filter(pk=temporary.pk).update(**HERS)
    do(browser(county.anna), "link_number", case_id, LASTING)
    Person.objects.filter(pk=lasting.pk).update(phone="08-1", protection=Protection.FICTITIOUS)
    RelatedPerson.objects.create(person=lasting, relation="NEXT_OF_KIN", name="Nytt Namn")
    undo(county, case_id)
    temporary.refresh_from_db()
    lasting.refresh_from_db()
    assert (lasting.phone, lasting.address, lasting.related.get().name) == ("08-1", "", "Nytt Namn")
    assert (temporary.phone, temporary.address) == (HERS["phone"], HERS["address"])
    # About which of the two the marking was is not known: both keep it.
    assert temporary.protection == lasting.protection == Protection.FICTITIOUS


@pytest.mark.requirement("L-12", "L-04")
@pytest.mark.parametrize(
    ("mine", "act"), [(RESERVE, "correct_number"), (RESERVE, "link_number"), (BEFORE, "new_number")]
)
def test_a_protection_said_of_a_number_stays_with_it_when_the_act_is_undone(
    county: f.County, mine: str, act: str
) -> None:
    """Nobody has had the number before. Else the next case on it would be an unprotected person's."""
    case_id = case_on(mine, county.anna)
    number = AFTERWARDS if act == "new_number" else LASTING
    do(browser(county.anna), act, case_id, number, name="Gun Ek")
    say_protected(county, case_id, Protection.FICTITIOUS)
    assert undo(county, case_id).status_code == 302
    assert person_of(case_id).protection == Protection.FICTITIOUS
    for one in (mine, number):
        assert Person.objects.get(pk=found(one)).protection == Protection.FICTITIOUS
    assert found(mine) != found(number)
    david = browser(county.david)
    shown = david.post(reverse("sip:new"), {"identifier": number})
    assert "Skyddad identitet" in text(shown)
    assert "Gun Ek" not in text(shown)


@pytest.mark.requirement("L-12", "L-04")
@pytest.mark.parametrize("act", ["link_number", "correct_number"])
def test_a_protection_that_is_said_again_stays_with_both(county: f.County, act: str) -> None:
    """The other's came along by the act, and somebody who knows her says that it is right."""
    case_id, other = case_on(RESERVE, county.anna), ended_case(county, LASTING)
    Person.objects.filter(cases=case_id).update(protection=Protection.FICTITIOUS)
    do(browser(county.anna), act, case_id, LASTING, name="Gun Ek")
    say_protected(county, case_id, Protection.FICTITIOUS)
    undo(county, case_id)
    assert person_of(case_id).protection == person_of(other).protection == Protection.FICTITIOUS


def say_protected(county: f.County, case_id: UUID, level: Protection) -> None:
    typed = {"version": person_of(case_id).version, "name": "Gun Ek", "protection": level.value}
    assert browser(county.anna).post(url("person", case_id), typed).status_code == 302


@pytest.mark.requirement("L-12", "V-23")
def test_an_undo_that_would_give_somebody_two_sips_is_refused_and_says_why(county: f.County) -> None:
    case_id = case_on(RESERVE, county.anna)
    wrong = person_of(case_id)
    do(browser(county.anna), "correct_number", case_id, LASTING, name="Gun Ek")
    f.new_case(county.david, person_id=wrong.pk)
    before = standing()
    assert "en SIP har startats sedan dess" in errors(undo(county, case_id))
    assert standing() == before


@pytest.mark.requirement("L-12")
def test_only_the_coordinator_undoes_with_a_reason_within_14_days_and_the_last_act_first(
    county: f.County, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = f.accepted_case(county)
    person_of(case_id).identifiers.update(value=BEFORE.replace("-", ""))
    do(browser(county.david), "new_number", case_id, AFTERWARDS)
    david = browser(county.david).get(url("person", case_id))
    (first,) = david.context["changes"]
    assert not first.undo
    place = url("undo_identity", case_id, first.id)
    browser(county.david).post(place, {"reason": "Vill"})
    assert browser(county.eva).get(place).status_code == 404
    assert errors(browser(county.anna).post(place, {"reason": ""}))
    assert found(AFTERWARDS) is not None
    do(browser(county.anna), "new_number", case_id, "19970304-2391")
    assert "senare ändringen först" in errors(browser(county.anna).post(place, {"reason": "Fel"}))
    now = clock.now()
    undo(county, case_id)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=15))
    assert not any(row.undo for row in browser(county.anna).get(url("person", case_id)).context["changes"])
    assert "14 dagar" in errors(browser(county.anna).post(place, {"reason": "Fel"}))
    assert found(AFTERWARDS) is not None


@pytest.mark.requirement("L-12", "L-05", "L-02")
def test_a_changed_name_stands_in_the_case_with_what_it_was_and_is_always_reviewed(county: f.County) -> None:
    case_id = f.accepted_case(county)
    begun, typed = clock.now(), {"version": person_of(case_id).version, "protection": "NONE"}
    assert browser(county.david).post(url("person", case_id), typed | {"name": "Maj Ek"}).status_code == 302
    (reviewed,) = log.always_reviewed(since=begun)
    assert (reviewed.action, reviewed.case_id or reviewed.person_id) == (
        Action.PERSON_RENAMED,
        person_of(case_id).pk,
    )
    assert "Maj" not in str(reviewed.details)
    told = "Namnet ändrades från Karl-Erik Wallin till Maj Ek"
    assert told in text(browser(county.anna).get(url("person", case_id)))
    remove_unit(
        process=SIP,
        actor=f.actor(county.anna),
        case_id=case_id,
        unit_id=county.health_centre.pk,
        at=clock.now(),
    )
    assert told not in text(browser(county.david).get(url("person", case_id)))
    # In another case of hers, at other units, nobody is told what she was called before.
    end_case(
        process=SIP,
        actor=f.actor(county.anna),
        case_id=case_id,
        reason=EndReason.MOVED,
        comment="",
        at=clock.now(),
    )
    other = f.new_case(county.eva, person_id=person_of(case_id).pk)
    assert "Karl-Erik" not in text(browser(county.eva).get(url("person", other)))


@pytest.mark.requirement("L-12", "L-02")
@pytest.mark.parametrize(
    ("mine", "act", "stays"),
    [(BEFORE, "correct_number", False), (RESERVE, "link_number", True), (BEFORE, "new_number", True)],
)
def test_what_somebody_was_called_stays_with_her_when_the_case_turns_out_to_be_anothers(
    county: f.County, mine: str, act: str, stays: bool
) -> None:
    """Somebody whom the case was about by mistake has nothing to do with the units that see it now."""
    case_id = case_on(mine, county.anna, "Maj Sandqvist")
    ended_case(county, AFTERWARDS)
    typed = {"version": person_of(case_id).version, "protection": "NONE", "name": "Gun Ek"}
    client = browser(county.anna)
    client.post(url("person", case_id), typed)
    do(client, act, case_id, AFTERWARDS, name="Gun Ek")
    assert ("Maj Sandqvist" in text(client.get(url("person", case_id)))) is stays
    undo(county, case_id)
    assert "Maj Sandqvist" in text(client.get(url("person", case_id))), "it is about her again"


# --- The review of the log ---------------------------------------------------------------------------------------


@pytest.mark.requirement("L-12", "L-05")
@pytest.mark.parametrize(
    ("mine", "act", "action"),
    [
        (RESERVE, "link_number", Action.PERSON_IDENTIFIER_LINKED),
        (BEFORE, "new_number", Action.PERSON_NUMBER_CHANGED),
        (RESERVE, "correct_number", Action.CASE_PERSON_CORRECTED),
    ],
)
def test_each_act_and_its_undoing_are_always_reviewed(
    county: f.County, mine: str, act: str, action: Action
) -> None:
    begun = clock.now()
    case_id = case_on(mine, county.anna)
    do(browser(county.anna), act, case_id, AFTERWARDS, name="Gun Ek")
    undo(county, case_id)
    reviewed = [entry for entry in log.always_reviewed(since=begun) if entry.case_id == case_id]
    assert [entry.action for entry in reviewed] == [action, Action.PERSON_IDENTITY_UNDONE]
    assert all(entry.result == Result.DONE and entry.person_id for entry in reviewed)
    assert not any(AFTERWARDS.replace("-", "") in str(entry.details) for entry in reviewed)
    assert {action, Action.PERSON_IDENTITY_UNDONE} <= ALWAYS_REVIEWED
