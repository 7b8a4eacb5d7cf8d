"""Settings of the test run; tests/conftest.py chooses the database."""

import secrets

from samordna.config.settings.base import *
from samordna.config.settings.base import INSTALLED_APPS, MIDDLEWARE, told

INSTALLED_APPS = ["samordna.demo", *INSTALLED_APPS]
# Pages name their static files as they are; nothing is collected first.
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise.")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
SECRET_KEY = secrets.token_urlsafe(50)
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
IS_EXERCISE = True
# A real hash takes a tenth of a second; the hashers have tests of their own.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SENDING_IS_TURNED_ON_BY_HAND = False
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# A test's pages may wait for as long as the machine takes; those about waiting choose for themselves.
DATABASE_SECONDS = None

told.demand_all()
