"""Addresses of *Ny plan*."""

from django.urls import path

from samordna.sip.rounds import views as new_plan

CASE = "cases/<uuid:case_id>"

urlpatterns = [
    path(f"{CASE}/new-plan/", new_plan.new_plan, name="new_plan"),
    path(f"{CASE}/new-plan/cancel/", new_plan.cancel, name="cancel_new_plan"),
]
