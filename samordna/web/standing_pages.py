"""Error pages that need nothing of the program: nginx and the application server give them when it cannot answer.

`manage.py collectstatic` puts each as a file among the static ones, from which nginx gives it; the application server
asks here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.template.loader import get_template
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Among the static files.
FOLDER = "web/errors"


@dataclass(frozen=True, slots=True)
class Words:
    """What happened, why, and what to do now."""

    heading: str | Promise
    cause: str | Promise
    advice: str | Promise


_UNREADABLE = Words(
    _("The page could not be shown"),
    _("The address or the form was incomplete when it reached us."),
    _("Go back, load the page again and try once more."),
)
_NOT_HERE = Words(
    _("The page is not here"),
    _("The address is wrong, the page is gone, or it is not for you."),
    _("Go to the start page and look for it from there."),
)
NOT_THIS_WAY = Words(
    _("The page cannot be opened in this way"),
    _("The address belongs to a form that is sent, and cannot be opened by itself."),
    _("Go back to the page with the form and send it from there."),
)
TOO_LARGE = Words(
    _("What you sent is too large"),
    _("The file or the text is larger than the system takes. Nothing was saved."),
    _("Go back to the page before, where your text is left. Choose a smaller file, or divide it in several."),
)
PAGES = {
    400: _UNREADABLE,
    403: _NOT_HERE,
    404: _NOT_HERE,
    405: NOT_THIS_WAY,
    413: TOO_LARGE,
    414: Words(
        _("The address is too long"),
        _("The address has more characters than the system can read."),
        _("Go to the start page and look for what you need from there."),
    ),
    431: Words(
        _("The browser sent too much"),
        _("The browser sent more cookies with the page than the system can read."),
        _("Close the browser, open it again and log in."),
    ),
    500: Words(
        _("A fault in the system stopped the page"),
        _("What was saved before is still there. The last thing you did was not carried out."),
        _("Try again in a minute. If the fault comes back, turn to support."),
    ),
    502: Words(
        _("The system does not answer just now"),
        _("It is being started again, or has stopped."),
        _("Wait a minute and load the page again. What was saved before is still there."),
    ),
    503: Words(
        _("The system does not answer just now"),
        _("It is busy, or is being looked after."),
        _("Wait a minute and load the page again. What was saved before is still there."),
    ),
    504: Words(
        _("The answer took too long"),
        _("What you did may have been carried out all the same."),
        _("Go back, load the page again and see whether it was done before you do it once more."),
    ),
}


@cache
def page(status: int) -> str:
    """The whole page for that status, in Swedish: whoever gives it knows nothing of the user."""
    with translation.override("sv"):
        context = {"status": status, "words": PAGES[status]}
        return get_template("web/errors/standing.html").render(context)


class Finder(BaseFinder):
    """Gives the pages to `collectstatic`, made when it asks, as if they were files."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        pages = InMemoryStorage()
        for status in PAGES:
            yield pages.save(f"{FOLDER}/{status}.html", ContentFile(page(status).encode())), pages

    def find(self, path: str, *_args: Any, **_kwargs: Any) -> Any:
        """No page of the program's own leads to them."""
        return []
