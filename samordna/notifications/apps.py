from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "samordna.notifications"
    label = "notifications"
