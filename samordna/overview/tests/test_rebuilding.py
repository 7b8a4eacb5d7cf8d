"""Stored rows can be computed anew, and compared with what the case says (invariant 10 of the design)."""

from datetime import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from samordna.assignments.models import Assignment, ModuleRight
from samordna.assignments.tests.factories import actor_for_assignment
from samordna.cases import commands as cases
from samordna.cases.models import Case, UnitCase
from samordna.casework.case.commands.new_case import begin_case
from samordna.casework.tests.toy import TOY
from samordna.kernel import clock
from samordna.kernel.module import Module
from samordna.overview import commands, queries
from samordna.overview.processes import PROCESSES
from samordna.overview.tests.factories import person
from samordna.sip.process import SIP, STEPS_VERSION


def run(*options: str) -> str:
    out = StringIO()
    call_command("rebuild_worklists", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def made(anna: Assignment, at: datetime) -> list[Case]:
    actor = actor_for_assignment(anna, at)
    ids = [
        cases.create_case(actor=actor, person_id=person(at=at).pk, module=Module.SIP, at=at) for _ in range(3)
    ]
    return [Case.objects.get(pk=case_id) for case_id in ids]


def test_missing_rows_are_found_and_rebuilt(made: list[Case], anna: Assignment) -> None:
    with pytest.raises(CommandError, match="3 differences in 3 cases"):
        run("--check")
    assert "3 cases rebuilt" in run("--batch", "2")
    assert "stored equals computed" in run("--check")
    row = UnitCase.objects.get(case=made[0])
    assert (row.unit_id, row.next_step["code"]) == (anna.unit_id, "send_initiative")
    assert set(Case.objects.values_list("steps_version", flat=True)) == {STEPS_VERSION}


def test_a_wrong_row_is_told_by_what_is_wrong_and_by_no_persons_data(made: list[Case]) -> None:
    run()
    UnitCase.objects.filter(case=made[1]).update(bucket="ENDED", coordinator_name="Någon Annan")
    (difference,) = queries.differences(SIP, made[1].pk, clock.now())
    assert difference.fields == ("bucket", "coordinator_name")
    assert str(difference).startswith(f"case {made[1].pk}, unit ")
    assert "Någon" not in str(difference)


def test_an_interrupted_run_goes_on_where_it_stopped(made: list[Case]) -> None:
    commands.rebuild_case(process=SIP, case_id=made[0].pk, at=clock.now())
    assert "2 cases rebuilt" in run()
    assert "0 cases rebuilt" in run()
    assert "3 cases rebuilt" in run("--all")


def test_a_row_that_should_not_be_there_is_taken_away(made: list[Case]) -> None:
    run()
    case = made[2]
    cases.end_participation(
        case_id=case.pk, unit_id=case.created_unit_id, reason="TAKEN_BACK", at=case.created_at
    )
    assert len(queries.differences(SIP, case.pk, clock.now())) == 1
    commands.rebuild_case(process=SIP, case_id=case.pk, at=clock.now())
    assert queries.differences(SIP, case.pk, clock.now()) == []


@pytest.fixture
def of_another_module(anna: Assignment, at: datetime) -> Case:
    for right in list(ModuleRight.objects.filter(module=Module.SIP)):
        right.pk, right.module = None, Module.SPU
        right.save()
    actor = actor_for_assignment(anna, at)
    return Case.objects.get(pk=begin_case(process=TOY, actor=actor, person_id=person(at=at).pk, at=at))


def test_each_process_computes_the_rows_of_its_cases(
    made: list[Case], of_another_module: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PROCESSES, TOY.module, TOY)
    UnitCase.objects.all().delete()
    with pytest.raises(CommandError, match="4 differences in 4 cases"):
        run("--check")
    told = run("--all")
    assert "4 cases rebuilt" in told
    assert "left alone" not in told
    steps = {row.case_id: row.next_step["code"] for row in UnitCase.objects.all()}
    assert steps == {case.pk: "send_initiative" for case in made} | {of_another_module.pk: "send_notice"}
    of_another_module.refresh_from_db()
    assert of_another_module.steps_version == TOY.steps_version
    assert "4 cases checked, stored equals computed" in run("--check")


def test_rows_that_no_process_computes_are_left_alone_and_told(
    made: list[Case], of_another_module: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(PROCESSES, TOY.module)
    UnitCase.objects.filter(case=of_another_module).update(coordinator_name="Någon Annan")
    before = UnitCase.objects.filter(case=of_another_module).values().get()
    for told, done in ((run("--all"), "3 cases rebuilt"), (run("--check"), "3 cases checked")):
        assert done in told
        assert "1 cases of SPU are left alone" in told
    assert UnitCase.objects.filter(case=of_another_module).values().get() == before
