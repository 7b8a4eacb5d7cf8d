"""Addresses of the evaluation."""

from django.urls import path

from samordna.sip.evaluation.views import acts as evaluation

CASE = "cases/<uuid:case_id>"
EVALUATION = f"{CASE}/evaluation"

urlpatterns = [
    path(f"{EVALUATION}/begin/", evaluation.begin, name="evaluation_begin"),
    path(f"{EVALUATION}/take-over/", evaluation.take_over, name="evaluation_take_over"),
    path(f"{EVALUATION}/edit/", evaluation.edit, name="evaluation_edit"),
    path(f"{EVALUATION}/drop/", evaluation.drop, name="evaluation_drop"),
    path(f"{EVALUATION}/sign/", evaluation.sign, name="evaluation_sign"),
    path(f"{EVALUATION}/lock/", evaluation.lock, name="evaluation_lock"),
    path(f"{EVALUATION}/void/", evaluation.void, name="evaluation_void"),
]
