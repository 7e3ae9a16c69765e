"""Merges of officials; what readers see of a merge, and which corrections one makes."""

from importlib import import_module

import pgtrigger.compiler
from django.db import migrations

from casefile import trigger_operations

# What readers can see of a record without review of its own, as the revision's triggers have it.
VISIBLE = import_module("letters.migrations.0004_record_revision").VISIBLE
KINDS = ["casefile_source", "jurisdictions_jurisdiction", "letters_official"]

# The correction is as in the migration `corrections`, and says whether a merge made it.
FUNCTIONS = (
    """
CREATE FUNCTION casefile_is_seen(record_type integer, record bigint)
RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN CASE (SELECT app_label || '_' || model FROM django_content_type WHERE id = record_type)
"""
    + "".join(
        f"""
        WHEN '{table}' THEN EXISTS (SELECT FROM {table} r WHERE r.id = record
            AND ({VISIBLE[table]}))"""
        for table in KINDS
    )
    + """
    END;
END $$;

CREATE FUNCTION casefile_merge_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The address of what was merged leads to the survivor as long as readers can see that.
    IF casefile_is_seen(NEW.kind_id, NEW.survivor_id)
        OR casefile_is_seen(OLD.kind_id, OLD.survivor_id)
    THEN
        PERFORM casefile_raise_revision();
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER revision AFTER INSERT OR UPDATE OR DELETE ON casefile_merge
    FOR EACH ROW EXECUTE FUNCTION casefile_merge_revision();
"""
)

NOTE_CORRECTION = """
CREATE OR REPLACE FUNCTION casefile_note_correction(
    entry_type integer, entry bigint, retraction boolean, difference jsonb
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    context jsonb := nullif(current_setting('pghistory.context_metadata', true), '')::jsonb;
BEGIN
    INSERT INTO casefile_correction AS noted
        (entry_type_id, entry_id, change_id, is_retraction, {names} changes, reason,
            changed_by_id, changed_at)
    VALUES (
        entry_type,
        entry,
        coalesce(
            nullif(current_setting('pghistory.context_id', true), ''),
            pg_current_xact_id()::text
        ),
        retraction,
        {values}
        difference,
        coalesce(context->>'reason', ''),
        (SELECT id FROM auth_user WHERE id::text = context->>'user'),
        now()
    )
    ON CONFLICT ON CONSTRAINT casefile_correction_once_per_change DO UPDATE SET
        changes = casefile_changed_twice(noted.changes, EXCLUDED.changes),
        reason = EXCLUDED.reason;
END $$;
"""

REMOVAL = """
DROP FUNCTION casefile_merge_revision() CASCADE;
DROP FUNCTION casefile_is_seen(integer, bigint);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('casefile', '0010_merges'),
        ('jurisdictions', '0007_merges'),
        ('letters', '0009_history_in_its_time'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='official',
            options={'default_permissions': ['add', 'change', 'delete', 'view', 'merge'], 'ordering': ['name', 'slug']},
        ),
        trigger_operations.AddTrigger(
            model_name='official',
            trigger=pgtrigger.compiler.Trigger(name='merged_key_stays_taken', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM casefile_require_unmerged(TG_TABLE_NAME, NEW.slug); RETURN NULL;', hash='dccdb97e89a02566df1196c8bb2758ec5a8cbc57', operation='INSERT OR UPDATE OF "slug"', pgid='pgtrigger_merged_key_stays_taken_ee498', table='letters_official', when='AFTER')),
        ),
        trigger_operations.AddTrigger(
            model_name='official',
            trigger=pgtrigger.compiler.Trigger(name='survivor_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM casefile_require_no_survivor(TG_TABLE_NAME, OLD.id); RETURN NULL;', hash='60dafd2cec5d6e2a48889f744c1f8fb66790776d', operation='DELETE', pgid='pgtrigger_survivor_stays_4805d', table='letters_official', when='AFTER')),
        ),
        migrations.RunSQL(FUNCTIONS, REMOVAL),
        migrations.RunSQL(
            NOTE_CORRECTION.format(
                names="is_merge,",
                values="coalesce((context->>'merge')::boolean, false),",
            ),
            NOTE_CORRECTION.format(names="", values=""),
        ),
    ]
