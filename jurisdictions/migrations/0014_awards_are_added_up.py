"""What awards add up to on each day is kept, and of each the US state beside where it stands."""

import jurisdictions.award_status
from django.db import migrations, models

from jurisdictions.award_rule import SQL as RULE
from jurisdictions.award_tallies import SQL as TALLIES

# All rows get a value: to make them anew is quicker than to change them, and leaves no dead ones.
EMPTY = "TRUNCATE jurisdictions_awardinterval"
FILL = """
    SELECT jurisdictions_keep_awards(array_agg(id)) FROM jurisdictions_award;
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
"""
# The triggers go with the functions that they call.
REMOVE = """
    DROP FUNCTION jurisdictions_keep_award_sums;
    DROP FUNCTION jurisdictions_count_awards CASCADE;
    DROP FUNCTION jurisdictions_note_awards;
    DROP FUNCTION jurisdictions_fold_noted CASCADE;
    DROP FUNCTION jurisdictions_fold_awards;
    DROP FUNCTION jurisdictions_award_subjects;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('jurisdictions', '0013_award_texts'),
    ]

    operations = [
        migrations.RunSQL(EMPTY, migrations.RunSQL.noop),
        migrations.AddField(
            model_name='awardinterval',
            name='usps',
            field=models.CharField(default='', help_text='Of the jurisdiction.'),
            preserve_default=False,
        ),
        migrations.RunSQL(RULE, migrations.RunSQL.noop),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.CreateModel(
            name='AwardChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('transaction', models.BigIntegerField(db_index=True)),
                ('fiscal_year', models.PositiveSmallIntegerField()),
                ('usps', models.CharField()),
                ('award_status', jurisdictions.award_status.AwardStatusField(null=True)),
                ('money_status', jurisdictions.award_status.AwardStatusField(null=True)),
                ('dispute_status', jurisdictions.award_status.AwardStatusField(null=True)),
                ('basis', models.CharField(blank=True, choices=[('awarded', 'Awarded'), ('allocated', 'Allocated'), ('reported', 'Reported'), ('approximate', 'Approximate')])),
                ('day', models.DateField()),
                ('awards', models.IntegerField()),
                ('with_amount', models.IntegerField()),
                ('amount', models.DecimalField(decimal_places=2, max_digits=20)),
            ],
        ),
        migrations.CreateModel(
            name='AwardTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(choices=[('fiscal_year', 'Fiscal year'), ('usps', 'US state'), ('award', 'Award status'), ('money', 'Money status'), ('dispute', 'Dispute status')])),
                ('value', models.CharField()),
                ('basis', models.CharField(blank=True, choices=[('awarded', 'Awarded'), ('allocated', 'Allocated'), ('reported', 'Reported'), ('approximate', 'Approximate')])),
                ('period', models.CharField(help_text='day, month or year')),
                ('begins', models.DateField()),
                ('awards', models.IntegerField()),
                ('with_amount', models.IntegerField(help_text='Those of the awards that have an amount.')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=20)),
            ],
            options={
                'verbose_name_plural': 'award tallies',
            },
        ),
        migrations.AddIndex(
            model_name='awardinterval',
            index=models.Index(condition=models.Q(('published', True)), fields=['amount_basis'], name='award_on_basis'),
        ),
        migrations.AddIndex(
            model_name='awardinterval',
            index=models.Index(condition=models.Q(('published', True)), fields=['usps'], name='award_in_usps'),
        ),
        migrations.AddIndex(
            model_name='awardinterval',
            index=models.Index(condition=models.Q(('published', True)), fields=['fiscal_year', 'name', 'key'], name='award_oldest'),
        ),
        migrations.AddIndex(
            model_name='awardtally',
            index=models.Index(fields=['period', 'begins'], name='award_tally_of_day'),
        ),
        migrations.AddConstraint(
            model_name='awardtally',
            constraint=models.UniqueConstraint(fields=('subject', 'value', 'basis', 'period', 'begins'), name='jurisdictions_awardtally_once'),
        ),
        migrations.RunSQL(TALLIES, REMOVE),
        migrations.RunSQL("SELECT jurisdictions_keep_award_sums()", migrations.RunSQL.noop),
    ]
