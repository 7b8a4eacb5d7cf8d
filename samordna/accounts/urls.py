from django.urls import path

from samordna.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.start, name="start"),
    path("login/", views.log_in, name="login"),
    path("logout/", views.log_out, name="logout"),
    path("session/", views.session, name="session"),
    path("password/", views.password, name="password"),
    path("kept-text/", views.kept, name="kept"),
    path("administer/me/", views.me, name="me"),
    path("administer/me/end-other-sessions/", views.end_other_sessions, name="end_other_sessions"),
]
