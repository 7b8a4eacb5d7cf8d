"""*Kartläggning enligt SBAR* (V-40). Where the county does not use it the page says so, and shows what was signed."""

from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.casework.documents.rules.editions import seen_open
from samordna.casework.documents.views.acts import act, closed_page, sign_page
from samordna.casework.documents.views.passages import Passage, passage_page, save_passage
from samordna.casework.file.views.left import left_text
from samordna.casework.file.views.page import open_page
from samordna.documents.facts import DocumentFacts
from samordna.documents.queries import signed_content
from samordna.sip.addresses import part_url
from samordna.sip.page import SipPage
from samordna.sip.plan.presenters.plan import version_line
from samordna.sip.rounds.presenters.earlier import earlier_versions
from samordna.sip.sbar import commands
from samordna.sip.sbar.content import sbar_content
from samordna.sip.sbar.facts import SbarFacts
from samordna.sip.sbar.forms import SbarForm
from samordna.sip.sbar.presenters import SBAR_LABELS, sbar_acts, sbar_rows
from samordna.sip.sbar.queries import sbar_of
from samordna.sip.states import Part
from samordna.web.posting import posted_from
from samordna.web.receipts import answered_before

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
        return closed_page(page, PART, _key(document), acts.write)
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
        key=_key(document),
        heading=_("Survey by SBAR"),
        template=TEMPLATE,
        back_url=review or part_url(case_id, PART),
        values=said.texts,
        make_form=lambda **kwargs: SbarForm(**kwargs),
        save=save,
        version=said.written.version,
        by=f"{said.written.by}, {said.written.unit}",
        at=said.written.at,
        labels={name: str(label) for name, label in SBAR_LABELS.items()},
        context=_around(page, document) | {"edition": document.open_version},
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
    page = open_page(request, case_id, PART)
    acts, document = sbar_acts(page.facts, page.actor), page.facts.standing(PART)
    edition = document.open_version if document else None
    if acts.write is not None or document is None or edition is None:
        return answered_before(request) or closed_page(page, PART, _key(document), acts.write)
    content = sbar_content(page.facts, edition, page.person, sbar_of(edition.id))
    told = _("The survey is signed. The units that take part see it.")
    return sign_page(
        page, PART, "sip/sbar/sign.html", content, commands.sign_sbar, told,
        rows=sbar_rows(content), first=not document.ever_signed,
    )  # fmt: skip
