"""Merges, and the functions behind the triggers by which a merged key stays taken."""

import django.core.serializers.json
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from casefile import trigger_operations

FUNCTIONS = """
CREATE FUNCTION casefile_require_unmerged(record_table text, record_key text)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM casefile_merge m JOIN django_content_type t ON t.id = m.kind_id
        WHERE t.app_label || '_' || t.model = record_table AND m.old_key = record_key
    ) THEN
        RAISE unique_violation USING
            MESSAGE = format('%s is taken: the record that had it was merged into another, to which'
                ' its address leads. Choose another one.', record_key),
            CONSTRAINT = 'merged_key_stays_taken';
    END IF;
END $$;

CREATE FUNCTION casefile_require_no_survivor(record_table text, record bigint)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM casefile_merge m JOIN django_content_type t ON t.id = m.kind_id
        WHERE t.app_label || '_' || t.model = record_table AND m.survivor_id = record
    ) THEN
        RAISE foreign_key_violation USING
            MESSAGE = 'Another record was merged into this one, and its address leads here: undo'
                ' that first.',
            CONSTRAINT = 'survivor_stays';
    END IF;
END $$;
"""

REMOVAL = """
DROP FUNCTION casefile_require_no_survivor(text, bigint);
DROP FUNCTION casefile_require_unmerged(text, text);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('casefile', '0009_current_token'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('old_key', models.SlugField(max_length=200)),
                ('survivor_id', models.BigIntegerField()),
                ('merged_id', models.BigIntegerField(null=True)),
                ('merged_name', models.CharField(blank=True)),
                ('reason', models.CharField(blank=True)),
                ('merged_at', models.DateTimeField(null=True)),
                ('undo', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
            ],
            options={
                'ordering': ['kind', 'old_key'],
                'default_permissions': [],
            },
        ),
        migrations.CreateModel(
            name='MergeHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('old_key', models.SlugField(db_index=False, max_length=200)),
                ('survivor_id', models.BigIntegerField()),
                ('merged_id', models.BigIntegerField(null=True)),
                ('merged_name', models.CharField(blank=True)),
                ('reason', models.CharField(blank=True)),
                ('merged_at', models.DateTimeField(null=True)),
                ('undo', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AlterModelOptions(
            name='source',
            options={'default_permissions': ['add', 'change', 'delete', 'view', 'merge'], 'ordering': ['key']},
        ),
        trigger_operations.RemoveTrigger(
            model_name='correction',
            name='insert_insert',
        ),
        trigger_operations.RemoveTrigger(
            model_name='correction',
            name='update_update',
        ),
        trigger_operations.RemoveTrigger(
            model_name='correction',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='correction',
            name='is_merge',
            field=models.BooleanField(default=False, help_text='Two records of the same thing became one, or two again.'),
        ),
        migrations.AddField(
            model_name='correctionhistory',
            name='is_merge',
            field=models.BooleanField(default=False, help_text='Two records of the same thing became one, or two again.'),
        ),
        trigger_operations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "casefile_correctionhistory" ("change_id", "changed_at", "changed_by_id", "changes", "confirmed_at", "confirmed_by_id", "entry_id", "entry_type_id", "id", "immaterial_at", "immaterial_by_id", "is_merge", "is_retraction", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT new_values."change_id", new_values."changed_at", new_values."changed_by_id", new_values."changes", new_values."confirmed_at", new_values."confirmed_by_id", new_values."entry_id", new_values."entry_type_id", new_values."id", new_values."immaterial_at", new_values."immaterial_by_id", new_values."is_merge", new_values."is_retraction", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1b6ec27053aba086c4f22ff139c8d842b2223084', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9a9f1', referencing='REFERENCING NEW TABLE AS new_values ', table='casefile_correction', when='AFTER')),
        ),
        trigger_operations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "casefile_correctionhistory" ("change_id", "changed_at", "changed_by_id", "changes", "confirmed_at", "confirmed_by_id", "entry_id", "entry_type_id", "id", "immaterial_at", "immaterial_by_id", "is_merge", "is_retraction", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT new_values."change_id", new_values."changed_at", new_values."changed_by_id", new_values."changes", new_values."confirmed_at", new_values."confirmed_by_id", new_values."entry_id", new_values."entry_type_id", new_values."id", new_values."immaterial_at", new_values."immaterial_by_id", new_values."is_merge", new_values."is_retraction", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4bf6b04bdf2276f1e732c30e35922a669114f664', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_591ff', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='casefile_correction', when='AFTER')),
        ),
        trigger_operations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "casefile_correctionhistory" ("change_id", "changed_at", "changed_by_id", "changes", "confirmed_at", "confirmed_by_id", "entry_id", "entry_type_id", "id", "immaterial_at", "immaterial_by_id", "is_merge", "is_retraction", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT old_values."change_id", old_values."changed_at", old_values."changed_by_id", old_values."changes", old_values."confirmed_at", old_values."confirmed_by_id", old_values."entry_id", old_values."entry_type_id", old_values."id", old_values."immaterial_at", old_values."immaterial_by_id", old_values."is_merge", old_values."is_retraction", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6e4d812d53350e322f970136ea0b5d3c0476d73f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_58b46', referencing='REFERENCING OLD TABLE AS old_values ', table='casefile_correction', when='AFTER')),
        ),
        trigger_operations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='merged_key_stays_taken', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM casefile_require_unmerged(TG_TABLE_NAME, NEW.key); RETURN NULL;', hash='60c44c3ce4cc0f815d83927d466f792c095fc496', operation='INSERT OR UPDATE OF "key"', pgid='pgtrigger_merged_key_stays_taken_9a69c', table='casefile_source', when='AFTER')),
        ),
        trigger_operations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='survivor_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM casefile_require_no_survivor(TG_TABLE_NAME, OLD.id); RETURN NULL;', hash='d1d1affc8253b9e2373a398db2d9d5cf1b808d03', operation='DELETE', pgid='pgtrigger_survivor_stays_dcfc0', table='casefile_source', when='AFTER')),
        ),
        migrations.AddField(
            model_name='merge',
            name='kind',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype'),
        ),
        migrations.AddField(
            model_name='merge',
            name='merged_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='mergehistory',
            name='kind',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contenttypes.contenttype'),
        ),
        migrations.AddField(
            model_name='mergehistory',
            name='merged_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='mergehistory',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='mergehistory',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', related_query_name='history', to='casefile.merge'),
        ),
        migrations.AddIndex(
            model_name='merge',
            index=models.Index(fields=['kind', 'survivor_id'], name='casefile_me_kind_id_d4673d_idx'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(fields=('kind', 'old_key'), name='casefile_merge_once', violation_error_message='That record was merged into another one already.'),
        ),
        trigger_operations.AddTrigger(
            model_name='merge',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "casefile_mergehistory" ("id", "kind_id", "merged_at", "merged_by_id", "merged_id", "merged_name", "old_key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "survivor_id", "undo") SELECT new_values."id", new_values."kind_id", new_values."merged_at", new_values."merged_by_id", new_values."merged_id", new_values."merged_name", new_values."old_key", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."survivor_id", new_values."undo" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c3c4bb4758510beff5784f521c1d52a238e87393', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_10a71', referencing='REFERENCING NEW TABLE AS new_values ', table='casefile_merge', when='AFTER')),
        ),
        trigger_operations.AddTrigger(
            model_name='merge',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "casefile_mergehistory" ("id", "kind_id", "merged_at", "merged_by_id", "merged_id", "merged_name", "old_key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "survivor_id", "undo") SELECT new_values."id", new_values."kind_id", new_values."merged_at", new_values."merged_by_id", new_values."merged_id", new_values."merged_name", new_values."old_key", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."survivor_id", new_values."undo" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='afda8d5b2dcdf3945de7679e022dab8fa26b538c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_94421', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='casefile_merge', when='AFTER')),
        ),
        trigger_operations.AddTrigger(
            model_name='merge',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "casefile_mergehistory" ("id", "kind_id", "merged_at", "merged_by_id", "merged_id", "merged_name", "old_key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "survivor_id", "undo") SELECT old_values."id", old_values."kind_id", old_values."merged_at", old_values."merged_by_id", old_values."merged_id", old_values."merged_name", old_values."old_key", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."survivor_id", old_values."undo" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2b464f39bb03d1075ebbd15608cce9dbb9182fcd', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_519a2', referencing='REFERENCING OLD TABLE AS old_values ', table='casefile_merge', when='AFTER')),
        ),
        trigger_operations.AddTrigger(
            model_name='mergehistory',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='10a15297f96086a605a5be7b0fc2efe8bcb6cddd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_63e41', table='casefile_mergehistory', when='BEFORE')),
        ),
        trigger_operations.AddTrigger(
            model_name='mergehistory',
            trigger=pgtrigger.compiler.Trigger(name='in_its_time', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (SELECT FROM new_values WHERE pgh_created_at <> now()) THEN\n            RAISE EXCEPTION 'History is written when it happens, not for another time.';\n        END IF;\n        IF EXISTS (\n            SELECT FROM casefile_seal\n            WHERE day >= (now() AT TIME ZONE 'America/New_York')::date\n        ) THEN\n            RAISE EXCEPTION 'The history of this day is sealed. Begin the transaction again.';\n        END IF;\n        RETURN NULL;\n    ", hash='90c31dcd3208498075d9e55051f5cd743230c57b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_in_its_time_bfbff', referencing='REFERENCING NEW TABLE AS new_values ', table='casefile_mergehistory', when='AFTER')),
        ),
        migrations.RunSQL(FUNCTIONS, REMOVAL),
    ]
