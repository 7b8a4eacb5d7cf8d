"""Addresses of the SIP, by subject: its messages, its plan, follow-up to ending, and the case itself."""

from samordna.sip.urls import case, ending, messages, plan

app_name = "sip"
# The case's own addresses come last: its parts are found by slug, which would match the others' words.
urlpatterns = [*messages.urlpatterns, *plan.urlpatterns, *ending.urlpatterns, *case.urlpatterns]
