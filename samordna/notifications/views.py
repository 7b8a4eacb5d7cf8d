"""In practice, the mails that units would have got."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samordna.notifications.queries import mails_in_folder, sending
from samordna.notifications.states import Sending


@require_safe
def folder(request: HttpRequest) -> HttpResponse:
    """The newest mails of the practice folder. There is no such page where mail is really sent."""
    if not getattr(settings, "IS_EXERCISE", False):
        raise Http404
    return render(
        request, "notifications/folder.html", {"mails": mails_in_folder(), "is_off": sending() != Sending.ON}
    )
