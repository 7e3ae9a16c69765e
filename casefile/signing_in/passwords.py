"""What no password may consist of, beside Django's own rules; and whose it is.

One that an administrator has set opens nothing but the page to choose another (OWASP ASVS 5.0,
6.4.1).
"""

import re

from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from casefile.signing_in import sessions

# The words of this site, which are guessed first (OWASP ASVS 5.0, 6.2.11).
OWN_WORDS = re.compile(r"casefile|sanctuary|jurisdiction|justice|byrne|letters?|doj|1373", re.I)
SHORTEST_REST = 8


IS_GIVEN = "password_is_given"  # in a session


class OwnWordsValidator:
    """Refuse what has too little left without the words of this site."""

    def validate(self, password, user=None):
        if len(OWN_WORDS.sub("", password)) < SHORTEST_REST:
            raise ValidationError(self.get_help_text(), code="password_of_own_words")

    def get_help_text(self):
        return _("Your password can't consist of the words of this site.")


def begin(session, user):
    """Note in a new session whether its user's password is one that an administrator knows."""
    from casefile.signing_in.events import has_password_of_another  # needs the models loaded

    if has_password_of_another(user):
        session[IS_GIVEN] = True


def is_given(request):
    return IS_GIVEN in request.session


def changed(request, user):
    """Note that a request's user has a password of their own from now on: other sessions end."""
    from casefile.signing_in.events import SignInEventKind, note  # needs the models loaded

    request.session.pop(IS_GIVEN, None)
    update_session_auth_hash(request, user)
    sessions.end(request.user, but=request)
    note(SignInEventKind.PASSWORD_CHANGED, request, user)
