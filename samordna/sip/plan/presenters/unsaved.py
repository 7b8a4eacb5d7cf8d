"""What the reader has typed in a plan and not saved, with the way back to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.drafts.queries import Unsaved

_LABELS: dict[str, str | Promise] = {
    "goal:new": _("A new goal"),
    "goal": _("A goal"),
    "activity:new": _("A new activity"),
    "activity": _("An activity"),
    "law": _("What the plan must hold"),
}


@dataclass(frozen=True)
class UnsavedLine:
    form: str
    label: str | Promise
    saved_at: datetime
    url: str


def unsaved_lines(case_id: UUID, kept: Sequence[Unsaved]) -> list[UnsavedLine]:
    lines = []
    for unsaved in kept:
        kind, _colon, rest = ":".join(unsaved.form.split(":")[3:]).partition(":")
        new, _colon, parent = rest.partition(":")
        name = f"{kind}:new" if new == "new" else kind
        if name in _LABELS:
            url = _url(case_id, name, parent if new == "new" else rest)
            lines.append(UnsavedLine(unsaved.form, _LABELS[name], unsaved.saved_at, url))
    return [line for line in lines if line.url]


def _url(case_id: UUID, name: str, lineage: str) -> str:
    args = [case_id, lineage] if lineage else [case_id]
    try:
        return reverse(f"sip:{name.replace(':', '_')}", args=args)
    except NoReverseMatch:
        return ""
