"""Settings of the yardsticks: what each of them needs, and no more."""

import os

from samordna.config.databases import database_from_url

DEBUG = False
# Guards nothing: these pages are served to this machine for as long as they are measured.
SECRET_KEY = "the yardsticks keep no secrets"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "tools.bench.bare.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "tools.bench.bare",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
DATABASES = {"default": database_from_url(os.environ["SAMORDNA_BENCH_BARE_URL"])}
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
