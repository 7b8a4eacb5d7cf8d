from django.urls import path

from tools.bench.bare import views

urlpatterns = [
    path("", views.hello),
    path("cases/", views.cases),
    path("cases/<int:case_id>/", views.case),
    path("cases/<int:case_id>/send/", views.send),
]
