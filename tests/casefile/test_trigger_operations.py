"""Migrations add and remove triggers, and leave the models of their states as they are."""

import pgtrigger
import pytest
from django.core.management import call_command
from django.db import models
from django.db.migrations.state import ModelState, ProjectState
from pgtrigger.core import INSTALLED

from casefile.trigger_operations import AddTrigger, RemoveTrigger


def trigger(name):
    return pgtrigger.Trigger(
        name=name, when=pgtrigger.Before, operation=pgtrigger.Delete, func="RETURN NULL;"
    )


def test_state_has_the_triggers_and_the_same_models():
    state = ProjectState()
    state.add_model(
        ModelState("casefile", "Thing", [("id", models.BigAutoField(primary_key=True))])
    )
    before, model = state.clone(), state.apps.get_model("casefile.thing")
    first, second = trigger("first"), trigger("second")

    AddTrigger("thing", first).state_forwards("casefile", state)
    AddTrigger("thing", second).state_forwards("casefile", state)
    RemoveTrigger("thing", "first").state_forwards("casefile", state)

    assert state.models["casefile", "thing"].options["triggers"] == [second]
    assert "triggers" not in before.models["casefile", "thing"].options
    assert state.apps.get_model("casefile.thing") is model


@pytest.mark.django_db
def test_migrations_install_the_triggers_that_the_models_declare():
    installed = {
        trigger.get_pgid(model): trigger.get_installation_status(model)
        for model, trigger in pgtrigger.registered()
    }

    assert len(installed) > 100
    assert {status for status, _ in installed.values()} == {INSTALLED}


@pytest.mark.django_db
def test_migrations_leave_nothing_to_make():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
