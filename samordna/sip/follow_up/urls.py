"""Addresses of the follow-up."""

from django.urls import path

from samordna.sip.follow_up.views import page as follow_up
from samordna.sip.follow_up.views import reporting

CASE = "cases/<uuid:case_id>"
FOLLOW_UP = f"{CASE}/follow-up"

urlpatterns = [
    path(f"{FOLLOW_UP}/activate/", follow_up.activate, name="follow_up_activate"),
    path(f"{FOLLOW_UP}/report/", reporting.report, name="follow_up_report"),
    path(f"{FOLLOW_UP}/unsaved/", reporting.discard, name="follow_up_discard"),
    path(f"{FOLLOW_UP}/lock/", follow_up.lock, name="follow_up_lock"),
    path(f"{FOLLOW_UP}/open/", follow_up.open_again, name="follow_up_open"),
    path(f"{FOLLOW_UP}/void/", follow_up.void, name="follow_up_void"),
    path(f"{FOLLOW_UP}/next/", follow_up.schedule, name="follow_up_schedule"),
]
