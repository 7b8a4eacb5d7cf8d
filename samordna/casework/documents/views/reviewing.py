"""*Signera* and *Lås*: the whole document as it will stand, and a button that is about exactly what is on the page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from samordna.casework.documents.commands.writing import fingerprint
from samordna.casework.documents.forms import AskPassword, LockForm, SignForm
from samordna.casework.documents.views.acts import Command
from samordna.casework.documents.views.closed import closed_page
from samordna.casework.file.presenters.addresses import part_url
from samordna.casework.file.views.page import CasePage, actor_of, process_of
from samordna.kernel import clock
from samordna.kernel.refusal import Refusal
from samordna.web.acting import Words, carry_out
from samordna.web.forms import show_beside


@dataclass(frozen=True)
class Review:
    """What is shown before an act: the page and its template, and what the act is about.

    That is `content` to be signed, or the `version` to be locked. With `closed` the document is not shown at all, but
    why it cannot be written.
    """

    page: CasePage[Any]
    template: str = ""
    content: Mapping[str, Any] | None = None
    version: UUID | None = None
    context: Mapping[str, object] = field(default_factory=dict)
    closed: Refusal | None = None


def sign_page(
    request: HttpRequest, case_id: UUID, part: str, command: Command, /, *, told: Words,
    review: Callable[[], Review], asks: AskPassword | None = None,
) -> HttpResponse:  # fmt: skip
    """Sign what was reviewed, known by its fingerprint; when it has changed since, show what the next click signs."""
    back = part_url(process_of(request), case_id, part)
    acts = partial(command, actor=actor_of(request), case_id=case_id, at=clock.now())
    form = SignForm(request.POST if request.method == "POST" else None, asks=asks)
    fresh = not form.is_bound
    if form.is_valid():
        sign = partial(acts, seen=form.cleaned_data["seen"])
        signed = carry_out(request, sign, then=back, told=told, form=form)
        if signed.answer:
            return signed.answer
        if signed.stale:
            fresh = True
            messages.error(request, str(signed.refusal))
    shown = review()
    if shown.closed is not None:
        return closed_page(shown.page, part, shown.closed)
    if fresh:
        seen = fingerprint(shown.content) if shown.content is not None else ""
        form = SignForm(initial={"seen": seen}, asks=asks)
    return shown.page.render(shown.template, form=form, back_url=back, **shown.context)


def lock_page(
    request: HttpRequest, case_id: UUID, part: str, command: Command, /, *, told: Words,
    review: Callable[[], Review],
) -> HttpResponse:  # fmt: skip
    """Lock the version that was reviewed; when a newer one was signed meanwhile, show it, for the next click."""
    back = part_url(process_of(request), case_id, part)
    acts = partial(command, actor=actor_of(request), case_id=case_id, at=clock.now())
    form = LockForm(request.POST if request.method == "POST" else None)
    stale = False
    if form.is_valid():
        lock = partial(acts, version_id=form.cleaned_data["version"])
        locked = carry_out(request, lock, then=back, told=told, form=form)
        if locked.answer:
            return locked.answer
        stale = locked.stale
    shown = review()
    if stale and shown.version is not None:
        show_beside(form, {"version": shown.version}, version="version")
    elif not form.is_bound:
        form = LockForm(initial={"version": shown.version})
    return shown.page.render(shown.template, form=form, back_url=back, **shown.context)
