from django.urls import path

from samordna.assignments.views import files, rights, units, users

app_name = "assignments"
urlpatterns = [
    path("choose-unit/", units.choose_unit, name="choose_unit"),
    path("choose-unit/change/", units.change_unit, name="change_unit"),
    path("administer/users/", users.users, name="users"),
    path("administer/users/new/", users.user_new, name="user_new"),
    path("administer/users/import/", files.users_import, name="users_import"),
    path("administer/users/import/<uuid:file_id>/", files.users_import_check, name="users_import_check"),
    path("administer/users/passwords/<uuid:passwords_id>/", users.first_passwords, name="first_passwords"),
    path("administer/users/export/", files.users_export, name="users_export"),
    path("administer/users/<int:user_id>/", users.user, name="user"),
    path("administer/users/<int:user_id>/password/", users.user_password, name="user_password"),
    path("administer/users/<int:user_id>/active/", users.user_active, name="user_active"),
    path("administer/users/<int:user_id>/assignments/new/", users.assignment_new, name="assignment_new"),
    path(
        "administer/users/<int:user_id>/assignments/<int:assignment_id>/end/",
        users.assignment_end,
        name="assignment_end",
    ),
    path("administer/users/<int:user_id>/system-roles/new/", rights.role_new, name="role_new"),
    path("administer/users/<int:user_id>/system-roles/<int:grant_id>/end/", rights.role_end, name="role_end"),
    path("administer/rights/", rights.departments, name="rights"),
    path("administer/rights/<int:department_id>/", rights.rights_of, name="rights_of"),
    path("administer/appointed/", rights.staff, name="staff"),
    path("administer/appointed/<int:assignment_id>/", rights.appoint, name="appoint"),
    path("administer/appointed/units/<int:unit_id>/", rights.staff, name="staff_of"),
    path("administer/system-roles/", rights.roles, name="roles"),
]
