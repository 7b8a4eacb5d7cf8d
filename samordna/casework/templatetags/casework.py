"""Tags and filters of the templates of a case: `{% load casework %}`."""

from uuid import UUID

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from samordna.casework.documents.presenters.authors import Author
from samordna.casework.file.presenters.addresses import address
from samordna.casework.file.views.page import part_address, process_of
from samordna.kernel import clock
from samordna.kernel.text import isolated
from samordna.web import moments

register = template.Library()


@register.simple_tag(takes_context=True)
def case_url(context: Context, name: str, *values: object) -> str:
    """The address by this name in the process of the page."""
    return address(process_of(context["request"]), name, *values)


@register.simple_tag(takes_context=True)
def part_url(context: Context, case_id: UUID, part: str) -> str:
    """The page of a part in the process of the page."""
    return part_address(context["request"], case_id, part)


@register.simple_tag(takes_context=True)
def called(context: Context, number: str) -> str:
    """A case by its number, as its process shows it."""
    return process_of(context["request"]).called(number)


@register.simple_tag(takes_context=True)
def process_name(context: Context) -> str:
    """What users call the process of the page."""
    return process_of(context["request"]).name


@register.simple_tag(takes_context=True)
def asked_with(context: Context) -> str:
    """What a unit is sent that is asked to take part, inside a sentence."""
    return str(process_of(context["request"]).asked_with)


@register.simple_tag(takes_context=True)
def list_url(context: Context) -> str:
    """The list of the page's process."""
    return reverse(f"overview:{process_of(context['request']).namespace}")


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
