"""A log that its owner emptied, with its seals: the cases that are left tell."""

import contextlib
import io
from collections.abc import Sequence

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from samordna.audit.commands import seal
from samordna.audit.models import Entry, EntryPerson, Seal
from samordna.audit.tests.test_verify import tamper
from samordna.cases.models import Case
from samordna.kernel import clock
from samordna.sip.tests import factories as f

TABLES = (EntryPerson, Entry, Seal)


@pytest.fixture
def county(db: None) -> f.County:
    county = f.county()
    f.summoned_case(county)
    seal(at=clock.now())
    return county


def verified() -> Sequence[str]:
    said = io.StringIO()
    with contextlib.suppress(CommandError):
        call_command("verify_audit", stdout=said)
    return said.getvalue().splitlines()


def take_away(condition: str = "TRUE") -> None:
    """Entries and all seals, as the database's owner can: on SQLite with the counter of the table."""
    ids = f"(SELECT id FROM audit_entry WHERE {condition})"  # noqa: S608
    tamper(f"DELETE FROM audit_entryperson WHERE entry_id IN {ids}")  # noqa: S608
    tamper(f"DELETE FROM audit_entry WHERE {condition}")  # noqa: S608
    tamper("DELETE FROM audit_seal")
    if connection.vendor == "sqlite":
        tamper(
            "UPDATE sqlite_sequence SET seq = (SELECT COALESCE(MAX(id), 0) FROM audit_entry) WHERE name = 'audit_entry'"
        )


@pytest.mark.requirement("L-05")
def test_a_log_emptied_whole_is_not_whole(county: f.County) -> None:
    assert verified()[0] == "Loggen är hel."
    take_away()
    told = verified()
    assert "Loggen är tom, fast det finns användare, enheter eller personer." in told
    assert f"ärende {Case.objects.get().number} skapades (antal sådana ärenden: 1)" in told[1]


@pytest.mark.requirement("L-05")
def test_emptied_and_begun_anew_it_is_not_whole(county: f.County) -> None:
    """What is done afterwards fills the log again, and is sealed."""
    take_away()
    f.new_case(county.david)
    seal(at=clock.now())
    told = verified()
    assert "skapades (antal sådana ärenden: 1)" in told[0]
    assert len(told) == 1


@pytest.mark.requirement("L-05")
def test_a_log_without_its_head_is_not_whole(county: f.County) -> None:
    half = Entry.objects.order_by("id")[Entry.objects.count() // 2].pk
    take_away(f"id < {half}")
    assert "skapades" in verified()[0]


@pytest.mark.requirement("L-05")
def test_a_log_without_its_end_is_not_whole(county: f.County) -> None:
    """The acts of a case that were in the part that is gone."""
    made = Entry.objects.filter(action="case.created").latest("id").pk
    take_away(f"id > {made}")
    assert verified() == [
        f"I ärende {Case.objects.get().number} finns det händelser som är senare än dess sista loggpost "
        "(antal sådana ärenden: 1)."
    ]


@pytest.mark.requirement("L-05")
def test_an_installation_with_nobody_in_it_may_have_an_empty_log(db: None) -> None:
    assert verified() == ["Loggen är hel."]


@pytest.mark.requirement("L-05")
def test_users_alone_tell_too(db: None) -> None:
    f.county()
    take_away()
    assert verified() == ["Loggen är tom, fast det finns användare, enheter eller personer."]
