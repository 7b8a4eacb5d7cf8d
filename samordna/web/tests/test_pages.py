"""Error pages, the change of language, the form from another unit, and the page of all components."""

import re

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import Http404
from django.test import Client, override_settings
from django.urls import path, reverse
from django.utils import translation

from samordna.assignments.tests.factories import log_in, worker
from samordna.audit.models import Entry
from samordna.kernel.refusal import Refusal
from samordna.web import views
from samordna.web.middleware import OtherUnitMiddleware
from samordna.web.urls import urlpatterns as web_urls

SAMPLES = ["components", "worklist", "case", "confirm", "check", "conflict"]


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"):
        yield


def text_of(response):
    return response.content.decode()


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("page", SAMPLES)
def test_sample_pages_are_whole(client, page):
    response = client.get(reverse("web:sample", args=[page]))
    page = text_of(response)
    assert response.status_code == 200
    assert page.count("<h1") == 1
    assert "style=" not in page
    assert "{%" not in page
    assert "{#" not in page
    assert re.search(r"<title>.+ – Samordna</title>", page)
    assert "ÖVNING – alla personer är påhittade" in page
    assert "Utskrift härifrån är inte den godkända planen" in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.usefixtures("db")
@pytest.mark.requirement("L-09")
def test_errors_are_tied_to_their_fields(client):
    page = text_of(client.get(reverse("web:components")))
    assert "<title>Fel: Komponenter" in page
    assert '<a href="#id_day">Datum: Den dagen finns inte. Kontrollera dag och månad.</a>' in page
    day = re.search(r'<input type="text" name="day"[^>]*id="id_day"[^>]*>', page)[0]
    assert 'aria-describedby="id_day_helptext id_day_error"' in day
    assert 'aria-invalid="true"' in day
    assert 'value="31/2"' in day
    assert re.search(r'<fieldset id="id_consent"[^>]*aria-describedby=" ?id_consent_error"', page)


@pytest.mark.usefixtures("db")
@pytest.mark.requirement("V-21")
def test_every_state_has_shape_word_and_colour(client):
    page = text_of(client.get(reverse("web:components")))
    legend = page[page.index("Symbolförklaringar") :]
    words = "Att göra,Väntar på andra,Klar,Inte påbörjad,Kan inte börja än,Utkast,Nekad,Låst,Makulerad,Ersatt"
    for word in [*words.split(","), "Tillbakatagen", "Oläst", "Blev inte klar", "Försenad"]:
        assert f"<span>{word}</span>" in legend
    assert len(set(re.findall(r"symbols\.svg#([a-z-]+)", legend))) == 14


@pytest.mark.usefixtures("db")
@override_settings(IS_EXERCISE=False, DEBUG=False)
def test_the_sample_pages_do_not_exist_in_production(client):
    response = client.get(reverse("web:components"))
    assert response.status_code == 404
    assert "ÖVNING" not in text_of(response)


@pytest.mark.usefixtures("db")
@pytest.mark.requirement("L-09")
def test_language_is_chosen_by_the_user_and_not_by_the_browser():
    client = Client(headers={"accept-language": "en"})
    assert '<html lang="sv">' in text_of(client.get(reverse("web:components")))
    answer = client.post(reverse("web:language"), {"language": "en", "next": "/components/"})
    assert answer["Location"] == "/components/"
    page = text_of(client.get(reverse("web:components")))
    assert '<html lang="en">' in page
    assert "EXERCISE – all persons are made up" in page


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_language_never_leads_to_another_site(client, target):
    assert client.post(reverse("web:language"), {"language": "tlh", "next": target})["Location"] == "/"
    assert "django_language" not in client.cookies


def _crash(request):
    raise RuntimeError("made to fail")


def _suspicious(request):
    raise SuspiciousOperation("made to fail")


def _missing(request):
    raise Http404


class _Urls:
    handler400, handler403, handler404 = views.bad_request, views.forbidden, views.not_found
    handler500 = views.server_error
    urlpatterns = [
        path("crash/", _crash),
        path("suspicious/", _suspicious),
        path("missing/", _missing),
        *web_urls,
    ]


@pytest.fixture
def plain_client(settings):
    """The error pages alone: without the rooms that log people in."""
    settings.ROOT_URLCONF = _Urls
    settings.MIDDLEWARE = [
        name
        for name in settings.MIDDLEWARE
        if name.startswith(("samordna.web", "django", "samordna.accounts.middleware.SessionCookie"))
        and "OtherUnit" not in name
    ]
    return Client(raise_request_exception=False)


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/crash/", 500, "Ett fel i systemet stoppade sidan"),
        ("/suspicious/", 400, "Sidan kunde inte visas"),
        ("/missing/", 404, "Sidan finns inte här"),
    ],
)
@pytest.mark.requirement("K-24")
def test_error_pages_tell_cause_next_step_support_and_number(plain_client, settings, address, status, words):
    settings.SUPPORT_CHAIN = ["Superanvändare på er enhet", "IT-support 0150-000 00"]
    response = plain_client.get(address)
    page = text_of(response)
    assert response.status_code == status
    assert words in page
    assert "IT-support 0150-000 00" in page
    assert response["X-Request-ID"][:8].upper() in page
    assert "made to fail" not in page
    assert "ÖVNING" in page
    for word in ("Tyvärr", "Något gick fel"):
        assert word not in page


def _without_tokens(response):
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", text_of(response))


@pytest.mark.usefixtures("db")
def test_unknown_and_forbidden_look_the_same(make_request):
    request = make_request("/x/")
    unknown, forbidden = views.not_found(request), views.forbidden(request)
    assert unknown.status_code == forbidden.status_code == 404
    assert _without_tokens(unknown) == _without_tokens(forbidden)


@pytest.mark.usefixtures("db")
def test_a_fault_hands_back_what_was_typed(plain_client):
    page = text_of(plain_client.post("/crash/", {"text": "Lång text om <planen>", "password": "hemligt"}))
    assert "Lång text om &lt;planen&gt;" in page
    assert "hemligt" not in page


@pytest.mark.usefixtures("db")
def test_pages_are_not_kept_anywhere(client):
    response = client.get(reverse("web:components"))
    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"]
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.usefixtures("db")
@pytest.mark.requirement("L-07", "L-05")
def test_an_old_form_hands_back_the_text_but_not_to_another_site():
    client = Client(enforce_csrf_checks=True)
    data = {"language": "en", "text": "Det jag skrev"}
    own = client.post(reverse("web:language"), data, headers={"origin": "http://testserver"})
    assert own.status_code == 403
    assert "Formuläret var för gammalt" in text_of(own)
    assert "Det jag skrev" in text_of(own)
    other = client.post(reverse("web:language"), data, headers={"origin": "http://evil.example"})
    assert other.status_code == 403
    assert "Det jag skrev" not in text_of(other)
    # Of a stranger nothing is written into the log, which nothing may ever delete; what a user sends is in it.
    assert not Entry.objects.exists()
    log_in(client, worker())
    client.post(reverse("web:language"), data, headers={"origin": "http://testserver"})
    assert list(Entry.objects.values_list("reason", flat=True)) == ["web.old_form"]


def _through_other_unit(request):
    return OtherUnitMiddleware(lambda _request: None).process_view(request, None, (), {})


@pytest.mark.usefixtures("db")
@pytest.mark.requirement("L-02")
def test_a_form_from_another_unit_is_refused_and_keeps_its_text(make_request):
    data = {"assignment": "12", "assignment_unit": "Rehab <Väster>", "text": "Det jag skrev", "form_key": "x"}
    request = make_request(post=data)
    response = _through_other_unit(request)
    page = text_of(response)
    assert response.status_code == 409
    for words in ("Rehab &lt;Väster&gt;", "Hemtjänsten Norr", "Det jag skrev"):
        assert words in page
    assert [refusal.code for refusal in request.refused] == ["web.other_unit"]


@pytest.mark.usefixtures("db")
def test_forms_of_the_present_unit_and_without_a_unit_pass(make_request):
    assert _through_other_unit(make_request(post={"assignment": "11"})) is None
    assert _through_other_unit(make_request(post={"language": "en"})) is None
    assert _through_other_unit(make_request(post={"assignment": "12"}, actor=None)) is None
    assert _through_other_unit(make_request("/?assignment=12")) is None


@pytest.mark.usefixtures("db")
def test_a_refusal_without_a_form_has_a_page(make_request):
    request = make_request(post={})
    response = views.refused(
        request, Refusal("no", "Planen är inte låst.", "Be Anna låsa den."), back="/case/"
    )
    assert response.status_code == 409
    assert "Planen är inte låst." in text_of(response)
    assert 'href="/case/"' in text_of(response)
    assert len(request.refused) == 1
