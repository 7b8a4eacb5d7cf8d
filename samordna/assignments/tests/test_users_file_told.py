"""What the dry run of a file of users tells besides the cells: what is closed, closes, opens and is left behind."""

from datetime import timedelta

import pytest

from samordna.accounts.models import User
from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import SystemRoleGrantFactory, UnitFactory
from samordna.assignments.tests.test_users_file import HEADING, choose, export
from samordna.kernel.clock import now, today

CLOSED, ENDED, OPENS = (
    "Kontot för Anna Lindqvist (ANNLIN) är stängt, och förblir stängt tills det öppnas på användarens sida.",
    "Kontot för Anna Lindqvist (ANNLIN) är stängt, eftersom det sista uppdraget har tagit slut, "
    "och förblir stängt.",
    "Kontot för Anna Lindqvist (ANNLIN) är stängt. Filen ger ett nytt uppdrag, och då öppnas kontot igen.",
)
UNIT = "Hemtjänsten Norr är stängd sedan"
EVERY = [CLOSED, ENDED, OPENS, UNIT]


def told(admin, county, *, unit="Hemtjänsten Norr", title="ny titel", first=None, last=""):
    start = first or county.anna.starts_on.isoformat()
    row = f"annlin;Anna Lindqvist;;{unit};Enhetschef;{title};{start};{last}"
    return choose(admin, f"{HEADING}\n{row}\n")[0].content.decode()


@pytest.mark.requirement("K-06")
def test_a_row_about_a_closed_user_or_unit_says_so(admin, county):
    page = told(admin, county)
    assert [said for said in EVERY if said in page] == []
    User.objects.filter(pk=county.anna.user_id).update(is_active=False)
    assert [said for said in EVERY if said in told(admin, county)] == [CLOSED]
    page = told(admin, county, unit="Hemtjänsten Söder", first=str(today(now())))
    assert [said for said in EVERY if said in page] == [CLOSED]
    User.objects.filter(pk=county.anna.user_id).update(is_active=True)
    Assignment.objects.filter(pk=county.anna.pk).update(ends_on=today(now()) - timedelta(days=3))
    assert [said for said in EVERY if said in told(admin, county)] == [ENDED]
    page = told(admin, county, unit="Hemtjänsten Söder", first=str(today(now())))
    assert [said for said in EVERY if said in page] == [OPENS]
    Assignment.objects.filter(pk=county.anna.pk).update(ends_on=None)
    unit = UnitFactory(name="Stängda", parent=county.care, closed_on=today(now()))
    Assignment.objects.filter(pk=county.anna.pk).update(unit=unit)
    page = told(admin, county, unit="Stängda")
    assert "Stängda är stängd sedan" in page
    assert ENDED in page


@pytest.mark.requirement("K-06")
def test_what_an_export_says_of_what_is_closed_already_is_not_told_again(admin, county):
    User.objects.filter(pk=county.anna.user_id).update(is_active=False)
    page = choose(admin, export(admin))[0].content.decode()
    assert "Filen ändrar ingenting." in page
    assert CLOSED not in page


@pytest.mark.requirement("K-06")
def test_the_end_of_the_last_assignment_says_that_the_account_closes_and_which_roles_stay(admin, county):
    SystemRoleGrantFactory(user=county.anna.user, organisation=county.north, role="SUPERUSER")
    SystemRoleGrantFactory(user=county.anna.user, organisation=county.school, role="SUPERUSER")
    last = str(today(now()) + timedelta(days=9))
    closes = f"Anna Lindqvist har inget uppdrag kvar efter {last}. Då stängs kontot."
    stays = (
        "De här systemrollerna ligger kvar tills de avslutas på användarens sida: Superanvändare ({place})."
    )
    page = told(admin, county, last=last)
    assert f"{closes} {stays.format(place='Hemtjänsten Norr')}" in page
    more = f"annlin;Anna Lindqvist;;Hemtjänsten Söder;Enhetschef;chef;{last};"
    ends = f"annlin;Anna Lindqvist;;Hemtjänsten Norr;Enhetschef;chef;{county.anna.starts_on};{last}"
    assert closes not in choose(admin, f"{HEADING}\n{ends}\n{more}\n")[0].content.decode()
