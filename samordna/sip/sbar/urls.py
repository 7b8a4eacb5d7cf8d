"""Addresses of the survey by SBAR."""

from django.urls import path

from samordna.sip.sbar import views as sbar

CASE = "cases/<uuid:case_id>"
SBAR = f"{CASE}/sbar"

urlpatterns = [
    path(f"{SBAR}/begin/", sbar.begin, name="sbar_begin"),
    path(f"{SBAR}/sign/", sbar.sign, name="sbar_sign"),
]
