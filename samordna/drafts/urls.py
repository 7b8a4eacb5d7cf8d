from django.urls import path

from samordna.drafts import views

app_name = "drafts"
urlpatterns = [
    path("drafts/save/", views.save, name="save"),
]
