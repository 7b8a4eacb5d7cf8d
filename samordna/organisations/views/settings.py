"""What the county and its departments choose."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samordna.kernel.clock import now
from samordna.kernel.refusal import NotVisible
from samordna.kernel.text import fingerprint
from samordna.organisations import commands, presenters, queries, settings_catalogue
from samordna.organisations.rules import Reach
from samordna.organisations.setting_forms import SettingForm, form_class
from samordna.organisations.settings_catalogue import ENTRIES
from samordna.organisations.typed_fields import setting_fields
from samordna.organisations.views.who import acting, reach_for
from samordna.web.forms import refusals_in, show_beside
from samordna.web.receipts import once
from samordna.web.requests import PageRequest
from samordna.web.typed import named_by


@require_safe
def settings(request: PageRequest, department_id: int | None = None) -> HttpResponse:
    """Every setting of the county or of a department, with what holds and who decided it.

    Those who do not keep the county come to their department, or choose one of theirs.
    """
    allowed = _reach(request)
    departments = queries.departments(allowed)
    if department_id is None and not allowed.whole_county:
        if len(departments) == 1:
            return redirect("organisations:department_settings", departments[0].id)
        mine = {"departments": departments, "frame_tab": "administer"}
        return render(request, "organisations/whose_settings.html", mine)
    department = queries.department_of(department_id, allowed) if department_id is not None else None
    county_values, department_values = queries.department_values(department_id)
    context = {
        "rows": presenters.setting_rows(county_values, department_values, department_id),
        "department": department,
        "departments": departments,
        "whole_county": allowed.whole_county,
        "frame_tab": "administer",
    }
    return render(request, "organisations/settings.html", context)


@named_by(setting_fields)
@require_http_methods(["GET", "HEAD", "POST"])
def setting(request: PageRequest, key: str, department_id: int | None = None) -> HttpResponse:
    """Change one setting, or go back to what is inherited."""
    allowed = _reach(request)
    entry = ENTRIES.get(key)
    if entry is None or (entry.county_only and department_id is not None):
        raise NotVisible
    if department_id is None and not allowed.whole_county:
        raise NotVisible
    department = queries.department_of(department_id, allowed) if department_id is not None else None
    county, own = queries.department_values(department_id)
    written = (own if department_id is not None else county).get(key)
    held = settings_catalogue.effective(entry, county.get(key), own.get(key))
    posted, present = request.method == "POST", fingerprint(written)
    seen = request.POST.get("seen", "") if posted else present
    form = form_class(entry)(
        request.POST if posted else None, entry=entry, own=written, held=held, department_id=department_id
    )
    inherit = "inherit" in request.POST
    if posted and (form.is_valid() or inherit):
        with refusals_in(request, form) as outcome:
            return once(request, lambda: _saved(request, key, department_id, None if inherit else form, seen))
        if outcome.stale:
            stands = {name: field.initial for name, field in form.fields.items()}
            show_beside(form, {**stands, "seen": present}, version="seen")
            seen = present
    context = {
        "entry": entry,
        "form": form,
        "seen": seen,
        "department": department,
        "written": written is not None,
        "back_url": _settings_url(department_id),
        "frame_tab": "administer",
    }
    return render(request, "organisations/setting.html", context)


def _reach(request: PageRequest) -> Reach:
    """What the actor keeps; a role over units alone keeps no settings."""
    allowed = reach_for(request)
    if not allowed.departments:
        raise NotVisible
    return allowed


def _saved(
    request: PageRequest, key: str, department_id: int | None, form: SettingForm | None, seen: str
) -> HttpResponse:
    value = form.value() if form is not None else None
    commands.change_setting(
        actor=acting(request), key=key, department_id=department_id, value=value, at=now(), seen=seen
    )
    messages.success(request, _("Saved."))
    return redirect(_settings_url(department_id))


def _settings_url(department_id: int | None) -> str:
    if department_id is None:
        return reverse("organisations:settings")
    return reverse("organisations:department_settings", args=[department_id])
