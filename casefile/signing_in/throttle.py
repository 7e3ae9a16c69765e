"""Bounds on how often a password may be tried, for django-axes."""

import logging

from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db.models import Sum
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from casefile.signing_in.events import SignInEventKind, account, note

# Failures within AXES_COOLOFF_TIME: of a name from one address, of all names from one address, of a
# name from everywhere. In the order of AXES_LOCKOUT_PARAMETERS. NIST SP 800-63B allows 100.
BOUNDS = [settings.AXES_FAILURE_LIMIT, 50, 100]

logger = logging.getLogger(__name__)


class Throttle(AxesDatabaseHandler):
    """Count in pairs of name and address, so that nobody locks others out from afar."""

    def get_failures(self, request, credentials=None):
        """Return how much of a bound is used up: AXES_FAILURE_LIMIT is all of it."""
        return max(
            (attempts.aggregate(failures=Sum("failures_since_start"))["failures"] or 0)
            * settings.AXES_FAILURE_LIMIT
            // bound
            for attempts, bound in zip(
                self.get_user_attempts(request, credentials), BOUNDS, strict=True
            )
        )

    def reset_user_attempts(self, request, credentials=None):
        """Forget the failures of the pair alone: those of others are not theirs to forget."""
        pair, *_others = self.filter_user_attempts(request, credentials)
        count, _by_model = pair.delete()
        return count

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        # What is tried while a lock holds was not compared with a password, and leaves no row.
        was_locked = request.axes_locked_out
        user = account(credentials.get("username"))
        if not was_locked:
            note(SignInEventKind.FAILED, request, user)
        super().user_login_failed(sender, credentials, request, **kwargs)
        if request.axes_locked_out and not was_locked:
            note(SignInEventKind.LOCKED, request, user)
            _tell(user, request.axes_ip_address)


def tried_name(request, credentials):
    """Return the name that was tried, as long as accounts' names can be: axes keeps 255 signs."""
    return (credentials or request.POST).get("username", "")[:150]


def answer(request, original_response, credentials):
    """Return what somebody locked out is shown: the page to sign in, which says so."""
    return original_response


def _tell(user, address):
    """Mail to the administrators, and to whom the account belongs."""
    users = get_user_model().objects.filter(is_active=True).exclude(email="")
    told = set(users.filter(groups__name="Administrators").values_list("email", flat=True))
    if user and user.is_active and user.email:
        told.add(user.email)
    context = {"username": user.get_username() if user else "", "address": address}
    message = EmailMessage(
        _("Casefile: many failed attempts to sign in"),
        render_to_string("signing_in/locked.txt", context),
        bcc=sorted(told),
    )
    try:
        message.send()
    except OSError:
        logger.exception("The mail about a lock was not sent.")
