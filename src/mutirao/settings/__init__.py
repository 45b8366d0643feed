"""Django's settings, all derived from `environment.read()`; nothing here reads os.environ twice."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from email.utils import formataddr, parseaddr
from pathlib import Path
from typing import cast
from urllib.parse import parse_qsl, unquote, urlsplit

import pghistory
from csp.constants import NONE, SELF

from mutirao.core.files import object_store
from mutirao.core.home import data_folder
from mutirao.settings.environment import origin, read

ENV = read()
PRODUCTION = ENV["MUTIRAO_ENV"] == "production"
TESTING = "pytest" in sys.modules
PACKAGE = Path(__file__).resolve().parent.parent
HOME = data_folder()

DEBUG = ENV["MUTIRAO_DEBUG"]
DEMO = ENV["MUTIRAO_DEMO"]
NETWORK_NAME = ENV["MUTIRAO_NETWORK_NAME"]
BASE_URL = str(ENV["MUTIRAO_BASE_URL"]).rstrip("/")


def _secret_key() -> str:
    """The operator's key or, outside production, one made once and kept in the data folder."""
    if ENV["MUTIRAO_SECRET_KEY"]:
        return str(ENV["MUTIRAO_SECRET_KEY"])
    path = HOME / "secret_key"
    if not path.exists() and os.environ.get("MUTIRAO_ROLE") == "doctor":
        return secrets.token_urlsafe(48)  # it looks, and makes nothing
    if not path.exists():
        fresh = HOME / f"secret_key.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)  # atomic: two first starts at once agree on one key
        fresh.unlink()
    return path.read_text()


def database_from_url(url: str) -> dict[str, object]:
    """Turn postgresql://user:password@host:port/name?option=value into Django's form.

    A host that is a folder (percent-encoded, or in `?host=`) means its Unix socket.
    """
    parts = urlsplit(url)
    options: dict[str, object] = dict(parse_qsl(parts.query))
    host = str(options.pop("host", "") or unquote(parts.hostname or ""))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(options.pop("port", "") or parts.port or ""),
        "OPTIONS": options,
        "DISABLE_SERVER_SIDE_CURSORS": bool(ENV["DATABASE_DIRECT_URL"]),
    }


SECRET_KEY = _secret_key()
# The command line starts the embedded server and leaves its address here for its children.
DATABASE_URL = ENV["DATABASE_URL"] or os.environ.get("MUTIRAO_EMBEDDED_URL", "")
DATABASES = {"default": database_from_url(str(DATABASE_URL or "postgresql:///mutirao"))}
if ENV["MUTIRAO_REPLICA_URL"]:
    DATABASES["replica"] = database_from_url(str(ENV["MUTIRAO_REPLICA_URL"]))
    DATABASES["replica"]["TEST"] = {"MIRROR": "default"}
    DATABASE_ROUTERS = ["mutirao.core.replica.Router"]
if os.environ.get("MUTIRAO_ROLE") == "web":
    for _name, _database in DATABASES.items():
        # min_size 1: an idle machine keeps one connection a process, not one a thread.
        _database["OPTIONS"]["pool"] = {  # type: ignore[index]
            "min_size": 1,
            "max_size": ENV["MUTIRAO_THREADS"],
            # A thread always finds a connection, unless the database is away: pages say so then,
            # and for a replica the primary is there.
            "timeout": 3 if _name == "default" else 0.5,
            # Longer, and the pauses between its attempts grow past the return of the database.
            "reconnect_timeout": 4,
        }
        # One empty question, 0.1 ms: a connection of before a restart costs nobody a page.
        _database["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ALLOWED_HOSTS = cast("list[str]", ENV["MUTIRAO_HOSTS"]) or ["localhost", "127.0.0.1", "[::1]"]
INSTALLED_APPS = [
    "mutirao.home",
    "mutirao.reports",
    "mutirao.continuity",
    "mutirao.assembly",
    "mutirao.plans",
    "mutirao.meetings",
    "mutirao.commitments",
    "mutirao.discussions",
    "mutirao.notices",
    "mutirao.registry",
    "mutirao.network",
    "mutirao.topics",
    "mutirao.intake",
    "mutirao.accounts",
    "mutirao.letters",
    "mutirao.core",
    "mutirao.demonstration",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",  # its widget templates, for our form renderer
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "rules.apps.AutodiscoverRulesConfig",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "mutirao.core.middleware.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "mutirao.core.middleware.ReadersLanguage",
    "mutirao.core.middleware.BodyLimit",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "mutirao.core.outage.Outage",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mutirao.core.middleware.Private",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "mutirao.core.middleware.FragmentsApart",
    "allauth.account.middleware.AccountMiddleware",
    "mutirao.core.replica.ReadFromReplica",
    "mutirao.network.middleware.Acting",
    "mutirao.network.middleware.OpenedFor",
    # After Acting: the page for a form that came too late shows who is signed in.
    "mutirao.core.middleware.SignInFirst",
    "mutirao.accounts.middleware.LastSeen",
    "mutirao.accounts.middleware.Agreed",
    "mutirao.network.middleware.SecondFactor",
    "mutirao.core.middleware.Refusals",
    "mutirao.core.middleware.ReadersTimeZone",
    "mutirao.network.middleware.History",
]
if TESTING:
    MIDDLEWARE.append("mutirao.core.middleware.NoWritesOnGet")

ROOT_URLCONF = "mutirao.urls"
WSGI_APPLICATION = "mutirao.wsgi.application"

# Explicit loaders: cotton and template-partials break each other with their automatic ones.
_LOADERS = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
_CACHED = ("django.template.loaders.cached.Loader", _LOADERS)
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("template_partials.loader.Loader", _LOADERS if DEBUG else [_CACHED])],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "mutirao.core.templatetags.mutirao",
                "rules.templatetags.rules",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mutirao.core.context.page",
            ],
        },
    }
]
COTTON_SNAKE_CASED_NAMES = False
FORM_RENDERER = "mutirao.core.forms.Renderer"

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 10}  # type: ignore[assignment]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:desk"
ACCOUNT_ADAPTER = "mutirao.accounts.adapter.Adapter"
MFA_ADAPTER = "mutirao.accounts.mfa.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
SIGN_UP = ENV["MUTIRAO_SIGN_UP"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "home:home"
ACCOUNT_PREVENT_ENUMERATION = True
# "key" is the address or, in a browser known to the account, both (accounts.adapter).
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    "login": "30/m/ip",
    "signup": "10/h/ip,20/d/ip",
}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Sign-in with other services: the provider itself is accounts/provider.py
OIDC: list[dict[str, object]] = ENV["MUTIRAO_OIDC"]  # type: ignore[assignment]
SOCIALACCOUNT_ADAPTER = "mutirao.accounts.social.Adapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # an equal address opens nothing
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True  # linking and unlinking ask for proof again
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": one["id"],
                "name": one["name"],
                "client_id": one["client_id"],
                "secret": one["secret"],
                "settings": {
                    "server_url": one["issuer"],
                    "scope": one["scope"],
                    "trust_email": one["trust_email"],
                },
            }
            for one in OIDC
        ],
    }
}
# How long things are kept; each app deletes its own (core.personal.Period).
KEEP_SESSIONS_DAYS: int = ENV["MUTIRAO_KEEP_SESSIONS_DAYS"]  # type: ignore[assignment]
KEEP_DEVICES_DAYS: int = ENV["MUTIRAO_KEEP_DEVICES_DAYS"]  # type: ignore[assignment]
KEEP_UNCONFIRMED_DAYS: int = ENV["MUTIRAO_KEEP_UNCONFIRMED_DAYS"]  # type: ignore[assignment]
KEEP_DRAFTS_DAYS: int = ENV["MUTIRAO_KEEP_DRAFTS_DAYS"]  # type: ignore[assignment]
# Codes of an app and passkeys; whom it is required of: docs/adr/0009-second-factor.md
SECOND_FACTOR_REQUIRED = ENV["MUTIRAO_SECOND_FACTOR"] == "required"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "authenticate": "mutirao.accounts.forms.factors.AuthenticateForm",
    "reauthenticate": "mutirao.accounts.forms.factors.ReauthenticateForm",
    "activate_totp": "mutirao.accounts.forms.factors.ActivateTOTPForm",
    "add_webauthn": "mutirao.accounts.forms.factors.AddWebAuthnForm",
    "edit_webauthn": "mutirao.accounts.forms.factors.EditWebAuthnForm",
    "generate_recovery_codes": "mutirao.accounts.forms.factors.GenerateRecoveryCodesForm",
}
MFA_TOTP_ISSUER = NETWORK_NAME
MFA_TOTP_TOLERANCE = 1  # the clock of a phone may be half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
ALLAUTH_TRUSTED_PROXY_COUNT = ENV["MUTIRAO_PROXIES"]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "mutirao_session"
CSRF_COOKIE_NAME = "mutirao_csrf"
LANGUAGE_COOKIE_NAME = "mutirao_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "mutirao.core.views.expired"

# Rate limits are counted in PostgreSQL: the one store every web process shares.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        # Room for every address that tries: Django's 300 would let anyone flush the counters.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Languages: docs/adr/0003-languages-and-addresses.md
LANGUAGE_CODE = "pt-br"
LANGUAGES = [("pt-br", "Português"), ("es", "Español"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = str(ENV["MUTIRAO_TIME_ZONE"])
LOCALE_PATHS = [PACKAGE / "locale"]

# Files
BACKUP_DAYS = int(ENV["MUTIRAO_BACKUP_DAYS"])  # type: ignore[call-overload]
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "files"
MEDIA_URL = ""  # files are handed out by views that check who may see them
UPLOAD_BYTES = int(ENV["MUTIRAO_UPLOAD_MB"]) * 1024 * 1024  # type: ignore[call-overload]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 8000  # the review screen of a long document is one form
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600  # other accounts of the machine have no business there
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
STORAGES = {
    "default": object_store(str(ENV["MUTIRAO_FILES_URL"]))
    if ENV["MUTIRAO_FILES_URL"]
    else {"BACKEND": "mutirao.core.files.LocalFiles"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 31536000 if not DEBUG else 0

# How long things of people stay
INVITATION_DAYS = int(ENV["MUTIRAO_INVITATION_DAYS"])  # type: ignore[call-overload]
CONTACT_DAYS = int(ENV["MUTIRAO_CONTACT_DAYS"])  # type: ignore[call-overload]

# Mail
DEFAULT_FROM_EMAIL = str(ENV["MUTIRAO_EMAIL_FROM"])
SERVER_EMAIL = DEFAULT_FROM_EMAIL
_sender_name, _sender = parseaddr(DEFAULT_FROM_EMAIL)
MAIL_FROM = formataddr((_sender_name or str(NETWORK_NAME), _sender))
MAIL_REPLY_TO = str(ENV["MUTIRAO_EMAIL_REPLY_TO"])
MAIL_BOUNCES_TO = str(ENV["MUTIRAO_EMAIL_BOUNCES_TO"]) or _sender
LETTERS_DAYS = int(ENV["MUTIRAO_LETTERS_DAYS"])  # type: ignore[call-overload]
NOTICES_DAYS = int(ENV["MUTIRAO_NOTICES_DAYS"])  # type: ignore[call-overload]
_mail = urlsplit(str(ENV["MUTIRAO_EMAIL_URL"]))
# Without a mail server letters stay here: in `outbox/`, and on the outbox page.
MAIL_LEAVES = bool(_mail.hostname)
if _mail.hostname:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _mail.hostname
    EMAIL_PORT = _mail.port or {"smtp": 25, "smtps": 465}.get(_mail.scheme, 587)
    EMAIL_HOST_USER = unquote(_mail.username or "")
    EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
    EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = HOME / "outbox"

# The live door: see docs/adr (what stays open is a process of its own)
LIVE_URL = str(ENV["MUTIRAO_LIVE_URL"])
_own = urlsplit(BASE_URL)
# ":8001" is another port of the host the reader came by: allowed for each of our own names.
LIVE_ORIGINS = (
    sorted(
        {f"{_own.scheme}://{_own.hostname}{LIVE_URL}"}
        | {
            f"{_own.scheme}://{host}{LIVE_URL}"
            for host in ALLOWED_HOSTS
            if not host.startswith(("[", "*", "."))
        }
    )
    if LIVE_URL.startswith(":")
    else []
)

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # data: Bootstrap's own form arrows
        "connect-src": [SELF, *LIVE_ORIGINS],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        # A form that signs in or out with another service is led on to it.
        "form-action": [SELF, *sorted({origin(str(one["issuer"])) for one in OIDC})],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31536000
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health$"]
    CSRF_TRUSTED_ORIGINS = [BASE_URL]
if ENV["MUTIRAO_PROXIES"]:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# History: docs/adr/0004-history-by-triggers.md
PGHISTORY_CREATED_AT_FUNCTION = "CLOCK_TIMESTAMP()"
# "events" is what the calendar calls its own.
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="history", related_query_name="history")
PGHISTORY_DEFAULT_TRACKERS = (
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "mutirao.core.logs.RequestIdFilter"}},
    "formatters": {
        "text": {"format": "%(asctime)s %(levelname)s [%(request_id)s] %(name)s: %(message)s"},
        "json": {"()": "mutirao.core.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["request"],
            "formatter": "json" if ENV["MUTIRAO_LOG_FORMAT"] == "json" else "text",
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "procrastinate": {"level": "WARNING"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
