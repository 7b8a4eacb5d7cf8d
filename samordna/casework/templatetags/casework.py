"""Filters of the templates of a case: `{% load casework %}`."""

from django import template
from django.utils.translation import gettext as _

from samordna.casework.documents.presenters.authors import Author
from samordna.kernel import clock
from samordna.kernel.text import isolated
from samordna.web import moments

register = template.Library()


@register.filter
def written_by(author: Author) -> str:
    """ "Skrivet av Ida Berg, Rehab Väster, i går 15.40".

    A function and no included template: a plan has such a line under each passage.
    """
    said = {
        "name": isolated(author.by),
        "unit": isolated(author.unit),
        "when": moments.when(author.at, at=clock.now()),
    }
    return _("Written by %(name)s, %(unit)s, %(when)s") % said
