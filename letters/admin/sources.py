"""The admin pages of sources: taking one in, and drafting entries from its text."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from casefile import review
from casefile.admin import SourceAdmin
from casefile.admin.take_in import TakeInForm
from casefile.models import Source
from casefile.refusals import Refusal
from letters.admin.intake import Intake


@admin.register(Source)
class IntakeAdmin(SourceAdmin):
    """Sources, and what is drafted from them."""

    change_list_template = "admin/source_change_list.html"
    fieldsets = [*SourceAdmin.fieldsets, ("What it gives", {"fields": ["intake"]})]
    readonly_fields = [*SourceAdmin.readonly_fields, "intake"]

    def get_urls(self):
        take_in = self.admin_site.admin_view(self.take_in_view)
        intake = self.admin_site.admin_view(self.intake_view)
        return [
            path("take-in/", take_in, name="casefile_source_take_in"),
            path("<int:pk>/intake/", intake, name="casefile_source_intake"),
            *super().get_urls(),
        ]

    @admin.display(description="statements, responses and events")
    def intake(self, source):
        if source.pk is None or not source.text:
            return "Once its text is stored, they can be drafted from it."
        return format_html('<a href="{}">Draft them from its text</a>', intake_page(source))

    def take_in_view(self, request):
        """Make a source of a pasted text or an uploaded file."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = TakeInForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            source = form.save()
            self.message_user(request, f"Taken in: {source}.", messages.SUCCESS)
            if source.text:
                return redirect(intake_page(source))
            advice = "The file has no text, as a scan has none: quotations can't be checked."
            self.message_user(request, advice, messages.WARNING)
            return self.to_record(source)
        context = {"title": "Take in a source", "form": form}
        return self._page(request, "admin/source_take_in.html", context)

    def intake_view(self, request, pk):
        """Show what was found in a source's text, and make drafts from passages of it."""
        source = self.get_object(request, str(pk))
        if source is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        if not self.has_view_or_change_permission(request, source):
            raise PermissionDenied
        intake = Intake(source, request)
        if request.method == "POST":
            if not intake.may_make(intake.make):
                raise PermissionDenied
            if intake.form is not None and intake.form.is_valid():
                try:
                    entry = intake.form.save()
                except Refusal as refusal:
                    intake.form.add_error(None, str(refusal))
                else:
                    return self._made(request, source, entry)
        context = {"title": f"Intake: {source}", "original": source, "intake": intake}
        return self._page(request, "admin/source_intake.html", context)

    def _made(self, request, source, entry):
        """Say what was made, and go back to the text for the next one."""
        self.message_user(request, f"Draft {entry._meta.verbose_name}: {entry}.", messages.SUCCESS)
        if "_submit" in request.POST:
            try:
                review.submit(entry, request.user)
            except review.ReviewError as error:
                self.message_user(request, str(error), messages.ERROR)
            else:
                self.message_user(request, f"Submitted: {entry}.", messages.SUCCESS)
        return redirect(f"{intake_page(source)}#taken")

    def _page(self, request, template, context):
        request.current_app = self.admin_site.name
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, {**shared, **context})


def intake_page(source):
    return reverse("admin:casefile_source_intake", args=[source.pk])
