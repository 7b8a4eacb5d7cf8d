from django.urls import path

from samordna.operations import views

app_name = "operations"
urlpatterns = [
    path("livez", views.live, name="live"),
    path("readyz", views.ready, name="ready"),
]
