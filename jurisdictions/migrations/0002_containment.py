"""The function behind the containment trigger: a parent lies in the same state and is larger.

States contain counties and consolidated city-counties, these contain cities and towns. Sizes
strictly shrink from parent to child, so a chain of parents can't be a circle.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION jurisdictions_rank(kind text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE kind
        WHEN 'state' THEN 3
        WHEN 'county' THEN 2 WHEN 'consolidated' THEN 2
        WHEN 'city' THEN 1 WHEN 'town' THEN 1
        ELSE 0
    END
$$;

CREATE FUNCTION jurisdictions_require_containment(jurisdiction bigint)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    wrong record;
BEGIN
    SELECT child.name AS child, parent.name AS parent INTO wrong
    FROM jurisdictions_jurisdiction child
    JOIN jurisdictions_jurisdiction parent ON parent.id = child.parent_id
    WHERE jurisdiction IN (child.id, parent.id)
      AND (parent.state <> child.state
           OR jurisdictions_rank(parent.kind) <= jurisdictions_rank(child.kind))
    LIMIT 1;
    IF FOUND THEN
        RAISE check_violation USING
            MESSAGE = format('%s can''t be the parent of %s: a parent must be in the same state'
                ' and larger (state, then county or consolidated, then city or town).',
                wrong.parent, wrong.child),
            CONSTRAINT = 'parent_contains_child';
    END IF;
END $$;
"""

REMOVAL = """
DROP FUNCTION jurisdictions_require_containment(bigint);
DROP FUNCTION jurisdictions_rank(text);
"""


class Migration(migrations.Migration):
    dependencies = [("jurisdictions", "0001_initial")]

    operations = [migrations.RunSQL(FUNCTIONS, REMOVAL)]
