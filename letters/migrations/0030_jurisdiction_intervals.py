"""Where jurisdictions stand on each day: kept beside the states of their letters.

Made by the rule in letters/sql/jurisdiction_rule.sql. A later change of that file needs a migration
that runs it, and keeps all jurisdictions, again. On the way from a record that has no states yet,
the states of letters are kept now: they are kept together.
"""

import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from letters import jurisdiction_rule, state_rule

INSTALL = migrations.RunSQL(
    [jurisdiction_rule.SQL, state_rule.SQL],
    # No rule of before keeps jurisdictions.
    """
    DROP FUNCTION letters_keep_jurisdictions;
    CREATE FUNCTION letters_keep_jurisdictions(bigint[]) RETURNS void LANGUAGE sql AS '';
    DROP FUNCTION letters_jurisdiction_rule;
    DROP AGGREGATE letters_days_of_any(datemultirange);
    """,
)
KEEP = """
    SELECT letters_keep_jurisdictions(array_agg(DISTINCT jurisdiction_id))
    FROM letters_stateinterval;
    SELECT letters_keep_states(array_agg(id)) FROM letters_letter l
    WHERE NOT EXISTS (SELECT FROM letters_stateinterval WHERE letter_id = l.id);
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('jurisdictions', '0013_award_texts'),
        ('letters', '0029_statements_by_choice'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='stateinterval',
            name='exposure_of_jurisdiction',
        ),
        migrations.CreateModel(
            name='JurisdictionInterval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('published', models.BooleanField(help_text='Part of what readers see.')),
                ('entered', models.BooleanField(help_text='Part of what staff see: drafts count.')),
                ('during', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('letter_count', models.PositiveIntegerField()),
                ('states', models.CharField(help_text='What asks most for attention first, joined by "; ".')),
                ('exposure', models.CharField(help_text='The failures of any of its letters, joined by "; ".')),
                ('next_deadline', models.DateField(null=True)),
                ('jurisdiction', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='intervals', to='jurisdictions.jurisdiction')),
            ],
        ),
        INSTALL,
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='jurisdictioninterval',
            index=django.contrib.postgres.indexes.GistIndex(fields=['during'], name='jurisdictions_on_day'),
        ),
        migrations.AddIndex(
            model_name='jurisdictioninterval',
            index=models.Index(condition=models.Q(('letter_count__gt', 0)), fields=['jurisdiction'], name='days_of_jurisdiction'),
        ),
    ]
