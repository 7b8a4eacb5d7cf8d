from django.urls import path

from samordna.overview import views

app_name = "overview"
urlpatterns = [
    path("sip/", views.sip, name="sip"),
    path("sip/changes/", views.changes, name="changes"),
    path("sip/search/", views.search, name="search"),
    path("administer/", views.administer, name="administer"),
]
