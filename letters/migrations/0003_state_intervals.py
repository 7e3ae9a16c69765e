"""Where letters stand on each day: kept by triggers, made by the rule in letters/sql/.

A later change of that file needs a migration that runs it, and keeps the states of all letters,
again. They are first kept by the last such migration, as the file is of its time, not of this one.
"""

import django.db.models.deletion
from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GistIndex
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

import letters.models.state_intervals
import letters.states
from letters.state_rule import SQL

STATES = [
    "withdrawn",
    "cleared",
    "answered",
    "answered_late",
    "on_hold",
    "refused",
    "responded",
    "partly_answered",
    "incomplete",
    "awaiting",
    "overdue",
    "open",
]

INSTALL = migrations.RunSQL(
    SQL,
    # The triggers go with the function that they call.
    """
    DROP FUNCTION letters_follow_changes CASCADE;
    DROP FUNCTION letters_keep_states;
    DROP FUNCTION letters_state_rule;
    DROP FUNCTION letters_place;
    """,
)


class Migration(migrations.Migration):
    dependencies = [("letters", "0002_review_rules_as_sentences")]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="StateInterval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("published", models.BooleanField(help_text="Part of what readers see.")),
                ("entered", models.BooleanField(help_text="Part of what staff see: drafts count.")),
                ("during", DateRangeField()),
                ("state", letters.states.StateField()),
                ("effective_deadline", models.DateField(null=True)),
                ("first_substantive_on", models.DateField(null=True)),
                ("first_complete_on", models.DateField(null=True)),
                ("exposure", models.CharField()),
                ("extension_count", models.PositiveSmallIntegerField()),
                ("enforcement", letters.models.state_intervals.EnforcementStageField()),
                (
                    "deadline_order",
                    models.BigIntegerField(help_text="Deadline, then letter, as one number."),
                ),
                (
                    "newest_order",
                    models.BigIntegerField(help_text="Newest letter first, likewise."),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="state_intervals",
                        to="letters.letter",
                    ),
                ),
            ],
            options={
                "indexes": [
                    GistIndex(
                        condition=models.Q(("published", True), ("state", state)),
                        fields=["deadline_order", "during", "newest_order"],
                        name=f"standing_{state}",
                    )
                    for state in STATES
                ]
                + [
                    GistIndex(
                        condition=models.Q(("published", True)),
                        fields=["deadline_order", "during", "newest_order"],
                        name="standing_any",
                    )
                ],
            },
        ),
        INSTALL,
    ]
