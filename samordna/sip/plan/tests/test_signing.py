"""Signed, edited, locked, opened, voided: by whom, when, and what is refused with which reason (V-53 to V-56, V-95)."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samordna.assignments.tests.factories import PASSWORD
from samordna.audit.models import Entry
from samordna.audit.queries import entries_for_case
from samordna.documents.queries import signed_content
from samordna.documents.states import VersionStatus
from samordna.kernel import clock
from samordna.notifications.models import OutboxItem
from samordna.organisations.commands import change_setting
from samordna.sip.plan.commands.plan import LawText, save_law
from samordna.sip.states import Part
from samordna.sip.tests import plans
from samordna.sip.tests.factories import County, actor, county, facts_of
from samordna.sip.tests.plan_pages import browser, hidden, plan_text, post, read, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> County:
    return county()


def actions(case_id: UUID) -> list[str]:
    return [entry.action for entry in entries_for_case(case_id)]


@pytest.mark.requirement("V-53", "L-05")
def test_signing_freezes_what_was_reviewed_and_shows_it_to_the_others(place: County) -> None:
    case_id = plans.begun_plan(place)
    plans.a_goal(case_id, place.anna, "Jag vill bo kvar")
    anna = browser(place.anna)
    review = read(anna, url("sign", case_id))
    assert "Jag vill bo kvar" in review
    assert "Skriv vilka insatser som behövs" in review
    text = post(anna, url("sign", case_id), seen=hidden(review, "seen"))
    assert "Planen är signerad" in text
    seen = plan_text(browser(place.david), case_id)
    assert "Jag vill bo kvar" in seen
    assert "Redigera" in seen
    assert "document.signed" in actions(case_id)
    version = facts_of(case_id).standing(Part.PLAN).valid_version
    assert signed_content(version.id)["goals"][0]["text"] == "Jag vill bo kvar"


@pytest.mark.requirement("V-53")
def test_what_changed_while_reviewing_is_not_signed(place: County) -> None:
    case_id = plans.begun_plan(place)
    anna = browser(place.anna)
    seen = hidden(read(anna, url("sign", case_id)), "seen")
    plans.a_goal(case_id, place.anna)
    text = post(anna, url("sign", case_id), seen=seen)
    assert "Någon annan ändrade medan du granskade" in text
    assert plans.open_edition(case_id)
    assert "Planen är signerad" in post(anna, url("sign", case_id), seen=hidden(text, "seen"))


@pytest.mark.requirement("V-53")
def test_the_password_is_asked_for_when_the_county_wants_it(place: County) -> None:
    change_setting(
        actor=None, key="ask_password_when_signing", department_id=None, value=True, at=clock.now()
    )
    case_id = plans.begun_plan(place)
    anna = browser(place.anna)
    seen = hidden(read(anna, url("sign", case_id)), "seen")
    assert "Skriv ditt lösenord" in post(anna, url("sign", case_id), seen=seen)
    assert "Lösenordet stämmer inte" in post(anna, url("sign", case_id), seen=seen, password="fel")
    assert "Planen är signerad" in post(anna, url("sign", case_id), seen=seen, password=PASSWORD)


@pytest.mark.requirement("K-19", "L-05", "L-07")
def test_wrong_passwords_at_signing_are_counted_logged_and_stopped_as_at_login(place: County) -> None:
    change_setting(
        actor=None, key="ask_password_when_signing", department_id=None, value=True, at=clock.now()
    )
    case_id = plans.begun_plan(place)
    anna = browser(place.anna)
    seen = hidden(read(anna, url("sign", case_id)), "seen")
    said = [post(anna, url("sign", case_id), seen=seen, password=f"fel {n}") for n in range(40)]
    assert "Lösenordet stämmer inte" in said[3]
    assert "för många gånger" in said[4]
    assert "för många gånger" in post(anna, url("sign", case_id), seen=seen, password=PASSWORD)
    logged = Entry.objects.filter(object_kind="user", object_id=str(place.anna.user_id)).order_by("id")
    assert [(entry.action, entry.details) for entry in logged] == [
        *[("session.login_failed", {"door": "sign"})] * 5,
        ("session.locked_out", {"door": "sign"}),
    ]
    assert plans.open_edition(case_id)


@pytest.mark.requirement("V-53")
def test_another_unit_edits_what_others_wrote_while_the_signed_one_is_read(place: County) -> None:
    case_id = plans.signed_plan(place)
    david, anna = browser(place.david), browser(place.anna)
    edited = post(david, url("edit", case_id))
    assert "öppnad med Redigera i dag av David Holm" in edited, (
        "as the rows below, of which each is changed i dag"
    )
    assert "signerad i dag av Anna Lindqvist" in edited
    assert "har redan öppnat den" in post(anna, url("edit", case_id))
    goal = plans.open_rows(case_id).standing_goals[0]
    post(
        david,
        url("goal", case_id, goal.lineage),
        heading=goal.heading,
        text="Davids ord",
        responsible="",
        version=goal.written.version,
    )
    comparison = read(anna, url("compare", case_id) + _versions(case_id))
    for part in ("tillagt", "struket", "Davids", "Ändrat av David Holm"):
        assert part in comparison
    signed = facts_of(case_id).standing(Part.PLAN).valid_version
    assert "Jag vill bo kvar hemma" in read(anna, url("history_version", case_id, signed.id))
    assert "Lås" not in plan_text(anna, case_id).split('class="acts"')[1].split("</div>")[0]
    assert "öppen för redigering" in read(anna, url("lock", case_id))


def _versions(case_id: UUID) -> str:
    document = facts_of(case_id).standing(Part.PLAN)
    return f"?older={document.valid_version.id}&newer={document.open_version.id}"


@pytest.mark.requirement("V-53")
def test_an_edition_can_be_dropped_when_something_is_signed(place: County) -> None:
    case_id = plans.signed_plan(place)
    david = browser(place.david)
    post(david, url("edit", case_id))
    plans.a_goal(case_id, place.david, "Ångrat mål")
    text = post(david, url("drop", case_id))
    assert "Ångrat mål" not in text
    assert facts_of(case_id).standing(Part.PLAN).valid_version.status == VersionStatus.SIGNED
    assert "document.dropped" in actions(case_id)


@pytest.mark.requirement("V-53")
def test_the_first_draft_has_nothing_to_go_back_to(place: County) -> None:
    case_id = plans.begun_plan(place)
    assert "Inget är signerat än" in read(browser(place.anna), url("drop", case_id))
    assert "Inget är signerat än" in post(browser(place.anna), url("drop", case_id))
    assert plans.open_edition(case_id)


@pytest.mark.requirement("V-54", "V-55")
def test_only_the_coordinator_locks_and_everybody_is_told(place: County) -> None:
    case_id = plans.signed_plan(place)
    david, anna = browser(place.david), browser(place.anna)
    assert "Anna Lindqvist, Hemtjänsten Norr" in read(david, url("lock", case_id))
    page = read(anna, url("lock", case_id))
    assert "lämnas till Karl-Erik" in page
    version = hidden(page, "version")
    post(david, url("lock", case_id), version=version)
    assert facts_of(case_id).standing(Part.PLAN).locked_version is None
    text = post(anna, url("lock", case_id), version=version)
    assert "Planen är låst. Nu kan den skrivas ut." in text
    assert set(OutboxItem.objects.filter(event="plan.locked").values_list("unit_id", flat=True)) == {
        place.health_centre.pk, place.social.pk
    }  # fmt: skip
    assert "redan låst" in post(anna, url("lock", case_id), version=version)
    assert actions(case_id).count("document.locked") == 1


@pytest.mark.requirement("V-04", "V-54")
def test_a_plan_with_gaps_is_not_locked_and_each_gap_leads_to_where_it_is_mended(place: County) -> None:
    case_id = plans.begun_plan(place)
    goal = plans.a_goal(case_id, place.anna)
    plans.sign(case_id, place.anna)
    anna = browser(place.anna)
    page = read(anna, url("lock", case_id))
    for gap in (
        "Skriv vilka insatser som behövs", "Skriv vad andra gör", "övergripande ansvaret",
        "Bekräfta vem som är samordningsansvarig", "Välj ansvarig för mål 1", "Skriv minst en aktivitet för mål 1",
        "Ange om den enskilde deltog", "Ange om IFO Vuxen deltog",
    ):  # fmt: skip
        assert gap in page
    assert url("goal", case_id, goal) in page
    version = facts_of(case_id).standing(Part.PLAN).valid_version.id
    assert "Något saknas i planen" in post(anna, url("lock", case_id), version=version)
    mend = read(anna, url("goal", case_id, goal))
    assert "Välj Redigera" in mend
    text = post(anna, url("edit", case_id), next=url("goal", case_id, goal))
    assert "Ändra målet" in text, "Edit leads on to what was to be mended"


def test_edit_does_not_lead_to_other_sites(place: County) -> None:
    case_id = plans.signed_plan(place)
    response = browser(place.anna).post(url("edit", case_id), {"next": "https://example.org/"})
    assert response.headers["Location"].startswith("/sip/cases/")


@pytest.mark.requirement("V-54")
def test_the_version_that_was_reviewed_is_the_one_locked(place: County) -> None:
    case_id = plans.signed_plan(place)
    anna = browser(place.anna)
    version = hidden(read(anna, url("lock", case_id)), "version")
    post(browser(place.david), url("edit", case_id))
    plans.sign(case_id, place.david)
    assert "En nyare version signerades" in post(anna, url("lock", case_id), version=version)
    assert facts_of(case_id).standing(Part.PLAN).locked_version is None


@pytest.mark.requirement("V-56")
def test_an_opened_plan_is_signed_again_and_can_be_edited_or_locked(place: County) -> None:
    case_id = plans.locked_plan(place)
    david, anna = browser(place.david), browser(place.anna)
    assert "Redigera" not in plan_text(david, case_id).split('class="acts"')[-1]
    post(david, url("unlock", case_id))
    assert facts_of(case_id).standing(Part.PLAN).locked_version is not None
    text = post(anna, url("unlock", case_id))
    assert "Planen är öppnad" in text
    assert "Redigera" in text
    assert "Lås" in text
    plans.lock(case_id, place.anna)
    assert "document.unlocked" in actions(case_id)


@pytest.mark.requirement("V-56", "V-95", "L-06")
def test_a_voided_plan_stays_readable_from_the_top_and_a_new_one_can_be_begun(place: County) -> None:
    case_id = plans.locked_plan(place)
    david, anna = browser(place.david), browser(place.anna)
    assert "Välj en orsak" not in read(david, url("void_plan", case_id))
    post(david, url("void_plan", case_id), reason="Fel på datum")
    assert not facts_of(case_id).documents_of(Part.PLAN)[0].voided
    assert "Välj en orsak" in post(anna, url("void_plan", case_id))
    text = post(anna, url("void_plan", case_id), reason="Fel på datum", words="Mötet var den 3")
    assert "1 tidigare plan" in text
    assert "Makulerad" in text
    assert "Fel på datum: Mötet var den 3" in text
    assert "Skriv planen" in text
    document = next(d for d in facts_of(case_id).documents if d.kind == Part.PLAN)
    earlier = read(david, url("history_version", case_id, document.versions[0].id))
    assert "Jag vill bo kvar hemma" in earlier
    assert "Fel på datum" in earlier
    assert "Fel på datum" in read(david, url("history", case_id))
    assert OutboxItem.objects.filter(event="plan.voided").count() == 2
    assert "Nytt mål" in post(anna, url("begin_plan", case_id))


@pytest.mark.requirement("V-56", "L-06")
def test_a_plan_voided_before_it_was_signed_stays_readable_at_its_own_unit(place: County) -> None:
    case_id = plans.begun_plan(place)
    plans.a_goal(case_id, place.anna, "Jag vill bo kvar hemma")
    anna = browser(place.anna)
    text = post(anna, url("void_plan", case_id), reason="Fel på datum", comment="")
    assert "1 tidigare plan" in text
    address = url("history_version", case_id, facts_of(case_id).documents[0].versions[0].id)
    assert address in text
    said = read(anna, address)
    assert "Jag vill bo kvar hemma" in said
    assert "version 1, aldrig signerad" in said
    assert "Fel på datum" in said
    david = browser(place.david)
    assert "tidigare plan" not in plan_text(david, case_id)
    assert david.get(address).status_code == 404


@pytest.mark.requirement("V-56", "V-95")
def test_who_may_not_void_is_told_who_can(place: County) -> None:
    case_id = plans.locked_plan(place)
    said = "Makulera:</strong> Bara samordningsansvarig kan göra det här. Anna Lindqvist, Hemtjänsten Norr"
    assert said in plan_text(browser(place.david), case_id)
    assert said not in plan_text(browser(place.anna), case_id)


@pytest.mark.requirement("L-06")
def test_nothing_is_changed_in_a_signed_plan_by_an_old_form(place: County) -> None:
    case_id = plans.begun_plan(place)
    goal = plans.a_goal(case_id, place.anna, "Signerad text")
    plans.sign(case_id, place.anna)
    anna = browser(place.anna)
    for address, fields in [
        (
            url("goal", case_id, goal),
            {"text": "Ändrad", "heading": plans.HEADING, "version": 1, "act": "save"},
        ),
        (url("goal_remove", case_id, goal), {"version": 1}),
        (url("activity_new", case_id, goal), {"text": "Ny", "act": "save"}),
        (url("law", case_id), {"needs": "Ändrad", "version": 1, "act": "save"}),
        (url("participant_add", case_id, "plan"), {"name": "Ny", "act": "write"}),
    ]:
        text = post(anna, address, **fields)
        assert "Planen är signerad" in text
    version = facts_of(case_id).standing(Part.PLAN).valid_version
    assert signed_content(version.id)["goals"][0]["text"] == "Signerad text"
    assert plans.plan_of(version.id).standing_goals[0].text == "Signerad text"


@pytest.mark.requirement("V-57")
def test_region_users_are_reminded_of_the_code(place: County) -> None:
    case_id = plans.locked_plan(place)
    assert 'value="AU124"' in plan_text(browser(place.david), case_id)
    assert "AU124" not in plan_text(browser(place.anna), case_id)


def test_the_page_costs_the_same_however_many_goals(place: County) -> None:
    case_id = plans.begun_plan(place)
    plans.an_activity(case_id, place.anna, plans.a_goal(case_id, place.anna))
    few = _statements(place, case_id)
    for number in range(8):
        goal = plans.a_goal(case_id, place.anna, f"Mål {number}")
        plans.an_activity(case_id, place.anna, goal)
    assert _statements(place, case_id) == few


def _statements(place: County, case_id: UUID) -> int:
    anna = browser(place.anna)
    plan_text(anna, case_id)
    with CaptureQueriesContext(connection) as context:
        plan_text(anna, case_id)
    return len(context)


@pytest.mark.requirement("V-53")
@pytest.mark.parametrize("met", ["ahead", "earlier", "nobody yet"])
def test_before_signing_it_is_asked_whether_a_meeting_that_lies_ahead_has_been(
    place: County, met: str
) -> None:
    case_id = plans.begun_plan(place)
    if met != "nobody yet":
        plans.complete(case_id, place, place.anna)
    if met == "earlier":
        law = plans.open_rows(case_id).law
        today = clock.today(clock.now())
        text = LawText(today, law.needs, law.others_do, law.principal_id, True)
        save_law(
            actor=actor(place.anna), case_id=case_id, version=law.written.version, text=text, at=clock.now()
        )
    anna = browser(place.anna)
    review = read(anna, url("sign", case_id))
    assert ("Har mötet varit?" in review) is (met == "ahead")
    assert "Planen är signerad" in post(anna, url("sign", case_id), seen=hidden(review, "seen"))
