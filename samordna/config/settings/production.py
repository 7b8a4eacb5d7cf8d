"""A county's installation. Refuses to start while anything it depends on is left to chance."""

import os

from django.core.exceptions import ImproperlyConfigured

from samordna.config.settings.base import *
from samordna.config.settings.base import DATABASE_URL

IS_EXERCISE = False


def required(name: str, why: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {why}.")
    return value


def listed(value: str) -> list[str]:
    return [item.strip() for item in value.split(",") if item.strip()]


SECRET_KEY = required(
    "SAMORDNA_SECRET_KEY", "sessions are signed with it; give at least 50 random characters"
)
ALLOWED_HOSTS = listed(required("SAMORDNA_HOSTS", "give the host names of the site, with commas between"))
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
if not DATABASE_URL:
    raise ImproperlyConfigured(
        "SAMORDNA_DATABASE_URL is not set: give postgresql://… (or sqlite:////… to choose SQLite knowingly)."
    )

# TLS ends at the proxy in front, which says so in this header and takes it away from what comes from outside.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True

EMAIL_HOST = os.environ.get("SAMORDNA_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("SAMORDNA_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("SAMORDNA_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SAMORDNA_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("SAMORDNA_SMTP_TLS", "") == "1"
EMAIL_TIMEOUT = 20
