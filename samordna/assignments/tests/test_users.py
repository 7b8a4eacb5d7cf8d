"""Users and where they work, through the administrator's pages."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from samordna.accounts.models import User
from samordna.assignments import commands
from samordna.assignments.models import Assignment
from samordna.assignments.states import Profession, SystemRole
from samordna.assignments.tests.conftest import County
from samordna.assignments.tests.factories import (
    PASSWORD,
    AssignmentFactory,
    SystemRoleGrantFactory,
    UnitFactory,
    actor_for_assignment,
    log_in,
)
from samordna.audit.models import Entry
from samordna.kernel.clock import now, today
from samordna.kernel.refusal import NotVisible, Refused

USERS = reverse("assignments:users")
NEW = reverse("assignments:user_new")


def details(**changes):
    return {
        "name": "Berit Åkesson",
        "email": "berit@example.org",
        "phone": "",
        "work_address": "",
        "hsa_id": "",
        **changes,
    }


def new_user(county, **changes):
    work = {
        "unit": county.south.pk,
        "profession": "NURSE",
        "title": "sjuksköterska",
        "starts_on": "2026-01-01",
    }
    return {**details(), "username": "berake", **work, **changes}


def seen_in(page):
    return re.search(r'name="seen" value="(\w+)"', page.content.decode())[1]


def user_url(assignment, name="user"):
    return reverse(f"assignments:{name}", args=[assignment.user_id])


@pytest.mark.requirement("K-05")
@pytest.mark.parametrize("text", ["Mogård, Lars-Göran", "lars\u2011göran", "LAR\u2013MOG"])
def test_a_user_is_found_whatever_the_dash_and_the_order(admin, county, text):
    AssignmentFactory(unit=county.south, user__name="Lars\u2013Göran Mogård", user__username="LAR-MOG")
    page = admin.post(USERS, {"q": text}).content.decode()
    assert "Mogård" in page.split("<main")[1]
    assert "Anna Lindqvist" not in page.split("<main")[1]


@pytest.mark.requirement("K-05")
def test_the_list_shows_the_users_of_the_scope_in_swedish_order(admin, county):
    AssignmentFactory(unit=county.south, user__name="Åke Norr")
    page = admin.get(USERS).content.decode()
    assert page.index("Anna Lindqvist") < page.index("Åke Norr") < page.rindex("Örjan Ek")
    assert "Åsa Rektor" not in page


@pytest.mark.requirement("K-05")
@pytest.mark.parametrize(
    ("text", "found"), [("LIND", True), ("annl", True), ("lindqvist anna", True), ("lindh", False)]
)
def test_a_user_is_searched_by_parts_of_the_name(admin, county, text, found):
    page = admin.post(USERS, {"q": text}).content.decode()
    assert (f'href="{user_url(county.anna)}"' in page) == found
    assert ("Ingen användare heter så." in page) != found


@pytest.mark.requirement("K-05")
@pytest.mark.parametrize("role", ["SUPERUSER", "SYSTEM_MANAGER", None])
def test_the_pages_do_not_exist_for_those_who_are_not_administrators(client, county, role):
    if role:
        SystemRoleGrantFactory(user=county.anna.user, organisation=county.care, role=role)
    log_in(client, county.anna)
    for address in (
        USERS,
        NEW,
        user_url(county.anna),
        reverse("assignments:rights"),
        reverse("assignments:roles"),
    ):
        assert client.get(address).status_code == 404


@pytest.mark.requirement("K-05")
def test_a_user_outside_the_scope_does_not_exist(admin, county):
    for name in ("user", "assignment_new", "role_new"):
        assert admin.get(user_url(county.head, name)).status_code == 404
    for name in ("user_password", "user_active"):
        assert admin.post(user_url(county.head, name)).status_code == 404


@pytest.mark.requirement("K-05")
def test_a_new_user_gets_a_password_that_is_shown_once_and_changed_at_login(admin, client, county):
    page = admin.post(NEW, new_user(county), follow=True).content.decode()
    password = re.search(r"<code>([^<]+)</code>", page)[1]
    user = User.objects.get(username="BERAKE")
    assert user.check_password(password)
    assert user.must_change_password
    assert password not in admin.get(reverse("assignments:user", args=[user.pk])).content.decode()
    work = Assignment.objects.get(user=user)
    assert (work.unit, work.profession, work.title) == (county.south, Profession.NURSE, "sjuksköterska")
    assert set(Entry.objects.values_list("action", flat=True)) == {"user.created", "assignment.changed"}


@pytest.mark.requirement("K-05")
@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"username": "annlin"}, "Användarnamnet används redan."),
        ({"username": "två ord"}, "utan mellanslag"),
        ({"username": ""}, "Fyll i"),
        ({"unit": "school"}, "Välj något i listan."),
        ({"unit": "closed"}, "Välj något i listan."),
        ({"starts_on": "2026-05-02", "ends_on": "2026-05-01"}, "Sista dagen är före den första."),
        ({"starts_on": "31/2"}, "31"),
        ({"hsa_id": "SE123"}, "Skriv HSA-id"),
        ({"email": "berit"}, "namn@exempel.se"),
        ({"password": "kort"}, "12 tecken"),
        ({"profession": "KING"}, "Välj något i listan."),
        ({"name": "x" * 121}, "för lång"),
    ],
)
def test_a_new_user_that_cannot_be_is_refused(admin, county, changes, told):
    closed = UnitFactory(parent=county.care, closed_on=today(now()) - timedelta(days=1))
    places = {"school": county.primary_school.pk, "closed": closed.pk}
    data = new_user(county, **changes)
    response = admin.post(NEW, {**data, "unit": places.get(data["unit"], data["unit"])})
    assert response.status_code == 200
    assert told in response.content.decode()
    assert not User.objects.filter(username="BERAKE").exists()


@pytest.mark.requirement("K-05")
def test_details_are_changed_and_a_change_in_between_is_noticed(admin, county):
    seen = re.search(r'name="seen" value="(\w+)"', admin.get(user_url(county.anna)).content.decode())[1]
    first = admin.post(user_url(county.anna), details(seen=seen), follow=True)
    second = admin.post(user_url(county.anna), details(seen=seen, name="Annat Namn"))
    county.anna.user.refresh_from_db()
    assert "Användarens uppgifter är sparade." in first.content.decode()
    assert "Någon annan ändrade detta" in second.content.decode()
    assert (county.anna.user.name, county.anna.user.search_key) == ("Berit Åkesson", "berit åkesson")


@pytest.mark.requirement("K-05")
def test_another_place_to_work_is_added_and_ended(admin, county):
    add = user_url(county.anna, "assignment_new")
    work = {"unit": county.south.pk, "profession": "PLANNER", "title": "planerare", "starts_on": "2026-01-01"}
    assert admin.post(add, work).status_code == 302
    twice = admin.post(add, work)
    assert "arbetar redan på enheten" in twice.content.decode()
    added = Assignment.objects.get(user=county.anna.user, unit=county.south)
    end = reverse("assignments:assignment_end", args=[county.anna.user_id, added.pk])
    assert "Sista dagen är före den första." in admin.post(end, {"ends_on": "2025-12-31"}).content.decode()
    last = today(now()) + timedelta(days=10)
    admin.post(end, {"ends_on": last.isoformat()})
    added.refresh_from_db()
    assert added.ends_on == last
    next_day = (last + timedelta(days=1)).isoformat()
    assert admin.post(add, {**work, "starts_on": next_day}).status_code == 302


@pytest.mark.requirement("K-06")
def test_a_last_day_that_has_passed_is_told_and_not_taken_for_another_year(admin, county):
    end = reverse("assignments:assignment_end", args=[county.anna.user_id, county.anna.pk])
    for days in (1, 2, 30):
        day = today(now()) - timedelta(days=days)
        page = admin.post(end, {"ends_on": f"{day.day}/{day.month}"}).content.decode()
        assert f"{day} har passerat. Välj i dag eller en dag framåt." in page
    county.anna.refresh_from_db()
    assert county.anna.ends_on is None
    soon = today(now()) + timedelta(days=40)
    admin.post(end, {"ends_on": f"{soon.day}/{soon.month}"})
    county.anna.refresh_from_db()
    assert county.anna.ends_on == soon


@pytest.mark.requirement("K-06")
def test_an_assignment_that_has_ended_is_not_prolonged(admin, county):
    ended = today(now()) - timedelta(days=2)
    Assignment.objects.filter(pk=county.anna.pk).update(ends_on=ended)
    end = reverse("assignments:assignment_end", args=[county.anna.user_id, county.anna.pk])
    page = admin.post(end, {"ends_on": (today(now()) + timedelta(days=2)).isoformat()}).content.decode()
    assert f"Uppdraget tog slut {ended}." in page
    assert end not in admin.get(user_url(county.anna)).content.decode()
    county.anna.refresh_from_db()
    assert county.anna.ends_on == ended


@pytest.mark.requirement("K-05")
def test_an_administrator_does_not_end_the_own_assignment_nor_one_outside_the_scope(admin, county):
    own = reverse("assignments:assignment_end", args=[county.admin.user_id, county.admin.pk])
    assert "stänga ute dig själv" in admin.post(own, {"ends_on": "2026-11-30"}).content.decode()
    at_school = AssignmentFactory(user=county.anna.user, unit=county.primary_school)
    outside = reverse("assignments:assignment_end", args=[county.anna.user_id, at_school.pk])
    assert admin.post(outside, {"ends_on": "2030-11-30"}).status_code == 404


@pytest.mark.requirement("K-05", "L-07")
def test_a_new_password_ends_the_users_sessions_and_lifts_a_lockout(admin, client, county):
    browser = client.__class__()
    log_in(browser, county.anna)
    for _ in range(5):
        client.__class__().post(reverse("accounts:login"), {"username": "ANNLIN", "password": "fel"})
    page = admin.post(user_url(county.anna, "user_password"), follow=True).content.decode()
    password = re.search(r"<code>([^<]+)</code>", page)[1]
    assert browser.get(reverse("accounts:me")).status_code == 302
    response = browser.post(reverse("accounts:login"), {"username": "ANNLIN", "password": password})
    assert response.status_code == 302


@pytest.mark.requirement("K-05")
@pytest.mark.parametrize("wider", ["assignment", "role", "ended"])
def test_a_user_with_more_than_the_scope_keeps_the_password(admin, county, wider):
    if wider == "role":
        SystemRoleGrantFactory(user=county.anna.user, organisation=county.school)
    else:
        ends = today(now()) - timedelta(days=1) if wider == "ended" else None
        AssignmentFactory(user=county.anna.user, unit=county.primary_school, ends_on=ends)
    page = admin.post(user_url(county.anna, "user_password"), follow=True).content.decode()
    county.anna.user.refresh_from_db()
    assert county.anna.user.check_password(PASSWORD) == (wider != "ended")
    assert ("utanför det du administrerar" in page) == (wider != "ended")


@pytest.mark.requirement("K-05")
@pytest.mark.parametrize("both", [False, True])
def test_nobody_gets_into_the_account_of_a_system_manager_by_a_new_password(admin, county, both):
    place = county.anna.unit.department
    SystemRoleGrantFactory(user=county.anna.user, organisation=place, role=SystemRole.SYSTEM_MANAGER)
    if both:
        SystemRoleGrantFactory(user=county.admin.user, organisation=place, role=SystemRole.SYSTEM_MANAGER)
    page = admin.post(user_url(county.anna, "user_password"), follow=True).content.decode()
    county.anna.user.refresh_from_db()
    assert county.anna.user.check_password(PASSWORD) != both
    assert ("Användaren är systemförvaltare." in page) != both


@pytest.mark.requirement("K-05")
def test_a_new_password_for_a_system_manager_of_many_places_takes_the_same_statements(
    admin, county, statements
):
    unit = county.anna.unit
    SystemRoleGrantFactory(
        user=county.admin.user, organisation=unit.department, role=SystemRole.SYSTEM_MANAGER
    )

    def taken():
        posted = statements(lambda: admin.post(user_url(county.anna, "user_password")))
        county.anna.user.refresh_from_db()
        assert not county.anna.user.check_password(PASSWORD)
        return len(posted)

    SystemRoleGrantFactory(user=county.anna.user, organisation=unit, role=SystemRole.SYSTEM_MANAGER)
    taken()
    one = taken()
    for place in (unit.parent, unit.department):
        SystemRoleGrantFactory(user=county.anna.user, organisation=place, role=SystemRole.SYSTEM_MANAGER)
    assert taken() == one


@pytest.mark.requirement("K-05")
def test_a_user_is_closed_and_opened_and_never_by_themselves(admin, county):
    address = user_url(county.anna, "user_active")
    assert "Kontot är stängt." in admin.post(address, {"active": "0"}, follow=True).content.decode()
    assert not User.objects.get(pk=county.anna.user_id).is_active
    admin.post(address, {"active": "1"})
    assert User.objects.get(pk=county.anna.user_id).is_active
    admin.post(user_url(county.admin, "user_active"), {"active": "0"})
    assert User.objects.get(pk=county.admin.user_id).is_active


@pytest.mark.requirement("K-05")
def test_commands_ask_for_themselves_who_acts(county):
    anna, admin, at = actor_for_assignment(county.anna), actor_for_assignment(county.admin), now()
    with pytest.raises(NotVisible):
        commands.give_password(actor=anna, user_id=county.admin.user_id, at=at)
    with pytest.raises(NotVisible):
        commands.end_assignment(actor=admin, assignment_id=county.head.pk, ends_on=today(at), at=at)
    with pytest.raises(Refused) as refused:
        commands.give_password(actor=admin, user_id=county.admin.user_id, at=at)
    assert refused.value.refusal.code == "user.own_password"


@pytest.mark.requirement("K-05")
def test_a_user_name_nearly_another_is_asked_about_before_a_user_is_made(admin, county):
    AssignmentFactory(unit=county.south, user__username="BER-AKE")
    for username in ("berake", "ber\u2011\u2011ake", "BER\u0391KE", "b\u0435r-ak\u0435"):
        asked = admin.post(NEW, new_user(county, username=username)).content.decode()
        assert "Nästan samma användarnamn finns redan: BER-AKE." in asked
        assert 'name="is_another"' in asked
    assert not User.objects.filter(username="BERAKE").exists()
    assert admin.post(NEW, new_user(county, is_another="on")).status_code == 302
    assert User.objects.filter(username="BERAKE").exists()


@pytest.mark.requirement("K-05")
def test_a_new_password_is_the_same_after_a_second_post_of_the_form(admin, county):
    content = admin.get(user_url(county.anna)).content.decode()
    form = content[content.index(user_url(county.anna, "user_password")) :]
    key = {"form_key": re.search(r'name="form_key" value="([^"]+)"', form)[1]}
    answers = [admin.post(user_url(county.anna, "user_password"), key, follow=True) for _ in range(2)]
    shown = [re.search(r"<code>([^<]+)</code>", answer.content.decode())[1] for answer in answers]
    county.anna.user.refresh_from_db()
    assert shown[0] == shown[1]
    assert county.anna.user.check_password(shown[0])


@pytest.mark.requirement("K-10", "K-13")
def test_details_that_someone_else_has_changed_stand_beside_what_was_typed_and_are_saved_at_the_second_try(
    admin, county
):
    address = user_url(county.anna)
    seen = seen_in(admin.get(address))
    admin.post(address, {"seen": seen, **details(name="Anna Lindqvist", phone="1177")})
    page = admin.post(address, {"seen": seen, **details(name="Anna Ny", phone="")})
    text = page.content.decode()
    assert "Nu står det: Anna Lindqvist" in text
    assert "Nu står det: 1177" in text
    assert 'value="Anna Ny"' in text
    admin.post(address, {"seen": seen_in(page), **details(name="Anna Ny", phone="")})
    assert User.objects.get(pk=county.anna.user_id).name == "Anna Ny"


@pytest.mark.requirement("K-05", "K-06")
def test_the_page_of_a_user_offers_no_act_that_would_be_refused_and_says_why(admin, county):
    address = user_url(county.anna)
    for act in ("user_password", "user_active"):
        assert user_url(county.anna, act) in admin.get(address).content.decode()
    AssignmentFactory(user=county.anna.user, unit=county.primary_school)
    page = admin.get(address).content.decode()
    for act in ("user_password", "user_active"):
        assert user_url(county.anna, act) not in page
    assert page.count("En administratör för alla användarens enheter kan göra det.") >= 2
    Assignment.objects.filter(pk=county.anna.pk).update(ends_on=today(now()) - timedelta(days=1))
    page = admin.get(address).content.decode()
    assert "En administratör där kan ändra uppgifterna." in page
    own = admin.get(user_url(county.admin)).content.decode()
    assert reverse("assignments:assignment_end", args=[county.admin.user_id, county.admin.pk]) not in own


@pytest.mark.requirement("K-05")
def test_a_role_that_one_cannot_give_is_not_offered(admin, county):
    give = user_url(county.anna, "role_new")
    assert 'value="SYSTEM_MANAGER"' not in admin.get(give).content.decode()
    SystemRoleGrantFactory(user=county.admin.user, role=SystemRole.SYSTEM_MANAGER, organisation=county.care)
    assert 'value="SYSTEM_MANAGER"' in admin.get(give).content.decode()


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize("route", ["user_new", "assignment_new", "role_new"])
def test_an_old_form_is_handed_back_with_the_place_that_was_chosen(
    admin: Client, county: County, route: str
) -> None:
    admin.handler.enforce_csrf_checks = True
    field = "organisation" if route == "role_new" else "unit"
    old = {field: str(county.north.pk), "starts_on": "2026-05-12", "csrfmiddlewaretoken": "old", "save": "1"}
    ids = [] if route == "user_new" else [county.anna.user_id]
    address = reverse(f"assignments:{route}", args=ids)
    answer = admin.post(address, old, headers={"origin": "http://testserver"})
    assert answer.status_code == 403
    chosen = [text for label, text in answer.context["typed"] if label in {"Enhet", "Var"}]
    assert len(chosen) == 1
    assert county.north.name in chosen[0]
    assert len(answer.context["typed"]) == 2
