from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from samordna.drafts import views
from samordna.drafts.commands import discard_unsaved, purge_unsaved, save_unsaved
from samordna.drafts.models import UnsavedText
from samordna.drafts.queries import unsaved_for, unsaved_of
from samordna.drafts.rules import Room
from samordna.kernel.actor import Actor
from samordna.kernel.module import Module, Right
from samordna.kernel.refusal import Refused
from samordna.web.models import FormReceipt

AT = datetime(2026, 5, 13, 11, 0, tzinfo=UTC)
ANNA = Actor(
    user_id=1, user_name="Anna Lindqvist", assignment_id=11, unit_id=3, unit_name="Hemtjänsten Norr",
    department_id=4, department_name="VOF", principal_id=5, principal_name="Katrineholms kommun", profession="",
    title="enhetschef",
    module_rights=frozenset({(Module.SIP, Right.ANSWER)}), system_roles=frozenset(), login_method="password",
    session_id="session", request_id="request",
)  # fmt: skip
FORM = "plan:7:goal:2"


def save(text: str = "Kunna gå ut", *, actor: Actor = ANNA, form: str = FORM, at: datetime = AT) -> None:
    save_unsaved(actor=actor, form=form, base_version=4, fields={"heading": [text]}, at=at)


@pytest.mark.requirement("L-07")
def test_what_was_typed_is_kept_and_replaced(db: None) -> None:
    save("Kunna gå")
    save("Kunna gå ut\u202e varje dag", at=AT + timedelta(seconds=5))
    kept = unsaved_for(ANNA, FORM)
    assert kept is not None
    assert (kept.text("heading"), kept.text("missing"), kept.base_version) == ("Kunna gå ut varje dag", "", 4)
    assert kept.data.getlist("heading") == ["Kunna gå ut varje dag"]
    assert kept.saved_at == AT + timedelta(seconds=5)
    assert UnsavedText.objects.count() == 1


def test_nobody_else_and_no_other_unit_sees_it(db: None) -> None:
    save()
    assert unsaved_for(replace(ANNA, user_id=2), FORM) is None
    assert unsaved_for(replace(ANNA, unit_id=9), FORM) is None
    assert unsaved_for(ANNA, "plan:7:goal:3") is None


def test_all_of_ones_own_newest_first(db: None) -> None:
    save()
    save(form="plan:7:goal:3", at=AT + timedelta(minutes=1))
    save(form="message:1", at=AT + timedelta(minutes=2))
    assert [kept.form for kept in unsaved_of(ANNA)] == ["message:1", "plan:7:goal:3", FORM]
    assert [kept.form for kept in unsaved_of(ANNA, starting="plan:7:")] == ["plan:7:goal:3", FORM]


def test_thrown_away_by_its_user_only(db: None) -> None:
    save()
    discard_unsaved(actor=replace(ANNA, user_id=2), form=FORM)
    assert unsaved_for(ANNA, FORM)
    discard_unsaved(actor=ANNA, form=FORM)
    assert unsaved_for(ANNA, FORM) is None


def test_forgotten_typing_is_thrown_away_after_thirty_days(db: None) -> None:
    save()
    assert purge_unsaved(at=AT + timedelta(days=30)) == 0
    assert purge_unsaved(at=AT + timedelta(days=30, seconds=1)) == 1


@pytest.mark.parametrize(
    ("form", "fields", "code"),
    [
        ("", {"heading": ["x"]}, "draft.form_unknown"),
        ("x" * 201, {"heading": ["x"]}, "draft.form_unknown"),
        (FORM, {"heading": ["x" * 400_001]}, "draft.too_long"),
        (FORM, {f"field{number}": ["x"] for number in range(501)}, "draft.too_long"),
    ],
)
def test_what_cannot_be_kept(db: None, form: str, fields: dict[str, list[str]], code: str) -> None:
    save_unsaved(actor=ANNA, form=FORM, base_version=None, fields={"heading": ["x" * 200_000]}, at=AT)
    with pytest.raises(Refused) as refused:
        save_unsaved(actor=ANNA, form=form, base_version=None, fields=fields, at=AT)
    assert refused.value.refusal.code == code
    assert UnsavedText.objects.count() == 1


class AsAnna:
    def __init__(self, get_response: object) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None if "nobody" in request.COOKIES else ANNA
        return self.get_response(request)


urlpatterns = [path("", include("samordna.drafts.urls"))]


@pytest.fixture
def client(db: None) -> Iterator[Client]:
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[f"{__name__}.AsAnna"]):
        yield Client()


def test_a_page_keeps_its_form(client: Client) -> None:
    form = {
        "draft_form": FORM, "draft_base": "4", "csrfmiddlewaretoken": "secret", "assignment": "11",
        "new_password": "secret", "heading": "Gå ut <script>", "emptied": "", "unit": ["1", "2"],
    }  # fmt: skip
    answer = client.post("/drafts/save/", form)
    assert answer.status_code == 200
    assert len(answer.json()["saved_at"]) == len("13.00")
    kept = unsaved_for(ANNA, FORM)
    assert kept is not None
    assert kept.fields == {"heading": ["Gå ut <script>"], "emptied": [""], "unit": ["1", "2"]}
    assert kept.base_version == 4


@pytest.mark.requirement("L-07")
def test_what_the_form_itself_has_saved_is_not_kept(client: Client) -> None:
    """Leaving a text for the button posts both, and this may come last."""
    key = str(uuid4())
    FormReceipt.objects.create(user_id=ANNA.user_id, key=key, redirect="/saved/", at=AT)
    assert client.post("/drafts/save/", {"draft_form": FORM, "form_key": key}).status_code == 200
    assert unsaved_for(ANNA, FORM) is None
    assert client.post("/drafts/save/", {"draft_form": FORM, "form_key": str(uuid4())}).status_code == 200
    assert unsaved_for(ANNA, FORM) is not None


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize("room", [Room(2, 10**6), Room(200, 150)], ids=["many", "long"])
def test_nobody_fills_the_database_with_forms(
    client: Client, monkeypatch: pytest.MonkeyPatch, room: Room
) -> None:
    monkeypatch.setattr(views, "ROOM", room)
    typed = [{"draft_form": f"goal:{number}", "text": "x" * 90} for number in (1, 2, 3, 2)]
    answers = [client.post("/drafts/save/", form) for form in typed]
    assert [answer.status_code for answer in answers] == [200, 200, 422, 200]
    assert "Spara några av dem" in answers[2].json()["error"]
    assert UnsavedText.objects.count() == 2


def test_bad_posts_are_answered_not_kept(client: Client) -> None:
    assert client.get("/drafts/save/").url == "/"
    assert client.post("/drafts/save/", {"heading": "x"}).status_code == 422
    too_long = client.post("/drafts/save/", {"draft_form": FORM, "heading": "x" * 400_001})
    assert too_long.status_code == 422
    assert "för lång" in too_long.json()["error"]
    for base in ("-1", "9" * 19, "٣", "4.5", "x" * 30):
        client.post("/drafts/save/", {"draft_form": FORM, "draft_base": base})
        assert unsaved_for(ANNA, FORM).base_version is None
    client.cookies["nobody"] = "1"
    assert client.post("/drafts/save/", {"draft_form": FORM}).status_code == 403
