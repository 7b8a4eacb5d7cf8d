from django.apps import AppConfig
from django.db.backends.signals import connection_created

from samordna.kernel.collation import register


class KernelConfig(AppConfig):
    name = "samordna.kernel"
    label = "kernel"

    def ready(self) -> None:
        connection_created.connect(register, dispatch_uid="samordna.kernel.collation")
