"""What professions and people may do in SIP, and system roles, through the pages."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from samordna.assignments import commands, queries
from samordna.assignments.models import ModuleRight, SystemRoleGrant
from samordna.assignments.states import Profession
from samordna.assignments.tests.factories import (
    AppointedRightFactory,
    AssignmentFactory,
    DepartmentFactory,
    SystemRoleGrantFactory,
    actor_for_assignment,
    log_in,
)
from samordna.assignments.tests.test_users_file import HEADING, send
from samordna.audit.models import Entry
from samordna.audit.queries import always_reviewed
from samordna.kernel.clock import now, today
from samordna.kernel.module import Module, Rights
from samordna.kernel.refusal import Refused

STAFF = reverse("assignments:staff")


def rights_url(department):
    return reverse("assignments:rights_of", args=[department.pk])


def seen_in(page):
    return re.search(r'name="seen" value="(\w+)"', page.content.decode())[1]


@pytest.mark.requirement("K-04")
def test_a_departments_rights_are_changed_in_one_table(admin, county):
    assert admin.get(reverse("assignments:rights")).url == rights_url(county.care)
    page = admin.get(rights_url(county.care))
    assert re.search(r'name="initiate" value="UNIT_MANAGER" checked', page.content.decode())
    data = {"seen": seen_in(page), "initiate": ["NURSE"], "answer": ["NURSE", "PLANNER"]}
    assert (
        "Rättigheterna är sparade." in admin.post(rights_url(county.care), data, follow=True).content.decode()
    )
    chosen = {
        line.profession: (line.may_initiate, line.may_answer)
        for line in queries.rights_of(county.care.pk, Module.SIP)
    }
    assert chosen[Profession.NURSE] == (True, True)
    assert chosen[Profession.PLANNER] == (False, True)
    assert chosen[Profession.UNIT_MANAGER] == (False, False)
    assert not actor_for_assignment(county.anna).rights(Module.SIP).has_any
    assert list(Entry.objects.values_list("action", flat=True)) == ["right.changed"] * 3


@pytest.mark.requirement("K-04")
def test_a_table_that_someone_else_has_changed_is_not_saved_over(admin, county):
    seen = seen_in(admin.get(rights_url(county.care)))
    admin.post(rights_url(county.care), {"seen": seen, "answer": ["NURSE"]})
    page = admin.post(rights_url(county.care), {"seen": seen, "answer": ["PLANNER"]}, follow=True)
    text = page.content.decode()
    assert "Någon annan ändrade detta" in text
    assert re.search(r'name="answer" value="PLANNER" checked', text)
    assert not re.search(r'name="answer" value="NURSE" checked', text)
    assert "Nu står det: besvara" in text
    assert not ModuleRight.objects.filter(
        department=county.care, profession="PLANNER", may_answer=True
    ).exists()
    again = {"seen": seen_in(page), "answer": ["PLANNER"]}
    assert "sparade" in admin.post(rights_url(county.care), again, follow=True).content.decode()
    assert ModuleRight.objects.filter(department=county.care, profession="PLANNER", may_answer=True).exists()


@pytest.mark.requirement("K-04", "K-05")
def test_another_departments_rights_do_not_exist(admin, client, county):
    assert admin.get(rights_url(county.school)).status_code == 404
    assert admin.post(rights_url(county.school), {"seen": ""}).status_code == 404
    assert admin.get(rights_url(county.north)).status_code == 404
    SystemRoleGrantFactory(user=county.admin.user, organisation=DepartmentFactory(parent=county.care.parent))
    assert "Vård- och omsorgsförvaltningen" in admin.get(reverse("assignments:rights")).content.decode()


@pytest.mark.requirement("K-05")
def test_an_administrator_of_a_unit_decides_no_departments_rights(client, county):
    SystemRoleGrantFactory(user=county.anna.user, organisation=county.north)
    log_in(client, county.anna)
    assert "ingen hel förvaltning" in client.get(reverse("assignments:rights")).content.decode()
    assert client.get(rights_url(county.care)).status_code == 404


@pytest.mark.requirement("K-04")
def test_a_headmaster_appoints_staff_at_the_own_unit(client, county):
    log_in(client, county.head)
    assert "Ängla Lärare" in client.get(STAFF).content.decode()
    appoint = reverse("assignments:appoint", args=[county.teacher.pk])
    assert client.post(appoint, {"answer": "on"}).url == STAFF
    actor = actor_for_assignment(county.teacher)
    assert actor.rights(Module.SIP) == Rights(may_answer=True)
    client.post(appoint, {})
    assert not actor_for_assignment(county.teacher).rights(Module.SIP).has_any
    assert Entry.objects.filter(action="right.changed").count() == 2


@pytest.mark.requirement("K-04")
@pytest.mark.parametrize("who", ["anna", "teacher"])
def test_nobody_else_appoints(client, county, who):
    log_in(client, getattr(county, who))
    assert client.get(STAFF).status_code == 404
    client.post(reverse("assignments:appoint", args=[county.teacher.pk]), {"initiate": "on"})
    assert not actor_for_assignment(county.teacher).rights(Module.SIP).has_any


@pytest.mark.requirement("K-04")
def test_a_headmaster_does_not_appoint_at_another_unit(client, county):
    log_in(client, county.head)
    elsewhere = AssignmentFactory(unit=county.south, profession=Profession.TEACHER)
    assert (
        client.post(reverse("assignments:appoint", args=[elsewhere.pk]), {"answer": "on"}).status_code == 404
    )


def test_a_unit_manager_is_told_who_can_appoint(county):
    colleague = AssignmentFactory(unit=county.north, profession=Profession.TEACHER)
    with pytest.raises(Refused) as refused:
        commands.appoint(
            actor=actor_for_assignment(county.anna),
            assignment_id=colleague.pk,
            module=Module.SIP,
            may_initiate=True,
            may_answer=True,
            at=now(),
        )
    assert "rektor" in str(refused.value.refusal)


@pytest.mark.requirement("K-04", "K-05")
def test_an_administrator_appoints_from_the_page_of_the_user(admin, county):
    colleague = AssignmentFactory(unit=county.south, profession=Profession.TEACHER)
    response = admin.post(
        reverse("assignments:appoint", args=[colleague.pk]), {"initiate": "on", "user": colleague.user_id}
    )
    assert response.url == reverse("assignments:user", args=[colleague.user_id])
    assert actor_for_assignment(colleague).rights(Module.SIP).may_initiate


@pytest.mark.requirement("K-05")
def test_a_system_role_is_given_and_ended(admin, county):
    give = reverse("assignments:role_new", args=[county.anna.user_id])
    data = {"role": "SUPERUSER", "organisation": county.elderly.pk, "starts_on": "2026-01-01"}
    assert admin.post(give, data).status_code == 302
    assert "har redan den rollen" in admin.post(give, data).content.decode()
    assert "Superanvändare" in admin.get(reverse("assignments:roles")).content.decode()
    assert "SUPERUSER" in actor_for_assignment(county.anna).system_roles
    grant = SystemRoleGrant.objects.get(user=county.anna.user)
    end = reverse("assignments:role_end", args=[county.anna.user_id, grant.pk])
    assert "Rollen är avslutad." in admin.post(end, follow=True).content.decode()
    assert actor_for_assignment(county.anna).system_roles == frozenset()
    grant.refresh_from_db()
    assert grant.ends_on == today(now()) - timedelta(days=1)


@pytest.mark.requirement("K-05")
def test_a_role_ended_on_the_day_that_it_was_given_is_given_again(admin, county):
    give = reverse("assignments:role_new", args=[county.anna.user_id])
    data = {"role": "SUPERUSER", "organisation": county.elderly.pk, "starts_on": today(now()).isoformat()}
    admin.post(give, data)
    grant = SystemRoleGrant.objects.get(user=county.anna.user)
    admin.post(reverse("assignments:role_end", args=[county.anna.user_id, grant.pk]))
    assert "Rollen är tilldelad." in admin.post(give, data, follow=True).content.decode()
    assert "SUPERUSER" in actor_for_assignment(county.anna).system_roles


@pytest.mark.requirement("K-05")
def test_a_system_role_outside_the_scope_is_neither_given_nor_ended(admin, county):
    give = reverse("assignments:role_new", args=[county.anna.user_id])
    data = {"role": "SUPERUSER", "organisation": county.school.pk, "starts_on": "2026-01-01"}
    assert "Välj något i listan." in admin.post(give, data).content.decode()
    grant = SystemRoleGrantFactory(user=county.anna.user, organisation=county.school)
    end = reverse("assignments:role_end", args=[county.anna.user_id, grant.pk])
    assert admin.post(end).status_code == 404


@pytest.mark.requirement("K-05")
def test_nobody_takes_the_own_role_away(admin, county):
    grant = SystemRoleGrant.objects.get(user=county.admin.user)
    page = admin.post(reverse("assignments:role_end", args=[county.admin.user_id, grant.pk]), follow=True)
    assert "Det här är din egen roll." in page.content.decode()
    grant.refresh_from_db()
    assert grant.ends_on is None


@pytest.mark.requirement("K-04", "K-05")
@pytest.mark.parametrize("way", ["page", "file"])
@pytest.mark.parametrize(
    ("profession", "sip_there", "gets"),
    [("UNIT_MANAGER", False, False), ("TEACHER", False, True), ("UNIT_MANAGER", True, True)],
)
def test_nobody_gives_herself_work_that_may_use_sip(admin, county, way, profession, sip_there, gets):
    """Else an administrator would read the cases of any unit that she administers."""
    own = county.admin.user
    if sip_there:
        AppointedRightFactory(assignment=AssignmentFactory(user=own, unit=county.south, profession="OTHER"))
    before = own.assignments.count()
    if way == "page":
        address = reverse("assignments:assignment_new", args=[own.pk])
        work = {"unit": county.south.pk, "profession": profession, "title": "ny", "starts_on": today(now())}
        said = admin.post(address, work, follow=True)
    else:
        word = {"UNIT_MANAGER": "Enhetschef", "TEACHER": "Lärare"}[profession]
        row = f"{own.username};{own.name};;Hemtjänsten Söder;{word};ny;{today(now())};"
        said = send(admin, f"{HEADING}\n{row}\n")
    assert ("Du kan inte ge dig själv ett uppdrag" in said.content.decode()) != gets
    assert own.assignments.count() == before + gets
    other = {"unit": county.south.pk, "profession": profession, "title": "ny", "starts_on": today(now())}
    admin.post(reverse("assignments:assignment_new", args=[county.anna.user_id]), other)
    assert county.anna.user.assignments.filter(unit=county.south).exists()


@pytest.mark.requirement("K-04", "K-05")
def test_a_right_that_was_for_oneself_too_is_always_reviewed(admin, county):
    begun = now()
    for professions in (["NURSE"], ["NURSE", "OTHER"], []):
        seen = seen_in(admin.get(rights_url(county.care)))
        admin.post(rights_url(county.care), {"seen": seen, "initiate": professions})
    role = {"role": "SUPERUSER", "organisation": county.care.pk, "starts_on": today(now())}
    for one in (county.anna, county.admin):
        admin.post(reverse("assignments:role_new", args=[one.user_id]), role)
    details = [entry.details for entry in always_reviewed(since=begun)]
    assert [(one.get("profession"), one.get("role")) for one in details] == [
        ("OTHER", None),
        (None, "SUPERUSER"),
    ]
    assert details[1]["user"] == county.admin.user_id
