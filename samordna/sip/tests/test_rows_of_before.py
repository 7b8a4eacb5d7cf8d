"""Rows that were written before a column was there say what they would have said (migration 0006)."""

from datetime import timedelta
from importlib import import_module
from uuid import UUID

import pytest
import time_machine
from django.apps import apps
from django.urls import reverse

from samordna.documents.models import DocumentVersion
from samordna.kernel import clock
from samordna.sip.follow_up.commands import open_follow_up
from samordna.sip.follow_up.states import ReportStatus
from samordna.sip.models import ActivityReport, PlanContent
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s
from samordna.sip.tests.message_pages import at_work, press

pytestmark = pytest.mark.django_db
MIGRATION = import_module("samordna.sip.migrations.0006_what_was_signed_and_done_before")
LOCKS = import_module("samordna.documents.migrations.0004_locks_of_before")


@pytest.mark.requirement("V-54", "V-21")
def test_a_plan_signed_earlier_is_to_be_completed_before_it_is_locked() -> None:
    county = f.county()
    whole = s.signed_plan(county)
    case_id = f.summoned_case(county)
    s.begin_plan(case_id, county.anna)
    s.sign_plan(case_id, county.anna)
    PlanContent.objects.update(gaps=0)
    anna = at_work(county.anna)
    MIGRATION.count_gaps(apps, None)
    for one, code in ((case_id, "complete_plan"), (whole, "lock_plan")):
        page = anna.get(reverse("sip:part", args=[one, "plan"]))
        assert page.context["frame_case"].now["code"] == code


@pytest.mark.requirement("V-60")
def test_what_was_locked_as_done_before_is_not_corrected() -> None:
    """Done in the edition that was locked: closed. Done in the open one: may be a mistake, and taken back."""
    county = f.county()
    case_id = s.locked_follow_up(county)
    open_follow_up(actor=f.actor(county.anna), case_id=case_id, at=clock.now())
    s.report(case_id, county.anna, 1, ReportStatus.DONE)
    ActivityReport.objects.update(done_before=False)
    MIGRATION.close_what_was_done(apps, None)
    anna = at_work(county.anna)
    for number, kept in enumerate((ReportStatus.DONE, ReportStatus.ONGOING)):
        line = s.reports(case_id)[number]
        key = str(line.activity_lineage)
        press(anna, "follow_up_report", case_id, **{"correct": key, f"{key}-version": line.written.version})
        assert s.reports(case_id)[number].status == kept


def _as_opening_left_it_before(case_id: UUID) -> None:
    """Opening forgot the lock, and nothing said when it was opened."""
    version_id = s.version_of(case_id, Part.PLAN)
    DocumentVersion.objects.filter(pk=version_id).update(
        locked_at=None, locked_by=None, locked_by_name="", unlocked_at=None
    )


@pytest.mark.requirement("V-13", "V-56", "L-06")
def test_a_plan_opened_before_was_locked_and_is_to_be_locked_within_two_days_of_that() -> None:
    """Signed and locked thirty days ago, opened today; another one signed and never locked stays as it is."""
    county = f.county()
    with time_machine.travel(clock.now() - timedelta(days=30), tick=True):
        case_id, never = s.locked_plan(county), s.signed_plan(county)
    anna = at_work(county.anna)
    press(anna, "unlock", case_id)
    address = reverse("sip:part", args=[case_id, "plan"])
    due = anna.get(address).context["frame_case"].now["due_at"]
    assert due > clock.now()
    _as_opening_left_it_before(case_id)
    assert "försenat" in anna.get(address).content.decode(), "late since it was signed: it always had a date"
    LOCKS.restore_locks(apps, None)
    assert anna.get(address).context["frame_case"].now["due_at"] == due
    assert "har aldrig varit låst" not in anna.get(reverse("sip:void_plan", args=[case_id])).content.decode()
    s.end_case(case_id, county.anna)
    assert "Skriv ut" in anna.get(address).content.decode(), "it was printed and handed over"
    assert f.facts_of(never).standing(Part.PLAN).last_locked is None
