import pgtrigger.compiler
from django.db import migrations

from casefile import trigger_operations


class Migration(migrations.Migration):

    dependencies = [
        ('casefile', '0010_merges'),
        ('jurisdictions', '0006_history_in_its_time'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='jurisdiction',
            options={'default_permissions': ['add', 'change', 'delete', 'view', 'merge'], 'ordering': ['name', 'slug']},
        ),
        trigger_operations.AddTrigger(
            model_name='jurisdiction',
            trigger=pgtrigger.compiler.Trigger(name='merged_key_stays_taken', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM casefile_require_unmerged(TG_TABLE_NAME, NEW.slug); RETURN NULL;', hash='2901b4f8cb1c3b15ab7112b7577ee766c8e610db', operation='INSERT OR UPDATE OF "slug"', pgid='pgtrigger_merged_key_stays_taken_57310', table='jurisdictions_jurisdiction', when='AFTER')),
        ),
        trigger_operations.AddTrigger(
            model_name='jurisdiction',
            trigger=pgtrigger.compiler.Trigger(name='survivor_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM casefile_require_no_survivor(TG_TABLE_NAME, OLD.id); RETURN NULL;', hash='e70d59b7b22947d3ccd3ecea7f927a695cad6fdd', operation='DELETE', pgid='pgtrigger_survivor_stays_de4b7', table='jurisdictions_jurisdiction', when='AFTER')),
        ),
    ]
