"""The one settings file. Everything comes from the environment; a wrong value stops the start, loudly."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from ampersand.running import embedded
from ampersand.running.calls import jitsi_address, zoom_account
from ampersand.running.logs import logging_settings
from ampersand.running.mail import mail_server, reply_mailbox
from ampersand.running.places import (
    Misconfigured,
    data_folder,
    database_options,
    number,
    secret,
    setting,
    site_address,
    switch,
)

HERE = Path(__file__).resolve().parent

DATA = data_folder()
DEMO = switch("AMPERSAND_DEMO")
LISTEN = setting("AMPERSAND_LISTEN", "127.0.0.1:8000")
ADDRESS = site_address(setting("AMPERSAND_ADDRESS", f"http://{LISTEN}"))
SECURE = ADDRESS.startswith("https://")

SECRET_KEY = secret(DATA, "secret_key")
RECORD_KEY = secret(DATA, "record_key").encode()  # pseudonyms and commitments in the record
REGISTER_KEY = secret(DATA, "register_key").encode()  # hashes in the register of boundaries
SEALING = DATA / "sealing"  # the key and certificate that seal agreements
SEALED_BY = setting(
    "AMPERSAND_NAME", f"Ampersand at {urlsplit(ADDRESS).hostname}"
)  # named in that certificate
TIMESTAMP_AUTHORITY = setting(
    "AMPERSAND_TIMESTAMP_AUTHORITY"
)  # its address, if a third party's clock is wanted
DEBUG = False
ALLOWED_HOSTS = [urlsplit(ADDRESS).hostname or "127.0.0.1"]
BEHIND_PROXY = switch("AMPERSAND_BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
WEB_PROCESSES = number("AMPERSAND_WEB_PROCESSES", min(os.cpu_count() or 1, 4))
WEB_THREADS = number("AMPERSAND_WEB_THREADS", 4)
LOGGING = logging_settings()
CSRF_TRUSTED_ORIGINS = [ADDRESS]
ROOT_URLCONF = "ampersand.urls"
AUTH_USER_MODEL = "ampersand.Person"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # one_person_per_address holds more than unique=True would
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "ampersand",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "ampersand.middleware.client_address",
    "ampersand.middleware.refusals_told",
    "ampersand.middleware.same_headers",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ampersand.readers_clock.ReadersClock",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ampersand.middleware.no_such_address",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates", *sorted(HERE.glob("*/templates"))],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ampersand.context.demo",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

MAIL_SERVER = mail_server(setting("AMPERSAND_MAIL_URL"))  # without one, letters are kept and shown
MAIL_FROM = setting("AMPERSAND_MAIL_FROM", "Ampersand <ampersand@localhost>")
MAIL_REPLY_TO = setting("AMPERSAND_MAIL_REPLY_TO")
MEETINGS_FROM = setting("AMPERSAND_MEETINGS_FROM", MAIL_FROM)  # who invites, and is answered by calendars
MEETINGS_MAILBOX = reply_mailbox(setting("AMPERSAND_MEETINGS_MAILBOX"))  # where those answers arrive
if DEMO and MAIL_SERVER:
    raise Misconfigured(
        "AMPERSAND_DEMO is on: a demo never writes to real people. Take AMPERSAND_MAIL_URL away."
    )
JITSI = jitsi_address(setting("AMPERSAND_JITSI", "meet.jit.si"))
ZOOM = zoom_account()  # instead of Jitsi, if there is one
PROCRASTINATE_IMPORT_PATHS = [
    f"ampersand.{found.parent.name}.tasks" for found in sorted(HERE.glob("*/tasks*"))
]

DATABASE_URL = setting("AMPERSAND_DATABASE_URL")
DATABASES = {"default": database_options(DATABASE_URL) if DATABASE_URL else embedded.options(DATA)}
# Connections are shared by a process's threads, and replaced when the database was away.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["OPTIONS"]["prepare_threshold"] = 5  # whatever asks for it (questions.py) is prepared
DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 0, "max_size": WEB_THREADS + 2, "timeout": 10}

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [HERE / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [HERE / "static"]
STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}

WHITENOISE_ALLOW_ALL_ORIGINS = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SESSION_ENGINE = "ampersand.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
if SECURE:  # a name that browsers take from this very host over https only
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_HANDLERS = ["ampersand.agreements.views.uploads.BoundedUpload"]

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
WHO_MAKES_SCHEMES = setting("AMPERSAND_WHO_MAKES_SCHEMES", "anyone" if DEMO else "operators")

# What follows in the transaction in which an agreement comes into force, in rooms above it.
WHEN_IN_FORCE = [
    "ampersand.boundaries.actions.registering.enter_duties",
    "ampersand.meetings.actions.looking.look_from_now_on",
]
# What follows in the transaction in which a person's time zone changes, in rooms above.
WHEN_ZONE_CHANGED = ["ampersand.meetings.actions.looking.look_at_all_of"]

LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "ampersand.people.access.send_once_more"
# Counts of allauth, and authenticator codes already used, must be seen by every process.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "ampersand_cache"}
}
ACCOUNT_ADAPTER = "ampersand.people.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # a code that came back is the proof
MFA_ADAPTER = "ampersand.people.adapters.SecondFactors"
MFA_FORMS = {
    "authenticate": "ampersand.people.forms.SecondStepForm",
    "reauthenticate": "ampersand.people.forms.AgainForm",
    "activate_totp": "ampersand.people.forms.SetUpAppForm",
    "add_webauthn": "ampersand.people.forms.AddPasskeyForm",
    "edit_webauthn": "ampersand.people.forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Ampersand"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE  # only for trying things out on one's own machine
