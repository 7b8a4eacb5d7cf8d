"""The entry of the application server; production unless other settings are named."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samordna.config.settings.production")

application = get_wsgi_application()
