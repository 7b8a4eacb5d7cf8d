"""All addresses. Each room names its own whole addresses, so that they read the same here and there."""

from django.urls import include, path

# An address is compared with one after the other, so what is asked for most comes first.
urlpatterns = [
    path("", include("samordna.overview.urls")),
    path("", include("samordna.sip.urls")),
    path("", include("samordna.discharge.urls")),
    path("", include("samordna.drafts.urls")),
    path("", include("samordna.web.urls")),
    path("", include("samordna.accounts.urls")),
    path("", include("samordna.assignments.urls")),
    path("", include("samordna.organisations.urls")),
    path("", include("samordna.people.urls")),
    path("", include("samordna.notifications.urls")),
    path("", include("samordna.operations.urls")),
]

handler400 = "samordna.web.views.bad_request"
handler403 = "samordna.web.views.forbidden"
handler404 = "samordna.web.views.not_found"
handler500 = "samordna.web.views.server_error"
