"""Addresses from follow-up to ending, and of SBAR."""

from django.urls import path

from samordna.sip.views.ending import earlier, evaluation, follow_up, new_plan, reporting, sbar

CASE = "sip/cases/<uuid:case_id>"
FOLLOW_UP, EVALUATION, SBAR = f"{CASE}/follow-up", f"{CASE}/evaluation", f"{CASE}/sbar"

urlpatterns = [
    path(f"{FOLLOW_UP}/activate/", follow_up.activate, name="follow_up_activate"),
    path(f"{FOLLOW_UP}/report/", reporting.report, name="follow_up_report"),
    path(f"{FOLLOW_UP}/unsaved/", reporting.discard, name="follow_up_discard"),
    path(f"{FOLLOW_UP}/lock/", follow_up.lock, name="follow_up_lock"),
    path(f"{FOLLOW_UP}/open/", follow_up.open_again, name="follow_up_open"),
    path(f"{FOLLOW_UP}/void/", follow_up.void, name="follow_up_void"),
    path(f"{FOLLOW_UP}/next/", follow_up.schedule, name="follow_up_schedule"),
    path(f"{CASE}/new-plan/", new_plan.new_plan, name="new_plan"),
    path(f"{CASE}/new-plan/cancel/", new_plan.cancel, name="cancel_new_plan"),
    path(f"{EVALUATION}/begin/", evaluation.begin, name="evaluation_begin"),
    path(f"{EVALUATION}/take-over/", evaluation.take_over, name="evaluation_take_over"),
    path(f"{EVALUATION}/edit/", evaluation.edit, name="evaluation_edit"),
    path(f"{EVALUATION}/drop/", evaluation.drop, name="evaluation_drop"),
    path(f"{EVALUATION}/sign/", evaluation.sign, name="evaluation_sign"),
    path(f"{EVALUATION}/lock/", evaluation.lock, name="evaluation_lock"),
    path(f"{EVALUATION}/void/", evaluation.void, name="evaluation_void"),
    path(f"{SBAR}/begin/", sbar.begin, name="sbar_begin"),
    path(f"{SBAR}/sign/", sbar.sign, name="sbar_sign"),
    path(f"{CASE}/earlier/<uuid:version_id>/", earlier.earlier, name="earlier"),
]
