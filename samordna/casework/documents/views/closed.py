"""The page of something that cannot be written now: why, who can change that, and what was typed (S16)."""

from collections.abc import Collection
from typing import Any

from django.http import HttpResponse

from samordna.casework.documents.rules.editions import SIGNED
from samordna.casework.documents.views.keeping import keep
from samordna.casework.file.presenters.addresses import address, part_url
from samordna.casework.file.views.page import CasePage
from samordna.kernel.refusal import Refusal
from samordna.web.forms import remember_refusal
from samordna.web.requests import typed_fields


def closed_page(
    page: CasePage[Any], part: str, refusal: Refusal, *, key: str = "", texts: Collection[str] = (),
    **shown: object,
) -> HttpResponse:  # fmt: skip
    """Show what was posted in the fields that are `texts`, and keep it as unsaved under `key`, if there is one.

    What was typed before stands when nothing is posted in these: *Signera* has no texts. *Redigera* is offered
    when it would help.
    """
    request = page.request
    kept = [text for name, text in typed_fields(request) if name in texts]
    if request.method == "POST" and not getattr(request, "refused", ()):
        # What a command refused is left for the log already.
        remember_refusal(request, refusal)
    if kept and key:
        keep(request, page, key)
    signed, edit = refusal.code == SIGNED, page.process.documents[part].edit
    return page.render(
        "casework/documents/closed.html",
        refusal=refusal,
        kept=kept,
        back_url=part_url(page.process, page.facts.case.id, part),
        edit_url=address(page.process, edit, page.facts.case.id) if edit and signed else "",
        conflict=bool(kept),
        **shown,
    )
