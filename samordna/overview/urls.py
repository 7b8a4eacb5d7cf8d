from django.urls import path

from samordna.kernel.module import Module
from samordna.overview import views

app_name = "overview"
urlpatterns = [
    path("sip/", views.worklist, {"module": Module.SIP}, name="sip"),
    path("sip/changes/", views.changes, {"module": Module.SIP}, name="changes"),
    path("sip/search/", views.search, {"module": Module.SIP}, name="search"),
    path("spu/", views.worklist, {"module": Module.SPU}, name="discharge"),
    path("spu/changes/", views.changes, {"module": Module.SPU}, name="discharge_changes"),
    path("spu/search/", views.search, {"module": Module.SPU}, name="discharge_search"),
    path("administer/", views.administer, name="administer"),
]
