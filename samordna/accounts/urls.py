from django.urls import path

from samordna.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.start, name="start"),
    path("logga-in", views.log_in, name="login"),
    path("logga-ut", views.log_out, name="logout"),
    path("session", views.session, name="session"),
    path("losenord", views.password, name="password"),
    path("sparad-text", views.kept, name="kept"),
    path("administrera/mina-uppgifter", views.me, name="me"),
    path("administrera/mina-uppgifter/avsluta-ovriga", views.end_other_sessions, name="end_other_sessions"),
]
