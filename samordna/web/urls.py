from django.urls import path

from samordna.web import views

app_name = "web"
urlpatterns = [
    path("language/", views.language, name="language"),
    path("components/", views.components, name="components"),
    path("components/<slug:page>/", views.components, name="sample"),
]
