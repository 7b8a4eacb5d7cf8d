"""The entry of the application server; production unless other settings are named."""

import os

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from samordna.config.per_thread import keep_per_thread
from samordna.web.translations import sources

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samordna.config.settings.production")

application = get_wsgi_application()


def demand_ready() -> None:
    """Refuse to start before what pages are made of has been made: they would be English, or not come at all."""
    faults = []
    if not getattr(staticfiles_storage, "hashed_files", True):
        faults.append("The static files are not collected: run manage.py collectstatic --noinput.")
    if not all(source.with_suffix(".mo").exists() for source in sources()):
        faults.append("The translations are not compiled: run manage.py compile_translations.")
    if faults:
        raise ImproperlyConfigured("\n".join(faults))


demand_ready()
keep_per_thread()
