"""Sessions: limits, the warning's clock, kept text."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
import time_machine
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse

from samordna.accounts import commands, kept_text
from samordna.accounts.models import LoginSession
from samordna.assignments.tests.factories import PASSWORD, AssignmentFactory, log_in, worker
from samordna.audit.models import Entry
from samordna.drafts.models import UnsavedText
from samordna.drafts.rules import Room
from samordna.kernel.clock import now

MORNING = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
ME = reverse("accounts:me")
CLOCK = reverse("accounts:session")
TYPED = {"phone": "0150-12 34 56", "work_address": "Storgatan 1\nplan 2", "email": ""}


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as travel:
        yield travel


@pytest.fixture
def working(clock, at_work):
    """Anna logged in at nine o'clock sharp. (The order matters: the clock first.)"""
    return at_work


def log_in_again(client, assignment, **more):
    data = {"username": assignment.user.username, "password": PASSWORD, **more}
    return client.post(reverse("accounts:login"), data, follow=True)


@pytest.mark.requirement("L-07")
def test_an_idle_session_ends_and_login_leads_back_to_the_same_page(working, clock):
    clock.shift(timedelta(minutes=29))
    assert working.get(ME).status_code == 200
    clock.shift(timedelta(minutes=30))
    response = working.get(f"{ME}?x=1")
    query = parse_qs(urlsplit(response.url).query)
    assert response.status_code == 302
    assert query == {"next": [f"{ME}?x=1"], "ended": ["idle"]}
    assert "inget hade hänt på en stund" in working.get(response.url).content.decode()
    assert Entry.objects.get().action == "session.expired"
    assert LoginSession.objects.get().session_key is None


@pytest.mark.requirement("L-07")
def test_a_session_in_use_ends_at_the_absolute_limit(working, clock):
    for _ in range(35):
        clock.shift(timedelta(minutes=20))
        assert working.get(ME).status_code == 200
    clock.shift(timedelta(minutes=20))
    assert "ended=absolute" in working.get(ME).url


@pytest.mark.requirement("L-07")
def test_asking_how_long_is_left_does_not_keep_the_session_alive(working, clock):
    clock.shift(timedelta(minutes=20))
    assert working.get(CLOCK).json() == {"seconds_left": 600}
    clock.shift(timedelta(minutes=9))
    assert working.get(CLOCK, headers={"x-passive": "1"}).json() == {"seconds_left": 60}
    clock.shift(timedelta(minutes=1))
    assert working.get(CLOCK).status_code == 401


@pytest.mark.requirement("L-07")
def test_a_page_that_fetches_itself_does_not_keep_the_session_alive(working, clock):
    clock.shift(timedelta(minutes=20))
    assert working.get(ME, headers={"x-passive": "1"}).status_code == 200
    assert working.get(CLOCK).json() == {"seconds_left": 600}


@pytest.mark.requirement("L-07")
def test_continuing_extends_the_session(working, clock):
    clock.shift(timedelta(minutes=29, seconds=30))
    assert working.post(CLOCK).json() == {"seconds_left": 1800}
    clock.shift(timedelta(minutes=29))
    assert working.get(ME).status_code == 200


@pytest.mark.requirement("L-07")
def test_the_page_knows_how_long_is_left_when_it_is_made(working, clock):
    clock.shift(timedelta(hours=0, minutes=10))
    assert 'data-seconds="1800"' in working.get(ME).content.decode()


@pytest.mark.requirement("L-07", "K-21")
def test_a_form_sent_when_the_session_is_over_is_kept_and_offered(working, clock, anna):
    clock.shift(timedelta(minutes=31))
    response = working.post(
        ME,
        {**TYPED, "assignment": anna.pk, "password": "hemligt"},
        headers={"referer": f"http://testserver{ME}"},
    )
    assert parse_qs(urlsplit(response.url).query) == {"next": [ME], "ended": ["idle"], "kept": ["1"]}
    kept = UnsavedText.objects.get()
    assert (kept.user_id, kept.unit_id) == (anna.user_id, anna.unit_id)
    assert kept.fields == {name: [value] for name, value in TYPED.items()}
    anna.user.refresh_from_db()
    assert anna.user.work_address == ""
    offered = log_in_again(working, anna, next=ME)
    assert offered.redirect_chain[-1][0] == f"{reverse('accounts:kept')}?next={ME.replace('/', '%2F')}"
    assert "plan 2" in offered.content.decode()
    working.post(reverse("accounts:kept"), {"form": kept.form})
    assert not UnsavedText.objects.exists()


@pytest.mark.requirement("L-07")
def test_a_form_that_names_itself_is_kept_where_its_page_finds_it(working, clock, anna):
    clock.shift(timedelta(minutes=31))
    working.post(ME, {**TYPED, "draft_form": "goal:7", "draft_base": "3"})
    kept = UnsavedText.objects.get()
    assert (kept.form, kept.base_version) == ("goal:7", 3)


@pytest.fixture
def logged_out(client, anna):
    """A browser where Anna has logged in and out, in another tab than that of her form."""
    log_in_again(client, anna)
    client.post(reverse("accounts:logout"))
    return client


@pytest.mark.requirement("L-07")
def test_a_form_sent_after_logging_out_in_another_tab_is_kept_for_its_owner(logged_out, anna):
    response = logged_out.post(ME, {**TYPED, "assignment": anna.pk})
    assert parse_qs(urlsplit(response.url).query)["kept"] == ["1"]
    assert UnsavedText.objects.get().user_id == anna.user_id
    assert "plan 2" in log_in_again(logged_out, anna).content.decode()


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize("headers", [{}, {"x-autosave": "1"}])
def test_a_form_sent_after_somebody_gave_another_password_is_kept_for_its_owner(client, anna, headers):
    """It is kept through the login with that password and the change of it."""
    log_in_again(client, anna)
    commands.set_initial_password(actor=None, user_id=anna.user_id, password="x7fk-m2qa-9wrt-tj4z", at=now())
    response = client.post(ME, {**TYPED, "assignment": anna.pk}, headers=headers)
    assert headers or "kept=1" in response.url
    given = {"username": anna.user.username, "password": "x7fk-m2qa-9wrt-tj4z"}
    asked = client.post(reverse("accounts:login"), given, follow=True)
    assert asked.redirect_chain[-1][0].startswith(reverse("accounts:password"))
    new = {"new_password": "en helt annan fras", "repeated_password": "en helt annan fras"}
    changed = {"current_password": "x7fk-m2qa-9wrt-tj4z", **new}
    assert "plan 2" in client.post(asked.request["PATH_INFO"], changed, follow=True).content.decode()


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize(
    ("language", "label"), [("sv", "Besöksadress i arbetet"), ("en", "Visiting address at work")]
)
def test_what_is_kept_is_shown_by_the_labels_of_its_fields(logged_out, anna, language, label):
    hidden = {
        "draft_base": "3",
        "form_key": "x",
        "csrfmiddlewaretoken": "y",
        "assignment": anna.pk,
        "version": "7",
    }
    logged_out.post(ME, {**TYPED, **hidden})
    logged_out.cookies["django_language"] = language
    page = log_in_again(logged_out, anna).content.decode().partition("<dl>")[2].partition("</dl>")[0]
    assert f"<dt>{label}</dt>" in page
    assert page.count("<dt>") == 2
    assert not [
        word for word in ("work_address", "draft_", "form_key", "version", "INITIATIVE") if word in page
    ]


@pytest.mark.requirement("L-07")
def test_an_old_form_after_a_new_login_is_handed_back_by_its_labels(anna):
    browser = Client(enforce_csrf_checks=True)
    log_in(browser, anna)
    old = {"draft_form": "INITIATIVE:1", "draft_base": "2", "version": "3", "base_reason": "Vi behöver mötas"}
    old |= {
        "reason": "Vi behöver mötas och planera",
        "recipient": "17",
        "save": "1",
        "csrfmiddlewaretoken": "old",
    }
    address = reverse("sip:draft", args=[UUID(int=7), "initiative"])
    answer = browser.post(address, {**old, **TYPED}, headers={"origin": "http://testserver"})
    page = answer.content.decode()
    shown = page[page.index("typed-heading") :].partition("</section>")[0]
    assert answer.status_code == 403
    assert "planera" in shown
    assert not [word for word in ("INITIATIVE", "draft_", "base_", "csrf", ">17<", "reason") if word in shown]


@pytest.mark.requirement("L-07")
def test_another_user_at_the_same_browser_never_sees_what_is_kept(logged_out, anna):
    other = worker(anna.unit)
    logged_out.post(ME, {**TYPED, "assignment": anna.pk})
    assert "plan 2" not in log_in_again(logged_out, other).content.decode()
    assert not UnsavedText.objects.exclude(user_id=anna.user_id).exists()


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize("cookie", ["", "7.aa:1abc:forged", "other"])
def test_nothing_is_kept_from_a_browser_that_is_not_known_to_be_the_owners(logged_out, anna, cookie):
    if cookie == "other":
        log_in_again(stranger := logged_out.__class__(), worker(anna.unit))
        stranger.post(reverse("accounts:logout"))
    else:
        (stranger := logged_out.__class__()).cookies["known_browser"] = cookie
    response = stranger.post(ME, {**TYPED, "assignment": anna.pk})
    assert "kept" not in response.url
    assert not UnsavedText.objects.exists()


@pytest.mark.requirement("L-07")
def test_a_known_browser_fills_nothing_without_end(logged_out, anna, monkeypatch):
    monkeypatch.setattr(kept_text, "ROOM_FOR_ABSENT", Room(3, 1_000_000))
    for number in range(5):
        logged_out.post(ME, {**TYPED, "assignment": anna.pk, "draft_form": f"goal:{number}"})
    logged_out.post(ME, {**TYPED, "assignment": anna.pk, "draft_form": "goal:9", "text": "x" * 500_000})
    assert UnsavedText.objects.count() == 3
    # Nor by few that are long.
    monkeypatch.setattr(kept_text, "ROOM_FOR_ABSENT", Room(100, 200_000))
    for number in range(10, 15):
        logged_out.post(
            ME, {**TYPED, "assignment": anna.pk, "draft_form": f"goal:{number}", "text": "x" * 150_000}
        )
    assert UnsavedText.objects.count() == 5


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize("over", ["logged out", "idle"])
@pytest.mark.parametrize(
    ("odd", "kept"),
    [
        ({"draft_form": "\u200b"}, 1),
        ({f"field{n}": "x" for n in range(600)}, 0),
        ({"text": "x" * 500_000}, 0),
    ],
    ids=["a name that cannot be seen", "too many fields", "too long"],
)
def test_what_cannot_be_kept_leads_to_login_all_the_same(clock, at_work, anna, over, odd, kept):
    if over == "idle":
        clock.shift(timedelta(minutes=31))
    else:
        at_work.post(reverse("accounts:logout"))
        log_in_again(at_work, anna)
        at_work.post(reverse("accounts:logout"))
    answer = at_work.post(ME, {**TYPED, "assignment": anna.pk, **odd})
    assert (answer.status_code, "kept=1" in answer.url) == (302, bool(kept))
    assert UnsavedText.objects.count() == kept


@pytest.mark.requirement("L-07")
def test_a_forged_form_is_not_kept(clock, anna, client):
    strict = client.__class__(enforce_csrf_checks=True)
    log_in(strict, anna)
    clock.shift(timedelta(minutes=31))
    assert strict.post(ME, TYPED).status_code == 403
    assert not UnsavedText.objects.exists()


@pytest.mark.requirement("L-07")
def test_scripts_are_told_to_go_to_login(working, clock):
    clock.shift(timedelta(minutes=31))
    response = working.get(ME, headers={"hx-request": "true", "hx-current-url": f"http://testserver{ME}"})
    assert response.status_code == 401
    assert response.headers["HX-Redirect"].startswith(f"{reverse('accounts:login')}?next=")
    assert working.post(ME, TYPED, headers={"x-autosave": "1"}).status_code == 401


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize("closing", ["user", "assignment", "unit"])
def test_what_is_closed_is_closed_at_the_next_request(at_work, anna, closing):
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    if closing == "user":
        anna.user.is_active = False
        anna.user.save()
    elif closing == "assignment":
        anna.ends_on = yesterday
        anna.save()
    else:
        anna.unit.closed_on = yesterday
        anna.unit.save()
    response = at_work.get(reverse("organisations:address_book"))
    assert response.status_code == (302 if closing == "user" else 403)
    assert at_work.get(reverse("organisations:address_book")).url.startswith(reverse("accounts:login"))


@pytest.mark.requirement("K-10", "L-07")
def test_a_user_ends_the_own_sessions_elsewhere(client, anna):
    elsewhere = client.__class__()
    stranger = client.__class__()
    for browser, assignment in ((client, anna), (elsewhere, anna), (stranger, AssignmentFactory())):
        log_in(browser, assignment)
    assert "Avsluta övriga" in client.get(ME).content.decode()
    page = client.post(reverse("accounts:end_other_sessions"), follow=True).content.decode()
    assert "Du är utloggad på 1 annat ställe." in page
    assert "Avsluta övriga" not in page
    assert elsewhere.get(ME).status_code == 302
    assert stranger.get(ME).status_code == 200


@pytest.mark.requirement("L-07")
def test_sessions_that_are_over_and_old_counts_are_thrown_away(working, clock, anna):
    wrong = {"username": anna.user.username, "password": "fel"}
    working.__class__().post(reverse("accounts:login"), wrong)
    assert commands.purge_sessions(at=now()) == 0
    assert AccessAttempt.objects.exists()
    clock.shift(timedelta(days=2))
    assert commands.purge_sessions(at=now()) == 1
    assert LoginSession.objects.get().session_key is None
    assert not AccessAttempt.objects.exists()


@pytest.mark.requirement("L-07")
def test_who_is_not_logged_in_replaces_nothing_that_a_user_has_typed(logged_out, anna):
    own = {"draft_form": "goal:7", "draft_base": "3", "assignment": anna.pk}
    log_in_again(logged_out, anna)
    logged_out.post(reverse("drafts:save"), {**own, "text": "Annas timmes arbete"})
    logged_out.post(reverse("accounts:logout"))
    for address in (reverse("drafts:save"), ME):
        logged_out.post(address, {**own, "text": "En annans ord"})
    kept = UnsavedText.objects.get(form="goal:7")
    assert (kept.user_id, kept.fields["text"]) == (anna.user_id, ["Annas timmes arbete"])
    page = log_in_again(logged_out, anna).content.decode()
    assert "En annans ord" in page
    assert page.count("när ingen var inloggad") == 2
    assert "Annas timmes arbete" in page


@pytest.mark.requirement("L-07")
def test_the_same_form_from_the_absent_is_kept_once(logged_out, anna):
    form = {**TYPED, "assignment": anna.pk, "form_key": "0f9a4e0e-6a4f-4b5a-9b2e-0d6e2f6f6a01"}
    for text in ("Först", "Sedan"):
        logged_out.post(ME, {**form, "work_address": text})
    assert UnsavedText.objects.get().fields["work_address"] == ["Sedan"]


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize("named", [{}, {"draft_form": "goal:7", "draft_base": "3"}])
def test_text_is_kept_at_the_unit_where_its_page_was_opened(working, clock, anna, named):
    elsewhere = AssignmentFactory(user=anna.user, title="samordnare")
    working.post(reverse("assignments:change_unit"), {"chosen": elsewhere.pk})
    clock.shift(timedelta(minutes=31))
    answer = working.post(ME, {**TYPED, **named, "assignment": anna.pk})
    assert "kept=1" in answer.url
    assert UnsavedText.objects.get().unit_id == anna.unit_id


@pytest.mark.requirement("L-07")
def test_text_of_a_unit_that_was_left_is_kept_at_the_present_one(working, clock, anna):
    left = AssignmentFactory(user=anna.user, ends_on=MORNING.date() - timedelta(days=1))
    clock.shift(timedelta(minutes=31))
    working.post(ME, {**TYPED, "draft_form": "goal:7", "assignment": left.pk})
    assert UnsavedText.objects.get().unit_id == anna.unit_id
    assert "plan 2" in log_in_again(working, anna).content.decode()


@pytest.mark.requirement("L-07")
def test_all_that_is_not_saved_is_found_from_ones_own_details(at_work, anna):
    at_work.post(reverse("drafts:save"), {"draft_form": "goal:7", "text": "Kunna gå ut"})
    assert reverse("accounts:kept") in at_work.get(ME).content.decode()
    assert "Kunna gå ut" in at_work.get(reverse("accounts:kept")).content.decode()
    back = at_work.post(reverse("accounts:kept"), {"form": "goal:7", "back": ME})
    assert back.url == ME
    assert reverse("accounts:kept") not in at_work.get(ME).content.decode()
