from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "samordna.drafts"
    label = "drafts"
