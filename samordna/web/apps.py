from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "samordna.web"
    label = "web"
