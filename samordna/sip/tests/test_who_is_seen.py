"""Who a unit sees that a case is about: as she is now, as the unit was told of her, or nobody (L-02, L-12)."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import AssignmentFactory, set_right, worker
from samordna.audit.queries import entries_for_case
from samordna.audit.states import ALWAYS_REVIEWED, Action
from samordna.cases.commands import name_reader
from samordna.cases.models import NamedReader, Participation, UnitCase
from samordna.cases.states import EndReason
from samordna.casework.case.commands.case import end_case, give_consent, remove_unit
from samordna.kernel import clock
from samordna.messaging.facts import Chosen
from samordna.messaging.states import Answer
from samordna.people.models import IdentityChange
from samordna.people.states import IdentityKind, Protection
from samordna.sip.process import SIP
from samordna.sip.tests import factories as f
from samordna.sip.tests import protections as p
from samordna.sip.tests.identities import change_number
from samordna.sip.tests.identity_pages import browser, person_of, text, url
from tests.process.invariants import stored_steps_equal_computed
from tests.support.upgrades import upgrade

pytestmark = pytest.mark.django_db
GONE = "Ärendet gäller inte längre den person som ni fick meddelande om."
OLD_NAME, NEW_NAME = "Karl-Erik Wallin", "Rätta Personen"
OTHER = "19410110-6393"
TOLD = ("cases", "0014_fill_what_units_were_told")


@pytest.fixture
def county() -> f.County:
    return f.county()


def removed(county: f.County) -> tuple[UUID, Assignment]:
    case_id = f.accepted_case(county)
    unit_id = county.health_centre.pk
    remove_unit(process=SIP, actor=f.actor(county.anna), case_id=case_id, unit_id=unit_id, at=clock.now())
    return case_id, county.david


def denied(county: f.County) -> tuple[UUID, Assignment]:
    case_id, message_id = f.sent_initiative(county)
    f.answer(case_id, message_id, county.david, Answer.DENIED, suggested_text="Skolan")
    return case_id, county.david


def informed(county: f.County) -> tuple[UUID, Assignment]:
    case_id = f.accepted_case(county)
    unit_ids = [county.hospital.pk]
    give_consent(
        process=SIP,
        actor=f.actor(county.anna),
        case_id=case_id,
        choice=f.CONSENT,
        unit_ids=unit_ids,
        at=clock.now(),
    )
    inform(case_id, county)
    return case_id, county.frida


def inform(case_id: UUID, county: f.County) -> None:
    f.send_information(case_id, county.anna, [Chosen(county.hospital.pk, False)])


def correct(case_id: UUID, county: f.County) -> UUID:
    return change_number(case_id, county.anna, OTHER, IdentityKind.CORRECTED, name=NEW_NAME)


def page(case_id: UUID, who: Assignment) -> str:
    return text(browser(who).get(url("case", case_id), follow=True))


def lists(who: Assignment) -> str:
    client = browser(who)
    return "".join(text(client.get(reverse("overview:sip"), {"list": name})) for name in ("ongoing", "ended"))


def finds(who: Assignment, *sought: str) -> list[bool]:
    """Whether the unit's search finds its case by each."""
    client = browser(who)
    found = (client.post(reverse("overview:search"), {"q": one}) for one in sought)
    return [f">{OTHER}<" in text(one) or "/sip/cases/" in text(one) for one in found]


OUTER = pytest.mark.parametrize("outer", [removed, denied, informed])


@pytest.mark.requirement("L-02", "L-12")
@OUTER
def test_who_has_left_or_is_informed_never_learns_to_whom_a_case_was_corrected(
    county: f.County, outer: Callable[[f.County], tuple[UUID, Assignment]]
) -> None:
    case_id, who = outer(county)
    number = p.number_of(case_id)
    assert OLD_NAME in page(case_id, who)
    assert finds(who, "Karl-Erik", number) == [True, True]
    change = correct(case_id, county)
    shown = page(case_id, who)
    assert GONE in shown
    assert not any(said in shown + lists(who) for said in (NEW_NAME, OTHER, OLD_NAME))
    assert finds(who, "Rätta", OTHER, "Karl-Erik", number) == [False] * 4
    assert NEW_NAME in page(case_id, county.anna)
    browser(county.anna).post(url("undo_identity", case_id, change), {"reason": "Fel."})
    assert OLD_NAME in page(case_id, who)
    assert finds(who, "Karl-Erik", number) == [True, True]


@pytest.mark.requirement("L-02", "L-12")
@OUTER
def test_who_has_left_or_is_informed_knows_her_by_the_name_and_number_it_was_told(
    county: f.County, outer: Callable[[f.County], tuple[UUID, Assignment]]
) -> None:
    case_id, who = outer(county)
    number = p.number_of(case_id)
    new = f.made_up_number(date(1985, 5, 5))
    p.change(case_id, county.anna, name="Nya Namnet")
    change_number(case_id, county.anna, new)
    shown = page(case_id, who) + lists(who)
    assert OLD_NAME in shown
    assert f"{number[:8]}-{number[8:]}" in shown
    assert not any(said in shown for said in ("Nya Namnet", "19850505"))
    assert finds(who, "Nya Namnet", new, "Karl-Erik", number) == [False, False, True, True]
    assert finds(county.anna, "Nya Namnet", new, number, "Karl-Erik") == [True, True, True, False]


@pytest.mark.requirement("L-02")
def test_an_informed_unit_knows_her_as_its_last_message_told(county: f.County) -> None:
    case_id, frida = informed(county)
    p.change(case_id, county.anna, name="Nya Namnet")
    assert "Nya Namnet" not in page(case_id, frida)
    inform(case_id, county)
    assert "Nya Namnet" in page(case_id, frida)
    correct(case_id, county)
    assert GONE in page(case_id, frida)


@pytest.mark.requirement("L-02", "V-23")
def test_asking_about_a_number_does_not_tell_a_unit_that_has_left_who_its_case_is_about(
    county: f.County,
) -> None:
    case_id, david = removed(county)
    correct(case_id, county)
    told = text(browser(david).post(reverse("sip:new"), {"identifier": OTHER}))
    assert str(case_id) not in told
    assert county.home_care.name in told


@pytest.mark.requirement("L-04", "L-12")
def test_a_case_that_is_over_keeps_a_protected_person_as_she_was_known_in_it(county: f.County) -> None:
    case_id = f.accepted_case(county)
    number = p.number_of(case_id)
    end_case(
        process=SIP, actor=f.actor(county.anna), case_id=case_id, reason="MOVED", comment="", at=clock.now()
    )
    again = f.new_case(county.eva, person_id=person_of(case_id).pk)
    p.change(again, county.eva, protection=Protection.FICTITIOUS)
    p.change(again, county.eva, name="Nya Identiteten")
    new = f.made_up_number(date(1985, 5, 5))
    change_number(again, county.eva, new)
    client = browser(county.david)
    shown = text(client.get(url("case", case_id), follow=True)) + text(client.get(url("person", case_id)))
    assert OLD_NAME in shown
    assert not any(said in shown for said in ("Nya Identiteten", "19850505"))
    assert finds(county.david, new, number) == [False, True]
    assert "Nya Identiteten" in page(again, county.eva)


@pytest.mark.requirement("L-04")
@pytest.mark.parametrize("outer", [removed, denied])
def test_named_readers_end_with_the_part_of_their_unit(
    county: f.County, outer: Callable[[f.County], tuple[UUID, Assignment]]
) -> None:
    case_id, who = outer(county)
    p.protect(case_id, county.anna, Protection.FICTITIOUS)
    client = browser(who)
    assert client.get(url("case", case_id)).status_code == 404
    assert client.get(url("take_on", case_id)).status_code == 404
    assert client.post(url("take_on", case_id)).status_code == 404
    assert not UnitCase.objects.filter(case_id=case_id, unit=who.unit).exists()


@pytest.mark.requirement("L-04")
def test_whoever_handles_an_earlier_case_is_named_when_its_person_is_protected(county: f.County) -> None:
    """Else anybody at the unit could take that one on."""
    case_id = f.accepted_case(county)
    end_case(
        process=SIP, actor=f.actor(county.anna), case_id=case_id, reason="MOVED", comment="", at=clock.now()
    )
    again = f.new_case(county.eva, person_id=person_of(case_id).pk)
    p.protect(again, county.eva)
    colleague = browser(worker(county.health_centre, name="Onämnd Kollega"))
    assert colleague.get(url("take_on", case_id)).status_code == 404
    assert "David Holm" in text(colleague.get(url("case", case_id)))
    assert OLD_NAME in page(case_id, county.david)


@pytest.mark.requirement("L-04", "L-12")
def test_taking_on_a_protected_case_stands_in_the_review_of_the_log(county: f.County) -> None:
    case_id, _message = f.sent_initiative(county)
    p.protect(case_id, county.anna)
    browser(county.david).post(url("take_on", case_id))
    assert OLD_NAME in page(case_id, county.david)
    (entry,) = (one for one in entries_for_case(case_id) if one.action == Action.CASE_TAKEN_ON)
    assert entry.action in ALWAYS_REVIEWED


@pytest.mark.requirement("L-04")
def test_a_unit_that_denies_a_protected_case_comes_to_its_list(county: f.County) -> None:
    case_id, message_id = f.sent_initiative(county)
    p.protect(case_id, county.anna)
    client = browser(county.david)
    client.post(url("take_on", case_id))
    reply = {"answer": "DENIED", "suggested_text": "Skolan", "comment": "Inte vår"}
    assert client.post(url("answer", case_id, message_id), reply, follow=True).status_code == 200
    assert client.get(url("case", case_id)).status_code == 404


@pytest.mark.requirement("L-04")
def test_a_user_of_two_units_is_named_at_each(county: f.County) -> None:
    case_id, _message = f.sent_initiative(county)
    p.protect(case_id, county.anna)
    both = AssignmentFactory(user=county.anna.user, unit=county.health_centre)
    set_right(both, initiates=True, answers=True)
    browser(both).post(url("take_on", case_id))
    assert OLD_NAME in page(case_id, both)
    assert OLD_NAME in page(case_id, county.anna)
    colleague = browser(worker(county.health_centre, name="Onämnd Kollega"))
    assert colleague.get(url("take_on", case_id)).status_code == 404


@pytest.mark.requirement("L-04")
def test_a_protection_is_raised_also_when_only_a_case_that_is_over_is_left(county: f.County) -> None:
    case_id = f.accepted_case(county)
    p.describe(case_id, county.anna)
    end_case(
        process=SIP, actor=f.actor(county.anna), case_id=case_id, reason="MOVED", comment="", at=clock.now()
    )
    shown = text(browser(county.david).get(url("person", case_id)))
    assert 'name="protection"' in shown
    assert 'name="phone"' not in shown
    typed = {"version": person_of(case_id).version, "protection": "FICTITIOUS"}
    opened_before = browser(county.david).post(url("person", case_id), typed | {"name": "Annat Namn"})
    assert (opened_before.status_code, person_of(case_id).protection) == (200, "NONE")
    assert "Annat Namn" in text(opened_before)
    assert browser(county.david).post(url("person", case_id), typed).status_code == 302
    assert (person_of(case_id).protection, person_of(case_id).name) == ("FICTITIOUS", OLD_NAME)
    shown = text(browser(county.david).get(url("person", case_id)))
    assert not any(word in shown for word in p.WORDS)
    typed |= {"version": person_of(case_id).version, "protection": "NONE"}
    assert browser(county.david).post(url("person", case_id), typed).status_code == 200
    assert person_of(case_id).protection == "FICTITIOUS"


@pytest.mark.requirement("L-04")
def test_who_has_left_raises_no_protection(county: f.County) -> None:
    case_id, david = removed(county)
    typed = {"version": person_of(case_id).version, "protection": "FICTITIOUS"}
    assert browser(david).post(url("person", case_id), typed).status_code == 404
    assert person_of(case_id).protection == "NONE"


@pytest.mark.requirement("L-02", "L-12")
def test_the_number_that_a_case_was_made_on_by_mistake_is_told_to_who_can_undo_it(county: f.County) -> None:
    case_id = f.accepted_case(county)
    number = p.number_of(case_id)
    wrong = f"{number[:8]}-{number[8:]}"
    change = correct(case_id, county)
    anna, david = browser(county.anna), browser(county.david)
    assert wrong in text(anna.get(url("person", case_id)))
    shown = text(david.get(url("person", case_id)))
    assert "Ärendet gjordes på fel nummer och har rättats" in shown
    assert wrong not in shown + text(david.get(url("undo_identity", case_id, change)))
    IdentityChange.objects.update(made_at=clock.now() - timedelta(days=15))
    assert wrong not in text(anna.get(url("person", case_id)))


def forget_what_units_were_told() -> None:
    """As rows of an older release are."""
    Participation.objects.update(known_person=None, known_name="", known_number="")


@pytest.mark.requirement("L-02", "L-12")
@OUTER
@pytest.mark.parametrize("corrected", [True, False])
def test_an_upgrade_works_out_whom_units_were_told_of(
    county: f.County, outer: Callable[[f.County], tuple[UUID, Assignment]], corrected: bool
) -> None:
    case_id, who = outer(county)
    number = p.number_of(case_id)
    old = f"{number[:8]}-{number[8:]}"
    if corrected:
        correct(case_id, county)
    else:
        change_number(case_id, county.anna, f.made_up_number(date(1985, 5, 5)))
    forget_what_units_were_told()
    assert GONE in page(case_id, who)
    upgrade(*TOLD)
    shown = page(case_id, who)
    assert (GONE in shown, old in shown) == (corrected, not corrected)
    assert "19850505" not in shown


@pytest.mark.requirement("L-02", "L-04", "L-12")
@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("19500101-K123", IdentityKind.LINKED),
        ("19970303-2384", IdentityKind.NEW_NUMBER),
        ("19970303-2384", IdentityKind.CORRECTED),
    ],
)
def test_when_an_act_that_protected_somebody_is_undone_units_see_her_other_cases_as_before(
    county: f.County, number: str, kind: IdentityKind
) -> None:
    hers, david = removed(county)
    end_case(
        process=SIP,
        actor=f.actor(county.anna),
        case_id=hers,
        reason=EndReason.MOVED,
        comment="",
        at=clock.now(),
    )
    mine = f.new_case(county.eva, person_id=f.new_person(f.actor(county.eva), name="Gun Ek", number=number))
    p.protect(mine, county.eva, Protection.FICTITIOUS)
    assert OLD_NAME in lists(david)
    change = change_number(mine, county.eva, p.number_of(hers), kind, name=OLD_NAME)
    assert OLD_NAME not in lists(david)
    browser(county.eva).post(url("undo_identity", mine, change), {"reason": "Fel person"})
    assert OLD_NAME in lists(david)
    stored_steps_equal_computed()


@pytest.mark.requirement("L-02", "L-12")
@pytest.mark.parametrize("over", [True, False])
def test_an_upgrade_works_out_whom_a_case_that_is_over_was_about(county: f.County, over: bool) -> None:
    """Who takes part in one that goes on sees the person as she is. A number got in a later case was not told in it."""
    case_id = f.accepted_case(county)
    if over:
        end_case(
            process=SIP,
            actor=f.actor(county.anna),
            case_id=case_id,
            reason="MOVED",
            comment="",
            at=clock.now(),
        )
        later = f.new_case(county.anna, person_id=person_of(case_id).id)
        change_number(later, county.anna, f.made_up_number(date(1985, 5, 5)))
    present = Participation.objects.filter(case_id=case_id, until_at=None)
    stands = list(present.values_list("known_person", "known_name", "known_number"))
    assert stands[0][0] == (person_of(case_id).id if over else None)
    forget_what_units_were_told()
    upgrade(*TOLD)
    assert list(present.values_list("known_person", "known_name", "known_number")) == stands


@pytest.mark.requirement("L-12")
def test_an_upgrade_works_out_the_number_that_was_linked_to_somebody_known(county: f.County) -> None:
    case_id, david = f.accepted_case(county), county.david
    known = f.new_person(f.actor(county.anna), number=OTHER.replace("-", ""))
    remove_unit(
        process=SIP, actor=f.actor(county.anna), case_id=case_id, unit_id=david.unit_id, at=clock.now()
    )
    told = Participation.objects.filter(case_id=case_id, unit_id=david.unit_id).order_by("pk")
    stands = list(told.values_list("known_number", flat=True))
    change_number(case_id, county.anna, OTHER, IdentityKind.NEW_NUMBER)
    assert person_of(case_id).id == known
    forget_what_units_were_told()
    upgrade(*TOLD)
    assert stands[-1]
    assert set(told.values_list("known_number", flat=True)) == {stands[-1]}


@pytest.mark.requirement("L-04")
@pytest.mark.parametrize("stays", [True, False])
def test_an_upgrade_ends_the_named_readers_of_units_that_have_left(county: f.County, stays: bool) -> None:
    case_id, david = removed(county) if not stays else (f.accepted_case(county), county.david)
    name_reader(case_id=case_id, unit_id=david.unit_id, user_id=david.user_id, name="David", at=clock.now())
    upgrade(*TOLD)
    assert NamedReader.objects.filter(user=david.user, until_at=None).exists() is stays
