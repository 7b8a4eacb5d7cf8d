from django.apps import AppConfig


class SipConfig(AppConfig):
    name = "samordna.sip"
