"""Where awards stand on each day: kept by triggers, made by the rule in jurisdictions/sql/.

A later change of that file needs a migration that runs it, and keeps all awards, again. The last
such migration keeps them on the way from a record that has none of this yet.
"""

import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import jurisdictions.award_status
from jurisdictions.award_rule import SQL

INSTALL = migrations.RunSQL(
    SQL,
    # The triggers go with the functions that they call.
    """
    DROP FUNCTION jurisdictions_follow_names CASCADE;
    DROP FUNCTION jurisdictions_follow_awards CASCADE;
    DROP FUNCTION jurisdictions_keep_awards;
    DROP FUNCTION jurisdictions_award_rule;
    """,
)

class Migration(migrations.Migration):

    dependencies = [
        ('casefile', '0002_citation_rules'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('jurisdictions', '0011_jurisdiction_by_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='AwardInterval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('published', models.BooleanField(help_text='Part of what readers see.')),
                ('entered', models.BooleanField(help_text='Part of what staff see: drafts count.')),
                ('during', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('award_status', jurisdictions.award_status.AwardStatusField(null=True)),
                ('money_status', jurisdictions.award_status.AwardStatusField(null=True)),
                ('dispute_status', jurisdictions.award_status.AwardStatusField(null=True)),
                ('fiscal_year', models.PositiveSmallIntegerField()),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ('amount_basis', models.CharField(choices=[('awarded', 'Awarded'), ('allocated', 'Allocated'), ('reported', 'Reported'), ('approximate', 'Approximate')])),
                ('name', models.CharField(help_text='Of the jurisdiction.')),
                ('key', models.CharField(help_text='Of the award.')),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='intervals', to='jurisdictions.award')),
                ('jurisdiction', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='award_intervals', to='jurisdictions.jurisdiction')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('award_status__isnull', False), ('published', True)), fields=['award_status'], name='award_with_award'), models.Index(condition=models.Q(('money_status__isnull', False), ('published', True)), fields=['money_status'], name='award_with_money'), models.Index(condition=models.Q(('dispute_status__isnull', False), ('published', True)), fields=['dispute_status'], name='award_with_dispute'), models.Index(condition=models.Q(('published', True)), fields=['-fiscal_year', 'name', 'key'], name='award_newest'), models.Index(condition=models.Q(('published', True)), fields=['name', '-fiscal_year', 'key'], name='award_by_name'), models.Index(models.OrderBy(models.F('amount'), descending=True, nulls_last=True), models.F('key'), condition=models.Q(('published', True)), name='award_largest')],
            },
        ),
        INSTALL,
    ]
