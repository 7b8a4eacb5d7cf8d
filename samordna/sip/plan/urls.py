"""Addresses of the plan, its participants, its print and its history."""

from django.urls import path

from samordna.sip.plan.views import goals, history, law, page, participants, printing, removing, sign

CASE = "cases/<uuid:case_id>"
PLAN = f"{CASE}/plan"
GOAL, ACTIVITY = f"{PLAN}/goals/<uuid:lineage>", f"{PLAN}/activities/<uuid:lineage>"
PARTICIPANTS = f"{CASE}/<slug:slug>/participants"

urlpatterns = [
    path(f"{PLAN}/begin/", page.begin, name="begin_plan"),
    path(f"{PLAN}/edit/", page.edit, name="edit"),
    path(f"{PLAN}/take-over/", page.take_over, name="take_over"),
    path(f"{PLAN}/save/", page.save, name="save_plan"),
    path(f"{PLAN}/drop/", page.drop, name="drop"),
    path(f"{PLAN}/law/", law.law, name="law"),
    path(f"{PLAN}/people/", goals.people, name="plan_people"),
    path(f"{PLAN}/goals/new/", goals.goal_new, name="goal_new"),
    path(f"{GOAL}/", goals.goal, name="goal"),
    path(f"{GOAL}/remove/", removing.goal_remove, name="goal_remove"),
    path(f"{GOAL}/restore/", removing.goal_restore, name="goal_restore"),
    path(f"{GOAL}/activities/new/", goals.activity_new, name="activity_new"),
    path(f"{ACTIVITY}/", goals.activity, name="activity"),
    path(f"{ACTIVITY}/remove/", removing.activity_remove, name="activity_remove"),
    path(f"{ACTIVITY}/restore/", removing.activity_restore, name="activity_restore"),
    path(f"{PLAN}/sign/", sign.sign, name="sign"),
    path(f"{PLAN}/lock/", sign.lock, name="lock"),
    path(f"{PLAN}/unlock/", sign.unlock, name="unlock"),
    path(f"{PLAN}/void/", sign.void, name="void_plan"),
    path(f"{PLAN}/print/<uuid:version_id>/", printing.print_plan, name="print"),
    path(f"{PLAN}/print/<uuid:version_id>/wait/", printing.print_wait, name="print_wait"),
    path(f"{PLAN}/handover/", printing.handover, name="handover"),
    path(f"{PLAN}/history/", history.history, name="history"),
    path(f"{PLAN}/history/<uuid:version_id>/", history.history_version, name="history_version"),
    path(f"{PLAN}/compare/", history.compare, name="compare"),
    path(f"{PARTICIPANTS}/add/", participants.add, name="participant_add"),
    path(f"{PARTICIPANTS}/people/", participants.people, name="participant_people"),
    path(f"{PARTICIPANTS}/<uuid:lineage>/", participants.person, name="participant_person"),
    path(
        f"{PARTICIPANTS}/<uuid:lineage>/attendance/", participants.attendance, name="participant_attendance"
    ),
    path(f"{PARTICIPANTS}/<uuid:lineage>/remove/", participants.remove, name="participant_remove"),
    path(f"{PARTICIPANTS}/<uuid:lineage>/restore/", participants.restore, name="participant_restore"),
]
