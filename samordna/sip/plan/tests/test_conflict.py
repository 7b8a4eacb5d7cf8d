"""Two write at once: other goals never meet, other fields are merged, the same field is chosen, all is kept (S16)."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from samordna.drafts.queries import unsaved_of
from samordna.kernel import clock
from samordna.sip.plan.commands import goals
from samordna.sip.plan.commands.goals import GoalText, Responsible
from samordna.sip.tests import plans
from samordna.sip.tests.factories import County, actor, county
from samordna.sip.tests.plan_pages import browser, fields_of, plan_text, post, read, url

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def place() -> County:
    return county()


@pytest.fixture
def shared(place: County) -> tuple[UUID, UUID]:
    """A plan that Anna and David both may write in, and a goal of it."""
    case_id = plans.signed_plan(place)
    post(browser(place.anna), url("edit", case_id))
    return case_id, plans.open_rows(case_id).standing_goals[0].lineage


def they_change(place: County, case_id: UUID, goal: UUID, text: str, heading: str = plans.HEADING) -> None:
    rows = plans.open_rows(case_id).goal(goal)
    assert rows is not None
    goals.save_goal(
        actor=actor(place.david), case_id=case_id, lineage=goal, version=rows.written.version,
        goal=GoalText(heading, text, Responsible(as_before=True)), at=clock.now(),
    )  # fmt: skip


def typed(client: Client, case_id: UUID, goal: UUID, text: str) -> dict[str, str]:
    fields = fields_of(client, url("goal", case_id, goal))
    return fields | {
        "heading": fields["base_heading"],
        "responsible": fields["base_responsible"],
        "text": text,
        "act": "save",
    }


def disputed(place: County, case_id: UUID, goal: UUID, mine: str, theirs: str) -> Client:
    """Anna's browser before the page on which she chooses: she typed, David saved the same passage, she saved."""
    anna = browser(place.anna)
    fields = typed(anna, case_id, goal, mine)
    they_change(place, case_id, goal, theirs)
    assert anna.post(url("goal", case_id, goal), fields).status_code == 409
    return anna


def goal_text(case_id: UUID, goal: UUID) -> str:
    row = plans.open_rows(case_id).goal(goal)
    assert row is not None
    return row.text


@pytest.mark.requirement("V-53")
def test_two_goals_at_once_never_meet(place: County, shared: tuple[UUID, UUID]) -> None:
    case_id, first = shared
    second = plans.a_goal(case_id, place.anna, "Det andra målet")
    anna, david = browser(place.anna), browser(place.david)
    one, two = typed(anna, case_id, first, "Annas text"), typed(david, case_id, second, "Davids text")
    assert "Annas text" in post(anna, url("goal", case_id, first), **one)
    text = post(david, url("goal", case_id, second), **two)
    assert "Annas text" in text
    assert "Davids text" in text


@pytest.mark.requirement("V-53")
def test_different_fields_of_one_goal_are_merged_and_told(place: County, shared: tuple[UUID, UUID]) -> None:
    case_id, goal = shared
    anna = browser(place.anna)
    fields = typed(anna, case_id, goal, "Annas text")
    they_change(place, case_id, goal, "Jag vill bo kvar hemma", heading="Så här vill jag må")
    text = post(anna, url("goal", case_id, goal), **fields)
    assert "Båda ändringarna är sparade" in text
    assert "Så här vill jag må" in text
    assert goal_text(case_id, goal) == "Annas text"


@pytest.mark.requirement("V-53")
def test_a_third_who_is_quicker_still_only_means_another_try(
    place: County, shared: tuple[UUID, UUID]
) -> None:
    """The same passage is saved once more while the two texts are merged."""
    case_id, goal = shared
    anna = browser(place.anna)
    fields = typed(anna, case_id, goal, "Annas text")
    they_change(place, case_id, goal, "Jag vill bo kvar hemma", heading="Så här vill jag må")
    saves: list[str] = []

    def third(execute: Callable[..., object], sql: str, *more: object) -> object:
        if sql.startswith('UPDATE "sip_goal"'):
            saves.append(sql)
            # The first of Anna's met David's; before the merged one reaches the database he saves again.
            if len(saves) == 2:
                they_change(place, case_id, goal, "Jag vill bo kvar hemma", heading="Så här vill jag bo")
        return execute(sql, *more)

    with connection.execute_wrapper(third):
        text = post(anna, url("goal", case_id, goal), **fields)
    assert len(saves) == 4
    assert "Båda ändringarna är sparade" in text
    assert goal_text(case_id, goal) == "Annas text"


@pytest.mark.requirement("V-53")
def test_what_is_posted_after_the_signature_is_kept_beside_edit(
    place: County, shared: tuple[UUID, UUID]
) -> None:
    case_id, goal = shared
    anna = browser(place.anna)
    fields = typed(anna, case_id, goal, "Annas text")
    plans.sign(case_id, place.david)
    response = anna.post(url("goal", case_id, goal), fields)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Annas text" in page
    assert f'action="{url("edit", case_id)}"' in page
    assert f'name="next" value="{url("goal", case_id, goal)}"' in page


@pytest.mark.requirement("V-53")
def test_the_loser_sees_all_three_texts_and_keeps_the_own(place: County, shared: tuple[UUID, UUID]) -> None:
    case_id, goal = shared
    anna = browser(place.anna)
    fields = typed(anna, case_id, goal, "Jag vill bo kvar i huset")
    they_change(place, case_id, goal, "Jag vill bo kvar nära dottern")
    response = anna.post(url("goal", case_id, goal), fields)
    assert response.status_code == 409
    text = response.content.decode()
    for part in (
        "Båda utgick från",
        "Deras",
        "Min",
        "Båda efter varandra",
        "David Holm",
        "tillagt",
        "struket",
    ):
        assert part in text
    assert "checked" not in text.split("choice-text")[1].split("</fieldset>")[0]
    assert goal_text(case_id, goal) == "Jag vill bo kvar nära dottern"
    assert "Du har text som inte är sparad" in plan_text(anna, case_id)
    assert ">Jag vill bo kvar i huset</textarea>" in read(anna, url("goal", case_id, goal)), (
        "the tab may be closed meanwhile"
    )


@pytest.mark.requirement("V-53")
@pytest.mark.parametrize(
    ("choice", "stands"),
    [
        ("mine", "Min text"),
        ("theirs", "Deras text"),
        ("both", "Deras text\n\nMin text"),
        ("edited", "Vår text"),
    ],
)
def test_what_is_chosen_stands(place: County, shared: tuple[UUID, UUID], choice: str, stands: str) -> None:
    case_id, goal = shared
    anna = disputed(place, case_id, goal, "Min text", "Deras text")
    asked = post(anna, url("goal", case_id, goal), act="resolve", version=_version(case_id, goal))
    assert "Välj vad som ska stå." in asked, "nothing is chosen beforehand"
    post(
        anna,
        url("goal", case_id, goal),
        act="resolve",
        version=_version(case_id, goal),
        text_choice=choice,
        text="Vår text",
    )
    assert goal_text(case_id, goal) == stands
    assert not unsaved_of(actor(place.anna))


def _version(case_id: UUID, goal: UUID) -> int:
    row = plans.open_rows(case_id).goal(goal)
    assert row is not None
    return row.written.version


@pytest.mark.requirement("V-53")
def test_changed_again_while_choosing_is_asked_again(place: County, shared: tuple[UUID, UUID]) -> None:
    case_id, goal = shared
    anna = disputed(place, case_id, goal, "Min text", "Deras text")
    seen = _version(case_id, goal)
    they_change(place, case_id, goal, "Deras nya text")
    text = post(anna, url("goal", case_id, goal), act="resolve", version=seen, text_choice="theirs")
    assert "David Holm, Vårdcentralen Linden ändrade samma text" in text
    assert goal_text(case_id, goal) == "Deras nya text"
    assert unsaved_of(actor(place.anna))


@pytest.mark.requirement("V-53", "L-07")
def test_what_was_put_together_is_kept_when_nothing_was_ticked(
    place: County, shared: tuple[UUID, UUID]
) -> None:
    case_id, goal = shared
    anna = disputed(place, case_id, goal, "Min text", "Deras text")
    sent = {"act": "resolve", "version": _version(case_id, goal), "text": "Vår gemensamma text"}
    asked = post(anna, url("goal", case_id, goal), **sent)
    assert "Välj vad som ska stå." in asked
    assert ">Vår gemensamma text</textarea>" in asked
    assert ">Vår gemensamma text</textarea>" in read(anna, url("goal", case_id, goal)), "and after a reload"
    post(anna, url("goal", case_id, goal), **sent, text_choice="edited")
    assert goal_text(case_id, goal) == "Vår gemensamma text"


@pytest.mark.requirement("V-53", "L-07")
@pytest.mark.parametrize("third", ["Deras nya text", "Min text"])
def test_what_was_put_together_is_kept_when_a_third_saved_meanwhile(
    place: County, shared: tuple[UUID, UUID], third: str
) -> None:
    """Also when what the third saved is what the user had written first, so that nothing else is in dispute."""
    case_id, goal = shared
    anna = disputed(place, case_id, goal, "Min text", "Deras text")
    sent = {"act": "resolve", "text": "Vår gemensamma text", "text_choice": "edited"}
    seen = _version(case_id, goal)
    they_change(place, case_id, goal, third)
    text = post(anna, url("goal", case_id, goal), **sent, version=seen)
    assert ">Vår gemensamma text</textarea>" in text
    assert third.split()[-2] in text
    assert "checked" not in text.split("choice-text")[1].split("</fieldset>")[0]
    assert goal_text(case_id, goal) == third
    post(anna, url("goal", case_id, goal), **sent, version=_version(case_id, goal))
    assert goal_text(case_id, goal) == "Vår gemensamma text"
    assert not unsaved_of(actor(place.anna))


@pytest.mark.requirement("V-53", "L-06")
def test_the_text_is_kept_when_the_plan_is_locked_meanwhile(place: County, shared: tuple[UUID, UUID]) -> None:
    case_id, goal = shared
    david = browser(place.david)
    fields = typed(david, case_id, goal, "Davids långa text")
    plans.sign(case_id, place.anna)
    plans.lock(case_id, place.anna)
    response = david.post(url("goal", case_id, goal), fields)
    text = response.content.decode()
    assert response.status_code == 409
    assert "Planen är låst" in text
    assert "Anna Lindqvist, Hemtjänsten Norr, kan öppna den" in text
    assert "Davids långa text" in text
    assert unsaved_of(actor(place.david))[0].text("text") == "Davids långa text"
    post(browser(place.anna), url("unlock", case_id))
    post(david, url("edit", case_id))
    assert "Davids långa text" in read(david, url("goal", case_id, goal)), "found again in the next edition"
    text = post(david, url("goal", case_id, goal), **typed(david, case_id, goal, "Davids långa text"))
    assert "Davids långa text" in text
    assert not unsaved_of(actor(place.david))


@pytest.mark.requirement("V-53", "L-06")
def test_what_was_put_together_is_kept_when_another_signs_meanwhile(
    place: County, shared: tuple[UUID, UUID]
) -> None:
    case_id, goal = shared
    anna = disputed(place, case_id, goal, "Annas långa text", "Davids text")
    sent = {"act": "resolve", "version": _version(case_id, goal), "text": "Hopsatt av två"}
    plans.sign(case_id, place.david)
    for _time in range(2):
        answer = anna.post(url("goal", case_id, goal), {**sent, "text_choice": "edited"})
        assert answer.status_code == 409
    kept = unsaved_of(actor(place.anna))[0]
    assert (kept.text("text"), kept.text("edited_text")) == ("Annas långa text", "Hopsatt av två")
    page = read(anna, url("goal", case_id, goal))
    assert "Hopsatt av två" in page
    assert "Annas långa text" in page
    post(anna, url("edit", case_id))
    assert ">Hopsatt av två</textarea>" in read(anna, url("goal", case_id, goal))


def test_what_was_put_together_stays_when_the_typing_was_thrown_away_elsewhere(
    place: County, shared: tuple[UUID, UUID]
) -> None:
    case_id, goal = shared
    anna = disputed(place, case_id, goal, "Annas långa text", "Davids text")
    post(anna, url("discard_unsaved", case_id), draft_form=unsaved_of(actor(place.anna))[0].form)
    sent = {"act": "resolve", "version": _version(case_id, goal), "text": "Hopsatt av två"}
    assert "Hopsatt av två</textarea>" in post(anna, url("goal", case_id, goal), **sent, text_choice="edited")


def test_typing_is_kept_and_can_be_thrown_away(place: County, shared: tuple[UUID, UUID]) -> None:
    case_id, goal = shared
    anna = browser(place.anna)
    fields = typed(anna, case_id, goal, "Halva meningen")
    assert anna.post("/drafts/save/", fields).json()["saved_at"]
    page = read(anna, url("goal", case_id, goal))
    assert "Halva meningen" in page
    assert "inte sparat i planen än" in page
    assert "Halva meningen" not in plan_text(browser(place.david), case_id)
    post(anna, url("discard_unsaved", case_id), draft_form=fields["draft_form"])
    assert "Halva meningen" not in read(anna, url("goal", case_id, goal))


def test_the_law_block_is_merged_by_field_too(place: County, shared: tuple[UUID, UUID]) -> None:
    case_id, _goal = shared
    anna, david = browser(place.anna), browser(place.david)
    ours, theirs = fields_of(anna, url("law", case_id)), fields_of(david, url("law", case_id))
    common = {"principal": place.home_care.principal_id, "coordinator_confirmed": "on", "act": "save"}
    base = {"met_on": ours["base_met_on"], "needs": ours["base_needs"], "others_do": ours["base_others_do"]}
    post(david, url("law", case_id), **{**theirs, **common, **base, "needs": "Nya behov"})
    text = post(anna, url("law", case_id), **{**ours, **common, **base, "others_do": "Grannen hjälper"})
    assert "Nya behov" in text
    assert "Grannen hjälper" in text


@pytest.mark.requirement("L-07")
def test_the_person_card_keeps_what_was_typed_and_tells_what_stands(
    place: County, shared: tuple[UUID, UUID]
) -> None:
    case_id, _goal = shared
    anna, david = browser(place.anna), browser(place.david)
    address = url("person", case_id)

    def card(page: str, phone: str) -> dict[str, str]:
        """The form of the page as it would be sent: about the version that the page tells of."""
        version = page.split('name="version" value="')[1].split('"')[0]
        return {"version": version, "name": "Karl Wallin", "phone": phone, "protection": "NONE"}

    opened = read(anna, address)
    assert david.post(address, card(read(david, address), "0150-111 11")).status_code == 302
    page = post(anna, address, **card(opened, "0150-222 22"))
    assert 'value="0150-222 22"' in page
    assert "Nu står det: 0150-111 11" in page
    assert david.post(address, card(read(david, address), "0150-333 33")).status_code == 302
    third = post(anna, address, **card(page, "0150-222 22"))
    assert "Nu står det: 0150-333 33" in third
    assert anna.post(address, card(third, "0150-222 22")).status_code == 302
    assert 'value="0150-222 22"' in read(david, address)
