"""Who reads a document on a page."""

from typing import Any

from samordna.casework.documents.presenters.authors import Reader
from samordna.casework.documents.rules.editions import known_until
from samordna.casework.file.views.page import CasePage
from samordna.documents.facts import DocumentFacts


def reader_of(page: CasePage[Any], document: DocumentFacts) -> Reader:
    """Who reads a document, and since when passages in it are new to the reader."""
    actor = page.actor
    return Reader(actor.user_id, actor.user_name, known_until(page.facts, document, actor, page.read_before))
