"""Settings of county and department: what holds, who may change it, what is refused at which field."""

from datetime import datetime, time

import pytest
from django.urls import reverse

from samordna.audit.models import Entry
from samordna.audit.states import Action
from samordna.kernel.clock import STOCKHOLM
from samordna.kernel.refusal import Refused
from samordna.kernel.workingdays import Deadline, due_at
from samordna.organisations import commands, queries, settings_catalogue
from samordna.organisations.models import Setting
from samordna.organisations.settings_catalogue import ENTRIES
from samordna.organisations.tests.factories import AT

SAME_DAY = {"kind": "working_days", "amount": 0, "hour": "16:00"}


def write(key, value, department=None):
    department_id = department.id if department else None
    commands.change_setting(actor=None, key=key, department_id=department_id, value=value, at=AT)


def test_every_built_in_value_has_its_shape(db):
    for key, entry in ENTRIES.items():
        assert entry.shape.problem(settings_catalogue.built_in(entry)) is None, key


def test_built_in_values(db):
    held = queries.settings_of(None)
    assert not held.sbar_enabled
    assert not held.ask_password_when_signing
    assert held.existence_questions_per_hour == 30
    assert held.deadlines["initiative"] == Deadline("working_days", 1, time(16, 0))
    assert held.deadlines["plan_signed"].amount == 2
    assert "På den enskildes begäran" in held.void_reasons
    assert "vårdcentral" in held.advice_for("MUNICIPALITY")
    assert held.advice_for("STATE") == ""


def test_codes_are_for_some_principals_after_some_parts(db):
    held = queries.settings_of(None)
    assert held.codes_after("PLAN", "REGION") == ("AU124",)
    assert held.codes_after("PLAN", "MUNICIPALITY") == ()
    write("procedure_codes", [])
    assert queries.settings_of(None).codes_after("PLAN", "REGION") == ()


def test_a_department_sets_some_deadlines_and_inherits_the_others(places):
    write("deadlines", {"information": {"kind": "hours", "amount": 4, "hour": "16:00"}})
    write("deadlines", {"initiative": SAME_DAY}, places.care)
    own = queries.settings_of(places.care.id).deadlines
    assert own["initiative"].amount == 0
    assert own["information"].kind == "hours"
    assert own["summons_planning"].amount == 1
    assert queries.settings_of(places.school.id).deadlines["initiative"].amount == 1


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        ("2026-05-12 09:00", "2026-05-12 16:00"),
        ("2026-05-12 16:30", "2026-05-13 16:00"),
        ("2026-05-16 09:00", "2026-05-18 16:00"),
    ],
)
def test_the_same_day_ends_the_next_working_day_when_it_arrives_late_or_on_a_day_off(places, sent, due):
    write("deadlines", {"initiative": SAME_DAY}, places.care)
    deadline = queries.setting("deadlines", places.care.id)["initiative"]
    sent, due = (datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM) for text in (sent, due))
    assert due_at(deadline, sent) == due


def test_one_statement_each(places, django_assert_num_queries):
    with django_assert_num_queries(1):
        queries.settings_of(places.care.id)
    with django_assert_num_queries(1):
        assert queries.setting("sbar_enabled", places.care.id) is False


def test_one_deadline_of_several_departments_in_one_statement(places, django_assert_num_queries):
    write("deadlines", {"initiative": {**SAME_DAY, "amount": 3}})
    write("deadlines", {"initiative": SAME_DAY}, places.care)
    with django_assert_num_queries(1):
        held = queries.deadlines_of([places.care.id, places.school.id, None], "initiative")
    assert [deadline.amount for deadline in held.values()] == [0, 3, 3]


PASSWORD = "ask_password_when_signing"


def test_the_department_goes_before_the_county_and_can_follow_it_again(places, manager):
    county = reverse("organisations:setting", args=[PASSWORD])
    own = reverse("organisations:department_setting", args=[places.care.id, PASSWORD])
    manager.post(county, {"value": "yes"})
    manager.post(own, {"value": "no"})
    assert queries.setting(PASSWORD) is True
    assert queries.setting(PASSWORD, places.care.id) is False
    assert (
        "Bestämt av förvaltningen"
        in manager.get(reverse("organisations:department_settings", args=[places.care.id])).content.decode()
    )
    manager.post(own, {"inherit": "1"})
    assert queries.setting(PASSWORD, places.care.id) is True
    logged = Entry.objects.filter(action=Action.SETTINGS_CHANGED, object_id=PASSWORD).order_by("id")
    assert [entry.details["after"] for entry in logged] == [True, False, None]


@pytest.mark.requirement("V-40", "V-13")
def test_a_department_is_not_offered_what_a_case_reads_of_the_county_alone(places, manager):
    """SBAR and the steps of a case: units of several departments take part in it."""
    Setting.objects.create(key="sbar_enabled", department=places.care, value=True)
    Setting.objects.create(key="deadlines", department=places.care, value={"plan_start": SAME_DAY})
    answered, begins = "Initiativ besvaras", "Planeringen börjar"
    for department, offered in ((None, True), (places.care, False)):
        kept = [department.id] if department else []
        route = "organisations:department_setting" if department else "organisations:setting"
        overview = "organisations:department_settings" if department else "organisations:settings"
        shown = manager.get(reverse(overview, args=kept)).content.decode()
        assert ("SBAR" in shown, answered in shown, begins in shown) == (offered, True, offered)
        assert manager.get(reverse(route, args=[*kept, "sbar_enabled"])).status_code == (
            200 if offered else 404
        )
        form = manager.get(reverse(route, args=[*kept, "deadlines"])).content.decode()
        assert (answered in form, begins in form) == (True, offered)
    for key, value in (("sbar_enabled", True), ("deadlines", {"plan_start": SAME_DAY})):
        with pytest.raises(Refused):
            write(key, value, places.care)


@pytest.mark.parametrize("key", list(ENTRIES))
def test_every_setting_has_a_page_that_saves_what_it_shows(places, manager, key):
    """The page is opened and sent back as it is: what holds must not change."""
    before = queries.setting(key)
    address = reverse("organisations:setting", args=[key])
    form = manager.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    answer = manager.post(address, {name: value for name, value in typed.items() if value is not None})
    assert answer.status_code == 302
    assert queries.setting(key) == before


def test_deadlines_are_written_in_three_fields(places, administrator):
    address = reverse("organisations:department_setting", args=[places.care.id, "deadlines"])
    typed = {"initiative_kind": "working_days", "initiative_amount": "0", "initiative_hour": "15.30"}
    assert administrator.post(address, typed).status_code == 302
    assert queries.setting("deadlines", places.care.id)["initiative"] == Deadline(
        "working_days", 0, time(15, 30)
    )
    page = administrator.get(
        reverse("organisations:department_settings", args=[places.care.id])
    ).content.decode()
    assert "Initiativ besvaras: samma dag, senast 15.30" in page


@pytest.mark.parametrize(
    ("key", "typed", "field"),
    [
        ("sbar_enabled", {}, "value"),
        ("sbar_enabled", {"value": "kanske"}, "value"),
        ("existence_questions_per_hour", {"value": "många"}, "value"),
        ("existence_questions_per_hour", {"value": "0"}, "value"),
        ("existence_questions_per_hour", {"value": "9" * 5000}, "value"),
        ("goal_headings", {"value": " \n "}, "value"),
        ("goal_headings", {"value": "Samma\nSamma"}, "value"),
        ("goal_headings", {"value": "x" * 121}, "value"),
        ("void_reasons", {"value": "\n".join(str(n) for n in range(31))}, "value"),
        ("support_chain", {"value": ""}, "value"),
        ("routing_advice", {"REGION": "x" * 2001}, "REGION"),
        ("deadlines", {"initiative_kind": "veckor"}, "initiative_kind"),
        ("deadlines", {"initiative_kind": "working_days", "initiative_hour": "16.00"}, "initiative_amount"),
        (
            "deadlines",
            {"initiative_kind": "working_days", "initiative_amount": "-1", "initiative_hour": "16.00"},
            "initiative_amount",
        ),
        (
            "deadlines",
            {"initiative_kind": "hours", "initiative_amount": "0", "initiative_hour": "16.00"},
            "initiative_amount",
        ),
        (
            "deadlines",
            {"initiative_kind": "hours", "initiative_amount": "2", "initiative_hour": "25.00"},
            "initiative_hour",
        ),
        (
            "procedure_codes",
            {"code_0": "AU 124!", "after_0": ["PLAN"], "principal_kinds_0": ["REGION"]},
            "code_0",
        ),
        ("procedure_codes", {"code_0": "AU124", "principal_kinds_0": ["REGION"]}, "after_0"),
        ("procedure_codes", {"code_0": "", "code_3": "AU124", "principal_kinds_3": ["REGION"]}, "after_3"),
        (
            "procedure_codes",
            {"code_0": "AU124", "after_0": ["PLAN"], "principal_kinds_0": ["X"]},
            "principal_kinds_0",
        ),
    ],
)
def test_bad_input_is_told_at_the_field_and_changes_nothing(places, manager, key, typed, field):
    before = queries.setting(key)
    page = manager.post(reverse("organisations:setting", args=[key]), typed)
    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert queries.setting(key) == before


def test_an_administrator_changes_the_own_department_only(places, administrator):
    county = administrator.post(reverse("organisations:setting", args=[PASSWORD]), {"value": "yes"})
    assert county.status_code == 404
    other = reverse("organisations:department_setting", args=[places.school.id, PASSWORD])
    assert administrator.post(other, {"value": "yes"}).status_code == 404
    assert queries.setting(PASSWORD, places.school.id) is False
    own = reverse("organisations:department_setting", args=[places.care.id, PASSWORD])
    assert administrator.post(own, {"value": "yes"}).status_code == 302
    assert queries.setting(PASSWORD, places.care.id) is True


def test_what_is_common_to_the_county_is_no_departments_own(places, manager):
    own = reverse("organisations:department_setting", args=[places.care.id, "existence_questions_per_hour"])
    assert manager.get(own).status_code == 404
    with pytest.raises(Refused) as refused:
        write("existence_questions_per_hour", 5, places.care)
    assert refused.value.refusal.code == "setting.county_only"


def test_unknown_settings_and_departments_are_not_there(places, manager):
    assert manager.get(reverse("organisations:setting", args=["nonsense"])).status_code == 404
    assert manager.get(reverse("organisations:department_settings", args=[places.ward.id])).status_code == 404


def test_the_shape_is_checked_even_when_no_form_did(db):
    for key, value in [("sbar_enabled", 1), ("deadlines", {"x": SAME_DAY}), ("procedure_codes", [{}])]:
        with pytest.raises(Refused):
            write(key, value)


def opened(client, address):
    """The form as the page shows it."""
    page = client.get(address)
    held = {name: page.context["form"][name].value() for name in page.context["form"].fields}
    return {name: value for name, value in held.items() if value is not None} | {"seen": page.context["seen"]}


@pytest.mark.requirement("L-06", "K-08")
@pytest.mark.parametrize(
    ("key", "theirs", "typed", "shown"),
    [
        ("routing_advice", {"MUNICIPALITY": "Deras råd"}, {"MUNICIPALITY": "Mitt råd"}, "Deras råd"),
        ("goal_headings", ["Deras rubrik"], {"value": "Min rubrik"}, "Deras rubrik"),
        ("deadlines", {"initiative": {**SAME_DAY, "hour": "15:00"}}, {"initiative_kind": "hours"}, "15.00"),
        ("goal_headings", ["Deras rubrik"], {"inherit": "1"}, "Deras rubrik"),
    ],
    ids=["texts", "lines", "deadlines", "back to what is inherited"],
)
def test_a_setting_that_another_has_changed_is_shown_beside_what_was_typed(
    places, administrator, key, theirs, typed, shown
):
    address = reverse("organisations:department_setting", args=[places.care.id, key])
    old = opened(administrator, address)
    write(key, theirs, places.care)
    page = administrator.post(address, {**old, **typed})
    text = page.content.decode()
    assert page.status_code == 200
    assert "Någon annan har ändrat det här sedan du öppnade det." in text
    assert shown in text
    assert queries.department_values(places.care.id)[1][key] == theirs
    # Sent once more from the page that shows it.
    assert administrator.post(address, {**old, **typed, "seen": page.context["seen"]}).status_code == 302
    assert queries.department_values(places.care.id)[1].get(key) != theirs


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize(
    ("route", "ids", "typed", "shown"),
    [
        (
            "organisations:setting",
            ["deadlines"],
            {"initiative_kind": "hours", "initiative_amount": "14", "initiative_hour": "15.30"},
            {
                "Initiativ besvaras: Räknas i": "Timmar",
                "Initiativ besvaras: Hur många": "14",
                "Initiativ besvaras: Senast klockan": "15.30",
            },
        ),
        ("organisations:setting", ["goal_headings"], {"value": "Min rubrik"}, {"ubriker": "Min rubrik"}),
        (
            "organisations:close",
            ["home_care"],
            {"left_cases": "Tas över"},
            {"deltar i: Varför lämnas det?": "Tas över"},
        ),
    ],
    ids=["deadlines", "lines", "closing"],
)
def test_an_old_form_made_for_the_occasion_is_handed_back_by_its_labels(
    places, manager, route, ids, typed, shown
):
    manager.handler.enforce_csrf_checks = True
    args = [getattr(places, one).id if hasattr(places, one) else one for one in ids]
    old = {**typed, "inherit": "1", "save": "1", "act": "search", "csrfmiddlewaretoken": "old"}
    answer = manager.post(reverse(route, args=args), old, headers={"origin": "http://testserver"})
    assert answer.status_code == 403
    handed = answer.context["typed"]
    assert [text for _label, text in handed] == list(shown.values())
    for (label, _text), words in zip(handed, shown, strict=True):
        assert words in label
