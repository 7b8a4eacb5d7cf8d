from uuid import uuid4

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from samordna.audit.middleware import Respond
from samordna.audit.models import Entry
from samordna.audit.tests.support import actor
from samordna.kernel.refusal import NotVisible, Refusal, Refused, Stale
from samordna.web.forms import remember_refusal

REFUSAL = Refusal("plan.not_coordinator", "Bara samordningsansvarig kan låsa.", "Be Anna låsa.")


def let_through(request: HttpRequest, case_id: object) -> HttpResponse:
    raise Refused(REFUSAL)


def stale(request: HttpRequest, case_id: object) -> HttpResponse:
    raise Stale(REFUSAL)


def shown_by_the_page(request: HttpRequest) -> HttpResponse:
    remember_refusal(request, REFUSAL)
    return HttpResponse("sidan med skälet")


def unseen(request: HttpRequest, **_ids: object) -> HttpResponse:
    raise NotVisible


def no_such_page(request: HttpRequest) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("cases/<uuid:case_id>/lock", let_through, name="lock"),
    path("cases/<uuid:case_id>/edit", stale, name="edit"),
    path("cases/<uuid:case_id>/", unseen, name="case"),
    path("places/<int:place_id>/", unseen, name="place"),
    path("page", shown_by_the_page, name="page"),
    path("none", no_such_page, name="none"),
]


class AnActor:
    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = actor()
        return self.get_response(request)


@pytest.fixture
def client(db: None) -> Client:
    with override_settings(
        ROOT_URLCONF=__name__,
        MIDDLEWARE=["samordna.audit.middleware.RefusalLog", f"{__name__}.AnActor"],
    ):
        yield Client()


@pytest.mark.requirement("L-05")
@pytest.mark.parametrize("act", ["lock", "edit"])
def test_a_refusal_that_a_view_lets_through_is_logged_and_told(client: Client, act: str) -> None:
    case_id = uuid4()
    answer = client.post(f"/cases/{case_id}/{act}")
    assert answer.status_code == 409
    assert "Bara samordningsansvarig kan låsa." in answer.content.decode()
    entry = Entry.objects.get()
    assert (entry.action, entry.result, entry.reason) == ("act.refused", "refused", "plan.not_coordinator")
    assert (entry.user_id, entry.case_id, entry.details) == (1, case_id, {"route": act, "method": "POST"})


@pytest.mark.requirement("L-05")
def test_a_refusal_that_the_page_shows_is_logged(client: Client) -> None:
    assert client.get("/page").status_code == 200
    assert Entry.objects.get().reason == "plan.not_coordinator"


@pytest.mark.requirement("L-05", "L-02")
def test_asking_for_a_case_that_is_not_visible_is_logged_with_what_was_asked_for(client: Client) -> None:
    case_id = uuid4()
    assert client.get(f"/cases/{case_id}/").status_code == 404
    entry = Entry.objects.get()
    assert (entry.action, entry.result, entry.case_id) == ("case.access_refused", "refused", case_id)


@pytest.mark.requirement("L-05", "L-02")
def test_asking_for_a_place_that_is_not_visible_is_logged_with_what_was_asked_for(client: Client) -> None:
    assert client.post("/places/7/").status_code == 404
    entry = Entry.objects.get()
    assert (entry.action, entry.result, entry.reason) == ("act.refused", "refused", "not_visible")
    assert entry.details == {"route": "place", "method": "POST", "asked_for": {"place_id": 7}}


def test_a_page_that_does_not_exist_is_nobodys_case(client: Client) -> None:
    assert client.get("/none").status_code == 404
    assert not Entry.objects.exists()
