from django.apps import AppConfig


class PrintoutsConfig(AppConfig):
    name = "samordna.printouts"
    label = "printouts"
