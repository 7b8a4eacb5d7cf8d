"""*Utvärdering av plan* through its pages (V-81, V-82): begun, written, signed, locked, voided."""

from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import log_in
from samordna.audit.models import Entry
from samordna.audit.states import Action
from samordna.cases.models import Case, UnitCase
from samordna.cases.states import Bucket, CaseStatus, EndReason, StepStatus
from samordna.casework.file.steps.rows import part_views
from samordna.drafts.models import UnsavedText
from samordna.kernel import clock
from samordna.messaging.states import Answer
from samordna.sip.evaluation.queries import evaluation_of
from samordna.sip.models import EvaluationContent
from samordna.sip.plan.queries import participants_of
from samordna.sip.plan.states import Attendance, ParticipantKind
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> f.County:
    return f.county()


@pytest.fixture
def case_id(county: f.County) -> UUID:
    """Followed up and locked."""
    return s.locked_follow_up(county)


def browser(who: Assignment) -> Client:
    client = Client()
    log_in(client, who)
    return client


def url(name: str, case_id: UUID, *more: object) -> str:
    return reverse(f"sip:{name}", args=[case_id, *more])


def page_url(case_id: UUID) -> str:
    return url("part", case_id, "evaluation")


def text(response: HttpResponse) -> str:
    return response.content.decode()


def posted(case_id: UUID, said: str, **more: str) -> dict[str, str]:
    """The form as a browser posts it."""
    stands = evaluation_of(s.edition_of(case_id, Part.EVALUATION))
    met_on = stands.met_on.isoformat() if stands.met_on else ""
    base = {"base_text": stands.text, "base_met_on": met_on, "met_on": met_on}
    return base | {"version": str(stands.written.version), "text": said, "act": "save"} | more


def sign(client: Client, case_id: UUID) -> HttpResponse:
    """Review and sign as a user does."""
    review = client.get(url("evaluation_sign", case_id))
    return client.post(url("evaluation_sign", case_id), {"seen": review.context["form"]["seen"].value()})


def lock(client: Client, case_id: UUID) -> HttpResponse:
    review = client.get(url("evaluation_lock", case_id))
    return client.post(
        url("evaluation_lock", case_id), {"version": str(review.context["form"]["version"].value())}
    )


def reason(client: Client, case_id: UUID) -> str:
    chosen = client.get(url("evaluation_void", case_id)).context["form"].fields["reason"].choices[0][0]
    return str(chosen)


def evaluation(case_id: UUID) -> object:
    return f.facts_of(case_id).standing(Part.EVALUATION)


@pytest.mark.requirement("V-82", "V-04")
def test_it_begins_when_summoned_or_when_followed_up_and_locked(county: f.County) -> None:
    case_id = s.locked_plan(county)
    anna = browser(county.anna)
    assert "uppföljningen låst" in text(anna.get(page_url(case_id)))
    anna.post(url("evaluation_begin", case_id))
    assert evaluation(case_id) is None
    s.activate(case_id, county.anna)
    s.report(case_id, county.anna, 0, s.ReportStatus.DONE)
    s.lock_follow_up(case_id, county.anna)
    page = text(anna.get(page_url(case_id)))
    assert "avslutas utan möte" in page
    anna.post(url("evaluation_begin", case_id))
    assert evaluation(case_id) is not None
    assert evaluation_of(s.edition_of(case_id, Part.EVALUATION)).met_on is None
    assert "Avslut utan möte" in text(anna.get(page_url(case_id)))


@pytest.mark.requirement("V-80", "V-81")
def test_after_a_summons_the_day_of_the_meeting_is_filled_in(county: f.County) -> None:
    case_id = s.locked_plan(county)
    meeting = f.a_meeting()
    units = [county.health_centre, county.social]
    message = f.send_a_summons(case_id, county.anna, units, part=Part.EVALUATION_SUMMONS, text=meeting)
    f.answer(case_id, message, county.david, Answer.ACKNOWLEDGED)
    anna = browser(county.anna)
    anna.post(url("evaluation_begin", case_id))
    said = evaluation_of(s.edition_of(case_id, Part.EVALUATION))
    assert said.met_on == meeting.meets_on
    assert "IFO Vuxen" in {line.unit_name for line in said.participants}
    assert "Avslut utan möte" not in text(anna.get(page_url(case_id)))


@pytest.mark.requirement("V-81")
def test_the_participants_of_the_plan_are_preselected_and_changed_as_in_the_plan(
    county: f.County, case_id: UUID
) -> None:
    browser(county.anna).post(url("evaluation_begin", case_id))
    said = evaluation_of(s.edition_of(case_id, Part.EVALUATION))
    units = {line.unit_name for line in said.participants if line.kind == ParticipantKind.UNIT}
    assert units == {"Hemtjänsten Norr", "Vårdcentralen Linden", "IFO Vuxen"}
    assert {line.attendance for line in said.participants} == {Attendance.UNKNOWN}
    anna = browser(county.anna)
    social = next(line for line in said.participants if line.unit_name == "IFO Vuxen")
    anna.post(url("participant_attendance", case_id, "evaluation", social.lineage), {"version": 1})
    added = {"act": "write", "name": "Gun Ek", "role": "god man", "contact": "070-174 06 05"}
    anna.post(url("participant_add", case_id, "evaluation"), added)
    page = text(anna.get(page_url(case_id)))
    assert "Gun Ek" in page
    assert "Deltog ej" in page


@pytest.mark.requirement("V-81")
def test_the_persons_of_the_plan_are_preselected_and_those_beside_the_units_too(county: f.County) -> None:
    case_id = f.summoned_case(county)
    s.begin_plan(case_id, county.anna)
    s.fill_plan(case_id, county.anna)
    anna = browser(county.anna)
    linden = next(
        line
        for line in participants_of(s.edition_of(case_id, Part.PLAN))
        if line.unit_id == county.health_centre.pk
    )
    address = url("participant_person", case_id, "plan", linden.lineage)
    anna.post(address, {"act": "choose", "person": county.david.pk, "version": linden.written.version})
    added = {"act": "write", "name": "Gun Ek", "role": "god man", "contact": "070-174 06 05"}
    anna.post(url("participant_add", case_id, "plan"), added)
    s.sign_plan(case_id, county.anna)
    s.lock_plan(case_id, county.anna)
    f.send_a_summons(case_id, county.anna, [county.health_centre], part=Part.EVALUATION_SUMMONS)
    anna.post(url("evaluation_begin", case_id))
    lines = {
        line.unit_name or line.name: line for line in participants_of(s.edition_of(case_id, Part.EVALUATION))
    }
    assert (lines["Vårdcentralen Linden"].name, lines["Vårdcentralen Linden"].user_id) == (
        "David Holm",
        county.david.user_id,
    )
    assert lines["Gun Ek"].role == "god man"
    assert {line.attendance for line in lines.values()} == {Attendance.UNKNOWN}, "who came is stated anew"
    shown = text(anna.get(page_url(case_id)))
    assert "David Holm, distriktssköterska: Inte angivet" in shown
    person = url("participant_person", case_id, "evaluation", lines["Vårdcentralen Linden"].lineage)
    assert anna.get(person).context["form"].initial["person"] == county.david.pk, "chosen, to be confirmed"


@pytest.mark.requirement("V-81")
def test_the_goals_of_the_plan_stand_beside_it_with_their_last_follow_up(county: f.County) -> None:
    case_id = s.open_evaluation(county)
    for page in (browser(county.anna).get(page_url(case_id)), browser(county.david).get(page_url(case_id))):
        shown = text(page)
        assert "Målen i Plan 1" in shown
        for _heading, goal, _count in s.GOALS:
            assert goal in shown
        assert "Går i trappan själv" in shown
        assert "Inte rapporterad" in shown
    not_followed_up = s.locked_plan(county)
    shown = text(browser(county.anna).get(page_url(not_followed_up)))
    assert "Inte uppföljda." in shown
    assert s.ACTIVITIES[2] in shown


@pytest.mark.requirement("V-82", "V-81")
def test_without_somebody_who_took_part_in_the_decision_it_is_not_signed(county: f.County) -> None:
    case_id = s.open_evaluation(county)
    anna = browser(county.anna)
    anna.post(page_url(case_id), posted(case_id, "Målen är nådda."))
    review = text(anna.get(url("evaluation_sign", case_id)))
    assert "Ange vilka som deltog i beslutet att avsluta." in review
    assert ">Signera</button>" not in review
    sign(anna, case_id)
    assert not evaluation(case_id).ever_signed
    individual = participants_of(s.edition_of(case_id, Part.EVALUATION))[0]
    address = url("participant_attendance", case_id, "evaluation", individual.lineage)
    anna.post(address, {"version": individual.written.version})
    sign(anna, case_id)
    assert not evaluation(case_id).ever_signed, "one who did not attend has not decided"
    anna.post(address, {"version": individual.written.version + 1, "attended": "on"})
    sign(anna, case_id)
    assert evaluation(case_id).ever_signed


@pytest.mark.requirement("V-81")
def test_locking_says_before_the_click_and_after_that_it_ends_the_case(county: f.County) -> None:
    case_id = s.signed_evaluation(county)
    anna, david = browser(county.anna), browser(county.david)
    assert "När utvärderingen låses avslutas ärendet för alla enheter." in text(anna.get(page_url(case_id)))
    assert "Ärendet avslutas för alla enheter." in text(anna.get(url("evaluation_lock", case_id)))
    assert "Lås och avsluta ärendet" in text(anna.get(url("evaluation_lock", case_id)))
    version = {"version": str(s.version_of(case_id, Part.EVALUATION))}
    told = text(anna.post(url("evaluation_lock", case_id), version, follow=True))
    assert "Utvärderingen är låst och ärendet är avslutat." in told
    shown = text(david.get(page_url(case_id)))
    assert "av Anna Lindqvist: planen är utvärderad." in shown
    assert "låses avslutas" not in shown


@pytest.mark.requirement("V-81")
def test_the_text_is_mandatory_before_signing_but_not_before_saving(county: f.County) -> None:
    case_id = s.open_evaluation(county)
    anna = browser(county.anna)
    anna.post(page_url(case_id), posted(case_id, ""))
    answer = sign(anna, case_id)
    assert "Skriv utvärderingen." in text(answer)
    assert not evaluation(case_id).ever_signed
    s.write_evaluation(case_id, county.anna, "")
    to_review = anna.post(page_url(case_id), posted(case_id, "Målen är nådda.", review="1"))
    assert to_review.url == url("evaluation_sign", case_id)
    review = text(anna.get(to_review.url))
    assert "Målen är nådda." in review
    sign(anna, case_id)
    assert evaluation(case_id).valid_version.signed_by_name == "Anna Lindqvist"


@pytest.mark.requirement("V-81", "V-53")
def test_others_see_it_when_it_is_signed_and_colleagues_take_over(county: f.County) -> None:
    case_id = s.open_evaluation(county)
    s.write_evaluation(case_id, county.anna, "Hemligt tills vidare")
    david, bertil, olle = browser(county.david), browser(county.bertil), browser(county.olle)
    page = text(david.get(page_url(case_id)))
    assert "Hemligt tills vidare" not in page
    assert "Anna Lindqvist, Hemtjänsten Norr, skriver utvärderingen" in page
    assert "Hemligt tills vidare" in text(bertil.get(page_url(case_id)))
    for client in (david, bertil):
        client.post(page_url(case_id), posted(case_id, "Inte min"))
        client.post(url("evaluation_sign", case_id), {"seen": "x"})
    assert not evaluation(case_id).ever_signed
    assert evaluation_of(s.edition_of(case_id, Part.EVALUATION)).text == "Hemligt tills vidare"
    david.post(url("evaluation_take_over", case_id))
    olle.post(url("evaluation_take_over", case_id))
    olle.post(page_url(case_id), posted(case_id, "Olle skrev"))
    sign(olle, case_id)
    page = text(david.get(page_url(case_id)))
    assert "Olle skrev" in page


@pytest.mark.requirement("V-81", "V-53")
def test_any_unit_edits_what_is_signed_and_the_signed_one_stands_meanwhile(county: f.County) -> None:
    case_id = s.signed_evaluation(county)
    david = browser(county.david)
    david.post(url("evaluation_edit", case_id))
    david.post(page_url(case_id), posted(case_id, "Davids version"))
    anna = browser(county.anna)
    assert lock_refused(anna, case_id), "open for editing"
    david.get(url("evaluation_drop", case_id))
    david.post(url("evaluation_drop", case_id))
    page = text(david.get(page_url(case_id)))
    assert "Målen är nådda." in page
    assert "Davids version" not in page
    david.post(url("evaluation_edit", case_id))
    david.post(page_url(case_id), posted(case_id, "Davids andra version"))
    sign(david, case_id)
    page = anna.get(page_url(case_id))
    assert "Davids andra version" in text(page)
    (first,) = page.context["earlier"]
    assert "Målen är nådda." in text(anna.get(first.url))


def lock_refused(client: Client, case_id: UUID) -> bool:
    lock(client, case_id)
    return bool(f.facts_of(case_id).case.active)


def test_beside_a_signed_evaluation_edit_opens_it_and_not_the_plan(county: f.County) -> None:
    case_id = s.signed_evaluation(county)
    anna = browser(county.anna)
    line = participants_of(s.version_of(case_id, Part.EVALUATION))[0]
    for closed in ("participant_add", "participant_person"):
        more = [line.lineage] if closed == "participant_person" else []
        page = text(anna.get(url(closed, case_id, "evaluation", *more)))
        assert "Utvärderingen är signerad" in page
        assert f'action="{url("evaluation_edit", case_id)}"' in page
        assert f'action="{url("edit", case_id)}"' not in page


@pytest.mark.requirement("V-81", "L-06")
def test_signed_text_is_read_from_what_was_signed(county: f.County) -> None:
    case_id = s.signed_evaluation(county)
    EvaluationContent.objects.update(text="Ändrat efteråt")
    page = text(browser(county.david).get(page_url(case_id)))
    assert "Målen är nådda." in page
    assert "Ändrat efteråt" not in page


@pytest.mark.requirement("V-81")
def test_only_what_was_reviewed_is_signed_and_locked(county: f.County) -> None:
    case_id = s.open_evaluation(county)
    s.write_evaluation(case_id, county.anna, "Första")
    anna = browser(county.anna)
    seen = anna.get(url("evaluation_sign", case_id)).context["form"]["seen"].value()
    s.write_evaluation(case_id, county.anna, "Andra")
    answer = anna.post(url("evaluation_sign", case_id), {"seen": seen})
    assert "Andra" in text(answer)
    assert not evaluation(case_id).ever_signed
    sign(anna, case_id)
    version = anna.get(url("evaluation_lock", case_id)).context["form"]["version"].value()
    browser(county.david).post(url("evaluation_edit", case_id))
    s.write_evaluation(case_id, county.david, "Tredje")
    s.sign_evaluation(case_id, county.david)
    anna.post(url("evaluation_lock", case_id), {"version": str(version)})
    assert f.facts_of(case_id).case.active


@pytest.mark.requirement("V-81")
def test_two_who_write_at_once_see_both_texts_and_choose(county: f.County) -> None:
    case_id = s.signed_evaluation(county)
    anna, david = browser(county.anna), browser(county.david)
    anna.post(url("evaluation_edit", case_id))
    old = posted(case_id, "Annas text")
    david.post(page_url(case_id), posted(case_id, "Davids text"))
    conflict = anna.post(page_url(case_id), old)
    assert conflict.status_code == 409
    for shown in ("Annas", "Davids", "Målen är nådda."):
        assert shown in text(conflict)
    assert evaluation_of(s.edition_of(case_id, Part.EVALUATION)).text == "Davids text"
    version = str(conflict.context["version"])
    anna.post(page_url(case_id), {"act": "resolve", "version": version, "text_choice": "both"})
    assert evaluation_of(s.edition_of(case_id, Part.EVALUATION)).text == "Davids text\n\nAnnas text"
    assert not UnsavedText.objects.exists()


@pytest.mark.requirement("V-82", "V-81")
def test_locking_ends_the_case_and_a_new_sip_can_be_started(county: f.County) -> None:
    case_id = s.signed_evaluation(county)
    david, anna = browser(county.david), browser(county.anna)
    david.post(url("evaluation_lock", case_id), {"version": str(s.version_of(case_id, Part.EVALUATION))})
    assert f.facts_of(case_id).case.active
    review = text(anna.get(url("evaluation_lock", case_id)))
    assert "Ärendet avslutas för alla enheter." in review
    lock(anna, case_id)
    case = Case.objects.get(pk=case_id)
    assert (case.status, case.end_reason) == (CaseStatus.ENDED, EndReason.EVALUATED)
    for unit in (county.home_care, county.health_centre):
        assert UnitCase.objects.get(case=case, unit=unit).bucket == Bucket.ENDED
        assert part_views(f.facts_of(case_id), unit.pk)[Part.EVALUATION].status == StepStatus.LOCKED
    page = text(david.get(page_url(case_id)))
    assert "Målen är nådda." in page
    assert "Ärendet är avslutat" in page
    assert (
        Entry.objects.filter(case_id=case_id, action=Action.DOCUMENT_LOCKED, object_kind="evaluation").count()
        == 1
    )
    f.new_case(county.david, person_id=case.person_id)


@pytest.mark.requirement("V-95", "V-82")
def test_voiding_a_locked_evaluation_lets_the_case_go_on(county: f.County) -> None:
    case_id = s.ended_case(county)
    anna, david = browser(county.anna), browser(county.david)
    why = reason(anna, case_id)
    assert "Ärendet fortsätter" in text(anna.get(url("evaluation_void", case_id)))
    david.post(url("evaluation_void", case_id), {"reason": why})
    assert not f.facts_of(case_id).case.active
    told = text(anna.post(url("evaluation_void", case_id), {"reason": why}, follow=True))
    assert "Utvärderingen är makulerad, och ärendet fortsätter." in told
    assert f.facts_of(case_id).case.active
    page = anna.get(page_url(case_id))
    (earlier,) = page.context["earlier"]
    read = text(david.get(earlier.url))
    assert "Målen är nådda." in read
    assert why in read
    anna.post(url("evaluation_begin", case_id))
    assert evaluation(case_id) is not None


@pytest.mark.requirement("V-95", "V-23")
def test_it_cannot_go_on_when_the_person_has_a_new_sip(county: f.County) -> None:
    case_id = s.ended_case(county)
    f.new_case(county.david, person_id=Case.objects.get(pk=case_id).person_id)
    anna = browser(county.anna)
    answer = anna.post(url("evaluation_void", case_id), {"reason": reason(anna, case_id)})
    assert answer.status_code == 200
    assert not f.facts_of(case_id).case.active
    assert not f.facts_of(case_id).document_of(Part.EVALUATION).voided


@pytest.mark.requirement("V-95")
def test_a_voided_draft_is_read_by_the_unit_that_wrote_it_alone(county: f.County) -> None:
    case_id = s.locked_follow_up(county)
    s.begin_evaluation(case_id, county.david)
    s.write_evaluation(case_id, county.david, "Davids utkast")
    anna, david = browser(county.anna), browser(county.david)
    anna.post(url("evaluation_void", case_id), {"reason": reason(anna, case_id)})
    (earlier,) = david.get(page_url(case_id)).context["earlier"]
    assert "Davids utkast" in text(david.get(earlier.url))
    assert not anna.get(page_url(case_id)).context["earlier"]
    assert anna.get(earlier.url).status_code == 404


@pytest.mark.requirement("V-81")
def test_typed_text_is_kept_every_few_seconds_and_comes_back(county: f.County) -> None:
    case_id = s.open_evaluation(county)
    anna = browser(county.anna)
    form = anna.get(page_url(case_id))
    assert f'data-draft-url="{reverse("drafts:save")}"' in text(form)
    kept = posted(case_id, "Halvskrivet") | {"draft_form": form.context["draft_form"], "draft_base": "1"}
    assert anna.post(reverse("drafts:save"), kept).status_code == 200
    again = text(anna.get(page_url(case_id)))
    assert "Halvskrivet" in again
    assert evaluation_of(s.edition_of(case_id, Part.EVALUATION)).text == ""
    anna.post(url("discard_unsaved", case_id), {"draft_form": form.context["draft_form"]})
    assert "Halvskrivet" not in text(anna.get(page_url(case_id)))


@pytest.mark.requirement("V-81")
@pytest.mark.parametrize(
    ("field", "typed"),
    [("text", "x" * 200_000), ("met_on", "den trettionde februari"), ("met_on", "2026-02-30")],
)
def test_what_cannot_be_saved_is_told_at_its_field_and_kept_there(
    county: f.County, field: str, typed: str
) -> None:
    case_id = s.open_evaluation(county)
    anna = browser(county.anna)
    page = anna.post(page_url(case_id), posted(case_id, "Text", **{field: typed}))
    assert page.context["form"].errors[field]
    assert typed[:100] in text(page)
    assert "Fel: " in text(page)


@pytest.mark.requirement("V-81", "V-82")
def test_an_old_form_after_lock_gives_the_own_text_back(county: f.County) -> None:
    case_id = s.open_evaluation(county)
    old = posted(case_id, "Skrivet på en gammal sida")
    s.write_evaluation(case_id, county.anna)
    s.sign_evaluation(case_id, county.anna)
    s.lock_evaluation(case_id, county.anna)
    answer = browser(county.anna).post(page_url(case_id), old)
    assert answer.status_code == 409
    assert "Skrivet på en gammal sida" in text(answer)


@pytest.mark.requirement("V-81")
def test_a_form_posted_twice_acts_once(county: f.County, case_id: UUID) -> None:
    anna = browser(county.anna)
    key = {"form_key": str(uuid4())}
    for _time in range(2):
        assert anna.post(url("evaluation_begin", case_id), key).status_code == 302
    assert Entry.objects.filter(action=Action.DOCUMENT_OPENED, object_kind="evaluation").count() == 1


@pytest.mark.requirement("V-57")
def test_region_users_are_reminded_of_the_code_after_the_evaluation(county: f.County) -> None:
    case_id = s.signed_evaluation(county)
    assert 'value="AU124"' in text(browser(county.david).get(page_url(case_id)))
    assert 'value="AU124"' not in text(browser(county.anna).get(page_url(case_id)))


@pytest.mark.requirement("V-83", "V-81")
def test_nothing_is_begun_in_a_case_that_has_ended(county: f.County, case_id: UUID) -> None:
    at = clock.now()
    s.end_case(case_id, county.anna)
    anna = browser(county.anna)
    for name in ("evaluation_begin", "follow_up_open", "new_plan", "follow_up_schedule"):
        anna.post(url(name, case_id), {"due_on": "2030-01-15"})
    facts = f.facts_of(case_id)
    assert facts.standing(Part.EVALUATION) is None
    assert facts.round_number == 1
    assert facts.follow_up_due_on is None
    assert facts.case.ended_at >= at


@pytest.mark.requirement("V-82")
@pytest.mark.parametrize("called", [True, False])
def test_before_signing_it_is_asked_whether_a_meeting_that_lies_ahead_has_been(
    county: f.County, called: bool
) -> None:
    case_id = s.locked_follow_up(county)
    if called:
        f.send_a_summons(case_id, county.anna, [county.health_centre], part=Part.EVALUATION_SUMMONS)
    s.begin_evaluation(case_id, county.anna)
    s.write_evaluation(case_id, county.anna)
    review = text(browser(county.anna).get(url("evaluation_sign", case_id)))
    assert ("Har mötet varit?" in review) is called
