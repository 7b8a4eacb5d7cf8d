"""Addresses of the case itself."""

from django.urls import path

from samordna.casework.case.views import case, identity, joining, new_case, person, protection, taking_on
from samordna.casework.file.views import parts

urlpatterns = [
    path("new/", new_case.new, name="new"),
    path("new/create/", new_case.create, name="create"),
    path("without-coordinator/", case.without_coordinator, name="without_coordinator"),
    path("without-coordinator/<uuid:case_id>/", case.replace_coordinator, name="replace_coordinator"),
    path("cases/<uuid:case_id>/", parts.case, name="case"),
    path("cases/<uuid:case_id>/take-on/", taking_on.take_on, name="take_on"),
    path("cases/<uuid:case_id>/coordinator/", case.coordinator, name="coordinator"),
    path("cases/<uuid:case_id>/units/", case.units, name="units"),
    path("cases/<uuid:case_id>/units/handler/", case.name_handler, name="name_handler"),
    path("cases/<uuid:case_id>/units/<int:unit_id>/remove/", case.remove_unit, name="remove_unit"),
    path("cases/<uuid:case_id>/person/", person.person, name="person"),
    path("cases/<uuid:case_id>/person/related/", person.related, name="related"),
    path("cases/<uuid:case_id>/person/correct/", identity.correct_number, name="correct_number"),
    path("cases/<uuid:case_id>/person/link/", identity.link_number, name="link_number"),
    path("cases/<uuid:case_id>/person/new-number/", identity.new_number, name="new_number"),
    path("cases/<uuid:case_id>/person/undo/<uuid:change_id>/", identity.undo, name="undo_identity"),
    path("cases/<uuid:case_id>/join/", joining.join, name="join"),
    path("cases/<uuid:case_id>/join/decline/", joining.decline, name="join_decline"),
    path(
        "cases/<uuid:case_id>/person/protection/undo/<uuid:change_id>/",
        protection.undo,
        name="undo_lowering",
    ),
    path("protection/", protection.find, name="find_protection"),
    path("protection/<uuid:case_id>/", protection.lower, name="lower_protection"),
    path("protection/<uuid:case_id>/open/", protection.open_contacts, name="open_contacts"),
    path("cases/<uuid:case_id>/consent/", person.consent, name="consent"),
    path("cases/<uuid:case_id>/consent/withdraw/", person.withdraw_consent, name="withdraw_consent"),
    path("cases/<uuid:case_id>/end/", case.end, name="end"),
    # Last, since a part's slug would match the words above.
    path("cases/<uuid:case_id>/<slug:slug>/", parts.part, name="part"),
]
