"""Tags and filters of every template: `{% load web %}`. Documented one by one below."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import uuid4

from django import template
from django.forms import BoundField, CheckboxInput, Textarea, TextInput
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from samordna.kernel import clock
from samordna.kernel.text import isolated as kept_to_itself
from samordna.kernel.text import listed as listed_names
from samordna.web import moments
from samordna.web.differences import Change, word_changes
from samordna.web.requests import actor_of
from samordna.web.symbols import SYMBOLS, symbol_of

register = template.Library()


@register.simple_tag(takes_context=True)
def form_token(context: Context) -> SafeString:
    """In every POST form: the CSRF token, the unit the form was opened at, and a key so that it acts once."""
    request = context["request"]
    fields = [("csrfmiddlewaretoken", _token_of(request)), ("form_key", form_key())]
    actor = actor_of(request)
    if actor is not None:
        fields += [("assignment", str(actor.assignment_id)), ("assignment_unit", actor.unit_name)]
    return mark_safe("".join(_hidden(name, value) for name, value in fields))  # noqa: S308 - escaped one by one


def _token_of(request: HttpRequest) -> str:
    """The same in every form of an answer. Django would mask it anew for each, which no reader of the answer needs."""
    if not hasattr(request, "token_in_forms"):
        request.token_in_forms = get_token(request)  # type: ignore[attr-defined]
    return str(request.token_in_forms)  # type: ignore[attr-defined]


@register.simple_tag
def form_key() -> str:
    """The key alone, for a form that may be sent from whichever unit the user is at."""
    return str(uuid4())


@register.simple_tag
def symbol(status: object, word: object | None = None, show: bool = False) -> SafeString:
    """The picture of a state with its word, which is heard but not seen unless `show`.

    `word` replaces the state's own; an empty one makes the picture mere decoration.
    """
    drawn = symbol_of(status)
    text = str(drawn.word) if word is None else str(word)
    picture = _picture(drawn.shape)
    if not text:
        return picture
    if show:
        return format_html('<span class="status">{}<span>{}</span></span>', picture, text)
    return format_html('{}<span class="sr-only">{}</span>', picture, text)


@register.simple_tag
def symbol_word(status: object) -> str:
    """The word of a state alone."""
    return str(symbol_of(status).word)


@register.simple_tag
def legend_states() -> list[str]:
    """The states that Symbolförklaringar explains."""
    return [name for name in SYMBOLS if name != "MAIL_FAILED"]


@register.simple_tag
def tag(status: object, word: object | None = None) -> SafeString:
    """A coloured label: picture and visible word."""
    drawn = symbol_of(status)
    text = str(drawn.word) if word is None else str(word)
    return format_html('<span class="tag tag-{}">{}{}</span>', drawn.shape, _picture(drawn.shape), text)


@register.simple_tag
def due_tag(due: datetime | None, *, spread: bool = False) -> SafeString | str:
    """Until when, or how late with the clock: a red word alone would be missed in grey print."""
    if due is None:
        return ""
    at = clock.now()
    text = moments.due_text(due, at=at, spread=spread)
    if not moments.is_overdue(due, at=at):
        return format_html('<span class="due">{}</span>', text)
    return format_html('<span class="due late">{}{}</span>', _picture("overdue"), text)


@register.filter
def when(moment: datetime | None) -> str:
    """ "i dag 08.12", "i går 15.40", "ons 14 maj 13.00"."""
    return "" if moment is None else moments.when(moment, at=clock.now())


@register.filter
def recent(moment: datetime | None) -> str:
    """As `when`, but only the day when it was before yesterday: for the last change in a list."""
    return "" if moment is None else moments.recent(moment, at=clock.now())


@register.filter
def on_date(moment: date | datetime | None) -> str:
    """ "i dag", "ons 14 maj", with the year when it is another."""
    if moment is None:
        return ""
    day = clock.local(moment).date() if isinstance(moment, datetime) else moment
    return moments.on_date(day, at=clock.now())


@register.filter
def calendar_day(day: date | None) -> str:
    """The day itself, for what is agreed and read later: never "i morgon"."""
    return "" if day is None else clock.shown_date(day, at=clock.now())


@register.filter
def clock_time(moment: datetime | None) -> str:
    """ "08.12"."""
    return "" if moment is None else clock.shown_time(moment)


@register.filter
def due(moment: datetime | None) -> str:
    """ "senast i dag 16.00", or "försenat 1 arbetsdag"."""
    return "" if moment is None else moments.due_text(moment, at=clock.now())


@register.filter
def personal_number(value: str | None) -> str:
    """ÅÅÅÅMMDD-NNNN of the twelve characters that are stored."""
    text = value or ""
    return f"{text[:8]}-{text[8:]}" if len(text) == 12 else text


@register.filter
def lines(text: str | None) -> SafeString:
    """A text with the paragraphs and line breaks that were typed, escaped; each read from the side it begins at."""
    shown = linebreaks(text or "", autoescape=True)
    # What was typed is escaped, so these are the paragraphs' own tags.
    return mark_safe(shown.replace("<p>", '<p dir="auto">'))  # noqa: S308 - linebreaks escapes


@register.filter
def isolated(name: str | None) -> str:
    """A name in a sentence: one that is read from the right does not turn what stands beside it."""
    return kept_to_itself(str(name or ""))


@register.filter
def listed(names: Iterable[str]) -> str:
    """Names in a sentence, with commas between them; each as `isolated`."""
    return listed_names(names)


@register.simple_tag
def changes(before: str, after: str) -> SafeString:
    """`after` with what was added and what was struck since `before`, marked in words for those who listen."""
    return format_html_join("", "{}", ((_marked(kind, text),) for kind, text in word_changes(before, after)))


@register.simple_tag
def control(field: BoundField, hint: str = "") -> SafeString:
    """One input of a form, with our looks and with what describes it; `field.html` is the whole field."""
    attrs: dict[str, str | bool] = {"class": f"ds-input {field.field.widget.attrs.get('class', '')}".strip()}
    if isinstance(field.field.widget, Textarea | TextInput):
        attrs["dir"] = "auto"
    if hint and not field.help_text:
        described = f"{field.auto_id}_helptext" + (f" {field.auto_id}_error" if field.errors else "")
        attrs["aria-describedby"] = described
    return field.as_widget(attrs=attrs)


@register.filter
def is_single_checkbox(field: BoundField) -> bool:
    """Whether the label stands after the box."""
    return isinstance(field.field.widget, CheckboxInput)


def _marked(kind: Change, text: str) -> SafeString | str:
    if kind is Change.SAME:
        return text
    element, word = ("ins", _("added:")) if kind is Change.ADDED else ("del", _("struck:"))
    return format_html('<{0}><span class="sr-only">{1} </span>{2}</{0}>', element, word, text)


def _hidden(name: str, value: str) -> SafeString:
    return format_html('<input type="hidden" name="{}" value="{}">', name, value)


def _picture(shape: str) -> SafeString:
    return format_html(
        '<svg class="symbol symbol-{0}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<use href="{1}#{0}"></use></svg>',
        shape,
        static("web/symbols.svg"),
    )
