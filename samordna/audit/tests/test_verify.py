from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from samordna.audit.commands import record, seal
from samordna.audit.digests import row_digest
from samordna.audit.models import Entry, Seal
from samordna.audit.queries import Damage, Finding, verify
from samordna.audit.states import Action
from samordna.audit.tests.support import AT, actor

TABLES = ("audit_entry", "audit_entryperson", "audit_seal")


@pytest.fixture
def ids(db: None) -> list[int]:
    """Nine sealed entries in three seals and one that is not sealed yet."""
    for _ in range(10):
        persons = [uuid4(), uuid4()]
        record(actor=actor(), at=AT, action=Action.CASE_LISTED, person_ids=persons, details={"å": [1, None]})
    for _ in range(3):
        assert seal(at=AT, limit=3) == 3
    return list(Entry.objects.order_by("id").values_list("id", flat=True))


def tamper(statement: str, *values: object) -> None:
    """As one could who owns the database."""
    with connection.cursor() as cursor:
        for table in TABLES:
            for event in ("update", "delete"):
                on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event}{on_table}")
        # Constraints that wait for the end of the transaction must not hinder it.
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE audit_entryperson DISABLE TRIGGER ALL")
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER ALL")
        cursor.execute(statement, values)


@pytest.mark.requirement("L-05")
def test_a_whole_log_has_no_findings(ids: list[int]) -> None:
    assert list(verify()) == []
    assert seal(at=AT) == 1
    assert seal(at=AT) == 0
    assert list(verify()) == []
    assert "Loggen är hel." in command()


@pytest.mark.requirement("L-05")
@pytest.mark.parametrize(
    "change",
    [
        "user_name = 'Någon annan'", "at = '2026-05-14 00:00:00+00:00'", "details = '{}'", "person_id = NULL",
        "reason = 'x'", "result = 'refused'",
    ],
)  # fmt: skip
def test_an_altered_entry_is_found(ids: list[int], change: str) -> None:
    tamper(f"UPDATE audit_entry SET {change} WHERE id = %s", ids[4])  # noqa: S608
    assert list(verify()) == [Finding(Damage.ALTERED, ids[4])]
    with pytest.raises(CommandError):
        command()


@pytest.mark.requirement("L-05")
def test_an_entry_of_before_lists_its_single_person_too_and_is_as_it_was_sealed(db: None) -> None:
    for _number in range(2):
        record(actor=actor(), at=AT, action=Action.CASE_SHOWN, person_ids=[uuid4()])
    new, old = Entry.objects.order_by("id")
    assert (new.person_ids, new.persons) == ([], [str(new.person_id)])
    sealed_then = row_digest(Entry.objects.values().get(pk=old.pk) | {"person_ids": [str(old.person_id)]})
    assert sealed_then == row_digest(Entry.objects.values().get(pk=old.pk))
    assert seal(at=AT) == 2
    tamper(f"UPDATE audit_entry SET person_ids = '[\"{old.person_id}\"]' WHERE id = %s", old.pk)  # noqa: S608
    assert list(verify()) == []
    tamper(f"UPDATE audit_entry SET person_ids = '[\"{uuid4()}\"]' WHERE id = %s", old.pk)  # noqa: S608
    tamper("UPDATE audit_entry SET person_id = NULL WHERE id = %s", new.pk)
    assert set(verify()) == {Finding(Damage.ALTERED, new.pk), Finding(Damage.ALTERED, old.pk)}


@pytest.mark.requirement("L-05")
def test_a_deleted_entry_is_found(ids: list[int]) -> None:
    tamper("DELETE FROM audit_entryperson WHERE entry_id = %s", ids[3])
    assert list(verify()) == [Finding(Damage.LINKS_ALTERED, ids[3])]
    tamper("DELETE FROM audit_entry WHERE id = %s", ids[3])
    assert list(verify()) == [Finding(Damage.DELETED, ids[3])]


@pytest.mark.requirement("L-05")
def test_an_entry_put_in_afterwards_is_found(ids: list[int]) -> None:
    tamper("DELETE FROM audit_seal WHERE number = 3")
    tamper("DELETE FROM audit_entryperson WHERE entry_id = %s", ids[7])
    tamper("DELETE FROM audit_entry WHERE id = %s", ids[7])
    seal(at=AT, limit=2)
    Entry.objects.create(id=ids[7], at=AT, action="case.shown")
    assert list(verify()) == [Finding(Damage.INSERTED, ids[7])]


@pytest.mark.requirement("L-05")
def test_a_cut_end_is_found(ids: list[int]) -> None:
    tamper("DELETE FROM audit_entryperson WHERE entry_id > %s", ids[5])
    tamper("DELETE FROM audit_entry WHERE id > %s", ids[5])
    assert Finding(Damage.CUT, ids[5]) in list(verify())
    assert Finding(Damage.DELETED, ids[8]) in list(verify())


@pytest.mark.requirement("L-05")
def test_seals_taken_away_or_altered_are_found(ids: list[int]) -> None:
    noted = Seal.objects.get(number=3)
    tamper("UPDATE audit_seal SET sealed_at = '2026-05-14 00:00:00+00:00' WHERE number = 1")
    assert list(verify()) == [Finding(Damage.SEAL_ALTERED, 1)]
    tamper("DELETE FROM audit_seal WHERE number = 2")
    assert Finding(Damage.SEAL_MISSING, 2) in list(verify())
    # The newest one is missed only by someone who has noted it.
    command_line = f"3:{noted.digest}"
    tamper("DELETE FROM audit_seal WHERE number = 3")
    assert f"Försegling {command_line} är inte som den antecknades." in command("--known", command_line)


@pytest.mark.requirement("L-05")
def test_a_log_whose_seals_are_all_gone_is_not_whole(ids: list[int]) -> None:
    for later in (timedelta(minutes=59), timedelta(minutes=61)):
        record(actor=actor(), at=AT + later, action=Action.CASE_LISTED, person_ids=[uuid4()])
    while seal(at=AT):
        pass
    assert list(verify()) == []
    tamper("DELETE FROM audit_seal WHERE number > 1")
    assert list(verify()) == [Finding(Damage.UNSEALED, ids[3])]
    assert "går inte, eller så har förseglingarna tagits bort" in command("--known", "1:0")


@pytest.mark.requirement("L-05")
def test_what_was_written_within_the_hour_waits_for_its_seal(ids: list[int]) -> None:
    record(actor=actor(), at=AT + timedelta(minutes=59), action=Action.CASE_LISTED, person_ids=[uuid4()])
    assert list(verify()) == []


@pytest.mark.requirement("L-05")
def test_an_altered_entry_sealed_anew_breaks_the_chain(ids: list[int]) -> None:
    tamper("UPDATE audit_seal SET digest = %s WHERE number = 1", "0" * 64)
    assert Finding(Damage.SEAL_ALTERED, 2) in list(verify())


def test_a_seal_that_is_noted_still_stands(ids: list[int]) -> None:
    noted = Seal.objects.get(number=3)
    assert "Loggen är hel." in command("--known", f"3:{noted.digest}")


def command(*arguments: str) -> str:
    out = StringIO()
    try:
        call_command("verify_audit", *arguments, stdout=out)
    except CommandError:
        if not arguments:
            raise
    return out.getvalue()
