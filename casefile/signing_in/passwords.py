"""What no password may consist of, beside Django's own rules."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# The words of this site, which are guessed first (OWASP ASVS 5.0, 6.2.11).
OWN_WORDS = re.compile(r"casefile|sanctuary|jurisdiction|justice|byrne|letters?|doj|1373", re.I)
SHORTEST_REST = 8


class OwnWordsValidator:
    """Refuse what has too little left without the words of this site."""

    def validate(self, password, user=None):
        if len(OWN_WORDS.sub("", password)) < SHORTEST_REST:
            raise ValidationError(self.get_help_text(), code="password_of_own_words")

    def get_help_text(self):
        return _("Your password can't consist of the words of this site.")
