"""Which constraint broke is told by its name, on both databases."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import UniqueConstraint

from samordna.cases.models import Case, Round
from samordna.documents.models import Document, DocumentVersion
from samordna.kernel.constraints import broke
from samordna.sip.tests import factories as f

AT = datetime(2026, 5, 13, 7, 31, tzinfo=UTC)


def refused(write: Callable[[], object]) -> IntegrityError:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        write()
    return caught.value


@pytest.fixture
def county(db: None) -> f.County:
    return f.county()


@pytest.fixture
def case(county: f.County) -> Case:
    return Case.objects.get(pk=f.new_case(county.anna))


def copy_of(case: Case, **fields: object) -> Case:
    same = {field.attname: getattr(case, field.attname) for field in Case._meta.concrete_fields}
    return Case(**same | {"id": uuid4(), "number": "2026-99999-X", **fields})


def test_what_must_be_unique_is_told_by_name(case: Case) -> None:
    again = refused(copy_of(case).save)
    assert broke(again, "case_one_active_per_person")
    assert not broke(again, "round_number_once")
    twice = refused(
        lambda: Round.objects.create(case=case, number=1, started_at=AT, started_by_id=case.created_by_id)
    )
    assert broke(twice, "round_number_once")
    assert not broke(twice, "case_one_active_per_person")


def test_a_column_that_is_unique_by_itself_is_no_constraint_of_that_name(
    county: f.County, case: Case
) -> None:
    other = f.new_person(f.actor(county.anna))
    assert not broke(
        refused(copy_of(case, person_id=other, number=case.number).save), "case_one_active_per_person"
    )


def test_a_condition_is_told_by_name(case: Case) -> None:
    ended = refused(copy_of(case, status="ENDED").save)
    assert broke(ended, "case_ended_when_not_active")
    assert not broke(ended, "case_one_active_per_person")


def test_two_constraints_of_one_table_are_told_apart(case: Case) -> None:
    document = Document.objects.create(
        case=case, round_number=1, kind="PLAN", begun_at=AT, unit_id=case.created_unit_id, unit_name="Enheten"
    )
    opened = {"opened_at": AT, "opened_by_id": case.created_by_id, "opened_unit_id": case.created_unit_id}
    DocumentVersion.objects.create(document=document, number=1, **opened)
    second = refused(lambda: DocumentVersion.objects.create(document=document, number=2, **opened))
    assert broke(second, "document_one_open_version")
    assert not broke(second, "version_number_once")


def test_a_name_that_no_constraint_has_is_a_fault_of_the_program(case: Case) -> None:
    error = refused(copy_of(case).save)
    with pytest.raises(LookupError):
        broke(error, "case_one_active")


def test_sqlite_can_tell_all_of_ours_apart() -> None:
    seen = [
        (model._meta.db_table, constraint.fields)
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, UniqueConstraint) and model.__module__.startswith("samordna.")
    ]
    assert sorted({pair for pair in seen if seen.count(pair) > 1}) == []
