"""Settings, all from the environment (`.env.example` explains each).

Without LOCAL=true this is a production server, which refuses to start while a value is
missing or unsafe and names every such value at once (`config/production.py`).
`./dev` sets LOCAL=true: SQLite, background work inside the web process, this machine only.
"""

import datetime
import os
import secrets
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from config.production import refuse_unsafe

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")  # never overrides what the process was given

LOCAL = env.bool("LOCAL", default=False)
if not LOCAL:
    refuse_unsafe(env.ENVIRON)

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)


def _local_secret_key() -> str:
    """A key of this machine's own, made once, so that logins outlive a restart."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


# --- Who we are -----------------------------------------------------------------------------
DEBUG = LOCAL and env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)  # offers the demo logins on the login page
SECRET_KEY = env.str("SECRET_KEY", default="") or _local_secret_key()
# Earlier ones: what they signed or sealed is still taken (docs/deploy.md says how to change the key).
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
# Host names of the voting booth, none of which is one of the office's (config/middleware.py), and what phones open.
BOOTH_HOSTS = env.list("BOOTH_HOSTS", default=["booth.localhost"] if LOCAL else [])
BOOTH_ADDRESS = env.str("BOOTH_ADDRESS", default="")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "overview",
    "reviews",
    "rectification",
    "reporting",
    "documents",
    "accounts",
    "common",
    "config",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "crispy_forms",
    "crispy_bootstrap5",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
]

MIDDLEWARE = [
    "config.middleware.BoothMiddleware",
    "config.middleware.PrivateAnswersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.PasswordChangeMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.PossibleAddressMiddleware",
    "config.middleware.UploadRefusedMiddleware",
    "config.middleware.GoneMeanwhileMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,  # templates and tags of the packages
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "overview.context.navigation",
            ],
        },
    },
]

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Database -------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
_database = DATABASES["default"]
if _database["ENGINE"] == "django.db.backends.sqlite3":
    _database["OPTIONS"] = {
        # A transaction that will write says so at its start, which stands in for row locks.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # Readers and the writer do not wait for each other; an acknowledged commit is on disk.
        # What is deleted, such as an emptied ballot box, is overwritten.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    }
else:
    _database["CONN_MAX_AGE"] = 60
    _database["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Background work ------------------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", default="")
EMBEDDED_WORKER = not REDIS_URL
CELERY_BROKER_URL = REDIS_URL or "memory://localhost"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TRACK_STARTED = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1  # a long packet must not hold short letters back
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# With Redis away, a click must not hang: the row is written, the beat sends it again later.
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 5, "socket_connect_timeout": 2} if REDIS_URL else {}
CELERY_TASK_PUBLISH_RETRY = False

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "cache",
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# --- People -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
# Names are sorted by the usual reading of each character; the dictionary of phrases costs 45 MB a process.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: refuses before a password is looked at
    "django.contrib.auth.backends.ModelBackend",
]
# Sign-in by the office's identity provider; off while no issuer is named (accounts/oidc.py).
OIDC_ISSUER = env.str("OIDC_ISSUER", default="")
OIDC_RP_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="")
OIDC_RP_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", default="")
OIDC_CLAIM = env.str("OIDC_CLAIM", default="sub")
OIDC_MATCH = env.str("OIDC_MATCH", default="subject")  # or username, or person_code
OIDC_LABEL = env.str("OIDC_LABEL", default="统一身份认证")
OIDC_RP_SIGN_ALGO = env.str("OIDC_SIGN_ALGORITHM", default="RS256")
OIDC_RP_SCOPES = env.str("OIDC_SCOPES", default="openid profile")
OIDC_CREATE_USER = False
OIDC_USE_PKCE = True
OIDC_TIMEOUT = 10
OIDC_AUTHENTICATION_CALLBACK_URL = "accounts:oidc_return"
OIDC_BACKEND = "accounts.oidc.OfficeBackend"
AUTHENTICATION_BACKENDS += [OIDC_BACKEND] if OIDC_ISSUER else []
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "accounts:login"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day with its evening meeting
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# Wrong passwords are counted in the database for one account from one address, never for an address as such.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = env.int("LOCKOUT_FAILURES", default=5)
AXES_COOLOFF_TIME = datetime.timedelta(minutes=env.int("LOCKOUT_MINUTES", default=15))
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # so that the time said on the page stays true
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # who signed in is told by accounts.models.SignIn
AXES_CLIENT_IP_CALLABLE = "common.addresses.client_address"
AXES_LOCKOUT_CALLABLE = "accounts.views.lockouts.locked_out"
AXES_WHITELIST_CALLABLE = "accounts.views.lockouts.may_sign_in_elsewhere"
AXES_VERBOSE = False
ACTIVATION_DAYS = env.int("ACTIVATION_DAYS", default=14)  # how long the code on a printed slip opens an account
# For how long whoever showed who he is does dangerous deeds without being asked again; 0: never asked.
STEP_UP_MINUTES = env.int("STEP_UP_MINUTES", default=15)
# Whether administrators and organization departments must set up a second factor; each of them may.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=False)
OTP_TOTP_ISSUER = env.str("SECOND_FACTOR_LABEL", default="述职评议考核")  # how the telephone's app names us
# How many reverse proxies of ours stand in front; each adds the address it heard to X-Forwarded-For.
PROXIES = env.int("PROXIES", default=0 if LOCAL else 1)

# --- Headers ----------------------------------------------------------------------------------
HTTPS = not LOCAL and env.bool("HTTPS", default=True)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from inside the machine
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Only the reverse proxy reaches the web process, and it sets this header itself.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not "no-referrer": browsers then send "Origin: null" with forms, and CSRF protection refuses.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap draws its check marks and arrows as data images
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# --- Language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
# For everybody, whatever the browser asks for: without a catalog of ours only Django's own words would change.
LANGUAGES = [("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- Files --------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
if LOCAL:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where there is none
ASSETS_DIR = Path(env.str("ASSETS_DIR", default=str(VAR_DIR / "assets")))
STATICFILES_DIRS = [BASE_DIR / "static", ("assets", ASSETS_DIR)]
# Files with their hash in the name, cached for ever, made by `./dev build`; on one's own machine
# files are served as they lie there.
STATIC_MANIFEST = env.bool("STATIC_MANIFEST", default=not LOCAL)
WHITENOISE_USE_FINDERS = not STATIC_MANIFEST
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o640},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_MANIFEST
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "common.uploads.CarefulUploadHandler",
]
# Files are given out by views that ask for permission, so there is no MEDIA_URL.
MEDIA_ROOT = VAR_DIR / "media"
# Of one file that shows progress; the reverse proxy's limit must be larger.
EVIDENCE_MAX_BYTES = env.int("EVIDENCE_MAX_BYTES", default=20 * 1024 * 1024)
# Of all files beside one duty report: how many, and how many bytes together.
ATTACHMENTS_MAX_COUNT = env.int("ATTACHMENTS_MAX_COUNT", default=30)
ATTACHMENTS_MAX_BYTES = env.int("ATTACHMENTS_MAX_BYTES", default=200 * 1024 * 1024)
# Of one workbook that is imported into the register.
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_BYTES", default=10 * 1024 * 1024)
FONT_DIR = Path(env.str("FONT_DIR", default=str(VAR_DIR / "fonts")))
# The office's own fonts, which papers use before ours.
FONT_OFFICE_DIR = Path(env.str("FONT_OFFICE_DIR", default=str(VAR_DIR / "office-fonts")))
# Where the fonts that the set is built from lie, beside /usr/share/fonts.
FONT_SOURCES = env.list("FONT_SOURCES", default=[str(VAR_DIR / "font-sources")])

# --- Messages to the outside: nothing leaves unless these say so ---------------------------------
EMAIL_HOST = env.str("EMAIL_HOST", default="")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", default=False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default=EMAIL_HOST_USER)
REMINDER_EMAIL = bool(EMAIL_HOST)
# Hosts of chat robots that may be called, e.g. qyapi.weixin.qq.com, oapi.dingtalk.com.
REMINDER_ROBOT_HOSTS = env.list("REMINDER_ROBOT_HOSTS", default=[])
# Put before the page in e-mails.
SITE_ADDRESS = CSRF_TRUSTED_ORIGINS[0] if CSRF_TRUSTED_ORIGINS else ""

# --- What is written down -----------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
