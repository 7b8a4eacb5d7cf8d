from django.urls import path

from samordna.organisations.views import address_book, incoming, settings, tree

app_name = "organisations"
urlpatterns = [
    path("administer/address-book/", address_book.address_book, name="address_book"),
    path("administer/address-book/search/", address_book.search, name="search"),
    path("administer/address-book/import/", incoming.import_file, name="import"),
    path("administer/address-book/import/<uuid:file_id>/", incoming.import_check, name="import_check"),
    path("administer/address-book/export/", address_book.export_file, name="export"),
    path("administer/address-book/units/<int:unit_id>/", address_book.unit, name="unit"),
    path("administer/organisation/", tree.tree, name="tree"),
    path("administer/organisation/new/", tree.add, name="add_principal"),
    path("administer/organisation/<int:place_id>/", tree.place, name="place"),
    path("administer/organisation/<int:parent_id>/new/", tree.add, name="add"),
    path("administer/organisation/<int:place_id>/close/", tree.close, name="close"),
    path("administer/organisation/<int:place_id>/notices/", tree.notices, name="notices"),
    path("administer/organisation/<int:place_id>/reopen/", tree.reopen, name="reopen"),
    path("administer/settings/", settings.settings, name="settings"),
    path("administer/settings/<slug:key>/", settings.setting, name="setting"),
    path(
        "administer/departments/<int:department_id>/settings/",
        settings.settings,
        name="department_settings",
    ),
    path(
        "administer/departments/<int:department_id>/settings/<slug:key>/",
        settings.setting,
        name="department_setting",
    ),
]
