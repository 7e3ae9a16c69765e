"""What happened about signing in: rows that are added, and never changed or deleted."""

import pgtrigger
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.utils.translation import gettext_lazy as _

from casefile import constraints
from casefile.signing_in.addresses import client_address


class SignInEventKind(models.TextChoices):
    SIGNED_IN = "signed_in", _("Password accepted")
    FAILED = "failed", _("Password refused")
    LOCKED = "locked", _("Locked after many failures")
    VERIFIED = "verified", _("Second factor accepted")
    NOT_VERIFIED = "not_verified", _("Second factor refused")
    SIGNED_OUT = "signed_out", _("Signed out")
    PASSWORD_CHANGED = "password_changed", _("Password changed")
    FACTOR_ADDED = "factor_added", _("Second factor added")
    FACTOR_REMOVED = "factor_removed", _("Second factor removed")
    FACTORS_RESET = "factors_reset", _("Second factors reset")
    CODES_MADE = "codes_made", _("Recovery codes made")


class SignInEvent(models.Model):
    """One event about an account. Both accounts outlive this row or not: it stays as it was.

    ``user`` is None where a name belongs to no account; the name isn't kept then, since people
    type passwords into the wrong field. ``by`` is who did it, where that was somebody else.
    """

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    kind = models.CharField(choices=SignInEventKind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
    )
    username = models.CharField(_("name"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
    )
    address = models.GenericIPAddressField(null=True)
    detail = models.CharField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = ["view"]
        verbose_name = _("sign-in event")
        verbose_name_plural = _("sign-in events")
        constraints = [constraints.one_of("kind", SignInEventKind)]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.username}"


def note(kind, request, user, *, by=None, detail=""):
    """Keep an event about a user's account, or about none. The request is None for a command."""
    SignInEvent.objects.create(
        kind=kind,
        user=user,
        username=user.get_username() if user else "",
        by=by,
        address=client_address(request) if request else None,
        detail=detail,
    )


def has_password_of_another(user):
    """Return whether somebody else set the password that a user has."""
    changes = SignInEvent.objects.filter(user=user, kind=SignInEventKind.PASSWORD_CHANGED)
    by = changes.order_by("-pk").values_list("by", flat=True).first()
    return by not in (None, user.pk)


def account(username):
    """Return the account of a name that somebody typed, or None."""
    return get_user_model().objects.filter(username=username or "").first()
