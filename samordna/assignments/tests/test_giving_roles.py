"""Nobody gives away more than they have: only a system manager makes another."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment, SystemRoleGrant
from samordna.assignments.states import SystemRole
from samordna.assignments.tests.factories import SystemRoleGrantFactory, log_in, worker
from samordna.kernel.clock import now, today

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("K-05")
def test_an_administrator_makes_administrators_but_no_system_manager(client: Client) -> None:
    administrator, colleague = worker(), worker()
    department = administrator.unit.department
    colleague.unit = administrator.unit
    colleague.save(update_fields=["unit"])
    SystemRoleGrantFactory(user=administrator.user, role=SystemRole.ADMINISTRATOR, organisation=department)
    log_in(client, administrator)
    where = reverse("assignments:role_new", args=[colleague.user_id])
    posted = {"organisation": department.pk, "starts_on": date(2026, 1, 1).isoformat(), "ends_on": ""}

    def given() -> set[str]:
        return set(SystemRoleGrant.objects.filter(user=colleague.user).values_list("role", flat=True))

    refused = client.post(where, posted | {"role": SystemRole.SYSTEM_MANAGER})
    assert "Du kan inte göra någon till systemförvaltare." in refused.content.decode()
    client.post(where, posted | {"role": SystemRole.SUPERUSER})
    assert given() == {SystemRole.SUPERUSER}
    SystemRoleGrantFactory(user=administrator.user, role=SystemRole.SYSTEM_MANAGER, organisation=department)
    client.post(where, posted | {"role": SystemRole.SYSTEM_MANAGER})
    assert given() == {SystemRole.SUPERUSER, SystemRole.SYSTEM_MANAGER}


@pytest.mark.requirement("K-05", "K-06")
@pytest.mark.parametrize("way", ["role", "closing", "last_day", "file"])
@pytest.mark.parametrize("is_one_too", [False, True])
def test_only_a_system_manager_ends_or_closes_another(client: Client, way: str, *, is_one_too: bool) -> None:
    administrator, manager = worker(), worker()
    Assignment.objects.filter(pk=manager.pk).update(unit=administrator.unit)
    place = administrator.unit.principal
    grant = SystemRoleGrantFactory(user=manager.user, role=SystemRole.SYSTEM_MANAGER, organisation=place)
    SystemRoleGrantFactory(user=administrator.user, organisation=place)
    if is_one_too:
        SystemRoleGrantFactory(user=administrator.user, role=SystemRole.SYSTEM_MANAGER, organisation=place)
    log_in(client, administrator)
    page = client.get(reverse("assignments:user", args=[manager.user_id])).content.decode()
    assert ("Avsluta rollen" in page) == is_one_too
    ends = {
        "role": lambda: client.post(reverse("assignments:role_end", args=[manager.user_id, grant.pk])),
        "closing": lambda: client.post(
            reverse("assignments:user_active", args=[manager.user_id]), {"active": "0"}
        ),
        "last_day": lambda: client.post(
            reverse("assignments:assignment_end", args=[manager.user_id, manager.pk]),
            {"ends_on": today(now()) + timedelta(days=9)},
        ),
        "file": lambda: by_file(client, manager),
    }
    ends[way]()
    manager.refresh_from_db()
    grant.refresh_from_db()
    stands = manager.user.is_active and manager.ends_on is None and grant.ends_on is None
    assert stands != is_one_too


def by_file(client: Client, who: Assignment) -> None:
    heading = "användarnamn;namn;enhet;yrke;titel;första dag;sista dag"
    cells = [who.user.username, who.user.name, Assignment.objects.get(pk=who.pk).unit.name, "Enhetschef"]
    row = ";".join([*cells, who.title, str(who.starts_on), str(today(now()))])
    upload = SimpleUploadedFile("anvandare.csv", f"{heading}\n{row}\n".encode(), "text/csv")
    chosen = client.post(reverse("assignments:users_import"), {"file": upload})
    outcome = client.get(chosen.url).context["outcome"]
    client.post(chosen.url, {"import": "1", "seen": outcome.seen})


@pytest.mark.requirement("K-05", "K-06")
@pytest.mark.parametrize("ends", [False, True])
def test_system_roles_are_shown_when_the_work_ends_and_end_with_it_if_chosen(
    client: Client, *, ends: bool
) -> None:
    administrator, superuser = worker(), worker()
    Assignment.objects.filter(pk=superuser.pk).update(unit=administrator.unit)
    SystemRoleGrantFactory(user=administrator.user, organisation=administrator.unit)
    grant = SystemRoleGrantFactory(
        user=superuser.user, role=SystemRole.SUPERUSER, organisation=administrator.unit
    )
    log_in(client, administrator)
    where = reverse("assignments:assignment_end", args=[superuser.user_id, superuser.pk])
    assert f"Superanvändare, {administrator.unit.name}" in client.get(where).content.decode()
    day = today(now()) + timedelta(days=3)
    client.post(where, {"ends_on": day} | ({"end_roles": "on"} if ends else {}))
    grant.refresh_from_db()
    assert grant.ends_on == (day if ends else None)
