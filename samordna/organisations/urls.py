from django.urls import path

from samordna.organisations.views import address_book, settings, tree

app_name = "organisations"
urlpatterns = [
    path("administrera/adressbok", address_book.address_book, name="address_book"),
    path("administrera/adressbok/sok", address_book.search, name="search"),
    path("administrera/adressbok/importera", address_book.import_file, name="import"),
    path("administrera/adressbok/exportera", address_book.export_file, name="export"),
    path("administrera/adressbok/enhet/<int:unit_id>", address_book.unit, name="unit"),
    path("administrera/organisation", tree.tree, name="tree"),
    path("administrera/organisation/ny", tree.add, name="add_principal"),
    path("administrera/organisation/<int:place_id>", tree.place, name="place"),
    path("administrera/organisation/<int:parent_id>/ny", tree.add, name="add"),
    path("administrera/organisation/<int:place_id>/stang", tree.close, name="close"),
    path("administrera/organisation/<int:place_id>/oppna", tree.reopen, name="reopen"),
    path("administrera/installningar", settings.settings, name="settings"),
    path("administrera/installningar/<slug:key>", settings.setting, name="setting"),
    path(
        "administrera/forvaltning/<int:department_id>/installningar",
        settings.settings,
        name="department_settings",
    ),
    path(
        "administrera/forvaltning/<int:department_id>/installningar/<slug:key>",
        settings.setting,
        name="department_setting",
    ),
]
