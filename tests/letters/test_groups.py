import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command

from casefile.corrections import Correction
from casefile.entries import Entry
from casefile.merges import is_mergeable
from casefile.models import Citation, Source
from jurisdictions.models import Award, Jurisdiction
from letters.groups import entries, make_groups, records
from letters.models import Letter, Official, Production, Response, Round
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def allowed(group, model):
    """Return what a member of a group may do with a kind of record, as permissions say."""
    user = UserFactory(group=group)
    codenames = {
        permission.partition(".")[2]
        for permission in user.get_all_permissions()
        if permission.startswith(f"{model._meta.app_label}.")
    }
    suffix = f"_{model._meta.model_name}"
    return {name.removesuffix(suffix) for name in codenames if name.endswith(suffix)}


@pytest.mark.parametrize("model", [Letter, Response])
def test_entries(model):
    assert allowed("Editors", model) == {"view", "add", "change", "delete"}
    assert allowed("Reviewers", model) == {"view", "change", "publish"}
    assert allowed("Administrators", model) == {"view", "add", "change", "delete", "publish"}


@pytest.mark.parametrize("model", [Round, Jurisdiction, Source, Official, Award])
def test_other_records(model):
    assert allowed("Editors", model) == {"view", "add", "change"}
    assert allowed("Reviewers", model) == {"view", "change"}
    merge = {"merge"} if is_mergeable(model) else set()
    assert allowed("Administrators", model) == {"view", "add", "change", "delete"} | merge


@pytest.mark.parametrize("model", [Citation, Production])
def test_parts_of_entries(model):
    assert allowed("Editors", model) == {"view", "add", "change", "delete"}
    assert allowed("Reviewers", model) == {"view", "add", "change", "delete"}


@pytest.mark.parametrize("group", ["Editors", "Reviewers"])
def test_neither_editors_nor_reviewers_touch_accounts_or_history(group):
    permissions = Permission.objects.filter(group__name=group)

    models = {permission.content_type.model_class() for permission in permissions}

    assert models == {*records(), Correction}
    assert not models & {User, Group, Letter.history.rel.related_model}


def test_administrators_have_every_permission():
    group = Group.objects.get(name="Administrators")

    assert group.permissions.count() == Permission.objects.count()


def test_every_entry_kind_is_covered():
    concrete = {
        model for model in apps.get_models() if issubclass(model, Entry) and not model._meta.proxy
    }

    assert set(entries()) == concrete


def test_migration_restores_the_groups_and_keeps_their_members():
    editor = UserFactory(group="Editors")
    group = Group.objects.get(name="Editors")
    group.permissions.clear()
    group.permissions.add(Permission.objects.get(codename="publish_letter"))

    call_command("migrate", verbosity=0)

    assert allowed("Editors", Letter) == {"view", "add", "change", "delete"}
    assert list(editor.groups.all()) == [group]


def test_permissions_that_are_missing_are_made():
    Permission.objects.filter(codename="publish_letter").delete()

    make_groups()

    assert "publish" in allowed("Reviewers", Letter)


def test_groups_wait_for_their_table():
    class BeforeGroups:
        def get_model(self, *name):
            raise LookupError

    Group.objects.all().delete()

    make_groups(apps=BeforeGroups())

    assert not Group.objects.exists()
