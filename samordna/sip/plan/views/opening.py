"""What the pages of the plan begin with: the case opened, the plan's document, the edition the unit may see."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from samordna.casework.documents.rules.editions import seen_open
from samordna.casework.file.views.page import open_page
from samordna.documents.facts import DocumentFacts, VersionFacts
from samordna.kernel.refusal import NotVisible
from samordna.sip.page import SipPage
from samordna.sip.plan.content import plan_content
from samordna.sip.plan.facts import PlanFacts
from samordna.sip.plan.queries import plan_of
from samordna.sip.states import Part


@dataclass(frozen=True)
class OpenedPlan:
    """`edition` is the open one, when there is one that the unit may see; `plan` is what its rows say."""

    page: SipPage
    document: DocumentFacts | None
    edition: VersionFacts | None
    plan: PlanFacts | None

    @property
    def content(self) -> dict[str, Any] | None:
        """The canonical content of the open edition."""
        if self.plan is None or self.edition is None:
            return None
        return plan_content(self.page.facts, self.plan, self.page.person, self.edition)

    @property
    def draft_key(self) -> str:
        """What unsaved typing in this plan is kept under, whatever edition is open."""
        return f"sip:plan:{self.document.id if self.document else ''}"


def open_plan(request: HttpRequest, case_id: UUID) -> OpenedPlan:
    """Open the plan's part of the case. 404 as the case's door says."""
    page = open_page(request, case_id, Part.PLAN)
    document = page.facts.document_of(Part.PLAN)
    edition = seen_open(page.facts.case, document, page.actor.unit_id) if document else None
    return OpenedPlan(page, document, edition, plan_of(edition.id) if edition else None)


def edited_plan(opened: OpenedPlan) -> PlanFacts:
    """The open edition's rows. NotVisible when there is none that the unit may see."""
    if opened.plan is None:
        raise NotVisible
    return opened.plan


def find_version(page: SipPage, version_id: UUID) -> tuple[DocumentFacts, VersionFacts]:
    """A version of any of the case's plans that the unit may see."""
    for document in page.facts.documents:
        for version in document.versions:
            if document.kind == Part.PLAN and version.id == version_id:
                return document, version
    raise NotVisible
