"""One file for every place the portal runs; each value comes from the environment.

A wrong value is refused at start (``DEBUG=ture`` is an error, not "no"). ``SITE_URL``
decides about HTTPS: ``https://…`` means HSTS and ``__Host-`` cookies.
"""

import os
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from umkm_portal.accounts.settings import *  # noqa: F403
from umkm_portal.content_policy import CONTENT_SECURITY_POLICY  # noqa: F401
from umkm_portal.database import database_url

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "var"))).resolve()
if (DATA_DIR / "env").is_file():
    env.read_env(str(DATA_DIR / "env"), recurse=False)

TESTING = "PYTEST_VERSION" in os.environ
DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)
SITE_URL = env.str("SITE_URL", f"http://127.0.0.1:{env.int('PORT', 8000)}").rstrip("/")
HTTPS = SITE_URL.startswith("https://")
SITE_HOST = urlsplit(SITE_URL).hostname or "127.0.0.1"

SECRET_KEY = env.str("SECRET_KEY")
ENCRYPTION_KEYS: list[str] = env.list("ENCRYPTION_KEYS")
DIGEST_KEY = env.str("DIGEST_KEY")
if min(len(SECRET_KEY), len(DIGEST_KEY)) < 50:
    raise ImproperlyConfigured("SECRET_KEY and DIGEST_KEY need at least 50 random characters.")

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [SITE_HOST, "localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
TRUSTED_PROXIES: list[str] = env.list("TRUSTED_PROXIES", [])

INSTALLED_APPS = [
    "umkm_portal.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
    "csp",
    "umkm_portal.audit",
    "umkm_portal.notices",
    "members",
    "catalog",
    "events",
    "umkm_portal.apps.PortalConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # For portals without nginx in front; Django pads against BREACH, and CSRF tokens are masked.
    "django.middleware.gzip.GZipMiddleware",
    "umkm_portal.middleware.PlainPolicy",
    "umkm_portal.middleware.front_door",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "umkm_portal.middleware.staff_needs_totp",
    "umkm_portal.middleware.companion_helps",
]

ROOT_URLCONF = "umkm_portal.urls"
WSGI_APPLICATION = "umkm_portal.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "umkm_portal.lib.folding.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "umkm_portal.context_processors.portal",
            ],
            "builtins": ["template_partials.templatetags.partials"],
        },
    }
]

DATABASES = {
    "default": {
        **dj_database_url.parse(database_url(DATA_DIR), conn_max_age=600, conn_health_checks=True),
        "ENGINE": "umkm_portal.lib.postgres",
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {
            "connect_timeout": 3,
            # A minute for jobs and commands; the web server allows itself less (gunicorn.conf.py).
            "options": f"-c statement_timeout={env.int('STATEMENT_TIMEOUT_MS', 60_000)} "
            f"-c lock_timeout={env.int('LOCK_TIMEOUT_MS', 4000)} "
            "-c idle_in_transaction_session_timeout=30000 "
            # Both help a statement of seconds and hurt one of milliseconds, and with it the rest.
            "-c jit=off -c max_parallel_workers_per_gather=0 "
            # Low enough that "klepon" finds "Kue Kelepon".
            "-c pg_trgm.word_similarity_threshold=0.5",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    # Limits and the replay protection of one-time codes must hold over all workers.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
# How long nginx or a CDN may keep a public page; more, and one could be older than a minute.
FRONT_SECONDS = env.int("FRONT_SECONDS", 20)
if not 0 < FRONT_SECONDS <= 20:
    raise ImproperlyConfigured("FRONT_SECONDS is 1 to 20.")
# Public pages in each worker's memory; none while templates are being written.
MICROCACHE_BYTES = 0 if DEBUG else env.int("MICROCACHE_MB", 8) * 1024 * 1024
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# --- staff --------------------------------------------------------------------------------
STAFF_TOTP = env.bool("STAFF_TOTP", True)
if not STAFF_TOTP and not DEMO:
    raise ImproperlyConfigured("STAFF_TOTP=off is for the demo only (DEMO=1).")
STAFF_IDLE_SECONDS = 30 * 60

# --- language, time ------------------------------------------------------------------------
LANGUAGE_CODE = "id"
FORMAT_MODULE_PATH = "umkm_portal.formats"
LANGUAGES = [("id", "Bahasa Indonesia")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

# --- files -----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
PRIVATE_ROOT = DATA_DIR / "private"
# Uploads lie in DATA_DIR, or in two buckets of a store that speaks S3.
S3_ENDPOINT = env.str("S3_ENDPOINT", "").rstrip("/")
S3_REGION = env.str("S3_REGION", "us-east-1")
S3_BUCKET = env.str("S3_BUCKET", "")
S3_PRIVATE_BUCKET = env.str("S3_PRIVATE_BUCKET", "")
S3_ACCESS_KEY = env.str("S3_ACCESS_KEY", "")
S3_SECRET_KEY = env.str("S3_SECRET_KEY", "")
_s3 = [S3_ENDPOINT, S3_BUCKET, S3_PRIVATE_BUCKET, S3_ACCESS_KEY, S3_SECRET_KEY]
if any(_s3) and not all(_s3):
    raise ImproperlyConfigured(
        "Set S3_ENDPOINT, S3_BUCKET, S3_PRIVATE_BUCKET, S3_ACCESS_KEY and S3_SECRET_KEY, or none."
    )
if S3_ENDPOINT and (
    S3_BUCKET == S3_PRIVATE_BUCKET or urlsplit(S3_ENDPOINT).scheme not in {"https", "http"}
):
    raise ImproperlyConfigured("S3 needs an http(s) endpoint and two different buckets.")
_files = ("stores", "Bucket") if S3_ENDPOINT else ("files", "Storage")
STORAGES = {
    "default": {"BACKEND": "umkm_portal.lib.{}.Public{}".format(*_files)},
    "private": {"BACKEND": "umkm_portal.lib.{}.Private{}".format(*_files)},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 31_536_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
REQUEST_MAX_BYTES = 70 * 1024 * 1024
MEMBER_STORAGE_BYTES = 300 * 1024 * 1024
MEMBER_PRIVATE_BYTES = 100 * 1024 * 1024

# --- mail --------------------------------------------------------------------------------------
if DEMO and "EMAIL_URL" not in os.environ:
    # A demo without a mail server keeps its letters where a newcomer can read them.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(DATA_DIR / "mail")
else:
    _mail = env.dj_email_url("EMAIL_URL", "smtp://127.0.0.1:25")
    EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
    EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail["EMAIL_USE_TLS"], _mail["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", f"Portal UMKM Jakarta Selatan <portal@{SITE_HOST}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- the front door ----------------------------------------------------------------------------
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
# Views and clicks are added up in each worker, and written so often; 0: only when asked to.
COUNTS_FLUSH_SECONDS = 10

SESSION_COOKIE_NAME = "__Host-sesi" if HTTPS else "sesi"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())
CSRF_FAILURE_VIEW = "umkm_portal.views.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# --- rules of the portal that are settings -------------------------------------------------------
HELPDESK_PHONE = env.str("HELPDESK_PHONE", "+6281200000000")
HELPDESK_EMAIL = env.str("HELPDESK_EMAIL", "bantuan@contoh.example")
KADIN_OTOMATIS = env.bool("KADIN_OTOMATIS", False)
DUES_DUE_DAYS = env.int("DUES_DUE_DAYS", 14)
DUES_GRACE_DAYS = env.int("DUES_GRACE_DAYS", 30)
DUES_SOON_DAYS = env.int("DUES_SOON_DAYS", 30)
DUES_LINK_DAYS = env.int("DUES_LINK_DAYS", 90)
# UU 33/2014 art. 4 and PP 42/2024 art. 160: from this day food of micro and small businesses needs
# a halal certificate. Curators are warned; nothing hides by itself.
WAJIB_HALAL_SEJAK = env.date("WAJIB_HALAL_SEJAK", date(2026, 10, 17))
KTP_RETENTION_DAYS = env.int("KTP_RETENTION_DAYS", 30)
BANK_NAME = env.str("BANK_NAME", "Bank Jakarta (dahulu Bank DKI)")
BANK_ACCOUNT = env.str("BANK_ACCOUNT", "000-00-00000-0")
CASH_COUNTER = env.str(
    "CASH_COUNTER", "Sekretariat Kadin Jakarta Selatan, Jl. Prapanca Raya No. 9, Kebayoran Baru"
)
BANK_HOLDER = env.str("BANK_HOLDER", "Kadin Kota Administrasi Jakarta Selatan")

# --- the payment gateway: off until its keys are set ---------------------------------------------
QRIS_DINAMIS = env.bool("QRIS_DINAMIS", True)
MIDTRANS_SERVER_KEY = env.str("MIDTRANS_SERVER_KEY", "")
MIDTRANS_MERCHANT_ID = env.str("MIDTRANS_MERCHANT_ID", "")
MIDTRANS_PRODUCTION = env.bool("MIDTRANS_PRODUCTION", False)
MIDTRANS_TIMEOUT = env.float("MIDTRANS_TIMEOUT", 6)
_sandbox = "" if MIDTRANS_PRODUCTION else ".sandbox"
MIDTRANS_SNAP_URL = env.str("MIDTRANS_SNAP_URL", f"https://app{_sandbox}.midtrans.com").rstrip("/")
MIDTRANS_API_URL = env.str("MIDTRANS_API_URL", f"https://api{_sandbox}.midtrans.com").rstrip("/")
if bool(MIDTRANS_SERVER_KEY) != bool(MIDTRANS_MERCHANT_ID):
    raise ImproperlyConfigured("Set both MIDTRANS_SERVER_KEY and MIDTRANS_MERCHANT_ID, or neither.")
if MIDTRANS_PRODUCTION and (not MIDTRANS_SERVER_KEY or MIDTRANS_SERVER_KEY.startswith("SB-")):
    raise ImproperlyConfigured("MIDTRANS_PRODUCTION=1 needs a production server key.")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    # On the handler too: the job worker sets its own logger to INFO, a line per job.
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "level": env.str("LOG_LEVEL", "WARNING"),
        }
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "WARNING")},
}

# The counts beside the catalogue's filters are a minute old; a process reads them this often.
FACETS_SECONDS = 30
