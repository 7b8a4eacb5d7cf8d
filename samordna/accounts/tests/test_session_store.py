"""What a session keeps and forgets, asked of itself: written seldom, read once, replaced, ended."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from samordna.accounts import kept_text, sessions
from samordna.accounts.kept_text import (
    BY_ADDRESS,
    FROM_ABSENT,
    KeptForm,
    address_of,
    is_from_absent,
    keep_for,
    keep_for_absent,
    kept_apart,
    posted_form,
)
from samordna.accounts.models import LoginSession, Session, User
from samordna.accounts.session_store import CHOSEN, SESSIONS, SessionStore
from samordna.accounts.sessions import BEGUN, LAST_SEEN, METHOD, PUBLIC_ID, SessionClock
from samordna.assignments.tests.factories import actor_for_assignment, log_in, worker
from samordna.drafts.queries import Unsaved
from samordna.drafts.rules import Room
from samordna.kernel.clock import now

AT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
COOKIE = settings.SESSION_COOKIE_NAME


# --- By a mapping instead of a session, without a database -----------------------------------------------------------


@pytest.mark.parametrize(
    ("kept", "known"),
    [
        ({}, False),
        ({BEGUN: 1}, False),
        ({LAST_SEEN: 1}, False),
        ({BEGUN: 1, LAST_SEEN: 2}, True),
    ],
)
def test_a_session_that_was_not_begun_by_a_login_has_no_clock(kept, known):
    assert (SessionClock.of(kept) is not None) is known


@pytest.mark.parametrize(
    ("idle_limit", "after", "at_once", "written"),
    [
        # Within a minute, or a tenth of the limit where that is less.
        (1800, 59, False, False),
        (1800, 60, False, True),
        (1800, 0, True, True),
        (300, 29, False, False),
        (300, 30, False, True),
    ],
)
def test_when_something_was_done_is_written_now_and_then(settings, idle_limit, after, at_once, written):
    settings.SESSION_IDLE_SECONDS = idle_limit
    kept = {BEGUN: int(AT.timestamp()), LAST_SEEN: int(AT.timestamp())}
    sessions.touch(kept, AT + after * SECOND, at_once=at_once)
    assert kept[LAST_SEEN] == int(AT.timestamp()) + (after if written else 0)
    assert kept[BEGUN] == int(AT.timestamp())


def test_a_session_without_a_clock_is_not_touched():
    kept = {}
    sessions.touch(kept, AT, at_once=True)
    assert kept == {}


def test_a_session_holds_by_the_password_that_it_was_begun_with():
    begun_with = {HASH_SESSION_KEY: User(password="one").get_session_auth_hash()}
    assert sessions.holds(begun_with, "one")
    assert not sessions.holds(begun_with, "other")
    assert not sessions.holds({}, "one")


# --- In the database ------------------------------------------------------------------------------------------------


@pytest.fixture
def key(at_work):
    return at_work.cookies[COOKIE].value


def stores(key, count=2):
    """As many requests that have read the session."""
    found = [SessionStore(key) for _ in range(count)]
    assert all(one[PUBLIC_ID] for one in found)
    return found


@pytest.mark.requirement("L-07")
def test_a_session_begins_with_a_key_and_says_by_which_browser(anna):
    session = SessionStore()
    public = sessions.begin(session, user_id=anna.user_id, method="password", browser="x" * 99, at=AT)
    assert session.session_key
    row = LoginSession.objects.get(session_key=session.session_key)
    assert (str(row.id), row.method, row.browser, row.begun_at) == (public, "password", "x" * 80, AT)
    assert (session[PUBLIC_ID], session[METHOD]) == (public, "password")
    assert SessionClock.of(session) == SessionClock(AT, AT)


def test_a_new_store_has_nothing_to_write(db):
    session = SessionStore()
    assert not session.modified
    assert not session.ended_here
    assert not sessions.key_is_replaced(session)
    assert session.living_key is None
    assert session.newest_key() == ""
    session.flush()
    assert session.ended_here


def test_a_session_that_was_read_with_who_acts_is_not_asked_for_again(key, django_assert_num_queries):
    session = SessionStore(key)
    session.take(SESSIONS.rows(key=key, at=now()))
    with django_assert_num_queries(0):
        assert session[PUBLIC_ID]


def test_a_key_that_is_nobodys_is_never_taken_over(db):
    session = SessionStore("a" * 32)
    assert session.get(PUBLIC_ID) is None
    assert session.session_key is None


@pytest.mark.requirement("L-07")
def test_who_ended_a_session_knows_and_who_left_a_replaced_one_leaves_it(key):
    one, other = stores(key)
    sessions.renew_key(one, None)
    other.flush()
    assert not other.ended_here
    assert other.session_key is None
    assert sessions.key_of(other) == one.session_key
    assert SessionStore(one.session_key)[PUBLIC_ID]
    one.flush()
    assert one.ended_here
    assert not Session.objects.filter(replaced_by="").exists()


@pytest.mark.requirement("L-07")
def test_nothing_is_written_of_a_session_that_has_ended_or_was_replaced(key):
    one, late, later = stores(key, 3)
    sessions.renew_key(one, None)
    late["a note"] = "lost"
    late.save()
    assert sessions.key_of(late) == one.session_key
    sessions.close(one, AT)
    assert one.ended_here
    later["a note"] = "lost"
    later.save()
    assert sessions.key_is_replaced(later)
    assert not Session.objects.exists()
    assert LoginSession.objects.get().ended_at == AT


@pytest.mark.requirement("L-07")
def test_every_earlier_key_leads_to_the_newest(key):
    (one,) = stores(key, 1)
    other = SessionStore(key)
    for _ in range(2):
        sessions.renew_key(one, None)
    assert SessionStore(key).newest_key() == one.session_key
    other.cycle_key()
    assert sessions.key_of(other) == one.session_key
    assert set(
        Session.objects.exclude(session_key=one.session_key).values_list("replaced_by", flat=True)
    ) == {one.session_key}
    assert key in one.end()
    assert not Session.objects.exists()


@pytest.mark.requirement("L-07")
def test_a_key_is_renewed_of_one_session_alone(key):
    elsewhere = Client()
    log_in(elsewhere, worker())
    (one,) = stores(key, 1)
    sessions.renew_key(one, None)
    kept = Session.objects.get(session_key=elsewhere.cookies[COOKIE].value)
    assert kept.replaced_by == ""
    assert SessionStore(kept.session_key)[SESSION_KEY] != one[SESSION_KEY]


def test_of_a_session_that_has_ended_no_key_is_renewed(key):
    one, other = stores(key)
    one.end()
    other.cycle_key()
    assert sessions.key_is_replaced(other)
    assert sessions.key_of(other) != key
    assert not other.modified
    assert not Session.objects.exists()


def test_a_visitor_gets_a_key_where_there_was_none(db):
    session = SessionStore()
    session["a note"] = "kept"
    session.cycle_key()
    assert SessionStore(session.session_key)["a note"] == "kept"
    assert not sessions.key_is_replaced(session)


def test_what_is_changed_between_two_writings_of_one_request_is_written(key):
    (one,) = stores(key, 1)
    one["a note"] = "kept"
    one.save()
    del one["a note"]
    one.save()
    assert "a note" not in SessionStore(key)


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize(("same", "follows"), [(True, True), (False, False), (None, False)])
def test_the_same_form_posted_twice_goes_on_by_the_key_that_it_got_first(key, same, follows):
    one, other = stores(key)
    form, another = uuid4(), uuid4()
    sessions.renew_key(one, form)
    sessions.renew_key(other, {True: form, False: another, None: None}[same])
    assert (other.session_key == one.session_key) is follows
    assert LoginSession.objects.get().session_key == one.session_key


@pytest.mark.requirement("L-07")
def test_who_has_proved_to_be_its_user_goes_over_to_the_newest_key(key):
    one, other = stores(key)
    sessions.renew_key(one, None)
    other.go_over()
    assert other.session_key == one.session_key
    assert not sessions.key_is_replaced(other)
    other["a note"] = "kept"
    other.save()
    assert SessionStore(one.session_key)["a note"] == "kept"


@pytest.mark.requirement("L-07")
def test_a_session_that_was_ended_does_not_go_on_with_another_password(key):
    one, other = stores(key)
    one.end()
    sessions.go_on_with(other, "other", None)
    assert sessions.key_is_replaced(other)
    assert not Session.objects.exists()


def test_a_visitors_session_gets_no_password(db):
    visitor = SessionStore()
    visitor["a note"] = "kept"
    visitor.save()
    before = visitor.session_key
    sessions.go_on_with(visitor, "other", None)
    assert HASH_SESSION_KEY not in visitor
    assert visitor.session_key == before


def test_the_row_says_whose_session_it_is_and_where_she_works(key, anna):
    row = Session.objects.get(session_key=key)
    assert (row.user_id, row.assignment_id) == (anna.user_id, anna.pk)
    (one,) = stores(key, 1)
    one[CHOSEN] = "nowhere"
    one.save()
    row.refresh_from_db()
    assert (row.user_id, row.assignment_id) == (anna.user_id, None)
    one.flush()
    one["a note"] = "kept"
    one.save()
    assert Session.objects.get().user_id is None


# --- What was typed when it ended -----------------------------------------------------------------------------------

FORM = KeptForm(
    name="", address="/sip/x/", form_key=UUID(int=7), base_version=None, fields={}, assignment_id=None
)


@pytest.mark.parametrize("kind", [BY_ADDRESS, FROM_ABSENT])
@pytest.mark.parametrize(("name", "shown"), [("", "/sip/x/"), ("plan:7", "plan:7")])
def test_where_a_kept_form_was_sent_is_read_from_its_name(kind, name, shown):
    apart = replace(FORM, name=name).apart(kind)
    kept = Unsaved(apart, None, {}, AT)
    assert address_of(kept) == shown
    assert str(FORM.form_key) not in address_of(kept)
    assert is_from_absent(kept) is (kind == FROM_ABSENT)


def test_the_name_of_a_form_that_its_page_finds_stays_whole():
    named = f"{UUID(int=7)}:{UUID(int=8)}:plan"
    assert address_of(Unsaved(named, None, {}, AT)) == named
    twice = replace(FORM, address=f"/{UUID(int=7)}:/").apart(BY_ADDRESS)
    assert address_of(Unsaved(twice, None, {}, AT)) == f"/{UUID(int=7)}:/"


@pytest.mark.parametrize(("digits", "read"), [(18, True), (19, False)])
def test_a_version_longer_than_a_database_counts_is_none(rf, digits, read):
    posted = rf.post("/sip/x/", {"text": "Hej", "draft_base": "9" * digits})
    assert (posted_form(posted).base_version is not None) is read


TYPED = replace(FORM, fields={"text": ["Hej"]})


def test_our_own_page_offers_what_no_other_does(anna):
    actor = actor_for_assignment(anna)
    keep_for(actor, replace(TYPED, name="plan"), AT)
    keep_for(actor, TYPED, AT)
    assert [address_of(kept) for kept in kept_apart(actor)] == ["/sip/x/"]


def test_who_is_absent_is_told_when_nothing_more_is_kept(anna, monkeypatch):
    monkeypatch.setattr(kept_text, "ROOM_FOR_ABSENT", Room(1, 1_000_000))
    actor = actor_for_assignment(anna)
    forms = [replace(TYPED, form_key=uuid4()) for _ in range(2)]
    assert [keep_for_absent(actor, form, AT) for form in forms] == [True, False]
