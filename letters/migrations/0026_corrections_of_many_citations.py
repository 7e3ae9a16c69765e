"""Citations that come in by the million are compared with those of before in one go.

Whether a citation is new was asked of a list, for each by itself, and a list of over some 250,000
is too long to be hashed: a load of 1,600,000 would have taken weeks. And whether readers saw the
entry before, which costs most, is asked of what was cited before alone: in a load, of nothing.
"""

from importlib import import_module

from django.db import migrations

corrections = import_module("letters.migrations.0014_corrections_of_parts")

FORWARD = """
CREATE OR REPLACE FUNCTION casefile_citation_correction_insert() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    -- Planned each time: a plan kept from a statement of one row takes hours for a load's rows.
    EXECUTE $sql$
        WITH further AS MATERIALIZED (
            SELECT * FROM changed n WHERE EXISTS (
                SELECT FROM casefile_citation c
                WHERE c.entry_type_id = n.entry_type_id AND c.entry_id = n.entry_id
                    AND NOT EXISTS (SELECT FROM changed came WHERE came.id = c.id)
            )
        )
        SELECT casefile_note_correction(n.entry_type_id, n.entry_id, false,
            jsonb_build_object('citation ' || n.id,
                jsonb_build_array(NULL, casefile_cited(to_jsonb(n)))))
        FROM further n WHERE casefile_was_public(n.entry_type_id, n.entry_id)
    $sql$;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("letters", "0025_standing_of_jurisdictions")]

    operations = [
        migrations.RunSQL(
            FORWARD, corrections.citations("casefile_was_public", with_insert=True)
        )
    ]
