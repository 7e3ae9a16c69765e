"""The groups of staff, and what each may do. They are brought up to date after every migration.

That editors delete drafts alone, and that published entries are open to those alone who may
publish, are rules about single entries: `casefile.review` and the admin keep them.
"""

from django.apps import apps as installed
from django.contrib.auth import get_permission_codename
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from pghistory.core import event_models

from casefile.corrections import Correction
from casefile.entries import Entry
from casefile.models import Citation
from letters.models import Production

# Written on the page of an entry, as parts of it.
PARTS = [Citation, Production]


def make_groups(using="default", apps=installed, **kwargs):
    """Give each group exactly its permissions. A receiver of post_migrate."""
    try:
        apps.get_model("auth", "Group")
    except LookupError:
        return  # a migration of another app alone, before there are groups
    for config in installed.get_app_configs():
        # Django makes these as well, but for some apps not before this is called.
        create_permissions(config, verbosity=0, using=using)
    permissions = {
        (permission.content_type.model_class(), permission.codename): permission
        for permission in Permission.objects.using(using).select_related("content_type")
    }
    for name, allowed in {"Editors": editors(), "Reviewers": reviewers()}.items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.set(
            permissions[model, get_permission_codename(action, model._meta)]
            for model, action in allowed
        )
    group, _ = Group.objects.using(using).get_or_create(name="Administrators")
    group.permissions.set(permissions.values())


def editors():
    """Return what editors may do, as pairs of a model and an action: enter, change and submit."""
    allowed = [(model, action) for model in records() for action in ("view", "add", "change")]
    allowed += [(model, "delete") for model in [*entries(), *PARTS]]
    return [*allowed, (Correction, "view")]


def reviewers():
    """Return what reviewers may do: change what others entered, with its sources, and publish."""
    allowed = [(model, action) for model in records() for action in ("view", "change")]
    allowed += [(model, action) for model in PARTS for action in ("add", "delete")]
    allowed += [(model, "publish") for model in [*entries(), Correction]]
    return [*allowed, (Correction, "view")]


def records():
    """Return the models whose history is kept, but for links and what triggers alone write."""
    tracked = {history.pgh_tracked_model for history in event_models()}
    return [
        model
        for model in installed.get_models()
        if model in tracked and not model._meta.proxy and "add" in model._meta.default_permissions
    ]


def entries():
    return [model for model in records() if issubclass(model, Entry)]
