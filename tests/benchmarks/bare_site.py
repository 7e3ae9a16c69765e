"""A Django project with one view that returns a constant page: what pages are measured against.

It has the middleware of a new project, and no database. ``/SIZE`` answers with so many bytes.
"""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY="x" * 50,
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
    ],
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
)


def page(request, size):
    return HttpResponse(b"x" * size)


urlpatterns = [path("<int:size>", page), path("healthz", page, {"size": 3})]
application = get_wsgi_application()
