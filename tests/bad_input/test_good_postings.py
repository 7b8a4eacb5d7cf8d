"""The forms as they should be posted: act, and act once."""

import pytest

from tests.bad_input.postings import Posting, opened
from tests.bad_input.stored import acts_logged, changed, digest
from tests.bad_input.table import POSTINGS
from tests.bad_input.world import World

each = pytest.mark.parametrize("posting", POSTINGS, ids=lambda posting: posting.name)
# Answers with a page: a question before the act, or a password that is shown once.
ASKS_FIRST = {"new"}
TELLS_ONCE = {"new user"}


@each
@pytest.mark.requirement("L-06")
def test_a_form_posted_twice_acts_once(world: World, posting: Posting) -> None:
    form = opened(world, posting)
    before = digest()
    answer = form.post()
    assert answer.status_code == (200 if posting.name in ASKS_FIRST | TELLS_ONCE else 302)
    assert bool(changed(before)) == (posting.name not in ASKS_FIRST)
    if posting.name in ASKS_FIRST | TELLS_ONCE:
        return
    acted, logged = digest(), acts_logged()
    again = form.post()
    assert (again.status_code, again.headers.get("Location")) == (302, answer.headers["Location"])
    assert not changed(acted)
    assert acts_logged() == logged
