"""The forms for codes, and for the first password of one's own."""

from django import forms
from django.contrib.auth.forms import PasswordChangeForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casefile.signing_in import factors

LONGEST = 64
REFUSED = _(
    "This code isn't right, or was used before. Take the next one; after several wrong codes you"
    " have to wait, longer each time."
)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=LONGEST,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
    )

    def clean_code(self):
        return "".join(self.cleaned_data["code"].split())


class VerifyForm(CodeForm):
    """A code of one of the user's factors, or a recovery code. It leaves ``device``."""

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.device = user, None

    def clean_code(self):
        self.device = factors.verify(self.user, super().clean_code())
        if self.device is None:
            raise ValidationError(REFUSED)


class ConfirmForm(CodeForm):
    """A first code of the app that is being added."""

    def __init__(self, device, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.device = device

    def clean_code(self):
        if not factors.confirm(self.device, super().clean_code()):
            raise ValidationError(REFUSED)


class OwnPasswordForm(PasswordChangeForm):
    """A password that nobody else knows, instead of one that an administrator has set."""

    def clean_new_password1(self):
        password = self.cleaned_data["new_password1"]
        if self.user.check_password(password):
            raise ValidationError(_("This is the password that you were given. Choose another."))
        return password
