from django.urls import path

from samordna.assignments.views import files, rights, units, users

app_name = "assignments"
urlpatterns = [
    path("valj-enhet", units.choose_unit, name="choose_unit"),
    path("valj-enhet/byt", units.change_unit, name="change_unit"),
    path("administrera/anvandare", users.users, name="users"),
    path("administrera/anvandare/ny", users.user_new, name="user_new"),
    path("administrera/anvandare/importera", files.users_import, name="users_import"),
    path("administrera/anvandare/exportera", files.users_export, name="users_export"),
    path("administrera/anvandare/<int:user_id>", users.user, name="user"),
    path("administrera/anvandare/<int:user_id>/losenord", users.user_password, name="user_password"),
    path("administrera/anvandare/<int:user_id>/oppen", users.user_active, name="user_active"),
    path("administrera/anvandare/<int:user_id>/uppdrag/nytt", users.assignment_new, name="assignment_new"),
    path(
        "administrera/anvandare/<int:user_id>/uppdrag/<int:assignment_id>/avsluta",
        users.assignment_end,
        name="assignment_end",
    ),
    path("administrera/anvandare/<int:user_id>/roll/ny", rights.role_new, name="role_new"),
    path(
        "administrera/anvandare/<int:user_id>/roll/<int:grant_id>/avsluta", rights.role_end, name="role_end"
    ),
    path("administrera/behorigheter", rights.departments, name="rights"),
    path("administrera/behorigheter/<int:department_id>", rights.rights_of, name="rights_of"),
    path("administrera/utsedda", rights.staff, name="staff"),
    path("administrera/utsedda/<int:assignment_id>", rights.appoint, name="appoint"),
    path("administrera/systemroller", rights.roles, name="roles"),
]
