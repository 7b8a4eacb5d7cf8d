"""*Kartläggning enligt SBAR* (V-40). Where the county does not use it the page says so, and shows what was signed."""

from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.casework.documents.forms import texts_of
from samordna.casework.documents.presenters.versions import version_line
from samordna.casework.documents.rules.editions import NOT_BEGUN, seen_open
from samordna.casework.documents.views.acts import act
from samordna.casework.documents.views.closed import closed_page
from samordna.casework.documents.views.passages import Passage, passage_page, save_passage
from samordna.casework.documents.views.password import asks_password
from samordna.casework.documents.views.reviewing import Review, sign_page
from samordna.casework.file.views.left import left_text
from samordna.casework.file.views.page import open_page
from samordna.documents.facts import DocumentFacts
from samordna.documents.queries import signed_content
from samordna.sip.addresses import part_url
from samordna.sip.page import SipPage
from samordna.sip.rounds.presenters.earlier import earlier_versions
from samordna.sip.sbar import commands
from samordna.sip.sbar.content import sbar_content
from samordna.sip.sbar.facts import SbarFacts
from samordna.sip.sbar.forms import SbarForm
from samordna.sip.sbar.presenters import sbar_acts, sbar_rows
from samordna.sip.sbar.queries import sbar_of
from samordna.sip.states import Part
from samordna.web.posting import posted_from

PART = Part.SBAR
TEMPLATE = "sip/sbar/page.html"


@require_http_methods(["GET", "HEAD", "POST"])
def sbar_page(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The four texts. A post saves them, where they may be written."""
    page = open_page(request, case_id, PART)
    acts, document = sbar_acts(page.facts, page.actor), page.facts.standing(PART)
    edition = document.open_version if document else None
    if acts.write is None and document is not None and edition is not None:
        passage = _passage(page, document, sbar_of(edition.id))
        return save_passage(request, passage) if request.method == "POST" else passage_page(request, passage)
    if request.method == "POST":
        return closed_page(page, PART, acts.write or NOT_BEGUN, key=_key(document), texts=texts_of(SbarForm))
    return page.render(
        TEMPLATE, **_around(page, document), **_read(document), **left_text(page, _key(document))
    )


def _key(document: DocumentFacts | None) -> str:
    return f"sip:sbar:{document.id if document else ''}"


def _around(page: SipPage, document: DocumentFacts | None) -> dict[str, object]:
    seen = document is not None and (
        document.ever_signed or seen_open(page.facts.case, document, page.actor.unit_id) is not None
    )
    return {
        "document": document,
        "acts": sbar_acts(page.facts, page.actor),
        "earlier": earlier_versions(page.facts, page.actor.unit_id, PART, page.at),
        "version_line": version_line(document, page.at) if document and seen else "",
    }


def _read(document: DocumentFacts | None) -> dict[str, object]:
    valid = document.valid_version if document else None
    return {"rows": sbar_rows(signed_content(valid.id))} if valid else {}


def _passage(page: SipPage, document: DocumentFacts, said: SbarFacts) -> Passage:
    request, case_id = page.request, page.facts.case.id

    def save(form: Form, version: int) -> None:
        commands.save_sbar(
            actor=page.actor, case_id=case_id, version=version, texts=form.cleaned_data, at=page.at
        )

    def again() -> Passage:
        fresh = open_page(request, case_id, PART)
        held = fresh.facts.standing(PART)
        edition = held.open_version if held else None
        return _passage(fresh, held, sbar_of(edition.id)) if held and edition else passage

    review = reverse("sip:sbar_sign", args=[case_id]) if "review" in request.POST else ""
    passage = Passage(
        page=page,
        part=PART,
        key=_key(document),
        template=TEMPLATE,
        back_url=review or part_url(case_id, PART),
        values=said.texts,
        make_form=SbarForm,
        save=save,
        written=said.written,
        context=_around(page, document) | {"edition": document.open_version, "heading": _("Survey by SBAR")},
        again=again,
    )
    return passage


@posted_from("sip:part", "case_id", slug="sbar")
def begin(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Begin the SBAR, or *Redigera* the signed one."""
    return act(request, case_id, PART, commands.open_sbar)


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The four texts as they will stand, and *Signera*."""
    return sign_page(
        request, case_id, PART, commands.sign_sbar,
        told=_("The survey is signed. The units that take part see it."),
        review=lambda: _to_sign(request, case_id), asks=asks_password(request),
    )  # fmt: skip


def _to_sign(request: HttpRequest, case_id: UUID) -> Review:
    page = open_page(request, case_id, PART)
    acts, document = sbar_acts(page.facts, page.actor), page.facts.standing(PART)
    edition = document.open_version if document else None
    if acts.write is not None or document is None or edition is None:
        return Review(page, closed=acts.write or NOT_BEGUN)
    content = sbar_content(page.facts, edition, page.person, sbar_of(edition.id))
    context = {"rows": sbar_rows(content), "first": not document.ever_signed}
    return Review(page, "sip/sbar/sign.html", content=content, context=context)
