"""The small county: what tests and journeys stand on."""

import io
import re
from collections import Counter
from html import unescape
from itertools import islice
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.urls import resolve, reverse

from samordna.accounts.models import User
from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import actor_for_assignment, log_in
from samordna.audit.commands import seal
from samordna.audit.models import Entry
from samordna.cases.models import Case, UnitCase
from samordna.cases.states import Bucket, CaseStatus, StepStatus
from samordna.cases.worklist import Symbol
from samordna.demo.county.telephones import homes, landlines, mobiles
from samordna.demo.county.users import username_of
from samordna.demo.passwords import PASSWORD
from samordna.demo.persons.numbers import RESERVE
from samordna.kernel import clock
from samordna.kernel.module import Module, Rights
from samordna.messaging.models import Delivery
from samordna.organisations.models import Organisation
from samordna.people.models import Person, PersonIdentifier
from samordna.people.states import Protection
from samordna.sip.states import Part
from tests.architecture.test_tree import is_test_number

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_county")]

# Overdue is computed when read; a plan is replaced in the history of a case, not in its list.
SHOWN_STATUSES = set(StepStatus) - {StepStatus.OVERDUE, StepStatus.REPLACED}


def actor_of(name: str):
    return actor_for_assignment(Assignment.objects.filter(user__name=name).earliest("pk"))


def test_every_number_is_a_test_number() -> None:
    values = set(PersonIdentifier.objects.values_list("value", flat=True))
    assert [value for value in values if value not in RESERVE and not is_test_number(value)] == []


def test_every_bucket_and_every_status_occurs() -> None:
    rows = UnitCase.objects.all()
    assert {row.bucket for row in rows} == set(Bucket)
    assert {Symbol.loaded(stored).status for row in rows for stored in row.symbols.values()} == SHOWN_STATUSES
    assert {part for row in rows for part in row.symbols} == set(Part) - {Part.SBAR}
    assert set(Case.objects.values_list("status", flat=True)) == set(CaseStatus)


def test_stored_worklists_equal_computed_ones() -> None:
    said = io.StringIO()
    call_command("rebuild_worklists", "--check", stdout=said)
    assert "stored equals computed" in said.getvalue()


def test_nothing_lies_ahead_and_the_log_is_in_order() -> None:
    entries = list(Entry.objects.order_by("id").values_list("case_id", "at"))
    # Acts of one case that are told at the same time stand a microsecond apart; those of two cases may then cross.
    told = [at.replace(microsecond=0) for _case, at in entries]
    assert told == sorted(told)
    for case_id in {case_id for case_id, _at in entries if case_id}:
        own = [at for of, at in entries if of == case_id]
        assert own == sorted(own)
    assert max(at for _case, at in entries) <= clock.now()
    assert (
        Entry.objects.filter(case_id=None, user_id__isnull=False).exclude(action="right.changed").count() == 0
    )


def test_filled_again_nothing_changes(settings, tmp_path) -> None:
    settings.VAR_DIR = tmp_path
    before = (Entry.objects.count(), Person.objects.count(), User.objects.count())
    call_command("fill_demo", "--small")
    said = io.StringIO()
    call_command("fill_demo", stdout=said)
    assert (Entry.objects.count(), Person.objects.count(), User.objects.count()) == before
    assert "small county is already there" in said.getvalue()
    assert PASSWORD in (tmp_path / "logins.txt").read_text()


@pytest.mark.requirement("K-01")
@pytest.mark.parametrize(
    "name",
    [
        "Frida Nordanlid",
        "Eva Holmstig",
        "Eva-Karin Sandlöf",
        "Anna Lindqvist",
        "Lena Granvik",
        "Susanne Rönnbo",
        "Cecilia Bergvind",
        "Ylva Björkhed",
    ],
    ids=[
        "ward",
        "health centre",
        "psychiatry",
        "home care",
        "home health care",
        "assistance officers",
        "social services",
        "pupil health",
    ],
)
def test_all_kinds_of_care_of_the_county_find_their_common_cases_in_the_list(client, name) -> None:
    work = Assignment.objects.filter(user__name=name).earliest("pk")
    log_in(client, work)
    page = client.get(reverse("overview:sip")).content.decode()
    shared = Case.objects.filter(unit_cases__unit=work.unit_id)
    assert work.unit.name in page
    assert any(f"cases/{case.pk}/" in page for case in shared)


@pytest.mark.requirement("K-04")
def test_departments_have_chosen_who_initiates_and_who_answers() -> None:
    expected = {
        "Anna Lindqvist": (True, True),
        "Bertil Ekmyr": (True, True),
        "Cecilia Bergvind": (False, True),
        "Pär Nygrind": (True, True),
        "Ylva Björkhed": (False, True),
        "Maria Sandmyr": (False, False),
    }
    held = {name: actor_of(name).rights(Module.SIP) for name in expected}
    assert {name: (rights.may_initiate, rights.may_answer) for name, rights in held.items()} == expected
    # A teacher has no right by profession; the headmaster has appointed this one.
    appointed = actor_of("Linnea Ekedahlin")
    assert (appointed.profession, appointed.rights(Module.SIP)) == ("TEACHER", Rights(may_answer=True))


def test_system_roles_have_a_scope() -> None:
    assert actor_of("Maria Sandmyr").system_roles == {"ADMINISTRATOR"}
    assert actor_of("Bertil Ekmyr").system_roles == {"SUPERUSER"}
    assert actor_of("Anna Lindqvist").system_roles == frozenset()


def test_katrineholm_answers_the_same_day_and_the_region_within_a_working_day() -> None:
    days: dict[str, set[bool]] = {}
    for delivery in Delivery.objects.filter(due_at__isnull=False, unit__isnull=False).select_related("unit"):
        same = clock.today(delivery.due_at) == clock.today(delivery.added_at)
        before_the_hour = clock.local(delivery.added_at).hour < 16
        if before_the_hour:
            days.setdefault(delivery.unit.municipality and delivery.unit.principal.name, set()).add(same)
    assert days["Katrineholms kommun"] == {True}
    assert days["Region Sörmland"] == {False}


def test_some_are_protected() -> None:
    assert Person.objects.exclude(protection=Protection.NONE).exists()


def test_addresses_and_telephones_reach_nobody() -> None:
    mail = [
        *Organisation.objects.values_list("notify_email", flat=True),
        *User.objects.values_list("email", flat=True),
    ]
    assert {address.rpartition("@")[2] for address in mail if address} == {"example.org"}
    free = {number for source in (landlines(), mobiles(), homes()) for number in islice(source, 300)}
    used = {
        *Organisation.objects.values_list("phone", flat=True),
        *User.objects.values_list("phone", flat=True),
        *Person.objects.values_list("phone", flat=True),
    }
    assert used - {""} <= free


def test_hsa_ids_cannot_be_real() -> None:
    ids = Organisation.objects.exclude(hsa_id=None).values_list("hsa_id", flat=True)
    assert {hsa_id.partition("-")[0] for hsa_id in ids} == {"TSTNMT0000000000"}


def test_user_names_are_read_aloud_and_differ() -> None:
    names = Counter(username_of(name) for name in User.objects.values_list("name", flat=True))
    assert max(names.values()) == 1
    assert username_of("Anna Lindqvist") == "ANNALI"


def test_a_coordinator_has_left() -> None:
    left = User.objects.get(name="Rolf Hasselmo")
    assert not Assignment.objects.valid_on(clock.today(clock.now())).filter(user=left).exists()
    assert UnitCase.objects.filter(coordinator_name=left.name).exists()


def test_everybody_logs_in_with_the_one_password(client, settings) -> None:
    answer = client.post(reverse("accounts:login"), {"username": "annali", "password": PASSWORD})
    assert answer.status_code == 302
    page = client.get(answer.url, follow=True)
    assert page.status_code == 200
    assert "Hemtjänsten Norr" in page.content.decode()


def test_never_in_a_countys_own_installation(settings) -> None:
    settings.IS_EXERCISE = False
    with pytest.raises(CommandError, match="own settings"):
        call_command("fill_demo", "--small")


@pytest.mark.requirement("L-05")
def test_the_log_tells_of_all_that_was_done() -> None:
    # As the worker does when the demo is there.
    while seal(at=clock.now()):
        pass
    said = io.StringIO()
    call_command("verify_audit", stdout=said)
    assert "Loggen är hel." in said.getvalue()


# So many pages of each route are opened for each user; a route's pages are made by the same code.
_PAGES_OF_A_ROUTE = 2
_WALKERS = 10
_LEADS_OUT = {"accounts:logout", "web:language", "sip:print"}


def _walkers() -> list[Assignment]:
    """Users with most cases, and those with a system role, each at another unit."""
    held = Counter(UnitCase.objects.values_list("unit_id", flat=True))
    at_units = Assignment.objects.filter(unit__in=held, ends_on=None).order_by("pk")
    first = {one.unit_id: one for one in reversed(at_units)}
    busiest = sorted(first.values(), key=lambda one: -held[one.unit_id])[: _WALKERS - 4]
    keepers = Assignment.objects.filter(user__system_roles__isnull=False).order_by("pk").distinct()
    return [*busiest, *keepers[:4]]


def _offered(page: str, here: str) -> list[str]:
    """Every link, and every form that is sent by GET, as a user without scripts finds them."""
    main = unescape(page)
    links = re.findall(r"<a [^>]*?href=[\"']?([^\"' >]+)", main)
    forms = re.findall(r'<form (?![^>]*method="post")[^>]*?action="([^"]+)"', main)
    found = [urljoin(here, link.split("#")[0]) for link in [*links, *forms]]
    return [
        address for address in dict.fromkeys(found) if address.startswith("/") and "/static/" not in address
    ]


def _route(address: str) -> str:
    return resolve(urlsplit(address).path).view_name


@pytest.mark.requirement("V-05", "L-09")
@pytest.mark.parametrize("number", range(_WALKERS))
def test_every_link_leads_somewhere(client, number: int) -> None:
    """From each user's list, through all that is offered: no page that is missing, forbidden or refused."""
    who = _walkers()
    if number >= len(who):
        pytest.skip("the small county has fewer of them")
    log_in(client, who[number])
    queue, seen, opened = [reverse("overview:sip"), reverse("overview:administer")], set(), Counter()
    wrong = []
    while queue:
        address = queue.pop()
        route = _route(address)
        if address in seen or route in _LEADS_OUT or opened[route] >= _PAGES_OF_A_ROUTE:
            continue
        seen.add(address)
        opened[route] += 1
        answer = client.get(address, follow=True)
        if answer.status_code != 200:
            wrong.append(f"{answer.status_code} {route} {address}")
            continue
        here = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        if "html" in answer.headers["Content-Type"]:
            queue += _offered(answer.content.decode(), here)
    assert wrong == []
    assert len(opened) > 5
