"""Merging records of the same thing: choose the other, see what moves, say why; and undo it."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casefile import merging, review, versions
from casefile.admin.choosing import ChooseOne
from casefile.admin.reasons import LONGEST
from casefile.changes import shown
from casefile.merges import PERMISSION, Merge

OTHER = "other"
SHOWN_ROWS = 10
SHOWN_CHARACTERS = 300


class ReasonForm(forms.Form):
    reason = forms.CharField(
        max_length=LONGEST,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The history of both records keeps it, and readers see it."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


class MergeForm(ReasonForm):
    """Why two records are merged, which fields are taken, and on what versions that was decided."""

    take = forms.MultipleChoiceField(required=False)
    version = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, pair, choices, data=None):
        # Read before what is shown of them: a write in between makes the page stale.
        super().__init__(data, initial={"version": versions.sign(versions.versions_of(pair))})
        self.pair = pair
        self.fields["take"].choices = [(choice.name, choice.label) for choice in choices]

    def clean_version(self):
        if versions.unsign(self.cleaned_data["version"]) != versions.versions_of(self.pair):
            self.data = self.data.copy()
            self.data["version"] = self.initial["version"]
            raise forms.ValidationError(
                _("Nothing was merged yet: one of the two was changed meanwhile. Look again.")
            )
        return self.cleaned_data["version"]


@dataclass(frozen=True)
class Choice:
    """A field in which the two differ: what the survivor has, and what it could take instead."""

    name: str
    label: str
    kept: str
    offered: str
    is_taken: bool


@dataclass(frozen=True)
class Rows:
    """Some rows of a relation, for people: what and how many, and where they are listed."""

    label: str
    count: int
    address: str = ""
    left: int = 0
    named: tuple = ()  # (name, address) of the first rows


class MergesRecords:
    """What the admin pages of a kind of record have where two of them can be merged."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path(
                "<int:pk>/merge/",
                self.admin_site.admin_view(self.merge_view),
                name=f"{name}_merge",
            ),
            path(
                "<int:pk>/merge/<int:merge_pk>/undo/",
                self.admin_site.admin_view(self.undo_merge_view),
                name=f"{name}_undo_merge",
            ),
            *super().get_urls(),
        ]

    def has_merge_permission(self, request):
        return review.may(request.user, PERMISSION, self.model)

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj and obj.pk and self.has_merge_permission(request):
            context["merge_page"] = self._page_address("merge", obj.pk)
        return super().render_change_form(request, context, obj=obj, **kwargs)

    # What was merged away

    def find_view(self, request, key):
        try:
            return super().find_view(request, key)
        except Http404:
            made = get_object_or_404(Merge.objects.of(self.model), old_key=key)
            return self.to_record(made.survivor)

    def history_view(self, request, object_id, extra_context=None):
        made = self._merge_of(object_id)
        if made is None or made.undo is None:
            return super().history_view(request, object_id, extra_context)
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return self.render_history(request, merging.as_it_was(made), merged_into=made.survivor)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        made = self._merge_of(object_id)
        if made is None:
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        told = _("%(merged)s was merged into this record.") % {"merged": made}
        self.message_user(request, told)
        return self.to_record(made.survivor)

    def _merge_of(self, object_id):
        if not str(object_id).isdecimal() or int(object_id) > 2**63 - 1:
            return None
        return Merge.objects.of(self.model).filter(merged_id=object_id).first()

    # Merging

    def merge_view(self, request, pk):
        """Ask for the other record, show what merging it would do, and do that."""
        survivor = self._record(request, pk)
        asked = request.GET.dict() if OTHER in request.GET else None
        choose = self._choose_form(survivor, asked)
        context = {
            "title": _("Merge into %(record)s") % {"record": survivor},
            "original": survivor,
            "choose": choose,
            "merges": Merge.objects.into(survivor).select_related("merged_by"),
            "media": self.media + choose.media,
        }
        if choose.is_valid():
            other = choose.cleaned_data[OTHER]
            choices = _choices(survivor, other)
            form = MergeForm([survivor, other], choices, request.POST or None)
            if request.method == "POST" and form.is_valid():
                answers = form.cleaned_data
                try:
                    merging.merge(survivor, other, request.user, answers["reason"], answers["take"])
                except merging.MergeError as error:
                    form.add_error(None, str(error))
                else:
                    told = _("%(merged)s was merged into this record.") % {"merged": other}
                    self.message_user(request, told)
                    return self.to_record(survivor)
            context |= {"form": form, "other": other, "choices": choices}
            context |= self._preview(survivor, other)
        return self._merge_page(request, "admin/record_merge.html", context)

    def _choose_form(self, survivor, data):
        relation = next(r for r in merging.relations(self.model) if r.field.remote_field)
        field = forms.ModelChoiceField(
            queryset=self.model._base_manager.exclude(pk=survivor.pk),
            label=_("The other record"),
            help_text=_("It is merged into this one, and its address leads here."),
            widget=ChooseOne(relation.owner_field, self.admin_site),
        )
        form = type("ChooseForm", (forms.Form,), {OTHER: field})
        return form(data)

    def _preview(self, survivor, other):
        moves, doubled = [], []
        for relation in merging.relations(self.model):
            rows = relation.rows(other.pk)
            count = rows.count()
            twice = relation.doubles(other.pk, survivor.pk).count() if relation.is_link else 0
            address = self._list_address(relation, other.pk)
            if count > twice:
                moves.append(Rows(_label(relation), count - twice, address))
            if twice:
                doubled.append(Rows(_label(relation), twice, address))
        obstacles = [
            Rows(_label(relation), rows.count(), named=self._named(rows))
            for relation, rows in merging.obstacles(survivor, other)
        ]
        return {"moves": moves, "doubled": doubled, "obstacles": obstacles}

    def undo_merge_view(self, request, pk, merge_pk):
        """Show what undoing a merge would give back, and do that."""
        survivor = self._record(request, pk)
        made = get_object_or_404(Merge.objects.into(survivor), pk=merge_pk)
        blocker = merging.blocker(made)
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                merged, given_back = merging.undo(made, request.user, form.cleaned_data["reason"])
            except merging.MergeError as error:
                form.add_error(None, str(error))
            else:
                self.message_user(request, _("%(record)s is back.") % {"record": merged})
                if left := sum(each.left for each in given_back):
                    told = _("Left where they are, as they were changed since: %(count)d.")
                    self.message_user(request, told % {"count": left}, "WARNING")
                return self.to_record(merged)
        given_back = [] if blocker else merging.returns(made)
        context = {
            "title": _("Undo the merge of %(merged)s") % {"merged": made},
            "original": survivor,
            "merge": made,
            "blocker": blocker,
            "form": form,
            "back": [
                Rows(
                    _label(each.relation),
                    len(each.pks),
                    self._list_address(each.relation, survivor.pk),
                    each.left,
                )
                for each in given_back
            ],
            "merge_page": self._page_address("merge", survivor.pk),
        }
        return self._merge_page(request, "admin/record_undo_merge.html", context)

    def _record(self, request, pk):
        if not self.has_merge_permission(request):
            raise PermissionDenied
        return get_object_or_404(self.model._base_manager, pk=pk)

    def _merge_page(self, request, template, context):
        request.current_app = self.admin_site.name
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, {**shared, **context})

    def _page_address(self, name, *args):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)

    def _list_address(self, relation, pk):
        """Return where the admin lists the rows that point at a record, "" if nowhere."""
        opts = relation.owner._meta
        if relation.fixed or not self.admin_site.is_registered(relation.owner):
            return ""
        query = urlencode({f"{relation.owner_field.name}__id__exact": pk})
        return f"{reverse(f'admin:{opts.app_label}_{opts.model_name}_changelist')}?{query}"

    def _named(self, rows):
        """Return the first of some rows as pairs of a name and an address."""
        opts = rows.model._meta
        generic = [f.name for f in opts.private_fields if f.is_relation and f.many_to_one]
        named = []
        for row in rows.select_related().prefetch_related(*generic)[:SHOWN_ROWS]:
            name = ": ".join([*(str(getattr(row, field)) for field in generic), str(row)])
            address = ""
            if self.admin_site.is_registered(rows.model):
                page = f"admin:{opts.app_label}_{opts.model_name}_change"
                address = reverse(page, args=[row.pk])
            named.append((name, address))
        return tuple(named)


def _choices(survivor, other):
    """Return the Choice of each field in which two records differ."""
    return [
        Choice(
            name=field.name,
            label=field.verbose_name,
            kept=_shown(field, survivor),
            offered=_shown(field, other),
            is_taken=field.value_from_object(survivor) in (None, ""),
        )
        for field in merging.choices(survivor, other)
    ]


def _shown(field, record):
    text = str(shown(field, field.value_from_object(record)))
    if len(text) <= SHOWN_CHARACTERS:
        return text
    told = _("%(start)s… (%(count)d characters)")
    return told % {"start": text[:SHOWN_CHARACTERS], "count": len(text)}


def _label(relation):
    """Return what a relation is called: "letters: jurisdiction"."""
    rows = relation.owner._meta.verbose_name_plural
    return rows if relation.fixed else f"{rows}: {relation.owner_field.verbose_name}"
