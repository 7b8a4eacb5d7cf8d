"""A handler or coordinator who has left is shown as missing, everywhere and from the day itself; names are of today."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samordna.accounts.models import User
from samordna.assignments.models import Assignment, ModuleRight
from samordna.assignments.states import Profession, SystemRole
from samordna.assignments.tests.factories import AssignmentFactory, SystemRoleGrantFactory
from samordna.audit.models import Entry
from samordna.casework.case.commands.handing_over import hand_over
from samordna.kernel.clock import now, today
from samordna.kernel.refusal import NotVisible
from samordna.messaging.models import Message
from samordna.organisations.models import Organisation
from samordna.sip.information.commands import save_information, send_information
from samordna.sip.information.text import InformationText
from samordna.sip.process import SIP
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s
from samordna.sip.tests.message_pages import at_work, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> f.County:
    return f.county()


@pytest.fixture
def case_id(county: f.County) -> UUID:
    """Anna coordinates and handles at home care, David handles at the health centre; the plan waits for its lock."""
    return s.signed_plan(county)


def _ends(who: Assignment) -> None:
    Assignment.objects.filter(pk=who.pk).update(ends_on=today(now()) - timedelta(days=1))


def _closed(who: Assignment) -> None:
    User.objects.filter(pk=who.user_id).update(is_active=False)


def _loses_the_right(who: Assignment) -> None:
    ModuleRight.objects.filter(profession=who.profession).update(may_initiate=False, may_answer=False)


def _changes_profession(who: Assignment) -> None:
    _ends(who)
    AssignmentFactory(user=who.user, unit=who.unit, profession=Profession.TEACHER, starts_on=today(now()))


def _moves(who: Assignment) -> None:
    _ends(who)
    AssignmentFactory(user=who.user, starts_on=today(now()))


def _unit_closes(who: Assignment) -> None:
    Organisation.objects.filter(pk=who.unit_id).update(closed_on=today(now()))


LEAVES = [_ends, _closed, _loses_the_right, _changes_profession, _moves]


def listed(client: Client, name: str = "ongoing") -> str:
    return client.get(reverse("overview:sip"), {"list": name}).content.decode()


def superuser(who: Assignment) -> Client:
    SystemRoleGrantFactory(user=who.user, role=SystemRole.SUPERUSER, organisation=who.unit)
    return at_work(who)


@pytest.mark.requirement("V-25", "K-06")
@pytest.mark.parametrize("leaves", LEAVES)
def test_a_case_whose_handler_has_left_is_without_handler_and_says_who_it_was(
    county: f.County, case_id: UUID, leaves: Callable[[Assignment], None]
) -> None:
    second = AssignmentFactory(
        unit=county.health_centre, profession=Profession.PHYSICIAN, user__name="Doris Ny"
    )
    ModuleRight.objects.create(
        department=county.health_centre.department,
        module="SIP",
        profession=Profession.PHYSICIAN,
        may_initiate=True,
        may_answer=True,
    )
    doris = superuser(second)
    assert "Karl-Erik Wallin" not in listed(doris, "unhandled")
    leaves(county.david)
    page = listed(doris, "unhandled")
    assert "Karl-Erik Wallin" in page
    assert "Ingen handläggare" in page
    units = doris.get(reverse("sip:units", args=[case_id])).content.decode()
    assert "Ingen: David Holm har slutat" in units
    doris.post(reverse("sip:name_handler", args=[case_id]), {"handler": second.pk})
    assert "Karl-Erik Wallin" not in listed(doris, "unhandled")


@pytest.mark.requirement("V-24", "K-06")
@pytest.mark.parametrize("leaves", [*LEAVES, _unit_closes])
def test_a_case_whose_coordinator_has_left_says_so_and_who_can_name_another(
    county: f.County, case_id: UUID, leaves: Callable[[Assignment], None]
) -> None:
    SystemRoleGrantFactory(user=county.cecilia.user, role=SystemRole.SUPERUSER, organisation=county.social)
    david = at_work(county.david)
    assert "Anna Lindqvist ska låsa planen" in listed(david)
    leaves(county.anna)
    row = listed(david)
    assert "Samordningsansvarig har slutat" in row
    assert "ska låsa planen" not in row
    assert "En administratör eller superanvändare utser en ny" in row
    page = read(david, case_id, Part.PLAN)
    assert "Samordningsansvarig har slutat" in page
    assert "Cecilia Berg, IFO Vuxen kan utse en ny" in page
    cecilia = at_work(county.cecilia)
    without = cecilia.get(reverse("sip:without_coordinator"))
    assert case_id in {envelope.case_id for envelope in without.context["envelopes"]}
    cecilia.post(reverse("sip:replace_coordinator", args=[case_id]), {"colleague": county.david.pk})
    assert "har slutat" not in listed(david)
    assert "Läs och lås planen" in listed(david)


@pytest.mark.requirement("V-24", "V-33")
def test_what_a_unit_is_to_do_itself_stands_though_the_coordinator_has_left(county: f.County) -> None:
    case_id, _initiative = f.sent_initiative(county)
    _ends(county.anna)
    row = listed(at_work(county.david))
    assert "Svara på initiativ" in row
    assert "har slutat" in row
    assert "Svara på initiativ" in read(at_work(county.david), case_id, Part.INITIATIVE)


@pytest.mark.requirement("K-13", "L-06")
def test_a_new_name_is_shown_where_one_acts_now_and_the_old_one_on_what_is_sent_and_signed(
    county: f.County, case_id: UUID
) -> None:
    f.send_information(case_id, county.anna, f.to_units(county.health_centre))
    User.objects.filter(pk=county.anna.user_id).update(name="Anna Nygren")
    Organisation.objects.filter(pk=county.home_care.pk).update(name="Hemtjänsten Öst")
    david = at_work(county.david)
    row = listed(david)
    assert "Anna Nygren, Hemtjänsten Öst" in row
    plan = read(david, case_id, Part.PLAN)
    assert "Anna Nygren, Hemtjänsten Öst" in plan
    units = david.get(reverse("sip:units", args=[case_id])).content.decode()
    assert "Anna Nygren" in units
    assert "Hemtjänsten Öst" in units
    assert "Anna Lindqvist" in plan
    sent = read(david, case_id, Part.INFORMATION)
    assert "Anna Lindqvist" in sent
    assert "Hemtjänsten Norr" in sent
    assert "Hemtjänsten Norr" in read(david, case_id, Part.SUMMONS)


@pytest.mark.requirement("K-13")
def test_a_draft_is_of_who_writes_it_now_and_sent_by_the_name_of_that_day(
    county: f.County, case_id: UUID
) -> None:
    anna = f.actor(county.anna)
    text, chosen = InformationText("Passar torsdag 13.00?"), f.to_units(county.health_centre)
    message_id = save_information(
        actor=anna, case_id=case_id, message_id=None, version=0, chosen=chosen, text=text, at=now()
    )
    Organisation.objects.filter(pk=county.home_care.pk).update(name="Hemtjänsten Öst")
    send_information(actor=f.actor(county.anna), case_id=case_id, message_id=message_id, version=1, at=now())
    assert Message.objects.get(pk=message_id).unit_name == "Hemtjänsten Öst"
    Organisation.objects.filter(pk=county.home_care.pk).update(name="Hemtjänsten Väst")
    assert "Hemtjänsten Öst" in read(at_work(county.david), case_id, Part.INFORMATION)


@pytest.mark.requirement("K-06", "V-25", "V-24")
def test_ending_an_assignment_shows_how_many_cases_hang_on_it_and_hands_them_over(
    county: f.County, case_id: UUID
) -> None:
    SystemRoleGrantFactory(user=county.frida.user, organisation=county.home_care)
    frida = at_work(county.frida)
    address = reverse("assignments:assignment_end", args=[county.anna.user_id, county.anna.pk])
    page = frida.get(address).content.decode()
    assert "Samordningsansvarig i 1 pågående ärende." in page
    assert "Handläggare i 1 pågående ärende." in page
    none = frida.get(reverse("assignments:assignment_end", args=[county.olle.user_id, county.olle.pk]))
    assert "pågående ärende" not in none.content.decode(), "what is none is not counted"
    assert "Karl-Erik" not in page
    offered = {value for value, _label in frida.get(address).context["form"].fields["to"].choices}
    assert offered == {"", county.bertil.pk, county.olle.pk}
    elsewhere = frida.post(address, {"ends_on": today(now()), "to": county.david.pk})
    assert elsewhere.context["form"].errors["to"]
    assert (
        "1 ärende är överlämnat."
        in frida.post(
            address, {"ends_on": today(now()), "to": county.bertil.pk}, follow=True
        ).content.decode()
    )
    case = f.facts_of(case_id).case
    assert (case.coordinator.name, case.handler_at(county.home_care.pk).name) == ("Bertil Ek", "Bertil Ek")
    assert "Bertil Ek ska låsa planen" in listed(at_work(county.david))
    entry = Entry.objects.get(action="case.coordinator_replaced")
    assert (entry.case_id, entry.user_id) == (case_id, county.frida.user_id)
    late = frida.post(address, {"ends_on": today(now()), "to": county.olle.pk}, follow=True).content.decode()
    assert "Sista dagen är sparad." in late, "another form that was open meanwhile has nothing to hand over"
    assert "överlämn" not in late
    assert f.facts_of(case_id).case.coordinator.name == "Bertil Ek"


@pytest.mark.requirement("K-06", "K-05")
def test_nobody_but_an_administrator_of_the_unit_hands_over(county: f.County, case_id: UUID) -> None:
    SystemRoleGrantFactory(user=county.frida.user, organisation=county.social)
    SystemRoleGrantFactory(user=county.olle.user, role=SystemRole.SUPERUSER, organisation=county.home_care)
    for who in (county.frida, county.olle, county.anna):
        with pytest.raises(NotVisible):
            hand_over(
                process=SIP,
                actor=f.actor(who),
                assignment_id=county.anna.pk,
                to_assignment_id=county.bertil.pk,
                at=now(),
            )
    assert f.facts_of(case_id).case.coordinator.name == "Anna Lindqvist"


@pytest.mark.requirement("K-06", "V-25")
def test_a_file_that_ends_an_assignment_tells_first_what_hangs_on_it(county: f.County, case_id: UUID) -> None:
    SystemRoleGrantFactory(user=county.frida.user, organisation=county.home_care)
    frida, anna = at_work(county.frida), county.anna
    heading = "användarnamn;namn;enhet;yrke;titel;första dag;sista dag"
    row = f"{anna.user.username};Anna Lindqvist;Hemtjänsten Norr;Enhetschef;{anna.title};{anna.starts_on};"
    content = f"{heading}\n{row}{today(now())}\n".encode()
    upload = SimpleUploadedFile("anvandare.csv", content, "text/csv")
    chosen = frida.post(reverse("assignments:users_import"), {"file": upload})
    page = frida.get(chosen.url)
    text = page.content.decode()
    assert "Samordningsansvarig i pågående ärenden: 1. Handläggare i pågående ärenden: 1." in text
    assert "Karl-Erik" not in text
    frida.post(chosen.url, {"import": "1", "seen": page.context["outcome"].seen})
    anna.refresh_from_db()
    assert anna.ends_on == today(now())


@pytest.mark.requirement("V-24", "K-05")
@pytest.mark.parametrize(
    ("over", "offered"), [("hospital", False), ("health_centre", True), ("home_care", True)]
)
def test_another_coordinator_is_named_by_whoever_holds_a_role_over_a_unit_of_the_case(
    county: f.County, case_id: UUID, over: str, offered: bool
) -> None:
    """Wherever she stands; who holds it over other units is not offered what she would be refused."""
    place = getattr(county, over)
    SystemRoleGrantFactory(user=county.david.user, role=SystemRole.SUPERUSER, organisation=place.department)
    _ends(county.anna)
    david, address = at_work(county.david), reverse("sip:replace_coordinator", args=[case_id])
    assert (f'href="{address}"' in read(david, case_id, Part.PLAN)) == offered
    assert (david.get(address).status_code == 200) == offered


@pytest.mark.requirement("V-24", "V-53")
def test_what_a_unit_writes_itself_stands_though_the_coordinator_has_left(county: f.County) -> None:
    """The list and the page say the same."""
    case_id = f.summoned_case(county)
    s.begin_plan(case_id, county.david)
    _ends(county.anna)
    david = at_work(county.david)
    assert "Skriv klart och signera planen" in listed(david)
    assert "Skriv klart och signera planen" in read(david, case_id, Part.SUMMONS)


@pytest.mark.requirement("K-13")
def test_units_stand_in_swedish_order_where_they_are_listed(county: f.County, case_id: UUID) -> None:
    names = {"health_centre": "Ängens vårdcentral", "social": "Åsens IFO", "home_care": "Östra hemtjänsten"}
    for unit, name in names.items():
        Organisation.objects.filter(pk=getattr(county, unit).pk).update(name=name)
    in_order = [names["social"], names["health_centre"], names["home_care"]]
    anna = at_work(county.anna)
    for page in ("units", "consent"):
        shown = anna.get(reverse(f"sip:{page}", args=[case_id])).content.decode().split("<main")[1]
        wanted = [name for name in in_order if name in shown]
        assert len(wanted) > 1, page
        assert [shown.rindex(name) for name in wanted] == sorted(map(shown.rindex, wanted)), page
    _ends(county.anna)
    envelopes = superuser(county.david).get(reverse("sip:without_coordinator")).context["envelopes"]
    assert [list(one.unit_names) for one in envelopes] == [in_order]
