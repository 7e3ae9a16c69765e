"""The pages between the password and the desk, and where staff keep second factors and sessions."""

import base64
from dataclasses import dataclass
from functools import wraps

import segno
from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.http import QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casefile.desk import NEXT, TYPED, pairs
from casefile.signing_in import factors, passwords, recovery_codes, sessions
from casefile.signing_in.events import SignInEventKind, note
from casefile.signing_in.forms import ConfirmForm, OwnPasswordForm, VerifyForm
from casefile.signing_in.passkeys import has_passkey


@dataclass(frozen=True)
class Way:
    """Where somebody was going: an address of this site, and a form that they had typed."""

    address: str
    typed: str = ""

    @classmethod
    def of(cls, request):
        address = request.POST.get(NEXT) or request.GET.get(NEXT, "")
        # What has no slash at its beginning might be taken for the name of a page.
        is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(
            address, {request.get_host()}, require_https=request.is_secure()
        )
        # What was typed comes from our own pages alone: a link must not fill a form in.
        return cls(address if is_ours else reverse("admin:index"), request.POST.get(TYPED, ""))

    @property
    def pairs(self):
        """What was typed, as names and values."""
        return pairs(QueryDict(self.typed))

    def to(self, name):
        return redirect(f"{reverse(name)}?{urlencode({NEXT: self.address})}")

    def go_on(self, request):
        """Lead on, by a password of one's own; a form that was typed is put back where it was."""
        if passwords.is_given(request):
            return choose_password(request, self)
        if not self.typed:
            return redirect(self.address)
        title = _("What you typed is still here")
        context = {"title": title, "address": self.address, "pairs": self.pairs}
        return page(request, "admin/signed_in_again.html", context)


def page(request, template, context):
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context})


def staff_only(view):
    """Let in who gave the password of a staff account, with or without a second factor."""

    @never_cache
    @wraps(view)
    def guarded(request):
        if request.user.is_active and request.user.is_staff:
            return view(request)
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))

    return guarded


def fresh_only(view):
    """Ask again for the second factor, if there is one, before factors are changed."""

    @staff_only
    @wraps(view)
    def guarded(request):
        if factors.is_fresh(request) or not factors.factors_of(request.user):
            return view(request)
        # What a form asked for has to be asked again, from the page that it was on.
        here = request.get_full_path() if request.method == "GET" else reverse("second_factors")
        return Way(here).to("second_factor")

    return guarded


def ask(request, way, form=None):
    """Ask somebody who gave their password for what is still missing: the second factor at first.

    Who has none makes one.
    """
    if factors.is_fresh(request):  # by a passkey, or in another window
        return way.go_on(request)
    if not factors.factors_of(request.user):
        return offer(request, way)
    context = {
        "title": _("Second factor"),
        "form": form or VerifyForm(request.user),
        "way": way,
        "has_passkey": has_passkey(request.user),
    }
    return page(request, "admin/second_factor.html", context)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def second_factor(request):
    way = Way.of(request)
    is_given = "code" in request.POST and not factors.is_fresh(request)
    if not is_given or not factors.factors_of(request.user):
        return ask(request, way)
    form = VerifyForm(request.user, request.POST)
    if form.is_valid():
        factors.accept(request, form.device)
        return way.go_on(request)
    note(SignInEventKind.NOT_VERIFIED, request, request.user)
    return ask(request, way, form)


def offer(request, way, form=None):
    """Show what a second factor is made of: a secret for an app, or a passkey."""
    device = form.device if form else factors.pending(request.user)
    context = {
        "title": _("Add a second factor"),
        "form": form or ConfirmForm(device),
        "way": way,
        "is_first": not factors.factors_of(request.user),
        "picture": _picture(device.config_url),
        "secret": _in_fours(base64.b32encode(device.bin_key).decode()),
    }
    return page(request, "admin/second_factor_add.html", context)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_only
def second_factor_add(request):
    way = Way.of(request)
    if "code" not in request.POST:
        return offer(request, way)
    is_first = not factors.factors_of(request.user)
    form = ConfirmForm(factors.pending(request.user), request.POST)
    if not form.is_valid():
        return offer(request, way, form)
    factors.add(request, form.device)
    return _show_codes(request, way) if is_first else redirect("second_factors")


def choose_password(request, way, form=None):
    """Ask somebody whose password an administrator has set for one of their own."""
    context = {
        "title": _("Choose your password"),
        "form": form or OwnPasswordForm(request.user),
        "way": way,
    }
    return page(request, "admin/own_password.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def own_password(request):
    way = Way.of(request)
    if not factors.is_fresh(request):
        return way.to("second_factor")
    if not passwords.is_given(request) or request.method != "POST":
        return way.go_on(request)
    form = OwnPasswordForm(request.user, request.POST)
    if not form.is_valid():
        return choose_password(request, way, form)
    passwords.changed(request, form.save())
    return way.go_on(request)


def _picture(address):
    """Return a QR code as SVG. It is dark on light in every theme: cameras want it so."""
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(scale=4, light="#fff", title=_("QR code of the secret"))
    return mark_safe(svg)  # noqa: S308  made of modules alone


def _in_fours(text):
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


@require_POST
@fresh_only
def recovery_codes_new(request):
    """Make new recovery codes, and show them this one time."""
    if not factors.factors_of(request.user):
        return redirect("second_factor_add")
    return _show_codes(request, Way.of(request))


def _show_codes(request, way):
    codes = recovery_codes.make(request.user)
    sessions.end(request.user, but=request)
    note(SignInEventKind.CODES_MADE, request, request.user)
    context = {"title": _("Your recovery codes"), "codes": codes, "way": way}
    return page(request, "admin/recovery_codes.html", context)


@require_safe
@fresh_only
def second_factors(request):
    context = {
        "title": _("Your second factors and sessions"),
        "factors": factors.factors_of(request.user),
        "codes_left": recovery_codes.left(request.user),
        "own_session": request.session.session_key,
        "sessions": sorted(sessions.of(request.user), key=lambda one: one.seen_at, reverse=True),
    }
    if not context["factors"]:
        return redirect("second_factor_add")
    return page(request, "admin/second_factors.html", context)


@require_POST
@fresh_only
def second_factor_remove(request):
    gone = factors.remove(request, request.POST.get("factor", ""))
    if gone is None:
        messages.error(request, _("The last second factor stays: add another one first."))
    else:
        messages.success(request, _("Removed: %(factor)s.") % {"factor": gone.name})
    return redirect("second_factors")


@require_POST
@fresh_only
def sessions_end(request):
    """End one session of the user, or all but this one."""
    if "all" in request.POST:
        sessions.end(request.user, but=request)
    for one in sessions.of(request.user):
        if one.name == request.POST.get("session"):
            one.delete()
    note(SignInEventKind.SIGNED_OUT, request, request.user, detail=_("from another session"))
    return redirect("second_factors")
