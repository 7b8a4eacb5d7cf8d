"""What one has typed and not saved in a form that its page does not show any more."""

from typing import Any

from samordna.casework.file.views.page import CasePage
from samordna.drafts.queries import unsaved_for
from samordna.web.typed import labelled


def left_text(page: CasePage[Any], key: str) -> dict[str, Any]:
    """For the frame of a case's page: the text kept under that name, by its labels, to be copied or thrown away."""
    unsaved = unsaved_for(page.actor, key)
    if unsaved is None:
        return {}
    typed = [(name, value) for name, values in unsaved.fields.items() for value in values if value.strip()]
    return {"left": unsaved, "left_texts": labelled(page.request, typed, page.request.resolver_match)}
