from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from samordna.printouts.commands import render_due, request_printout
from samordna.printouts.models import Printout
from samordna.printouts.queries import DamagedPrintout, counts, pdf_for, printout_for
from samordna.printouts.states import Status
from samordna.sip.plan.states import Paper
from samordna.sip.plan.tests.paper_sample import plan
from samordna.sip.prints import PRINTS

AT = datetime(2026, 5, 14, 11, 0, tzinfo=UTC)
SOURCE = uuid4()


def ask(source: UUID = SOURCE, *, at: datetime = AT, **changes: Any) -> None:
    request_printout(template=Paper.PLAN, source_id=source, data={**plan(), **changes}, at=at)


@pytest.mark.requirement("V-55")
def test_a_print_is_asked_for_made_and_read(db: None) -> None:
    assert printout_for(SOURCE, Paper.PLAN) is None
    ask()
    assert printout_for(SOURCE, Paper.PLAN).status == Status.REQUESTED
    assert pdf_for(SOURCE, Paper.PLAN) is None
    assert render_due(PRINTS, at=AT).ready == 1
    state = printout_for(SOURCE, Paper.PLAN)
    assert (state.status, state.ready_at) == (Status.READY, AT)
    assert pdf_for(SOURCE, Paper.PLAN).startswith(b"%PDF-")
    assert pdf_for(SOURCE, Paper.PLAN_VOIDED) is None
    assert render_due(PRINTS, at=AT).ready == 0


@pytest.mark.requirement("V-55")
def test_asked_for_again_the_first_one_stands(db: None) -> None:
    ask()
    render_due(PRINTS, at=AT)
    first = pdf_for(SOURCE, Paper.PLAN)
    ask(needs="Något annat", at=AT + timedelta(hours=1))
    assert render_due(PRINTS, at=AT + timedelta(hours=1)).ready == 0
    assert pdf_for(SOURCE, Paper.PLAN) == first


def test_a_replaced_plan_is_a_print_of_its_own(db: None) -> None:
    ask()
    mark = {"kind": "replaced", "at": AT.isoformat(), "by": "", "reason": ""}
    request_printout(template=Paper.PLAN_REPLACED, source_id=SOURCE, data={**plan(), "mark": mark}, at=AT)
    assert render_due(PRINTS, at=AT).ready == 2
    assert pdf_for(SOURCE, Paper.PLAN) != pdf_for(SOURCE, Paper.PLAN_REPLACED)


def test_what_cannot_be_made_is_failed_with_the_reason_and_can_be_asked_for_anew(db: None) -> None:
    ask(plan_day="den tolfte")
    ask(uuid4())
    done = render_due(PRINTS, at=AT)
    assert (done.ready, done.failed) == (1, 1)
    state = printout_for(SOURCE, Paper.PLAN)
    assert (state.status, state.error) == (Status.FAILED, "ValueError")
    assert counts() == {"waiting": 0, "failed": 1}
    ask()
    assert counts() == {"waiting": 1, "failed": 0}
    assert render_due(PRINTS, at=AT).ready == 1


def test_a_print_that_workers_die_over_is_given_up(db: None) -> None:
    ask()
    for attempt in range(3):
        Printout.objects.update(
            attempts=attempt + 1, leased_by=uuid4(), leased_until=AT + timedelta(minutes=2)
        )
    assert render_due(PRINTS, at=AT + timedelta(minutes=1)).failed == 0
    assert render_due(PRINTS, at=AT + timedelta(minutes=2)).failed == 1


@pytest.mark.requirement("L-06")
def test_a_print_that_is_ready_never_changes(db: None) -> None:
    ask()
    Printout.objects.update(attempts=0)
    render_due(PRINTS, at=AT)
    for change in (lambda: Printout.objects.update(error="x"), lambda: Printout.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_file_that_is_not_as_it_was_made_is_never_handed_out(db: None) -> None:
    Printout.objects.create(
        template="plan", source_id=SOURCE, data={}, status=Status.READY, pdf=b"%PDF-", pdf_digest="0",
        requested_at=AT, ready_at=AT,
    )  # fmt: skip
    with pytest.raises(DamagedPrintout):
        pdf_for(SOURCE, Paper.PLAN)


def test_a_round_has_a_limit_and_takes_the_oldest_first(db: None) -> None:
    sources = [uuid4() for _ in range(3)]
    for number, source in enumerate(sources):
        ask(source, at=AT + timedelta(minutes=number))
    assert render_due(PRINTS, at=AT + timedelta(minutes=5), limit=2).ready == 2
    assert pdf_for(sources[2], Paper.PLAN) is None


@pytest.mark.race
def test_two_workers_make_each_print_once(committed_db: str, in_threads: Any) -> None:
    for _ in range(6):
        ask(uuid4())
    rounds = in_threads(lambda: render_due(PRINTS, at=AT), lambda: render_due(PRINTS, at=AT))
    assert sum(done.ready for done in rounds) == 6
    assert set(Printout.objects.values_list("attempts", flat=True)) == {1}
