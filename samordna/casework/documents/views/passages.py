"""Saving one passage of a document: keeping what is typed, merging what nobody disputes, showing what two have changed.

The form holds the text that the writer began from (`base_*`), so that a conflict can show all three.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, cast

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from samordna.casework.documents.facts import Written
from samordna.casework.documents.forms import texts_of
from samordna.casework.documents.presenters.conflict import conflict_field
from samordna.casework.documents.rules.merging import Merge, chosen_text, merge
from samordna.casework.documents.views.closed import closed_page
from samordna.casework.documents.views.keeping import CHOSEN, EDITED, keep, number
from samordna.casework.file.views.page import CasePage, open_page
from samordna.drafts.commands import discard_unsaved
from samordna.drafts.queries import Unsaved, unsaved_for
from samordna.kernel.refusal import Refusal, Refused, Stale
from samordna.kernel.text import isolated
from samordna.web.forms import refusals_in, remember_refusal
from samordna.web.receipts import answered_before, once


class PassageForm(Protocol):
    """Its fields as plain texts. `instead`, where it has one, names fields that go before others when filled in."""

    def values(self) -> dict[str, str]: ...


@dataclass(frozen=True)
class Passage:
    """One row of a document, or all that one says, as it is saved now; how to save it, and to read it `again`.

    `values` are its fields as plain texts, `written` who wrote it last; a new passage has none. `said` is what people
    read for a value that is no text of its own. The labels are those of the form.
    """

    page: CasePage[Any]
    part: str
    key: str
    template: str
    back_url: str
    values: Mapping[str, str]
    make_form: Callable[..., Form]
    save: Callable[[Form, int], object]
    written: Written | None = None
    said: Callable[[str, str], str] = lambda _name, value: value
    context: Mapping[str, object] = field(default_factory=dict)
    again: Callable[[], "Passage"] | None = None

    @property
    def version(self) -> int:
        return self.written.version if self.written else 0


def passage_page(request: HttpRequest, passage: Passage) -> HttpResponse:
    """The form, with what was typed and not saved, or the conflict that it led to."""
    unsaved = unsaved_for(passage.page.actor, passage.key)
    if unsaved is None:
        form = passage.make_form(initial=dict(passage.values))
        return _form_page(passage, form, base=passage.values, version=passage.version)
    merged = merge(_base(unsaved, passage), _typed(unsaved.text, passage), passage.values)
    if _disputed(passage, unsaved) and unsaved.base_version != passage.version:
        return _conflict(passage, unsaved)
    form = passage.make_form(initial=merged.values)
    return _form_page(passage, form, base=passage.values, version=passage.version, unsaved=unsaved)


def save_passage(request: HttpRequest, passage: Passage) -> HttpResponse:
    """Save what was posted; the page again, the conflict, or the text kept as unsaved when it cannot be."""
    if request.POST.get("act") == "resolve":
        return _resolve(request, passage)
    form = passage.make_form(data=request.POST)
    version = number(request.POST.get("version", ""))
    if request.POST.get("act") != "search" and form.is_valid():
        answer = _try(request, passage, form, version)
        if answer is not None:
            return answer
    base = _posted_base(request.POST, passage)
    return _form_page(passage, form, base=base, version=version, searched=request.POST.get("act") == "search")


def keep_typed(
    request: HttpRequest,
    page: CasePage[Any],
    part: str,
    key: str,
    refusal: Refusal,
    *,
    texts: Collection[str],
) -> HttpResponse:
    """Keep what was posted as unsaved, and show it with the reason why it could not be saved (S16)."""
    remember_refusal(request, refusal)
    keep(request, page, key)
    return closed_page(page, part, refusal, texts=texts)


def _try(request: HttpRequest, passage: Passage, form: Form, version: int) -> HttpResponse | None:
    try:
        return once(request, lambda: _saved(request, passage, form, version))
    except Stale as stale:
        return _stale(request, passage, form, stale.refusal)
    except Refused as refused:
        if not refused.refusal.field:
            return _shut_meanwhile(request, passage, refused.refusal)
        refusal = refused.refusal
    with refusals_in(request, form):
        raise Refused(refusal)
    return None


def _shut_meanwhile(request: HttpRequest, passage: Passage, refusal: Refusal) -> HttpResponse:
    """Signed, locked or voided since the page was read: it is read again, so that all of it says so."""
    keep(request, passage.page, passage.key)
    again = open_page(request, passage.page.facts.case.id, passage.part)
    texts = texts_of(passage.make_form())
    return keep_typed(request, again, passage.part, passage.key, refusal, texts=texts)


def _saved(request: HttpRequest, passage: Passage, form: Form, version: int, told: str = "") -> HttpResponse:
    passage.save(form, version)
    discard_unsaved(actor=passage.page.actor, form=passage.key)
    messages.success(request, told or _("Saved."))
    return redirect(passage.back_url)


def _stale(request: HttpRequest, passage: Passage, form: Form, refusal: Refusal) -> HttpResponse | None:
    """Merge what nobody disputes and save it; else keep the own text and show both."""
    passage = passage.again() if passage.again else passage
    mine = cast("PassageForm", form).values()
    merged = merge(_posted_base(request.POST, passage), mine, passage.values)
    if not merged.disputed:
        return _save_merged(request, passage, form, merged)
    remember_refusal(request, refusal)
    unsaved = keep(request, passage.page, passage.key)
    return _conflict(passage, unsaved) if unsaved else None


def _save_merged(request: HttpRequest, passage: Passage, mine: Form, merged: Merge) -> HttpResponse | None:
    form = passage.make_form(data=merged.values)
    if not form.is_valid():
        return None
    told = _("%(name)s changed the same passage meanwhile. Both changes are saved.") % {
        "name": isolated(_writer(passage))
    }
    try:
        return once(request, lambda: _saved(request, passage, form, passage.version, told))
    except Stale as stale:
        # A third was quicker still: once more, with what stands now.
        return _stale(request, passage, mine, stale.refusal)
    except Refused as refused:
        return _shut_meanwhile(request, passage, refused.refusal)


def _resolve(request: HttpRequest, passage: Passage) -> HttpResponse:
    """Save what was chosen on the conflict page: *Min*, *Deras*, *Båda efter varandra* or the edited text."""
    unsaved = unsaved_for(passage.page.actor, passage.key)
    if unsaved is None:
        return answered_before(request) or _put_together(request, passage)
    unsaved = keep(request, passage.page, passage.key) or unsaved
    if number(request.POST.get("version", "")) != passage.version:
        return _conflict(passage, unsaved)
    mine = _typed(unsaved.text, passage)
    merged = merge(_base(unsaved, passage), mine, passage.values)
    values, unchosen = dict(merged.values), []
    for name in _disputed(passage, unsaved):
        choice = request.POST.get(f"{name}_choice", "")
        if choice not in {"mine", "theirs", "both", "edited"}:
            unchosen.append(name)
            continue
        values[name] = chosen_text(
            choice, mine[name], passage.values.get(name, ""), request.POST.get(name, "")
        )
    if unchosen:
        return _conflict(passage, unsaved, unchosen)
    form = passage.make_form(data=values)
    answer = _try(request, passage, form, passage.version) if form.is_valid() else None
    return answer or _form_page(passage, form, base=passage.values, version=passage.version)


def _put_together(request: HttpRequest, passage: Passage) -> HttpResponse:
    """What was typed has been thrown away elsewhere: the form with what stands on the page of the conflict."""
    edited = {name: request.POST[name] for name in passage.values if name in request.POST}
    if not edited:
        return redirect(request.path)
    form = passage.make_form(initial={**passage.values, **edited})
    return _form_page(passage, form, base=None, version=number(request.POST.get("version", "")))


def _form_page(
    passage: Passage, form: Form, *, base: Mapping[str, str] | None, version: int,
    unsaved: Unsaved | None = None, searched: bool = False,
) -> HttpResponse:  # fmt: skip
    return passage.page.render(
        passage.template,
        form=form,
        back_url=passage.back_url,
        draft_form=passage.key,
        version=version,
        base=[(f"base_{name}", value) for name, value in (base or {}).items()],
        unsaved=unsaved,
        searched=searched,
        page_has_errors=bool(form.errors) and not searched,
        **passage.context,
    )


def _conflict(passage: Passage, unsaved: Unsaved, unchosen: list[str] | None = None) -> HttpResponse:
    base, mine = _base(unsaved, passage), _typed(unsaved.text, passage)
    disputed = _disputed(passage, unsaved)
    edited = _said_before(unsaved, disputed, EDITED)
    # What was ticked beside another text than theirs of now is not ticked for the user.
    choices = _said_before(unsaved, disputed, CHOSEN) if unchosen else {}
    form, said = passage.make_form(), passage.said
    texts = texts_of(form)
    return passage.page.render(
        "casework/documents/conflict.html",
        heading=_("Choose what is to stand"),
        by=_writer(passage),
        changed_at=passage.written.at if passage.written else None,
        fields=[
            conflict_field(
                name,
                str(form.fields[name].label),
                base=said(name, (base or {}).get(name, "")),
                mine=said(name, mine[name]),
                theirs=said(name, passage.values.get(name, "")),
                joined=name in texts,
                unchosen=name in (unchosen or ()),
                edited=edited.get(name),
                choice=choices.get(name, ""),
            )
            for name in disputed
        ],
        version=passage.version,
        draft_form=passage.key,
        back_url=passage.back_url,
        conflict=passage.page.request.method == "POST",
        page_has_errors=bool(unchosen),
    )


def _writer(passage: Passage) -> str:
    return f"{passage.written.by}, {passage.written.unit}" if passage.written else ""


def _disputed(passage: Passage, unsaved: Unsaved) -> tuple[str, ...]:
    """What both have changed, and what was put together on the page of the conflict and stands nowhere else."""
    mine = _typed(unsaved.text, passage)
    both = merge(_base(unsaved, passage), mine, passage.values).disputed
    edited = _said_before(unsaved, list(passage.values), EDITED)
    alone = [name for name, text in edited.items() if text not in {mine[name], passage.values.get(name, "")}]
    return tuple(dict.fromkeys((*both, *alone)))


def _said_before(unsaved: Unsaved, names: Sequence[str], prefix: str) -> dict[str, str]:
    return {
        name: _lines(unsaved.text(f"{prefix}{name}")) for name in names if f"{prefix}{name}" in unsaved.fields
    }


def _typed(text: Callable[[str], str], passage: Passage) -> dict[str, str]:
    """What was typed and not saved, by field."""
    instead: Mapping[str, str] = getattr(passage.make_form(), "instead", {})
    return {name: text(instead.get(name, name)) or text(name) for name in passage.values}


def _base(unsaved: Unsaved, passage: Passage) -> dict[str, str] | None:
    if not any(f"base_{name}" in unsaved.fields for name in passage.values):
        return None
    return {name: _lines(unsaved.text(f"base_{name}")) for name in passage.values}


def _posted_base(posted: QueryDict, passage: Passage) -> dict[str, str] | None:
    if not any(f"base_{name}" in posted for name in passage.values):
        return None
    return {name: _lines(posted.get(f"base_{name}", "")) for name in passage.values}


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")
