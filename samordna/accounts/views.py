"""Pages for logging in and out, the session's clock, the password and one's own details."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from samordna.accounts import commands, presenters, queries, sessions
from samordna.accounts.activity import passive
from samordna.accounts.browsers import browser_name
from samordna.accounts.forms import ContactForm, LoginForm, PasswordForm
from samordna.accounts.guessing import Door, asked_again, try_password
from samordna.accounts.origins import remember
from samordna.accounts.rules import LOCKED
from samordna.accounts.sessions import SessionClock
from samordna.accounts.states import LoginMethod
from samordna.audit.states import Action
from samordna.drafts.commands import discard_unsaved
from samordna.drafts.queries import unsaved_of
from samordna.kernel.clock import now
from samordna.kernel.refusal import NotVisible
from samordna.web.forms import refusals_in, show_beside
from samordna.web.posting import posted_from
from samordna.web.receipts import once
from samordna.web.requests import PageRequest, form_key_of, own_page

# Where a login leads: the room `assignments` knows the user's units.
AFTER_LOGIN = "assignments:choose_unit"


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The start page: which ways to log in there are (K-17). Those logged in go to their work."""
    if request.user.is_authenticated:
        return redirect(AFTER_LOGIN)
    return render(request, "accounts/start.html")


@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Login by user name and password (V-15). An unknown user and a wrong password look the same."""
    after = _asked_for(request)
    if request.method != "POST" and request.user.is_authenticated:
        return HttpResponseRedirect(_after_login(after))
    form = LoginForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        username, typed = form.cleaned_data["username"], form.cleaned_data["password"]
        tried = try_password(request, username=username, typed=typed, door=Door.LOGIN)
        if tried.user is not None:
            _begin_session(request, tried.user)
            response = HttpResponseRedirect(_after_login(after))
            remember(response, request, tried.user.pk)
            return response
        if tried.locked_until is not None:
            return _locked_out(request, tried.locked_until)
        form.add_error(None, _("The user name or the password is not right. Check both and try again."))
    context = {"form": form, "next": after}
    context |= {"ended": request.GET.get("ended", ""), "kept": request.GET.get("kept", "")}
    return render(request, "accounts/login.html", context)


def _locked_out(request: HttpRequest, until: datetime) -> HttpResponse:
    """429: too many wrong passwords with this user name, whether there is such a user or not."""
    return render(request, "accounts/locked_out.html", {"again_at": until}, status=429)


@posted_from("accounts:start")
def log_out(request: PageRequest) -> HttpResponse:
    """Ends the session; the browser is told to forget what it showed (K-22)."""
    at = now()
    with transaction.atomic():
        commands.record_logout(actor=request.actor, user_id=_user_id(request), at=at)
        sessions.close(request.session, at)
    messages.success(request, _("You are logged out."))
    # Not "cache": no page is kept in it, and to empty it takes a browser with much of it many seconds.
    return HttpResponseRedirect(reverse("accounts:login"), headers={"Clear-Site-Data": '"storage"'})


@passive
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest) -> HttpResponse:
    """How many seconds the session lasts. Asking does not extend it; a POST does."""
    at = now()
    if request.method == "POST":
        sessions.touch(request.session, at, at_once=True)
    clock = SessionClock.of(request.session)
    return JsonResponse({"seconds_left": clock.seconds_left(at) if clock else 0})


@require_http_methods(["GET", "HEAD", "POST"])
def password(request: PageRequest) -> HttpResponse:
    """Change of one's own password, demanded at the first login with one that somebody else chose."""
    form = PasswordForm(request.POST or None, user=request.user)
    if not form.is_bound or not form.is_valid():
        return _password_page(request, form)
    answer = once(request, lambda: _change_password(request, form))
    # The second of two clicks may have waited there, with the key of before.
    sessions.follow(request.session, form_key_of(request))
    return answer


def _password_page(request: PageRequest, form: PasswordForm) -> HttpResponse:
    context = {"form": form, "next": _asked_for(request), "demanded": _is_demanded(request)}
    status = 429 if form.has_error("current_password", LOCKED) else 200
    return render(request, "accounts/password.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def me(request: PageRequest) -> HttpResponse:
    """Mina uppgifter: one's own contact details (K-10) and one's own sessions."""
    user = queries.user_card(_user_id(request))
    form = ContactForm(request.POST) if request.method == "POST" else ContactForm.of(user)
    if form.is_bound and form.is_valid():
        with refusals_in(request, form) as outcome:
            return once(request, lambda: _save_contact(request, form))
        if outcome.stale:
            show_beside(form, ContactForm.of(queries.user_card(user.id)).initial, version="seen")
    own = queries.sessions_of(user.id, this_key=sessions.key_of(request.session), at=now())
    typed = bool(request.actor and presenters.kept_texts(request, unsaved_of(request.actor)))
    context = {"form": form, "person": user, "sessions": own, "typed": typed}
    return render(request, "accounts/me.html", context)


@posted_from("accounts:me")
def end_other_sessions(request: PageRequest) -> HttpResponse:
    """End one's sessions on other computers."""
    ended = commands.end_other_sessions(
        actor=request.actor,
        user_id=_user_id(request),
        keep_session=sessions.key_of(request.session),
        at=now(),
    )
    messages.success(
        request,
        ngettext("%(count)d other session is ended.", "%(count)d other sessions are ended.", ended)
        % {"count": ended},
    )
    return redirect("accounts:me")


@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: PageRequest) -> HttpResponse:
    """All that one has typed at this unit and not saved, also where its form is not shown any more."""
    if request.actor is None:
        raise NotVisible
    if request.method == "POST":
        discard_unsaved(actor=request.actor, form=request.POST.get("form", ""))
        return redirect(own_page(request, request.POST.get("back", "")) or "accounts:kept")
    after = own_page(request, request.GET.get("next", ""))
    texts = presenters.kept_texts(request, unsaved_of(request.actor))
    return render(request, "accounts/kept.html", {"texts": texts, "next": after})


def _begin_session(request: HttpRequest, user: AbstractBaseUser) -> None:
    at = now()
    with transaction.atomic():
        sessions.hold(user.pk, _user_id(request))
        if request.user.is_authenticated:
            sessions.close(request.session, at)
        login(request, user)  # type: ignore[arg-type]
        browser = browser_name(request.headers.get("User-Agent", ""))
        public_id = sessions.begin(
            request.session, user_id=user.pk, method=LoginMethod.PASSWORD, browser=browser, at=at
        )
        details = {"method": LoginMethod.PASSWORD, "session": public_id}
        commands.record_login(action=Action.SESSION_LOGGED_IN, user_id=user.pk, at=at, details=details)


def _change_password(request: PageRequest, form: PasswordForm) -> HttpResponse:
    user_id, typed = _user_id(request), form.cleaned_data["current_password"]
    # As everywhere the user comes first, then the line at the password.
    sessions.hold(user_id)
    wrong = asked_again(request, typed, Door.CHANGE)
    if wrong is not None:
        said = wrong.message if wrong.code == LOCKED else _("The present password is not right.")
        form.add_error("current_password", ValidationError(str(said), code=wrong.code))
        return _password_page(request, form)
    with refusals_in(request, form), transaction.atomic():
        stored = commands.change_password(
            actor=request.actor,
            user_id=user_id,
            current=typed,
            new=form.cleaned_data["new_password"],
            keep_session=sessions.key_of(request.session),
            at=now(),
        )
        sessions.go_on_with(request.session, stored, form_key_of(request))
        messages.success(request, _("The password is changed."))
        demanded = _is_demanded(request)
        return HttpResponseRedirect(_after_login(_asked_for(request)) if demanded else reverse("accounts:me"))
    return _password_page(request, form)


def _is_demanded(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "must_change_password", False))


def _asked_for(request: HttpRequest) -> str:
    """The page that the user was on the way to."""
    return own_page(request, request.POST.get("next") or request.GET.get("next", ""))


def _save_contact(request: PageRequest, form: ContactForm) -> HttpResponse:
    seen = form.cleaned_data["seen"]
    commands.change_contact(
        actor=request.actor, user_id=_user_id(request), contact=form.contact(), at=now(), seen=seen
    )
    messages.success(request, _("Your details are saved."))
    return redirect("accounts:me")


def _user_id(request: HttpRequest) -> int:
    return int(request.user.pk or 0)


def _after_login(after: str) -> str:
    return reverse(AFTER_LOGIN) + (f"?{urlencode({'next': after})}" if after else "")
