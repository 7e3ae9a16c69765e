"""The rule that a complete answer has produced each item that is recorded of it.

It is asked at the end of a transaction, from both sides: of a response that becomes complete, and
of an item that is recorded as less than produced.
"""

import pgtrigger.compiler
from django.db import migrations

from casefile import trigger_operations

FUNCTION = """
CREATE FUNCTION letters_require_whole(response bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    lacking record;
BEGIN
    -- Of two who write the two sides at once, the second waits here and then sees the first.
    PERFORM FROM letters_response r WHERE r.id = response FOR NO KEY UPDATE;
    SELECT r.key, i.number, p.extent INTO lacking
        FROM letters_response r
        JOIN letters_production p ON p.response_id = r.id
        JOIN letters_demanditem i ON i.id = p.item_id
        WHERE r.id = response AND r.kind = 'complete' AND p.extent <> 'produced'
        ORDER BY i.number LIMIT 1;
    IF FOUND THEN
        RAISE check_violation USING
            CONSTRAINT = 'whole_if_complete',
            MESSAGE = format('%s can''t be a complete answer: item %s of the demand is recorded as'
                ' %s.', lacking.key, lacking.number, CASE lacking.extent
                    WHEN 'partial' THEN 'produced in part'
                    WHEN 'none' THEN 'not produced'
                    ELSE lacking.extent END);
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("letters", "0005_docket_indexes")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION letters_require_whole(bigint)"),
        trigger_operations.AddTrigger(
            model_name='production',
            trigger=pgtrigger.compiler.Trigger(name='whole_if_complete', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."extent" = \'produced\'))', constraint='CONSTRAINT', func='PERFORM letters_require_whole(NEW.response_id); RETURN NULL;', hash='03ccfeba67cd02bb73fff37799cd7a337da56e5f', operation='INSERT OR UPDATE OF "response_id", "extent"', pgid='pgtrigger_whole_if_complete_78a62', table='letters_production', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        trigger_operations.AddTrigger(
            model_name='response',
            trigger=pgtrigger.compiler.Trigger(name='whole_if_complete', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."kind" = \'complete\')', constraint='CONSTRAINT', func='PERFORM letters_require_whole(NEW.id); RETURN NULL;', hash='1756d8ba2ff7172a26ebaabbfcd336f000a41709', operation='INSERT OR UPDATE OF "kind"', pgid='pgtrigger_whole_if_complete_0d1c6', table='letters_response', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
    ]
