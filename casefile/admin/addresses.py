"""What may be asked of an admin page: of a list and its actions, a new record's form, a deletion.

A list that can't be narrowed as an address says is shown whole, and says so.
"""

import datetime as dt

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import FieldDoesNotExist, FieldError, ValidationError
from django.db import DataError, transaction
from django.db.models.sql import Query
from django.shortcuts import redirect
from django.utils.translation import gettext as _

# Of those that Django knows, some break on what they are given, or take a minute of the database.
LOOKUPS = {
    "exact", "in", "isnull", "isempty", "gt", "gte", "lt", "lte", "year", "month", "day",
}  # fmt: skip


class CheckedAddresses:
    """What every admin page does with an address that somebody else may have written."""

    def lookup_allowed(self, lookup, value, request):
        return self._has_known_lookups(lookup) and super().lookup_allowed(lookup, value, request)

    def _has_known_lookups(self, name):
        try:
            lookups, _parts, _expression = Query(self.model).solve_lookup_type(name)
        except FieldError:  # no field: of a filter of ours, or passed over
            return True
        return lookups == [name] or LOOKUPS.issuperset(lookups)

    def get_changelist_instance(self, request):
        try:
            with transaction.atomic():  # an error of the database is that of this query alone
                changelist = super().get_changelist_instance(request)
                if self.date_hierarchy:
                    _require_days(changelist.params, self.date_hierarchy)
        except (IncorrectLookupParameters, ArithmeticError, ValueError, DataError) as error:
            told = _("The list can't be narrowed as the address says. This is all of it.")
            self.message_user(request, told, messages.WARNING)
            raise IncorrectLookupParameters from error
        return changelist

    def response_action(self, request, queryset):
        """Take an action on what was selected, if that can be anything on the list."""
        try:
            for selected in request.POST.getlist(ACTION_CHECKBOX_NAME):
                self.opts.pk.to_python(selected)
        except ValidationError:
            told = _("Nothing was done: what was selected is not on this list.")
            self.message_user(request, told, messages.WARNING)
            return redirect(request.get_full_path())
        return super().response_action(request, queryset)

    def delete_view(self, request, *args, **kwargs):
        """Delete what was confirmed on the page that asks; Django takes any field for a yes."""
        is_confirmed = request.method != "POST" or "post" in request.POST
        if not is_confirmed and self.has_delete_permission(request):
            return redirect(request.get_full_path())
        return super().delete_view(request, *args, **kwargs)

    def get_changeform_initial_data(self, request):
        """Return what the address fills in, without references to records that don't exist."""
        initial = super().get_changeform_initial_data(request)
        return {name: value for name, value in initial.items() if self._is_fit(name, value)}

    def _is_fit(self, name, value):
        try:
            field = self.opts.get_field(name)
        except FieldDoesNotExist:
            return False
        if not field.is_relation:
            return True
        try:
            field.formfield().clean(value)
        except (ValidationError, AttributeError):
            return False
        return True


def _require_days(params, field):
    """Refuse a date hierarchy's lookups that are no day. Raises ValueError or OverflowError."""
    year, month, day = (int(params.get(f"{field}__{part}", 1)) for part in ("year", "month", "day"))
    dt.date(year, month, day) + dt.timedelta(days=366)
