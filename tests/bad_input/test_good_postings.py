"""The forms as they should be posted: act, and act once."""

import pytest
from django.urls import resolve

from tests.authorisation.table import TABLE
from tests.bad_input.postings import Posting, opened
from tests.bad_input.stored import acts_logged, changed, digest
from tests.bad_input.table import POSTINGS, each
from tests.bad_input.world import World

# Acts that no form of these is about: fragments, buttons beside a form that is in the table, and files, which have
# tests of their own (assignments/tests/test_users_file.py). The print was asked for by the lock.
NOT_IN_THE_TABLE = {
    "overview:search", "drafts:save", "assignments:users", "assignments:users_export", "assignments:users_import",
    "assignments:users_import_check",
    "sip:create", "sip:discard", "sip:save_plan", "sip:plan_people", "sip:participant_people", "sip:drop",
    "sip:goal_restore", "sip:activity_restore", "sip:participant_restore", "sip:take_over",
    "sip:discard_unsaved", "sip:follow_up_discard", "sip:evaluation_drop", "sip:evaluation_take_over",
    "sip:print", "sip:sbar_begin",
}  # fmt: skip
# Answers with a page: a question before the act.
ASKS_FIRST = {"new", "link number", "new number", "correct number"}
LEADS_ON = {"find a protected case"}


def test_every_form_has_its_line(world: World) -> None:
    """Whoever adds a form adds it here, and so tries it with all that is bad."""
    posted = {resolve(posting.address(world).partition("?")[0]).view_name for posting in POSTINGS}
    assert {name for name, line in TABLE.items() if line.post} - posted == NOT_IN_THE_TABLE


@each
@pytest.mark.requirement("L-06")
def test_a_form_posted_twice_acts_once(world: World, posting: Posting) -> None:
    form = opened(world, posting)
    before = digest()
    answer = form.post()
    assert answer.status_code == (200 if posting.name in ASKS_FIRST else 302)
    assert bool(changed(before)) == (posting.name not in ASKS_FIRST | LEADS_ON)
    if posting.name in ASKS_FIRST:
        return
    acted, logged = digest(), acts_logged()
    again = form.post()
    assert (again.status_code, again.headers.get("Location")) == (302, answer.headers["Location"])
    assert not changed(acted)
    assert acts_logged() == logged
