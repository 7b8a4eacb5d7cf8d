"""Changing a setting."""

from datetime import datetime

from django.db import transaction

from samordna.audit.commands import record
from samordna.audit.states import Action
from samordna.kernel.actor import Actor
from samordna.kernel.line import wait_in_line
from samordna.kernel.refusal import NotVisible, Refusal, Stale, demand
from samordna.kernel.text import fingerprint
from samordna.organisations import queries, rules
from samordna.organisations.models import Setting
from samordna.organisations.settings_catalogue import ENTRIES, Entry


@transaction.atomic
def change_setting(
    *,
    actor: Actor | None,
    key: str,
    department_id: int | None,
    value: object | None,
    at: datetime,
    seen: str = "",
) -> None:
    """Write a value for the county (no department) or a department; None goes back to what is inherited.

    Not visible: another's department, the county's value for anybody but the region's system manager. Refused: a
    value of the wrong shape. `actor` None is the operator of the installation. `seen` is the fingerprint of what was
    written when the form was opened; stale when something else is written now.
    """
    entry = ENTRIES[key]
    allowed = queries.reach_of(actor) if actor is not None else rules.EVERYTHING
    if department_id is not None:
        queries.department_of(department_id, allowed)
        demand(_county_only_refusal(entry))
    elif not allowed.whole_county:
        raise NotVisible
    if value is not None:
        demand(entry.shape_for(department_id).problem(value))
    wait_in_line("setting", department_id, key)
    before = Setting.objects.select_for_update().filter(department_id=department_id, key=key).first()
    if (before.value if before else None) == value:
        return
    if seen and seen != fingerprint(before.value if before else None):
        raise Stale(rules.setting_changed())
    if value is None:
        Setting.objects.filter(department_id=department_id, key=key).delete()
    else:
        Setting.objects.update_or_create(department_id=department_id, key=key, defaults={"value": value})
    record(
        actor=actor,
        at=at,
        action=Action.SETTINGS_CHANGED,
        object_kind="setting",
        object_id=key,
        details={"department": department_id, "before": before.value if before else None, "after": value},
    )


def _county_only_refusal(entry: Entry) -> Refusal | None:
    return rules.common_setting() if entry.county_only else None
