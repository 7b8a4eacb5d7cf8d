"""What is posted of a document and cannot be saved is kept as unsaved typing, whatever page it was sent from (S16)."""

from typing import Any

from django.http import HttpRequest, QueryDict

from samordna.casework.file.views.page import CasePage
from samordna.drafts.commands import save_unsaved
from samordna.drafts.queries import Unsaved, unsaved_for

# What stands beside what was typed, once the page of a conflict has been filled in.
EDITED, CHOSEN = "edited_", "chosen_"
_CHOICE = "_choice"
_TOKENS = frozenset(
    {"csrfmiddlewaretoken", "assignment", "assignment_unit", "form_key", "draft_form", "draft_base"}
)
_NOT_A_TEXT = _TOKENS | {"act", "version"}


def keep(request: HttpRequest, page: CasePage[Any], key: str) -> Unsaved | None:
    """Keep what was posted. From the page of a conflict it is kept beside what was typed before, which stands."""
    before = unsaved_for(page.actor, key) if request.POST.get("act") == "resolve" else None
    if before is not None:
        fields = {name: list(values) for name, values in before.fields.items()} | _resolved(request.POST)
        version = before.base_version
    else:
        fields = {
            name: [str(value) for value in values]
            for name, values in request.POST.lists()
            if name not in _TOKENS
        }
        version = number(request.POST.get("version", ""))
    save_unsaved(actor=page.actor, form=key, base_version=version, fields=fields, at=page.at)
    return unsaved_for(page.actor, key)


def _resolved(posted: QueryDict) -> dict[str, list[str]]:
    """What was put together, and what was ticked, on the page of a conflict."""
    found: dict[str, list[str]] = {}
    for name, text in posted.items():
        if name.endswith(_CHOICE):
            found[f"{CHOSEN}{name.removesuffix(_CHOICE)}"] = [str(text)]
        elif name not in _NOT_A_TEXT:
            found[f"{EDITED}{name}"] = [str(text)]
    return found


def number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
