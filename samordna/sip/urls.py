"""Addresses of the SIP: those that every process has, and those of its own parts."""

from django.urls import include, path

from samordna.casework.case import urls as case
from samordna.casework.documents import urls as documents
from samordna.casework.messages import urls as messages
from samordna.casework.urls import mounted
from samordna.sip.earlier import urls as earlier
from samordna.sip.evaluation import urls as evaluation
from samordna.sip.follow_up import urls as follow_up
from samordna.sip.pages import SIP_PAGES
from samordna.sip.plan import urls as plan
from samordna.sip.rounds import urls as rounds
from samordna.sip.sbar import urls as sbar

app_name = "sip"
# The case's own addresses come last: its parts are found by slug, which would match the others' words.
_OWN = [
    *messages.urlpatterns,
    *documents.urlpatterns,
    *plan.urlpatterns,
    *follow_up.urlpatterns,
    *rounds.urlpatterns,
    *evaluation.urlpatterns,
    *sbar.urlpatterns,
    *earlier.urlpatterns,
    *case.urlpatterns,
]
urlpatterns = [path("sip/", include(mounted(SIP_PAGES, _OWN)))]
