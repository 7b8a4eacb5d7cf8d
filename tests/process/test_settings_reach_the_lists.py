"""A setting that changes what rows say reaches the rows of every case, and no list ever leads nowhere meanwhile."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from samordna.assignments.states import SystemRole
from samordna.assignments.tests.factories import SystemRoleGrantFactory, log_in
from samordna.cases.models import Case, UnitCase
from samordna.kernel import clock
from samordna.operations import commands as operations
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> f.County:
    return f.county()


@pytest.fixture
def manager(county: f.County) -> Client:
    region = county.health_centre.parent.parent
    SystemRoleGrantFactory(user=county.david.user, role=SystemRole.SYSTEM_MANAGER, organisation=region)
    client = Client()
    log_in(client, county.david)
    return client


def _choose(manager: Client, key: str, **typed: str) -> None:
    assert manager.post(reverse("organisations:setting", args=[key]), typed).status_code == 302


def _work() -> None:
    """What the worker does in its rounds, until there is no more of it."""
    while operations.renew(clock.now()):
        pass


def _check() -> str:
    out = StringIO()
    call_command("rebuild_worklists", "--check", stdout=out)
    return out.getvalue()


def _symbols_of_sbar() -> int:
    return sum("SBAR" in symbols for symbols in UnitCase.objects.values_list("symbols", flat=True))


def _links(client: Client) -> list[str]:
    """The addresses of all symbols and persons of the list."""
    page = client.get(reverse("overview:sip")).content.decode()
    table = page.split("<tbody", 1)[1].split("</tbody>")[0] if "<tbody" in page else ""
    start = reverse("overview:sip")
    return [href if href.startswith("/") else start + href for href in re.findall(r"href=([^ >]+)", table)]


@pytest.mark.requirement("V-40")
def test_sbar_switched_off_and_on_reaches_every_row(county, manager) -> None:
    _choose(manager, "sbar_enabled", value="yes")
    written, signed, bare = (f.accepted_case(county) for _ in range(3))
    s.begun_sbar(written, county.anna)
    s.begun_sbar(signed, county.anna)
    s.sign_sbar(signed, county.anna)
    _work()
    _choose(manager, "sbar_enabled", value="no")
    anna = Client()
    log_in(anna, county.anna)
    for href in _links(anna):
        assert anna.get(href, follow=True).status_code == 200, "a link of a row that is not computed anew yet"
    with pytest.raises(CommandError, match="differences"):
        _check()
    _work()
    assert "stored equals computed" in _check()
    assert set(UnitCase.objects.filter(symbols__has_key="SBAR").values_list("case_id", flat=True)) == {signed}
    assert "/sbar/" not in anna.get(reverse("sip:part", args=[bare, "initiative"])).content.decode()
    _choose(manager, "sbar_enabled", value="yes")
    _work()
    assert "stored equals computed" in _check()
    assert _symbols_of_sbar() == UnitCase.objects.count()


@pytest.mark.requirement("V-13")
def test_a_deadline_of_the_process_reaches_every_row(county, manager) -> None:
    """When planning begins and the plan is signed is worked out from what the county has chosen."""
    case_id = f.accepted_case(county)
    f.summoned_case(county)
    before = UnitCase.objects.get(case_id=case_id, unit=county.home_care).overdue_from
    _work()
    days = {"kind": "working_days", "amount": "9", "hour": "16.00"}
    _choose(
        manager, "deadlines",
        **{f"{name}_{part}": value for name in ("plan_start", "plan_signed") for part, value in days.items()},
    )  # fmt: skip
    with pytest.raises(CommandError, match="differences"):
        _check()
    _work()
    assert "stored equals computed" in _check()
    after = UnitCase.objects.get(case_id=case_id, unit=county.home_care).overdue_from
    assert after > before + timedelta(days=3)


def test_what_another_worker_does_at_the_same_time_leaves_no_case_out(county, manager, monkeypatch) -> None:
    """The county changes its mind while the rows are computed anew: all of them are computed once more."""
    for _ in range(3):
        f.accepted_case(county)
    _work()
    monkeypatch.setattr(operations, "CASES_A_ROUND", 1)
    _choose(manager, "sbar_enabled", value="yes")
    operations.renew(clock.now())
    assert 0 < _symbols_of_sbar() < UnitCase.objects.count()
    _choose(manager, "sbar_enabled", value="no")
    assert operations.renew(clock.now()) == 1
    _work()
    assert "stored equals computed" in _check()
    assert _symbols_of_sbar() == 0
    assert Case.objects.count() == 3
