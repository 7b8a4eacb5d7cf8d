"""Address of what no longer stands."""

from django.urls import path

from samordna.sip.earlier import views as earlier

CASE = "cases/<uuid:case_id>"

urlpatterns = [
    path(f"{CASE}/earlier/<uuid:version_id>/", earlier.earlier, name="earlier"),
]
