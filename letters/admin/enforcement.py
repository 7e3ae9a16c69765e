"""The admin pages of enforcement steps."""

from django.contrib import admin

from casefile.admin import EntryInline
from letters.admin.of_letters import OfLetterAdmin
from letters.models import EnforcementStep


class EnforcementStepInline(EntryInline):
    model = EnforcementStep
    fields = [("date", "date_precision", "kind"), "summary", ("key", "status")]


@admin.register(EnforcementStep)
class EnforcementStepAdmin(OfLetterAdmin):
    fields = ["letter", ("date", "date_precision", "kind"), "summary", "key"]
    list_display = ["letter", "kind", "date", "status"]
    list_filter = ["kind", *OfLetterAdmin.list_filter]
