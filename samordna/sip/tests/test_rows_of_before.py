"""Rows that were written before a column was there say what they would have said (migration 0006)."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from samordna.kernel import clock
from samordna.sip.commands.follow_up import open_follow_up
from samordna.sip.models import ActivityReport, PlanContent
from samordna.sip.states import ReportStatus
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s
from samordna.sip.tests.message_pages import at_work, press

pytestmark = pytest.mark.django_db
MIGRATION = import_module("samordna.sip.migrations.0006_what_was_signed_and_done_before")


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
