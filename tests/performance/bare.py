"""B, the yardstick: a Django view that returns 20 KB of constant HTML."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

SECRET_KEY = "only-the-yardstick"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = __name__
MIDDLEWARE: list[str] = []
INSTALLED_APPS: list[str] = []
USE_TZ = True
PAGE = "<!DOCTYPE html><title>B</title>" + "<p>Jakarta Selatan</p>" * 930


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(PAGE)


urlpatterns = [path("", page)]

if os.environ.get("DJANGO_SETTINGS_MODULE") == __name__:
    application = get_wsgi_application()
