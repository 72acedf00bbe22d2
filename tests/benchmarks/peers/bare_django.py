"""Django's admin over unmanaged models, in one file of settings."""

from __future__ import annotations

import os
import sys
from urllib.parse import parse_qs, urlsplit

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

SECRET = "throw-away key of the benchmark"
USERNAME, PASSWORD = "clerk", os.environ["PEER_PASSWORD"]
URL = urlsplit(os.environ["PEER_DATABASE_URL"])
APPS = ("admin", "auth", "contenttypes", "sessions", "messages")
MIDDLEWARE = (
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)
CONTEXT = ("auth.context_processors.auth", "messages.context_processors.messages")

settings.configure(
    SECRET_KEY=SECRET,
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="bare_django_urls",
    INSTALLED_APPS=[*(f"django.contrib.{each}" for each in APPS), "django_gas"],
    MIDDLEWARE=list(MIDDLEWARE),
    STATIC_URL="static/",
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    *(f"django.contrib.{each}" for each in CONTEXT),
                ]
            },
        }
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": URL.path.lstrip("/"),
            "USER": URL.username,
            "HOST": URL.hostname,
            "PORT": URL.port,
            "OPTIONS": {"options": parse_qs(URL.query)["options"][0]},
            "CONN_MAX_AGE": None,
        }
    },
)


def prepare() -> None:
    """Django's own tables, and a person who may do everything with accounts and readings."""
    from django.contrib.auth.models import Permission, User

    call_command("migrate", verbosity=0, interactive=False)
    person = User.objects.create_user(USERNAME, password=PASSWORD, is_staff=True)
    person.user_permissions.set(Permission.objects.filter(content_type__app_label="django_gas"))


if sys.argv[1:] == ["prepare"]:
    django.setup()
    prepare()
else:
    app = get_wsgi_application()
