"""The desk: Django's admin site, which keeps what was typed by somebody who was signed out."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse

TYPED = "typed"  # a form that was posted, as a query string, on the page to sign in
NEXT = "next"
CSRF = "csrfmiddlewaretoken"


class DeskConfig(AdminConfig):
    default_site = "casefile.desk.Desk"


class Desk(AdminSite):
    """Nothing is stored of what strangers post: the page to sign in carries it, and gives it back.

    Files are not carried. They have to be chosen again.
    """

    def admin_view(self, view, cacheable=False):
        guarded = super().admin_view(view, cacheable)

        def guarded_or_kept(request, *args, **kwargs):
            if _is_form(request) and not self.has_permission(request):
                return self._ask_to_sign_in(request)
            return guarded(request, *args, **kwargs)

        return guarded_or_kept

    def _ask_to_sign_in(self, request):
        from django.contrib.admin.forms import AdminAuthenticationForm  # needs the models loaded

        context = {
            **self.each_context(request),
            "title": "Log in",
            "app_path": reverse("admin:login"),
            "form": AdminAuthenticationForm(request),
            "username": request.user.get_username(),
            NEXT: request.get_full_path(),
            TYPED: _fit_to_keep(request.POST).urlencode(),
        }
        return TemplateResponse(request, "admin/desk_login.html", context)

    login_template = "admin/desk_login.html"

    def login(self, request, extra_context=None):
        typed = request.POST.get(TYPED, "")
        response = super().login(request, {**(extra_context or {}), TYPED: typed})
        if not typed or response.status_code != 302 or not self.has_permission(request):
            return response
        context = {
            **self.each_context(request),
            "title": "What you typed is still here",
            "address": response.url,
            "pairs": pairs(QueryDict(typed)),
        }
        return TemplateResponse(request, "admin/signed_in_again.html", context)


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
