"""Where pages with scripts keep unsaved typing every few seconds."""

from functools import partial

from django.http import HttpRequest, JsonResponse

from samordna.drafts.commands import save_unsaved
from samordna.drafts.queries import taken_by_others
from samordna.drafts.rules import ROOM, room_refusal
from samordna.kernel.clock import now, shown_time
from samordna.kernel.refusal import Refused, demand
from samordna.web.posting import posted_from
from samordna.web.receipts import unless_acted
from samordna.web.requests import actor_of

# What stands in a form without having been typed.
_NOT_TYPED = frozenset(
    {"csrfmiddlewaretoken", "assignment", "assignment_unit", "form_key", "next", "draft_form", "draft_base"}
)
_LARGEST_VERSION = 2**63 - 1


@posted_from(lambda _request: "/")
def save(request: HttpRequest) -> JsonResponse:
    """Keep the posted form as unsaved typing of the one who is logged in. Answers with the time.

    Leaving a field for the button posts both this and the form: what the form has saved is not kept as unsaved.
    """
    actor = actor_of(request)
    if actor is None:
        return JsonResponse({"error": "no_unit"}, status=403)
    at = now()
    form = request.POST.get("draft_form", "")
    keep = partial(
        save_unsaved,
        actor=actor,
        form=form,
        base_version=_version(request.POST.get("draft_base", "")),
        fields=_typed(request),
        at=at,
    )
    try:
        demand(room_refusal(taken_by_others(actor, form), ROOM))
        unless_acted(request, keep)
    except Refused as refused:
        return JsonResponse({"error": str(refused.refusal)}, status=422)
    return JsonResponse({"saved_at": shown_time(at)})


def _typed(request: HttpRequest) -> dict[str, list[str]]:
    """Every field, also those that were emptied: an emptied field must come back empty."""
    return {
        name: [str(value) for value in values]
        for name, values in request.POST.lists()
        if name not in _NOT_TYPED and "password" not in name.lower()
    }


def _version(text: str) -> int | None:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None
    return number if number is not None and number <= _LARGEST_VERSION else None
