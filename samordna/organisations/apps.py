from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "samordna.organisations"
