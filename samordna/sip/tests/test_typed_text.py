"""What somebody has typed is never lost, and never takes the place of what a colleague saved meanwhile (L-07, V-31)."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from samordna.messaging.models import Message
from samordna.messaging.states import MessageStatus
from samordna.organisations.models import Organisation
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages
from samordna.sip.tests.message_pages import at_work, draft, press, read
from samordna.sip.words import PART_SLUGS

pytestmark = pytest.mark.django_db

# How far the case has come when the message is written, and the field that is typed in.
MESSAGES = [
    (Part.INITIATIVE, lambda county: f.new_case(county.anna), "reason"),
    (Part.SUMMONS, f.accepted_case, "place"),
    (Part.INFORMATION, f.accepted_case, "text"),
]


@pytest.fixture
def county() -> f.County:
    return f.county()


def kept_by_itself(client: Any, page: str, part: Part, case_id: object, **typed: Any) -> None:
    """As the page's script sends its form while one types."""
    held = {"message_id": hidden(page, "message_id"), "version": hidden(page, "version")}
    named = {"draft_form": f"{part}:{case_id}", "draft_base": held["version"]}
    assert client.post(reverse("drafts:save"), {**named, **held, **typed}).status_code == 200


def hidden(page: str, name: str) -> str:
    tag = page.split(f'name="{name}"')[1].split(">")[0]
    return tag.split('value="')[1].split('"')[0] if "value=" in tag else ""


@pytest.mark.requirement("L-07", "V-31")
@pytest.mark.parametrize(("part", "case", "field"), MESSAGES)
def test_what_a_colleague_saved_stands_beside_what_was_typed_before(county, part, case, field) -> None:
    case_id, anna, bertil = case(county), at_work(county.anna), at_work(county.bertil)
    kept_by_itself(anna, read(anna, case_id, part), part, case_id, **{field: "Annas ord"})
    draft(bertil, case_id, part, "save", **{field: "Bertils ord"}, recipient=[county.psychiatry.pk])
    for _time in range(2):
        page = read(anna, case_id, part)
        assert "Bertil Ek har sparat utkastet" in page
        assert "Annas ord" in page
        assert "Bertils ord" in page
        assert (
            Organisation.objects.get(pk=county.psychiatry.pk).name
            in page.split("Deras text")[1].split("</dl>")[0]
        )
    saved = Message.objects.get(status=MessageStatus.DRAFT, kind=part)
    assert hidden(page, "version") == str(saved.version)
    press(anna, "discard", case_id, page.split("/discard/")[0].rpartition("/")[2])
    page = read(anna, case_id, part)
    assert "Bertils ord" in page
    assert "Annas ord" not in page
    saved.refresh_from_db()
    assert saved.status == MessageStatus.DRAFT


@pytest.mark.requirement("L-07", "V-31")
def test_a_conflict_that_was_left_is_there_again(county) -> None:
    case_id, anna, bertil = f.new_case(county.anna), at_work(county.anna), at_work(county.bertil)
    draft(bertil, case_id, Part.INITIATIVE, "save", reason="Bertils ord")
    left = draft(anna, case_id, Part.INITIATIVE, "save", reason="Annas ord", message_id="", version=0)
    assert left.status_code == 409
    page = read(anna, case_id, Part.INITIATIVE)
    assert "Bertil Ek har sparat utkastet" in page
    assert "Bertils ord" in page
    assert "Annas ord" in page


def kept(client: Any, form: str, **typed: Any) -> None:
    """Text that was kept of a form by its name, while one typed or when the session was over."""
    assert client.post(reverse("drafts:save"), {"draft_form": form, **typed}).status_code == 200


def left_over(client: Any, address: str) -> str:
    """What the page shows of it when it has no form for it any more."""
    page = client.get(address).content.decode()
    return page.partition("left-heading")[2].partition("</section>")[0]


@pytest.mark.requirement("L-07", "V-31")
def test_what_was_typed_before_a_colleague_sent_the_message_can_be_copied(county) -> None:
    case_id, _message = f.sent_initiative(county)
    bertil, address = at_work(county.bertil), reverse("sip:part", args=[case_id, "initiative"])
    assert not left_over(bertil, address)
    kept(bertil, f"INITIATIVE:{case_id}", reason="Bertils ord", recipient="7", version="1", save="1")
    left = left_over(bertil, address)
    assert "Bertils ord" in left
    assert "Initiativorsak" in left
    assert left.count("<dt>") == 1
    assert "Bertils ord" in bertil.get(reverse("accounts:kept")).content.decode()
    assert not left_over(at_work(county.anna), address)
    bertil.post(reverse("accounts:kept"), {"form": f"INITIATIVE:{case_id}", "back": address})
    assert not left_over(bertil, address)


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize("part", [Part.PLAN, Part.EVALUATION, Part.FOLLOW_UP])
def test_what_was_typed_before_a_document_was_signed_can_be_copied(county, part) -> None:
    case_id = {
        Part.PLAN: stages.signed_plan,
        Part.EVALUATION: stages.signed_evaluation,
        Part.FOLLOW_UP: stages.locked_follow_up,
    }[part](county)
    document = f.facts_of(case_id).standing(part)
    anna, slug = at_work(county.anna), PART_SLUGS[part]
    key, address = f"sip:{part.lower()}:{document.id}", reverse("sip:part", args=[case_id, slug])
    name = "text"
    if part == Part.PLAN:
        key, address = f"{key}:goal:new", reverse("sip:goal_new", args=[case_id])
    elif part == Part.FOLLOW_UP:
        name = f"{uuid4()}-note"
    kept(anna, key, **{name: "Annas ord"})
    assert "Annas ord" in left_over(anna, address)
