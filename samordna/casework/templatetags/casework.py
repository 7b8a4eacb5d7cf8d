"""Tags of the templates of a case: `{% load casework %}`."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from samordna.casework.documents.presenters.authors import Author
from samordna.casework.file.presenters import addresses
from samordna.casework.file.views.page import process_of
from samordna.kernel import clock
from samordna.kernel.text import isolated
from samordna.web import moments

register = template.Library()


@register.simple_tag(takes_context=True)
def address(context: dict[str, Any], name: str, *values: object) -> str:
    """The address by this name in the process that the page is about: `{% address 'part' case_id slug %}`."""
    return addresses.address(process_of(context["request"]), name, *values)


@register.filter
def written_by(author: Author) -> str:
    """ "Skrivet av Ida Berg, Rehab Väster, i går 15.40".

    A function and no included template: a document has such a line under each passage.
    """
    said = {
        "name": isolated(author.by),
        "unit": isolated(author.unit),
        "when": moments.when(author.at, at=clock.now()),
    }
    return _("Written by %(name)s, %(unit)s, %(when)s") % said
