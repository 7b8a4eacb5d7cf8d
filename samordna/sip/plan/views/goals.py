"""*Nytt mål* and *Ny aktivitet*: the pages where one of them is written, and taking it away and back."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.assignments import queries as assignments
from samordna.assignments.queries import Colleague
from samordna.casework.documents.views.passages import Passage
from samordna.casework.file.views.page import actor_of
from samordna.drafts.queries import unsaved_for
from samordna.kernel import clock
from samordna.kernel.module import Module
from samordna.kernel.refusal import NotVisible
from samordna.sip.addresses import part_url
from samordna.sip.plan.commands import goals as commands
from samordna.sip.plan.facts import ActivityFacts, GoalFacts
from samordna.sip.plan.forms.goals import ActivityForm, GoalForm
from samordna.sip.plan.presenters.responsible import responsible_choices, responsible_said, responsible_value
from samordna.sip.plan.views.opening import OpenedPlan, edited_plan, open_plan
from samordna.sip.plan.views.writing import plan_passage
from samordna.sip.queries import open_sip
from samordna.sip.states import Part
from samordna.web.posting import posted_from


@require_http_methods(["GET", "HEAD", "POST"])
def goal_new(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """*Nytt mål*."""
    return plan_passage(
        request, case_id, "goal:new", GoalForm, lambda r, opened: _goal_passage(r, opened, None)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def goal(request: HttpRequest, case_id: UUID, lineage: UUID) -> HttpResponse:
    """*Ändra* a goal, also one that others have written."""

    def build(asked: HttpRequest, opened: OpenedPlan) -> Passage:
        found = edited_plan(opened).goal(lineage)
        if found is None:
            raise NotVisible
        return _goal_passage(asked, opened, found)

    return plan_passage(request, case_id, f"goal:{lineage}", GoalForm, build)


@require_http_methods(["GET", "HEAD", "POST"])
def activity_new(request: HttpRequest, case_id: UUID, lineage: UUID) -> HttpResponse:
    """*Ny aktivitet* under the goal with this lineage."""

    def build(asked: HttpRequest, opened: OpenedPlan) -> Passage:
        under = edited_plan(opened).goal(lineage)
        if under is None:
            raise NotVisible
        return _activity_passage(asked, opened, under, None)

    return plan_passage(request, case_id, f"activity:new:{lineage}", ActivityForm, build)


@require_http_methods(["GET", "HEAD", "POST"])
def activity(request: HttpRequest, case_id: UUID, lineage: UUID) -> HttpResponse:
    """*Ändra* an activity."""

    def build(asked: HttpRequest, opened: OpenedPlan) -> Passage:
        plan = edited_plan(opened)
        found, under = plan.activity(lineage), plan.goal_of(lineage)
        if found is None or under is None:
            raise NotVisible
        return _activity_passage(asked, opened, under, found)

    return plan_passage(request, case_id, f"activity:{lineage}", ActivityForm, build)


def _goal_passage(request: HttpRequest, opened: OpenedPlan, row: GoalFacts | None) -> Passage:
    page, plan = opened.page, edited_plan(opened)
    headings = list(page.settings.goal_headings)
    if row is not None and row.heading not in headings:
        headings.append(row.heading)
    key = f"{opened.draft_key}:goal:{row.lineage if row else 'new'}"
    heading = _("Change the goal") if row else _("New goal")
    found = _found(request, opened, key)

    def save(form: Form, version: int) -> None:
        who: dict[str, Any] = {"actor": page.actor, "case_id": page.facts.case.id, "at": page.at}
        written = cast(GoalForm, form).goal()
        if row is None:
            commands.add_goal(goal=written, **who)
        else:
            commands.save_goal(lineage=row.lineage, version=version, goal=written, **who)

    return Passage(
        page=page,
        part=Part.PLAN,
        key=key,
        template="sip/plan/goal.html",
        back_url=part_url(page.facts.case.id, Part.PLAN) + (f"#goal-{row.lineage}" if row else "#goals"),
        values=_goal_values(opened, row, headings[0] if headings else ""),
        make_form=partial(
            GoalForm, headings=headings, responsibles=responsible_choices(plan, row), found=found
        ),
        save=save,
        written=row.written if row else None,
        said=_said(opened, found),
        context=_shown(request, opened, row, found) | {"heading": heading},
        again=_again(request, opened, row),
    )


def _activity_passage(
    request: HttpRequest, opened: OpenedPlan, under: GoalFacts, row: ActivityFacts | None
) -> Passage:
    page, plan = opened.page, edited_plan(opened)
    key = f"{opened.draft_key}:activity:{row.lineage if row else f'new:{under.lineage}'}"
    heading = _("Change the activity") if row else _("New activity")
    found = _found(request, opened, key)

    def save(form: Form, version: int) -> None:
        who: dict[str, Any] = {"actor": page.actor, "case_id": page.facts.case.id, "at": page.at}
        written = cast(ActivityForm, form).activity()
        if row is None:
            commands.add_activity(goal_lineage=under.lineage, activity=written, **who)
        else:
            commands.save_activity(lineage=row.lineage, version=version, activity=written, **who)

    return Passage(
        page=page,
        part=Part.PLAN,
        key=key,
        template="sip/plan/activity.html",
        back_url=f"{part_url(page.facts.case.id, Part.PLAN)}#goal-{under.lineage}",
        values=_activity_values(opened, row),
        make_form=partial(ActivityForm, responsibles=responsible_choices(plan, row), found=found),
        save=save,
        written=row.written if row else None,
        said=_said(opened, found),
        context=_shown(request, opened, row, found) | {"heading": heading, "goal": under},
        again=_again(request, opened, row),
    )


def _shown(
    request: HttpRequest,
    opened: OpenedPlan,
    row: GoalFacts | ActivityFacts | None,
    found: list[Colleague],
) -> dict[str, object]:
    """What the pages of a goal and of an activity show besides the form: the people that were found."""
    return {
        "row": row,
        "found": found,
        "q": request.POST.get("q", ""),
        "people_url": reverse("sip:plan_people", args=[opened.page.facts.case.id]),
    }


def _again(
    request: HttpRequest, opened: OpenedPlan, row: GoalFacts | ActivityFacts | None
) -> Callable[[], Passage] | None:
    """How the passage is read anew; a new one is never stale."""
    if row is None:
        return None

    def again() -> Passage:
        fresh = open_plan(request, opened.page.facts.case.id)
        plan = edited_plan(fresh)
        if isinstance(row, GoalFacts):
            return _goal_passage(request, fresh, plan.goal(row.lineage) or row)
        under = plan.goal_of(row.lineage)
        if under is None:
            raise NotVisible
        return _activity_passage(request, fresh, under, plan.activity(row.lineage) or row)

    return again


def _goal_values(opened: OpenedPlan, row: GoalFacts | None, heading: str) -> dict[str, str]:
    if row is None:
        return {"heading": heading, "text": "", "responsible": ""}
    value = responsible_value(edited_plan(opened), row)
    return {"heading": row.heading, "text": row.text, "responsible": value}


def _activity_values(opened: OpenedPlan, row: ActivityFacts | None) -> dict[str, str]:
    if row is None:
        return {"text": "", "responsible": "", "done_on": ""}
    done_on = row.done_on.isoformat() if row.done_on else ""
    return {"text": row.text, "responsible": responsible_value(edited_plan(opened), row), "done_on": done_on}


def _said(opened: OpenedPlan, found: list[Colleague]) -> Callable[[str, str], str]:
    plan = edited_plan(opened)
    return lambda name, value: responsible_said(plan, found, value) if name == "responsible" else value


def _found(request: HttpRequest, opened: OpenedPlan, key: str = "") -> list[Colleague]:
    """The people that *Välj annan* found, and those already chosen by it, also in what is not saved."""
    page, typed = opened.page, request.POST.get("q", "").strip()
    found = assignments.find_colleagues(typed, page.at, module=Module.SIP) if typed else []
    unsaved = unsaved_for(page.actor, key) if key else None
    chosen = [request.POST.get(name, "") for name in ("responsible", "other")]
    chosen += [unsaved.text(name) for name in ("responsible", "other")] if unsaved else []
    ids = {_assignment(value) for value in chosen} - {person.assignment_id for person in found} - {0}
    more = assignments.colleagues(ids, page.at).values() if ids else ()
    return [*found, *(person for person in more if person.rights(Module.SIP).has_any)]


def _assignment(value: str) -> int:
    kind, _colon, key = value.partition(":")
    return int(key) if kind == "a" and key.isascii() and key.isdigit() and len(key) < 19 else 0


@posted_from("sip:part", "case_id", slug="plan")
def people(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What *Välj annan* finds as one types: the list alone, to be put into the form. It shows nothing of the case."""
    open_sip(actor_of(request), case_id)
    q = request.POST.get("q", "").strip()
    found = assignments.find_colleagues(q, clock.now(), module=Module.SIP) if q else []
    form = ActivityForm(responsibles=(), found=found)
    return render(
        request, "sip/plan/participants/found.html", {"form": form, "found": found, "searched": bool(q)}
    )
