"""Throwing away what was typed in a document and not saved."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from samordna.casework.file.presenters.addresses import address, part_url
from samordna.casework.file.views.page import actor_of, process_of
from samordna.drafts.commands import discard_unsaved
from samordna.web.posting import posted_from


@posted_from(":case", "case_id")
def discard(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Throw away what is kept of one form of a document, and show the document's part."""
    actor, process, key = actor_of(request), process_of(request), request.POST.get("draft_form", "")
    namespace, _colon, rest = key.partition(":")
    part = process.part_of(rest.partition(":")[0])
    if namespace != process.namespace or part is None or part not in process.documents:
        return redirect(address(process, "case", case_id))
    discard_unsaved(actor=actor, form=key)
    return redirect(part_url(process, case_id, part))
