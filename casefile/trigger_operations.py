"""Operations of migrations that add and remove triggers, without making models anew.

django-pgtrigger's own have all models made anew that are related to the trigger's. Nothing asks a
migration's models for their triggers, and with some 250 triggers it took half of the time in which
a new database is made.
"""

from pgtrigger import migrations


class AddTrigger(migrations.AddTrigger):
    def state_forwards(self, app_label, state):
        options = state.models[app_label, self.model_name].options
        options["triggers"] = [*options.get("triggers", []), self.trigger]


class RemoveTrigger(migrations.RemoveTrigger):
    def state_forwards(self, app_label, state):
        options = state.models[app_label, self.model_name].options
        options["triggers"] = [
            trigger for trigger in options["triggers"] if trigger.name != self.name
        ]
