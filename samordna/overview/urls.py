from django.urls import path

from samordna.kernel.module import Module
from samordna.overview import views

app_name = "overview"
urlpatterns = [
    path("sip/", views.worklist, {"module": Module.SIP}, name="sip"),
    path("sip/changes/", views.changes, {"module": Module.SIP}, name="changes"),
    path("sip/search/", views.search, {"module": Module.SIP}, name="search"),
    path("administer/", views.administer, name="administer"),
]
