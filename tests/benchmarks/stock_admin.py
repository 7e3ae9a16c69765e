"""Django's own admin over the site's letters: what a list costs that nobody has made fast.

A plain ModelAdmin, whose visitor is always a superuser.
"""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

from casefile import settings as ours


def signed_in(get_response):
    """Let every request come from a superuser."""

    from django.contrib.auth.models import User  # models can be imported only now

    def middleware(request):
        request.user = User(pk=1, username="admin", is_staff=True, is_superuser=True)
        return get_response(request)

    return middleware


settings.configure(
    **{name: value for name, value in vars(ours).items() if name.isupper()}
    | {
        "ROOT_URLCONF": __name__,
        "INSTALLED_APPS": [
            "django.contrib.admin.apps.SimpleAdminConfig" if app.endswith("DeskConfig") else app
            for app in ours.INSTALLED_APPS
        ],
        "TEMPLATES": [ours.TEMPLATES[0] | {"DIRS": []}],
        "MIDDLEWARE": [
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            f"{__name__}.signed_in",
        ],
        "SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies",
        "SILENCED_SYSTEM_CHECKS": ["admin.E404"],
    }
)
application = get_wsgi_application()

from django.contrib import admin  # noqa: E402

from letters.models import Letter  # noqa: E402


class LetterAdmin(admin.ModelAdmin):
    list_display = ["key", "jurisdiction", "round", "date", "deadline", "status"]
    list_filter = ["status"]
    list_per_page = 50
    list_select_related = ["jurisdiction", "round"]


site = admin.AdminSite()
site.register(Letter, LetterAdmin)
urlpatterns = [
    path("admin/", site.urls),
    path("healthz", lambda request: HttpResponse("ok")),
]
