"""A county's installation. Refuses to start while anything it depends on is left to chance."""

import os

from samordna.config.settings.base import *
from samordna.config.settings.base import SILENCED_SYSTEM_CHECKS, told

IS_EXERCISE = False

SECRET_KEY = told.secret("SAMORDNA_SECRET_KEY")
ALLOWED_HOSTS = told.hosts("SAMORDNA_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
# Read in the base settings, which take a file of SQLite where none is given; here it is chosen knowingly.
told.required("SAMORDNA_DATABASE_URL", "give postgresql://… (or sqlite:////… to choose SQLite knowingly)")
DEFAULT_FROM_EMAIL = told.address("SAMORDNA_FROM_ADDRESS")
EMAIL_PORT = told.number("SAMORDNA_SMTP_PORT", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = told.pair("SAMORDNA_SMTP_USER", "SAMORDNA_SMTP_PASSWORD")
EMAIL_USE_TLS = told.switch("SAMORDNA_SMTP_TLS")
EMAIL_HOST = os.environ.get("SAMORDNA_SMTP_HOST", "localhost")
EMAIL_TIMEOUT = 20
# Browsers keep a list of names that are never asked without TLS. To be put on it concerns all that lives under the
# name and takes months to undo, so a county asks for it.
SECURE_HSTS_PRELOAD = told.switch("SAMORDNA_HSTS_PRELOAD")
told.demand_all()

# TLS ends at the proxy in front, which says so in this header and takes it away from what comes from outside.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Where a request came from is told by it too: guesses at passwords are told apart by that.
ADDRESS_HEADER = "HTTP_X_REAL_IP"
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
# The county's choice, above.
SILENCED_SYSTEM_CHECKS = [*SILENCED_SYSTEM_CHECKS, "security.W021"]
