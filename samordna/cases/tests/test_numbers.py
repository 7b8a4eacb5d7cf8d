"""One counter for the county: a case's number is said on the telephone without its module (L-11)."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

from samordna.cases.models import Case, CaseCounter
from samordna.cases.tests.discharges import new_discharge
from samordna.kernel.case_number import parse_case_number
from samordna.kernel.module import Module
from samordna.kernel.refusal import Refused
from samordna.sip.tests import factories as f

MERGE = "0018_one_counter_for_the_county"


def counters(*case_ids: object) -> list[int]:
    numbers = dict(Case.objects.values_list("pk", "number"))
    return [parse_case_number(numbers[case_id]).counter for case_id in case_ids]


@pytest.mark.parametrize("first", list(Module))
def test_a_person_has_a_case_of_each_module_each_with_a_number_of_its_own(db: None, first: Module) -> None:
    county = f.county()
    person = f.new_person(f.actor(county.anna))
    makers = [f.new_case, new_discharge] if first == Module.SIP else [new_discharge, f.new_case]
    made = [make(county.anna, person_id=person) for make in makers]
    assert counters(*made) == [1, 2]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (f.new_case, "Personen har redan en pågående SIP."),
        (new_discharge, "Personen har redan en pågående planering inför utskrivning."),
    ],
)
def test_a_second_one_of_a_module_is_refused_in_its_own_words(db: None, make: Any, said: str) -> None:
    county = f.county()
    person = f.new_person(f.actor(county.anna))
    make(county.anna, person_id=person)
    with pytest.raises(Refused) as refused:
        make(county.david, person_id=person)
    assert str(refused.value.refusal.message) == said


@pytest.fixture
def before_the_merge(committed_db: str) -> Iterator[Migration]:
    """The table as it was, and afterwards as it is."""
    loader = MigrationLoader(connection)
    migration = loader.get_migration("cases", MERGE)
    old = loader.project_state(("cases", MERGE), at_end=False)
    CaseCounter.objects.all().delete()
    with connection.schema_editor() as editor:
        migration.unapply(old.clone(), editor)
    yield migration
    if "module" in columns():
        with connection.schema_editor() as editor:
            migration.apply(old.clone(), editor)


def columns() -> set[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, CaseCounter._meta.db_table)
    return {column.name for column in found}


def test_the_counters_of_before_become_one_that_has_given_all_their_numbers(
    before_the_merge: Migration,
) -> None:
    before = [("SIP", 2025, 31), ("SIP", 2026, 7), ("SPU", 2026, 12), ("SPU", 2024, 2)]
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO cases_casecounter (module, year, last) VALUES (%s, %s, %s)", before)
    state = MigrationLoader(connection).project_state(("cases", MERGE), at_end=False)
    with connection.schema_editor() as editor:
        before_the_merge.apply(state, editor)
    given = dict(CaseCounter.objects.values_list("year", "last"))
    assert given == {2024: 2, 2025: 31, 2026: 12}


def test_a_number_that_a_case_has_is_behind_the_counter(db: None) -> None:
    """Also where the counters fell behind what was given, as after a file was read in by hand."""
    county = f.county()
    cases = [f.new_case(county.anna) for _ in range(3)]
    CaseCounter.objects.update(last=1)
    merge = import_module(f"samordna.cases.migrations.{MERGE}").merge
    merge(MigrationLoader(connection).project_state(("cases", MERGE), at_end=False).apps, None)
    assert counters(f.new_case(county.anna)) == [max(counters(*cases)) + 1]
