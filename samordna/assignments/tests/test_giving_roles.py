"""Nobody gives away more than they have: only a system manager makes another."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import SystemRoleGrant
from samordna.assignments.states import SystemRole
from samordna.assignments.tests.factories import SystemRoleGrantFactory, log_in, worker

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
