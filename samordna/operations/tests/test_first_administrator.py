"""The first user of an installation, made at the command line, and in the log as everybody after."""

import io
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from samordna.accounts.models import User
from samordna.assignments.models import SystemRoleGrant
from samordna.assignments.tests.factories import UnitFactory
from samordna.audit.models import Entry

GIVEN = ("--username", "forsta", "--name", "Förnamn Efternamn", "--email", "namn@example.se")


def make(*arguments: str) -> str:
    said = io.StringIO()
    call_command("first_administrator", *GIVEN, *arguments, stdout=said)
    return said.getvalue()


@pytest.fixture
def unit(db: None) -> str:
    return str(UnitFactory(name="Systemförvaltningen").name)


def test_the_first_administrator_logs_in_and_is_in_the_log(unit: str, client: Client) -> None:
    password = re.search(r"shown this once: (\S+)", make("--unit", unit))
    assert password
    answer = client.post(
        reverse("accounts:login"), {"username": "FORSTA", "password": password[1]}, follow=True
    )
    # The password is changed before anything else.
    assert answer.redirect_chain[-1][0].startswith(reverse("accounts:password"))
    actions = list(Entry.objects.order_by("id").values_list("action", "details__role"))
    assert [role for action, role in actions if action == "right.changed"] == [
        "SYSTEM_MANAGER",
        "ADMINISTRATOR",
    ]
    assert ("user.created", None) in actions
    assert ("assignment.changed", None) in actions


def test_there_is_one_first_administrator(unit: str) -> None:
    make("--unit", unit)
    with pytest.raises(CommandError, match="systemförvaltare"):
        call_command(
            "first_administrator", "--unit", unit, "--username", "andra", "--name", "A B", "--email", "a@b.se"
        )
    assert User.objects.count() == 1


def test_there_is_a_first_one_again_when_no_system_manager_can_log_in(unit: str) -> None:
    make("--unit", unit)
    User.objects.update(is_active=False)
    call_command(
        "first_administrator", "--unit", unit, "--username", "andra", "--name", "A B", "--email", "a@b.se"
    )
    assert SystemRoleGrant.objects.filter(user__username="ANDRA").count() == 2


@pytest.mark.parametrize(
    "given", [("--unit", "Någon annan"), ("--email", "ingen adress"), ("--address-book", "/no/such/file")]
)
def test_nothing_half_done(unit: str, given: tuple[str, str], tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        make(*(() if given[0] == "--unit" else ("--unit", unit)), *given)
    assert not User.objects.exists()
    assert not SystemRoleGrant.objects.exists()
    assert not Entry.objects.exists()
