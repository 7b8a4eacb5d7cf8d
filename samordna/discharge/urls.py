"""Addresses of a discharge: those that every process has."""

from django.urls import include, path

from samordna.casework.case import urls as case
from samordna.casework.messages import urls as messages
from samordna.casework.urls import mounted
from samordna.discharge.pages import DISCHARGE_PAGES

app_name = "discharge"
urlpatterns = [
    path("spu/", include(mounted(DISCHARGE_PAGES, [*messages.urlpatterns, *case.urlpatterns]))),
]
