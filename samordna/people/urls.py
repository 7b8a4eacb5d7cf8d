"""No pages of its own: a person is only reached through a case."""

from django.urls import URLPattern

app_name = "people"
urlpatterns: list[URLPattern] = []
