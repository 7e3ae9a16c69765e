"""The rule that what a response produced is of the demand that it answers.

It is asked at the end of a transaction, from all sides: of a production, of the response, of its
letter and of the item, whichever of them changes.
"""

import pgtrigger.compiler
from django.db import migrations

from casefile import trigger_operations


# By the kind of what changes: its id among a production, its item, its response and its letter.
KINDS = {"production": "p.id", "item": "i.id", "response": "r.id", "letter": "l.id"}

FUNCTION = (
    """
CREATE FUNCTION letters_require_answered_item(kind text, changed bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    misfit record;
BEGIN
"""
    + "".join(
        f"""
    IF kind = '{kind}' THEN
        SELECT r.key, i.number INTO misfit
            FROM letters_production p
            JOIN letters_demanditem i ON i.id = p.item_id
            JOIN letters_response r ON r.id = p.response_id
            JOIN letters_letter l ON l.id = r.letter_id
            WHERE {column} = changed AND i.round_id <> l.round_id
            LIMIT 1;
    END IF;
"""
        for kind, column in KINDS.items()
    )
    + """
    IF misfit IS NOT NULL THEN
        RAISE check_violation USING
            CONSTRAINT = 'item_of_the_answered_demand',
            MESSAGE = format('%s can''t have produced item %s of another demand: it answers a letter'
                ' of another round.', misfit.key, misfit.number);
    END IF;
END $$;
"""
)


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0014_corrections_of_parts'),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION letters_require_answered_item(text, bigint)"),
        trigger_operations.AddTrigger(
            model_name='demanditem',
            trigger=pgtrigger.compiler.Trigger(name='item_of_the_answered_demand', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="PERFORM letters_require_answered_item('item', NEW.id); RETURN NULL;", hash='7c8aa6d7ab2ba979acc5ba27844f12287b6cb8bd', operation='UPDATE OF "round_id"', pgid='pgtrigger_item_of_the_answered_demand_30abb', table='letters_demanditem', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        trigger_operations.AddTrigger(
            model_name='letter',
            trigger=pgtrigger.compiler.Trigger(name='item_of_the_answered_demand', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="PERFORM letters_require_answered_item('letter', NEW.id); RETURN NULL;", hash='ebb86e71152f823aa9c536080d7d0c458ffd4096', operation='UPDATE OF "round_id"', pgid='pgtrigger_item_of_the_answered_demand_fba43', table='letters_letter', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        trigger_operations.AddTrigger(
            model_name='production',
            trigger=pgtrigger.compiler.Trigger(name='item_of_the_answered_demand', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="PERFORM letters_require_answered_item('production', NEW.id); RETURN NULL;", hash='e67037caea020660ba71050d14c5ef3b9af15045', operation='INSERT OR UPDATE OF "response_id", "item_id"', pgid='pgtrigger_item_of_the_answered_demand_c2053', table='letters_production', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        trigger_operations.AddTrigger(
            model_name='response',
            trigger=pgtrigger.compiler.Trigger(name='item_of_the_answered_demand', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="PERFORM letters_require_answered_item('response', NEW.id); RETURN NULL;", hash='f78b45635541222d1416675d329857b29772ca85', operation='UPDATE OF "letter_id"', pgid='pgtrigger_item_of_the_answered_demand_8107a', table='letters_response', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
    ]
