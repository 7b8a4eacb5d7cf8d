"""Addresses of the documents that every process has."""

from django.urls import path

from samordna.casework.documents.views import discarding

urlpatterns = [
    path("cases/<uuid:case_id>/unsaved/", discarding.discard, name="discard_unsaved"),
]
