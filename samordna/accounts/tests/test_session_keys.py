"""When the key of a session is renewed, what the old one is still good for, and what two requests change at once."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse

from samordna.accounts import commands, sessions
from samordna.accounts.middleware import LoginRequired, SessionCookie
from samordna.accounts.models import LoginSession, Session
from samordna.accounts.session_store import SessionStore
from samordna.assignments.states import SystemRole
from samordna.assignments.tests.factories import (
    PASSWORD,
    SystemRoleGrantFactory,
    UnitFactory,
    log_in,
    worker,
)
from samordna.audit.models import Entry
from samordna.kernel.clock import now

pytestmark = pytest.mark.both

MORNING = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
NEW = "en helt annan fras som duger"
ME, COOKIE = reverse("accounts:me"), settings.SESSION_COOKIE_NAME


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as travel:
        yield travel


@pytest.fixture
def both(clock, at_work, anna):
    """Anna's browser, and one that still has the key of before she changed to a unit where she may do more."""
    anna.unit.department.refresh_from_db()
    more = worker(UnitFactory(), user=anna.user, initiates=False)
    before = Client()
    before.cookies[COOKIE] = at_work.cookies[COOKIE].value
    at_work.post(reverse("assignments:change_unit"), {"chosen": more.pk})
    at_work.post(reverse("assignments:change_unit"), {"chosen": anna.pk})
    assert at_work.cookies[COOKIE].value != before.cookies[COOKIE].value
    return at_work, before


@pytest.mark.requirement("L-07")
def test_what_was_under_way_with_the_old_key_is_answered_and_sets_no_cookie(both):
    new, old = both
    answer = old.get(ME)
    assert answer.status_code == 200
    assert COOKIE not in answer.cookies
    assert new.get(ME).status_code == 200


@pytest.mark.requirement("L-07")
def test_nothing_is_written_of_a_session_found_by_its_old_key(both, clock):
    _new, old = both
    clock.shift(timedelta(seconds=20))
    before = set(Session.objects.values_list("session_key", "session_data", "expire_date"))
    assert old.post(reverse("accounts:session")).status_code == 200
    assert set(Session.objects.values_list("session_key", "session_data", "expire_date")) == before


@pytest.mark.requirement("L-07")
def test_the_old_key_is_soon_over_and_its_last_answer_leaves_the_new_cookie(both, clock):
    new, old = both
    clock.shift(timedelta(seconds=31))
    answer = old.get(ME)
    assert answer.url.startswith(reverse("accounts:login"))
    late = old.post(ME, {"phone": "1"}, headers={"x-autosave": "1"})
    assert COOKIE not in answer.cookies
    assert COOKIE not in late.cookies
    assert new.get(ME).status_code == 200


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize("by", ["new", "old"])
def test_logging_out_ends_the_session_by_both_keys(both, by):
    new, old = both
    (new if by == "new" else old).post(reverse("accounts:logout"))
    assert [browser.get(ME).status_code for browser in both] == [302, 302]
    assert not LoginSession.objects.filter(session_key__isnull=False).exists()


@pytest.mark.requirement("L-07")
def test_a_new_password_ends_the_session_by_both_keys(both, anna):
    commands.set_initial_password(actor=None, user_id=anna.user_id, password="x" * 16, at=now())
    assert [browser.get(ME).status_code for browser in both] == [302, 302]
    assert not Session.objects.exists()


@pytest.mark.requirement("L-07")
def test_the_old_key_is_not_judged_by_when_something_was_done_before(clock, at_work, anna):
    clock.shift(timedelta(minutes=29, seconds=50))
    more = worker(UnitFactory(), user=anna.user)
    SystemRoleGrantFactory(user=anna.user, role=SystemRole.SUPERUSER, organisation=more.unit)
    old = Client()
    old.cookies[COOKIE] = at_work.cookies[COOKIE].value
    at_work.post(reverse("assignments:change_unit"), {"chosen": more.pk})
    assert at_work.cookies[COOKIE].value != old.cookies[COOKIE].value
    clock.shift(timedelta(seconds=15))
    assert [browser.get(ME).status_code for browser in (old, at_work)] == [200, 200]


def change_password(browser):
    typed = {"current_password": PASSWORD, "new_password": NEW, "repeated_password": NEW}
    return browser.post(reverse("accounts:password"), typed)


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize("by", ["new", "old"])
def test_a_password_changed_by_either_key_keeps_the_browser_and_ends_the_others(both, anna, by):
    elsewhere = Client()
    log_in(elsewhere, anna)
    browser = both[0] if by == "new" else both[1]
    assert change_password(browser).url == ME
    assert browser.get(ME).status_code == 200
    assert elsewhere.get(ME).status_code == 302
    assert LoginSession.objects.get(session_key__isnull=False).session_key == browser.cookies[COOKIE].value
    assert Session.objects.get(replaced_by="").session_key == browser.cookies[COOKIE].value


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize("by", ["new", "old"])
def test_others_are_ended_from_either_key_and_this_one_stays(both, anna, by):
    elsewhere = Client()
    log_in(elsewhere, anna)
    (both[0] if by == "new" else both[1]).post(reverse("accounts:end_other_sessions"))
    assert [browser.get(ME).status_code for browser in (*both, elsewhere)] == [200, 200, 302]


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize("act", ["log out", "end others", "change password"])
def test_a_session_whose_key_another_request_renews_meanwhile_is_the_same(at_work, anna, act, rf):
    """The request has read the session before, and acts on it after, the other one."""
    read = SessionStore(at_work.cookies[COOKIE].value)
    assert read["public_id"]
    sessions.renew_key(renewed := SessionStore(at_work.cookies[COOKIE].value), None)
    if act == "log out":
        sessions.close(read, now())
        assert not Session.objects.exists()
        assert LoginSession.objects.get().session_key is None
    elif act == "end others":
        user, key = anna.user_id, sessions.key_of(read)
        assert commands.end_other_sessions(actor=None, user_id=user, keep_session=key, at=now()) == 0
        assert LoginSession.objects.get().session_key == renewed.session_key
    else:
        sessions.go_on_with(read, anna.user.password, None)
        assert LoginSession.objects.get().session_key == read.session_key != renewed.session_key
        assert sessions.holds(SessionStore(read.session_key), anna.user.password)


@pytest.fixture
def visitor(client, anna):
    """A browser that has a session, since it was told that it is logged out."""
    log_in(client, anna)
    client.post(reverse("accounts:logout"))
    assert client.cookies[COOKIE].value
    return client


@pytest.mark.requirement("L-07")
def test_two_logins_sent_with_one_visitors_session_both_work(visitor, anna):
    second = Client()
    second.cookies[COOKIE] = visitor.cookies[COOKIE].value
    typed = {"username": anna.user.username, "password": PASSWORD}
    answers = [browser.post(reverse("accounts:login"), typed, follow=True) for browser in (visitor, second)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert [browser.get(ME).status_code for browser in (visitor, second)] == [200, 200]
    listed = LoginSession.objects.filter(session_key__isnull=False).values_list("session_key", flat=True)
    assert set(listed) == {browser.cookies[COOKIE].value for browser in (visitor, second)}


@pytest.mark.requirement("L-07")
def test_a_login_by_a_key_that_no_longer_holds_gets_a_cookie(both, anna):
    new, old = both
    change_password(new)
    old.post(reverse("accounts:login"), {"username": anna.user.username, "password": NEW})
    assert [browser.get(ME).status_code for browser in both] == [200, 200]
    assert LoginSession.objects.filter(session_key=old.cookies[COOKIE].value).exists()


@pytest.mark.requirement("L-07")
def test_a_change_to_a_unit_with_no_more_rights_keeps_the_key(at_work, anna):
    less = worker(UnitFactory(), user=anna.user, initiates=False)
    key = at_work.cookies[COOKIE].value
    at_work.post(reverse("assignments:change_unit"), {"chosen": less.pk})
    assert at_work.cookies[COOKIE].value == key


@pytest.mark.requirement("L-07")
def test_what_two_requests_change_in_one_session_at_once_is_both_kept(at_work):
    one, other = (SessionStore(at_work.cookies[COOKIE].value) for _ in range(2))
    one["assignment_id"], other["a note"] = 7, "kept"
    del other["login_method"]
    one.save()
    other.save()
    kept = SessionStore(at_work.cookies[COOKIE].value)
    assert (kept["assignment_id"], kept["a note"], "login_method" in kept) == (7, "kept", False)


@pytest.mark.requirement("L-07")
def test_of_two_who_renew_a_key_at_once_one_gets_a_new_one(at_work):
    one, other = (SessionStore(at_work.cookies[COOKIE].value) for _ in range(2))
    for session in (one, other):
        assert session["public_id"]
        sessions.renew_key(session, None)
    assert one.modified
    assert not other.modified
    assert LoginSession.objects.get().session_key == one.session_key
    assert Session.objects.filter(replaced_by="").count() == 1


@pytest.mark.requirement("L-07")
def test_an_answer_that_finds_the_key_replaced_while_it_is_saved_sends_no_cookie(at_work, rf):
    """The request has read the session before, and writes it after, another one has renewed the key."""
    request = rf.get("/")
    request.session = SessionStore(at_work.cookies[COOKIE].value)
    request.session["a note"] = "new"
    sessions.renew_key(SessionStore(at_work.cookies[COOKIE].value), None)
    answer = SessionCookie(lambda _request: HttpResponse()).process_response(request, HttpResponse())
    assert COOKIE not in answer.cookies


def form_key(browser, page):
    return re.search(r'name="form_key" value="([^"]+)"', browser.get(page).content.decode())[1]


def tab(browser):
    """What the browser sends while it waits for its first answer."""
    other = Client()
    other.cookies[COOKIE] = browser.cookies[COOKIE].value
    return other


@pytest.fixture
def more(clock, at_work, anna):
    """Where Anna may do more: the session gets a new key when she goes there."""
    there = worker(UnitFactory(), user=anna.user)
    SystemRoleGrantFactory(user=anna.user, role=SystemRole.SUPERUSER, organisation=there.unit)
    return there


@pytest.fixture(params=["unit", "password"])
def sent(request, at_work, more):
    """A form that renews the key, as its page gives it."""
    if request.param == "unit":
        key = form_key(at_work, reverse("assignments:choose_unit"))
        return reverse("assignments:change_unit"), {"chosen": more.pk, "form_key": key}
    typed = {"current_password": PASSWORD, "new_password": NEW, "repeated_password": NEW}
    return reverse("accounts:password"), typed | {"form_key": form_key(at_work, reverse("accounts:password"))}


@pytest.mark.requirement("L-07")
def test_of_a_double_click_the_second_answer_is_as_good_as_the_first(at_work, sent, anna, more):
    second = tab(at_work)
    lost, answer = at_work.post(*sent), second.post(*sent)
    assert (answer.status_code, answer.url) == (302, lost.url)
    assert second.cookies[COOKIE].value == at_work.cookies[COOKIE].value
    assert second.get(ME).status_code == 200
    assert LoginSession.objects.get().session_key == second.cookies[COOKIE].value
    if "chosen" in sent[1]:
        assert second.session["assignment_id"] == more.pk
    assert not Entry.objects.filter(result="refused").exists()


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize("how", ["another form", "no form", "late"])
def test_who_has_the_old_key_alone_goes_on_by_no_other(at_work, sent, clock, how):
    """A stranger with the old key does not know the form in the user's page, also not after an act of the own."""
    stranger, (address, typed) = tab(at_work), sent
    own = str(uuid4())
    stranger.post(ME, {"phone": "0150-570 00", "form_key": own})
    at_work.post(address, typed)
    clock.shift(timedelta(seconds=31 if how == "late" else 5))
    posted = {"another form": typed | {"form_key": own}, "no form": typed | {"form_key": ""}}.get(how, typed)
    answer = stranger.post(address, posted)
    assert COOKIE not in answer.cookies
    assert stranger.cookies[COOKIE].value != at_work.cookies[COOKIE].value
    if address == reverse("accounts:password"):
        assert answer.url.startswith(reverse("accounts:login"))
        assert stranger.get(ME).status_code == 302
    assert at_work.get(ME).status_code == 200


@pytest.mark.requirement("L-07")
def test_another_unit_chosen_before_the_answer_has_come_is_where_one_comes(at_work, more, anna):
    third = worker(UnitFactory(), user=anna.user)
    key = form_key(at_work, reverse("assignments:choose_unit"))
    second, address = tab(at_work), reverse("assignments:change_unit")
    at_work.post(address, {"chosen": more.pk, "form_key": key})
    second.post(address, {"chosen": third.pk, "form_key": key})
    assert second.session["assignment_id"] == third.pk
    assert second.get(ME).status_code == 200


@pytest.fixture
def overtaken(at_work, sent, rf):
    """A request that has read the session before, and asks for its user after, another one has changed the password."""
    address, typed = sent
    request = rf.post(address, typed)
    request.COOKIES[COOKIE] = at_work.cookies[COOKIE].value
    request.session = SessionStore(request.COOKIES[COOKIE])
    assert request.session["public_id"]
    at_work.post(address, typed)
    request.user, request.resolver_match, request.actor = get_user(request), resolve(address), None
    return request, at_work


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize("sent", ["password"], indirect=True)
def test_a_request_that_a_change_of_password_overtakes_leaves_the_new_cookie(overtaken):
    request, browser = overtaken
    assert not request.user.is_authenticated
    answer = SessionCookie(lambda _request: HttpResponse()).process_response(request, HttpResponse())
    assert COOKIE not in answer.cookies
    assert browser.get(ME).status_code == 200


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize("sent", ["password"], indirect=True)
@pytest.mark.parametrize("same", [True, False])
def test_a_second_click_that_the_first_overtakes_is_sent_once_more_by_the_new_key(overtaken, same):
    request, browser = overtaken
    if not same:
        request.POST = {**request.POST.dict(), "form_key": str(uuid4())}
    answer = LoginRequired(lambda _request: HttpResponse()).process_view(request, None)
    answer = SessionCookie(lambda _request: HttpResponse()).process_response(request, answer)
    if same:
        assert (answer.status_code, answer["Location"]) == (307, request.path)
        assert answer.cookies[COOKIE].value == browser.cookies[COOKIE].value
    else:
        assert answer.url.startswith(reverse("accounts:login"))
        assert COOKIE not in answer.cookies
