"""Accounts, and what happened about signing in. For administrators."""

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_otp.plugins.otp_static import admin as codes
from django_otp.plugins.otp_totp import admin as apps

from casefile.admin.addresses import CheckedAddresses
from casefile.signing_in import factors
from casefile.signing_in.events import SignInEvent, SignInEventKind, note

User = get_user_model()

# Their pages would show one person's secrets to another. Staff have pages for their own.
admin.site.unregister([User, Group, apps.TOTPDevice, codes.StaticDevice])


@admin.register(Group)
class GroupAdmin(CheckedAddresses, DjangoGroupAdmin):
    """What accounts may do, by groups."""


@admin.register(User)
class AccountAdmin(CheckedAddresses, UserAdmin):
    actions = ["reset_second_factors"]

    def user_change_password(self, request, id, form_url=""):
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            user = self.get_object(request, id)
            note(SignInEventKind.PASSWORD_CHANGED, request, user, by=request.user)
        return response

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change:
            note(SignInEventKind.PASSWORD_CHANGED, request, obj, by=request.user)

    @admin.action(permissions=["change"], description=_("Reset the second factors"))
    def reset_second_factors(self, request, queryset):
        for user in queryset:
            factors.reset(user, by=request.user, request=request)
        said = ngettext(
            "%(number)d account makes a new second factor at the next sign-in.",
            "%(number)d accounts make new second factors at the next sign-in.",
            len(queryset),
        )
        self.message_user(request, said % {"number": len(queryset)}, messages.SUCCESS)


@admin.register(SignInEvent)
class SignInEventAdmin(CheckedAddresses, admin.ModelAdmin):
    """Read alone: the database changes no row of it."""

    list_display = ["at", "kind", "username", "address", "by", "detail"]
    list_filter = ["kind", "at"]
    list_select_related = ["by"]
    search_fields = ["username", "address"]
    date_hierarchy = "at"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
