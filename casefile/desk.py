"""The desk: Django's admin site, for those who gave a password and a second factor.

It keeps what was typed by somebody who was signed out.
"""

from functools import cache

from django.contrib import admin
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.checks import check_admin_app, check_dependencies
from django.core import checks
from django.template.response import TemplateResponse
from django.urls import reverse

from casefile.signing_in import passwords, sessions

TYPED = "typed"  # a form that was posted, as a query string, on the pages to sign in
NEXT = "next"
CSRF = "csrfmiddlewaretoken"


class DeskConfig(SimpleAdminConfig):
    """Pages are registered when somebody first comes to the desk: readers do not wait for it."""

    default_site = "casefile.desk.Desk"

    def ready(self):
        checks.register(check_dependencies, checks.Tags.admin)
        checks.register(check_pages, checks.Tags.admin)


@cache
def register_pages():
    """Import the pages of all kinds of records, once. Who reads ``admin.site`` sees to it first."""
    admin.autodiscover()


def check_pages(app_configs, **kwargs):
    register_pages()
    return check_admin_app(app_configs, **kwargs)


class DeskMiddleware:
    """Have all pages registered before one of them is made: they list, and lead to, each other."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/admin/"):
            register_pages()
        return self.get_response(request)


class Desk(AdminSite):
    """Nothing is stored of what strangers post: the page to sign in carries it, and gives it back.

    Files are not carried. They have to be chosen again.
    """

    login_template = "admin/desk_login.html"

    def has_permission(self, request):
        """Return whether a request is from the desk.

        That is of staff who gave their second factor too, and whose password is their own.
        """
        from casefile.signing_in.factors import is_verified  # needs the models loaded

        is_in = super().has_permission(request) and is_verified(request.user)
        return is_in and not passwords.is_given(request)

    def admin_view(self, view, cacheable=False):
        if view == self.logout:
            return view  # also for those who have no second factor at hand
        # Nothing of the desk is kept by a browser but the words of its scripts.
        guarded = super().admin_view(view, cacheable and view == self.i18n_javascript)

        def guarded_or_kept(request, *args, **kwargs):
            if self.has_permission(request):
                sessions.go_on(request.session)
            elif _is_form(request):
                return self._ask_to_sign_in(request)
            return guarded(request, *args, **kwargs)

        return guarded_or_kept

    def _ask_to_sign_in(self, request):
        # These need the models loaded.
        from django.contrib.admin.forms import AdminAuthenticationForm

        from casefile.signing_in.views import Way, ask

        typed = _fit_to_keep(request.POST).urlencode()
        if self._is_halfway(request):
            return ask(request, Way(request.get_full_path(), typed))
        context = {
            **self.each_context(request),
            "title": "Log in",
            "app_path": reverse("admin:login"),
            "form": AdminAuthenticationForm(request),
            "username": request.user.get_username(),
            NEXT: request.get_full_path(),
            TYPED: typed,
        }
        return TemplateResponse(request, "admin/desk_login.html", context)

    def login(self, request, extra_context=None):
        """Take the password, then ask for the second factor."""
        from casefile.signing_in.views import Way, ask  # needs the models loaded

        if request.method == "GET" and self._is_halfway(request):
            return Way.of(request).to("second_factor")
        typed = request.POST.get(TYPED, "")
        response = super().login(request, {**(extra_context or {}), TYPED: typed})
        if getattr(request, "axes_locked_out", False):
            response.context_data["is_locked"] = True
            response.status_code = 429
        if request.method == "POST" and response.status_code == 302:
            way = Way(response.url, typed)
            return ask(request, way) if typed else way.to("second_factor")
        return response

    def _is_halfway(self, request):
        """Return whether somebody gave the password of a staff account, and not all else."""
        return super().has_permission(request) and not self.has_permission(request)

    def password_change(self, request, extra_context=None):
        response = super().password_change(request, extra_context)
        if request.method == "POST" and response.status_code == 302:
            passwords.changed(request, request.user)
        return response


def pairs(data):
    """Return what was posted as (name, value), without the form's token and without passwords."""
    return [(name, value) for name, values in _fit_to_keep(data).lists() for value in values]


def _fit_to_keep(data):
    kept = data.copy()
    for name in data:
        if name == CSRF or "password" in name:
            del kept[name]
    return kept


def _is_form(request):
    name = request.resolver_match.url_name or ""
    return request.method == "POST" and name.endswith(("_add", "_change"))
