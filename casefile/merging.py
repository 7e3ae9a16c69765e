"""Merging two records of the same thing, and undoing that.

Whatever points at the merged record comes to point at the survivor. It is found from the models, so
a later kind of record can't be missed. Nothing is dropped but a many-to-many link that the survivor
has as well, and undoing brings that back.

No entry's facts change by it, so no review is voided: readers see the corrections, which wait for
nobody.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field

import pghistory
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from pghistory.models import Event

from casefile import review
from casefile.merges import PERMISSION, Merge, key_field
from casefile.refusals import Refusal, refusals
from casefile.versions import history_of


class MergeError(Exception):
    """A merge can't be made or undone, and nothing was changed. The message is a sentence."""


@dataclass(frozen=True)
class Relation:
    """A field by which rows of a model point at records of a kind.

    It is a foreign key, an end of a many-to-many link, or the identifier of a generic foreign key,
    whose content type is then ``fixed``.
    """

    model: type
    field: models.Field
    fixed: dict = field(default_factory=dict)

    def __str__(self):
        return f"{self.model._meta.label_lower}.{self.field.name}"

    @property
    def owner(self):
        """Return the model whose rows people know: of a link, the one that has the links."""
        return self.model._meta.auto_created or self.model

    @property
    def is_link(self):
        """Return whether its rows are links, which say nothing but that they are there."""
        return bool(self.model._meta.auto_created)

    @property
    def owner_field(self):
        """Return the owner's field: of a link, the many-to-many field."""
        if not self.is_link:
            return self.field
        fields = self.owner._meta.local_many_to_many
        return next(f for f in fields if f.remote_field.through is self.model)

    def rows(self, pk):
        """Return the rows that point at the record with an identifier."""
        return self.model._base_manager.filter(**self.fixed, **{self.field.attname: pk})

    def doubles(self, merged, survivor):
        """Return the rows of one record that uniqueness doesn't let the other have as well."""
        clash = Q(pk__in=[])
        for names, condition in self._unique_together():
            others = [self.model._meta.get_field(name).attname for name in names]
            others.remove(self.field.attname)
            same = self.rows(survivor).filter(condition, **{o: OuterRef(o) for o in others})
            clash |= condition & Exists(same)
        return self.rows(merged).filter(clash)

    def _unique_together(self):
        """Yield (names of fields, condition) of each uniqueness that the field is part of."""
        opts = self.model._meta
        sets = [
            (constraint.fields, constraint.condition or Q())
            for constraint in opts.constraints
            if isinstance(constraint, models.UniqueConstraint)
        ]
        sets += [(names, Q()) for names in opts.unique_together]
        sets += [([self.field.name], Q())] if self.field.unique else []
        return [(names, condition) for names, condition in sets if self.field.name in names]

    def point(self, pks, target):
        """Let rows point at a record. They keep their identifiers."""
        rows = self.model._base_manager.filter(pk__in=pks)
        if not self.is_link:
            rows.update(**{self.field.attname: target})
            return
        links = list(rows)  # their history knows inserts and deletes alone
        rows.delete()
        for link in links:
            setattr(link, self.field.attname, target)
        self.model._base_manager.bulk_create(links)


def relations(model):
    """Return every Relation to a kind of record, in a fixed order."""
    found = []
    for other in apps.get_models(include_auto_created=True):
        if issubclass(other, Event) or other._meta.proxy:
            continue  # history is never changed
        for model_field in other._meta.local_concrete_fields:
            # A reference that the database doesn't guard is what triggers derive: it follows.
            is_guarded = getattr(model_field, "db_constraint", False)
            if is_guarded and model_field.related_model is model:
                found.append(Relation(other, model_field))
        for generic in other._meta.private_fields:
            if isinstance(generic, GenericForeignKey):
                kind = ContentType.objects.get_for_model(model)
                pk_field = other._meta.get_field(generic.fk_field)
                found.append(Relation(other, pk_field, {generic.ct_field: kind}))
    return sorted(found, key=str)


def obstacles(survivor, merged):
    """Return what has to be solved before a merge, as pairs of a Relation and its rows."""
    found = []
    for relation in relations(type(survivor)):
        if not relation.is_link:
            found.append((relation, relation.doubles(merged.pk, survivor.pk)))
        if relation.model is type(survivor):
            # A record can't point at itself: a parent is not the same as its child.
            found.append((relation, relation.rows(merged.pk).filter(pk=survivor.pk)))
    return [(relation, rows) for relation, rows in found if rows]


def choices(survivor, merged):
    """Return the fields whose values differ: of each, the survivor's stays unless it is taken."""
    pks = {survivor.pk, merged.pk}
    return [
        model_field
        for model_field in survivor._meta.concrete_fields
        if model_field.editable
        and not model_field.primary_key
        and model_field.name != key_field(type(survivor))
        and not isinstance(model_field, ArrayField)
        and (theirs := model_field.value_from_object(merged))
        != model_field.value_from_object(survivor)
        and not (model_field.related_model is type(survivor) and theirs in pks)
    ]


def merge(survivor, merged, user, reason, take=()):
    """Merge one record into another of its kind. Return the Merge.

    ``take`` names the fields whose values the survivor takes from the merged record.

    Raises:
        MergeError: the user may not, there is no reason, one of the two is gone, something has to
            be solved first, or the database refuses what would come of it.
    """
    model = type(survivor)
    _require(user, model, reason)
    with _one_act(user, reason):
        survivor, merged = _locked(model, survivor.pk, merged.pk)
        if survivor == merged:
            raise MergeError(_("A record can't be merged into itself."))
        if obstacles(survivor, merged):
            raise MergeError(_("Nothing was merged yet: solve first what stands in the way."))
        taken = {f.name for f in choices(survivor, merged)} & set(take)
        before = _values(survivor)
        undo = {"moved": {}, "dropped": {}}
        for relation in relations(model):
            if relation.is_link and (doubled := relation.doubles(merged.pk, survivor.pk)):
                undo["dropped"][str(relation)] = list(doubled.values())
                doubled.delete()
            pks = list(relation.rows(merged.pk).order_by("pk").values_list("pk", flat=True))
            if pks:
                undo["moved"][str(relation)] = pks
                relation.point(pks, survivor.pk)
        _take(survivor, merged, taken)
        key = getattr(merged, key_field(model))
        pk, name = merged.pk, str(merged)
        merged.delete()
        survivor.save()  # a source checks its citations by that
        after = _values(survivor)
        undo["changed"] = {n: [before[n], after[n]] for n in after if before[n] != after[n]}
        return Merge.objects.create(
            kind=ContentType.objects.get_for_model(model),
            old_key=key,
            survivor_id=survivor.pk,
            merged_id=pk,
            merged_name=name,
            reason=reason.strip(),
            merged_by=user,
            merged_at=timezone.now(),
            undo=undo,
        )


@dataclass(frozen=True)
class Return:
    """What an undone merge gives back: how many rows of a relation, and how many it leaves.

    What was changed since, so that it doesn't point at the survivor any more, is left.
    """

    relation: Relation
    pks: list
    left: int


def returns(made):
    """Return what undoing a merge would give back, as a list of Return."""
    model = made.kind.model_class()
    found = []
    for relation in relations(model):
        moved = made.undo["moved"].get(str(relation), [])
        if moved:
            rows = relation.rows(made.survivor_id).filter(pk__in=moved)
            pks = list(rows.order_by("pk").values_list("pk", flat=True))
            found.append(Return(relation, pks, len(moved) - len(pks)))
    return found


def blocker(made):
    """Return why a merge can't be undone by itself, as a sentence, or "" if it can."""
    if made.undo is None:
        return _("It came with a record bundle, which doesn't say what was moved.")
    chained = {"casefile.merge.survivor_id": [made.pk]}
    if later := Merge.objects.filter(kind=made.kind, undo__moved__contains=chained).first():
        return _(
            "What it was merged into was merged itself, later: undo the merge of %(later)s first."
        ) % {"later": later}
    return ""


def undo(made, user, reason):
    """Undo a merge. Return the record that is back, and the list of Return.

    Raises:
        MergeError: the user may not, there is no reason, it is undone already or can't be, or the
            database refuses what would come of it.
    """
    model = made.kind.model_class()
    _require(user, model, reason)
    with _one_act(user, reason):
        [survivor] = _locked(model, made.survivor_id)
        made = Merge.objects.select_for_update().filter(pk=made.pk, survivor_id=survivor.pk).first()
        if made is None:
            raise MergeError(_("This merge was undone already, or changed meanwhile."))
        if why := blocker(made):
            raise MergeError(why)
        given_back = returns(made)
        merged = as_it_was(made)
        made.delete()  # which frees the key
        model._base_manager.bulk_create([merged])
        for relation in relations(model):
            _bring_back(relation, made.undo["dropped"].get(str(relation), []), survivor)
        for each in given_back:
            each.relation.point(each.pks, merged.pk)
        for name, (before, after) in made.undo["changed"].items():
            _take_back(survivor, name, before, after)
        for record in (survivor, merged):
            record.save()  # a source checks its citations by that
        return merged, given_back


def as_it_was(made):
    """Return the merged record of a merge, as it was, from the history. It isn't stored."""
    model = made.kind.model_class()
    columns = [model_field.attname for model_field in model._meta.concrete_fields]
    deleted = history_of(model).objects.filter(pgh_obj_id=made.merged_id, pgh_label="delete")
    return model(**deleted.order_by("-pgh_id").values(*columns)[0])


def _require(user, model, reason):
    if not review.may(user, PERMISSION, model):
        raise MergeError(
            _("%(user)s has no permission to merge %(kind)s.")
            % {"user": user, "kind": model._meta.verbose_name_plural}
        )
    if not reason.strip():
        raise MergeError(_("Say why: the history of both records keeps it."))


@contextmanager
def _one_act(user, reason):
    """Write all or nothing, with who and why beside each change in the history.

    The database notes corrections in such a context as those of a merge.
    """
    try:
        with pghistory.context(user=user.pk, reason=reason.strip(), merge=True), refusals():
            yield
    except Refusal as refusal:
        raise MergeError(str(refusal)) from refusal


def _locked(model, *pks):
    """Return records as they now are, locked in the order of their identifiers."""
    with connection.cursor() as cursor:
        # Wait for a load to end here, and not where each of the two holds what the other needs.
        table = connection.ops.quote_name(model._meta.db_table)
        cursor.execute(f"LOCK TABLE {table} IN ROW EXCLUSIVE MODE")
    found = model._base_manager.select_for_update().order_by("pk").filter(pk__in=pks)
    by_pk = {record.pk: record for record in found}
    if missing := set(pks) - by_pk.keys():
        raise MergeError(
            _("%(kind)s %(pk)s is gone: it was merged or deleted meanwhile.")
            % {"kind": model._meta.verbose_name.capitalize(), "pk": min(missing)}
        )
    return [by_pk[pk] for pk in pks]


def _values(record):
    return type(record)._base_manager.filter(pk=record.pk).values().get()


def _take(survivor, merged, names):
    """Give a record the values of another, and by way of aliases its name."""
    if has_aliases := hasattr(survivor, "aliases"):
        names_before = [survivor.name, merged.name, *merged.aliases]
    for model_field in survivor._meta.concrete_fields:
        # What is computed of a field goes by the field's name: file_sha256.
        derived = not model_field.editable and model_field.name.startswith(
            tuple(f"{name}_" for name in names)
        )
        if model_field.name in names or derived:
            setattr(survivor, model_field.attname, getattr(merged, model_field.attname))
    if has_aliases:
        known = {survivor.name, *survivor.aliases}
        new = [name for name in dict.fromkeys(names_before) if name not in known]
        survivor.aliases = [*survivor.aliases, *new]


def _take_back(survivor, name, before, after):
    """Give a field back its value from before a merge, unless it was changed since."""
    model_field = survivor._meta.get_field(name)
    now = getattr(survivor, model_field.attname)
    if isinstance(model_field, ArrayField):
        setattr(survivor, name, [item for item in now if item in before or item not in after])
    elif model_field.get_prep_value(now) == model_field.get_prep_value(
        model_field.to_python(after)
    ):
        setattr(survivor, model_field.attname, model_field.to_python(before))


def _bring_back(relation, dropped, survivor):
    """Make the links again that the survivor had as well, where it has them still."""
    columns = [f.attname for f in relation.model._meta.concrete_fields if not f.primary_key]
    columns = [column for column in columns if column != relation.field.attname]
    still = set(relation.rows(survivor.pk).values_list(*columns)) if dropped else set()
    links = [relation.model(**row) for row in dropped if tuple(map(row.get, columns)) in still]
    relation.model._base_manager.bulk_create(links)
