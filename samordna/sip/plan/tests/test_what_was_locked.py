"""What was locked, printed and handed over stays the plan that held, however the case goes on and ends (V-54, V-56)."""

import io
from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from pypdf import PdfReader

from samordna.cases.states import StepStatus
from samordna.casework.file.steps.rows import part_views
from samordna.documents.commands import unlock_version
from samordna.kernel import clock
from samordna.sip.plan.commands import plan as plan_commands
from samordna.sip.states import Part
from samordna.sip.tests import plans
from samordna.sip.tests import stages as s
from samordna.sip.tests.factories import County, actor, county, facts_of
from samordna.sip.tests.plan_pages import browser, plan_text, post, read, url

pytestmark = pytest.mark.django_db
Brought = Callable[[UUID, County], None]


@pytest.fixture
def place() -> County:
    return county()


@pytest.fixture
def anna(place: County) -> Client:
    return browser(place.anna)


def _opened(case_id: UUID, place: County) -> None:
    plan_commands.unlock_plan(actor=actor(place.anna), case_id=case_id, at=clock.now())


def _edited(case_id: UUID, place: County) -> None:
    _opened(case_id, place)
    plan_commands.edit_plan(actor=actor(place.anna), case_id=case_id, at=clock.now())


def _signed_anew(case_id: UUID, place: County) -> None:
    _edited(case_id, place)
    plans.sign(case_id, place.anna)


def _renewed(case_id: UUID, place: County) -> None:
    s.signed_new_plan(place, case_id)


def print_text(client: Client, case_id: UUID, version_id: UUID) -> str:
    """What stands on the paper, asked for as a user does: once to have it made, and again."""
    client.post(url("print", case_id, version_id))
    plans.let_worker_print()
    response = client.post(url("print", case_id, version_id))
    assert response.headers["Content-Type"] == "application/pdf"
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)


@pytest.mark.requirement("V-56", "V-81")
def test_a_plan_is_not_opened_while_it_is_evaluated(place: County, anna: Client) -> None:
    case_id = s.signed_evaluation(place)
    assert f'href="{url("unlock", case_id)}"' not in plan_text(anna, case_id)
    said = post(anna, url("unlock", case_id))
    assert "Planen utvärderas. Makulera utvärderingen först." in said
    assert facts_of(case_id).valid_plan is not None
    post(anna, url("evaluation_void", case_id), words="Fel dag")
    post(anna, url("unlock", case_id))
    assert facts_of(case_id).valid_plan is None


@pytest.mark.requirement("V-81")
def test_an_evaluation_is_not_locked_over_a_plan_that_is_opened(place: County, anna: Client) -> None:
    case_id = s.signed_evaluation(place)
    unlock_version(version_id=plans.locked_version(case_id).id, at=clock.now())
    version = s.version_of(case_id, Part.EVALUATION)
    assert "Planen som utvärderas är öppnad." in post(anna, url("evaluation_lock", case_id), version=version)
    assert facts_of(case_id).case.active
    plans.lock(case_id, place.anna)
    post(anna, url("evaluation_lock", case_id), version=version)
    assert not facts_of(case_id).case.active


@pytest.mark.requirement("V-81", "V-61")
def test_an_evaluation_is_not_locked_while_a_follow_up_is_open(place: County, anna: Client) -> None:
    case_id = s.signed_evaluation(place)
    post(anna, url("follow_up_open", case_id))
    version = s.version_of(case_id, Part.EVALUATION)
    said = post(anna, url("evaluation_lock", case_id), version=version)
    assert "En uppföljning är öppen. Lås eller makulera uppföljningen först." in said
    assert facts_of(case_id).case.active
    s.lock_follow_up(case_id, place.anna)
    post(anna, url("evaluation_lock", case_id), version=version)
    assert not facts_of(case_id).case.active


@pytest.mark.requirement("V-54", "V-83", "L-06")
@pytest.mark.parametrize(
    ("brought", "reason"),
    [
        (_opened, "INDIVIDUALS_WISH"),
        (_edited, "WRONG_PERSON"),
        (_signed_anew, "DIED"),
        (_renewed, "WRONG_PERSON"),
    ],
)
def test_the_plan_that_held_is_read_and_printed_when_the_case_is_over(
    place: County, anna: Client, brought: Brought, reason: str
) -> None:
    case_id = plans.locked_plan(place)
    locked = plans.locked_version(case_id).id
    brought(case_id, place)
    post(anna, url("end", case_id), reason=reason)
    text = plan_text(anna, case_id)
    assert "aldrig" not in text
    assert part_views(facts_of(case_id), place.home_care.pk)[Part.PLAN].status == StepStatus.LOCKED
    shown = url("history_version", case_id, locked)
    assert (url("print", case_id, locked) in text) or (shown in text and "är den som gällde." in text)
    version = read(anna, shown)
    assert "Den gällde när ärendet tog slut." in version
    assert url("print", case_id, locked) in version
    assert shown in read(anna, url("end", case_id))
    if brought is _signed_anew:
        assert "AVSLUTAD" in print_text(anna, case_id, locked)


@pytest.mark.requirement("V-54", "V-95", "L-06")
@pytest.mark.parametrize("brought", [_opened, _signed_anew])
def test_what_was_locked_is_printed_as_voided_when_the_plan_is(
    place: County, anna: Client, brought: Brought
) -> None:
    case_id = plans.locked_plan(place)
    locked = plans.locked_version(case_id).id
    brought(case_id, place)
    post(anna, url("void_plan", case_id), words="Fel person")
    assert url("print", case_id, locked) in read(anna, url("history_version", case_id, locked))
    assert "MAKULERAD" in print_text(anna, case_id, locked)


@pytest.mark.requirement("V-53", "V-54")
def test_what_is_opened_is_not_printed_until_it_is_locked_anew(place: County, anna: Client) -> None:
    case_id = plans.locked_plan(place)
    first = plans.locked_version(case_id).id
    _opened(case_id, place)
    assert "öppnad igen" in plan_text(anna, case_id)
    assert "Planen kan skrivas ut när den är låst." in read(anna, url("history_version", case_id, first))
    assert anna.post(url("print", case_id, first)).status_code == 409
    plan_commands.edit_plan(actor=actor(place.anna), case_id=case_id, at=clock.now())
    plans.sign(case_id, place.anna)
    plans.lock(case_id, place.anna)
    assert anna.post(url("print", case_id, first)).status_code == 409
    assert "Den har öppnats sedan den låstes." in read(anna, url("history_version", case_id, first))
