"""Settings that are the same in the demo, in tests and in production."""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from samordna.config.databases import database_from_url, sqlite
from samordna.config.environment import Environment
from samordna.config.logging import logging_settings

# Its faults are told together, at the end of the settings that begin with these.
told = Environment()

BASE_DIR = Path(__file__).resolve().parents[3]
# Everything that the program writes outside its database: static files, the demo's mail, the SQLite file.
VAR_DIR = Path(os.environ.get("SAMORDNA_VAR_DIR", BASE_DIR / "var"))

DEBUG = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "samordna.config.urls"
WSGI_APPLICATION = "samordna.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rooms, top to bottom; a room imports only from those below it (see pyproject.toml).
ROOMS = [
    "samordna.operations",
    "samordna.overview",
    "samordna.discharge",
    "samordna.sip",
    "samordna.casework",
    "samordna.messaging",
    "samordna.documents",
    "samordna.cases",
    "samordna.people",
    "samordna.assignments",
    "samordna.accounts",
    "samordna.organisations",
    "samordna.drafts",
    "samordna.notifications",
    "samordna.printouts",
    "samordna.audit",
    "samordna.web",
    "samordna.kernel",
]
INSTALLED_APPS = [
    *ROOMS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "csp",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
]

MIDDLEWARE = [
    "samordna.web.middleware.RequestIdMiddleware",
    "samordna.web.middleware.DatabasePatience",
    "samordna.operations.middleware.HealthFirst",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "samordna.web.middleware.PageHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "samordna.accounts.middleware.SessionCookie",
    "samordna.web.middleware.LanguageFromCookieMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "samordna.web.middleware.NoEmptyError",
    "samordna.overview.middleware.ChangesAskedAtOnce",
    # Who acts, from a session that still lasts, at a unit that was chosen; then what was refused to them.
    "samordna.assignments.middleware.ActorMiddleware",
    "samordna.organisations.middleware.SupportChain",
    "samordna.overview.middleware.ToDoPerUnit",
    "samordna.accounts.middleware.SessionLimits",
    "samordna.accounts.middleware.LoginRequired",
    "samordna.assignments.middleware.UnitRequired",
    "samordna.audit.middleware.RefusalLog",
    "samordna.web.middleware.OtherUnitMiddleware",
    "axes.middleware.AxesMiddleware",
]

# Every other route asks for a login (tests/architecture walks them all).
LOGIN_EXEMPT_ROUTES = [
    "accounts:start",
    "accounts:login",
    "web:language",
    "web:components",
    "web:sample",
    "operations:live",
    "operations:ready",
]

DATABASE_URL = os.environ.get("SAMORDNA_DATABASE_URL", "")
_own_file = sqlite(VAR_DIR / "samordna.sqlite3")
DATABASES = {
    "default": told.read(lambda: database_from_url(DATABASE_URL), _own_file) if DATABASE_URL else _own_file
}

# How long a page waits for an answer of the database. The application server and the proxy in front give up after a
# minute, and their pages would have lost what was typed.
DATABASE_SECONDS: int | None = told.number("SAMORDNA_DATABASE_SECONDS", 4, most=50)

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samordna.web.context.page_frame",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django.template.loaders.app_directories.Loader"],
                        )
                    ],
                )
            ],
            "builtins": ["template_partials.templatetags.partials"],
            "libraries": {"i18n": "samordna.web.templatetags.kept_i18n"},
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Accounts and sessions -------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "samordna.accounts.backends.UserBackend",
]
PASSWORD_HASHERS = [
    "samordna.accounts.hashers.Argon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "accounts:start"

# Counted in the database per user name and origin (`accounts.guessing`), so that every process sees the same count.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
# Two libraries of tags by one name: ours takes the place of Django's `i18n` on purpose.
SILENCED_SYSTEM_CHECKS: list[str] = ["templates.W003"]
AXES_RESET_ON_SUCCESS = False
# Wrong passwords within that time that a browser not known to be the user's may come after. A hospital's users share
# one address, so by that alone many are let through; of IPv6 it is all that one subscriber has (48 bits).
MOST_GUESSES_PER_USER = 50
MOST_GUESSES_PER_ADDRESS = 200
MOST_GUESSES_IN_ALL = 2_000
# The header in which a trusted proxy tells where a request came from; without one it is the connection's address.
ADDRESS_HEADER = ""
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# Trying again while locked out does not make it longer: the page says when it ends.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_FORM_FIELD = "username"

SESSION_ENGINE = "samordna.accounts.session_store"
SESSION_IDLE_SECONDS = told.number("SAMORDNA_SESSION_IDLE_SECONDS", 30 * 60)
SESSION_ABSOLUTE_SECONDS = told.number("SAMORDNA_SESSION_ABSOLUTE_SECONDS", 12 * 60 * 60)
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "samordna.web.views.csrf_failure"
# A confirmation may name a person: it is kept on the server, never in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# What an open page asks for, or keeps, by itself every few seconds: refused to it, it is logged once a session and day.
SENT_BY_PAGES = {"drafts:save", "overview:changes", "overview:discharge_changes"}

# --- Headers ---------------------------------------------------------------------------------------------------------
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# --- Language and time -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Swedish")), ("en", _("English"))]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

# --- Files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "samordna.web.standing_pages.Finder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Messages out ----------------------------------------------------------------------------------------------------
# Asked when the log is verified: what the cases know of acts that the log should know of.
LOG_WITNESS = "samordna.operations.witnesses.acts_without_entry"

# A copy of the database must not tell anybody anything: an operator says which machine sends from which database.
SENDING_IS_TURNED_ON_BY_HAND = True
DEFAULT_FROM_EMAIL = os.environ.get("SAMORDNA_FROM_ADDRESS", "samordna@localhost")

LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logging_settings(level=told.level())
# The application server has read it before, and leaves its fault to be told here with the others.
WEB_WORKERS = told.number("SAMORDNA_WEB_WORKERS", 2)
