"""The rule of containment as a function of two jurisdictions, for the trigger and for imports.

It returns the sentence that says what is wrong, or NULL, so that rule and words stand here alone.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION jurisdictions_containment_problem(
    parent_name text, parent_state text, parent_kind text,
    child_name text, child_state text, child_kind text
) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN parent_state <> child_state
            OR jurisdictions_rank(parent_kind) <= jurisdictions_rank(child_kind)
        THEN format('%s can''t be the parent of %s: a parent must be in the same state'
            ' and larger (state, then county or consolidated, then city or town).',
            parent_name, child_name)
    END
$$;

CREATE OR REPLACE FUNCTION jurisdictions_require_containment(jurisdiction bigint)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    problem text;
BEGIN
    -- Two searches by index: the jurisdiction in its parent, and its children in it.
    SELECT sentence INTO problem FROM (
        SELECT jurisdictions_containment_problem(
            parent.name, parent.state, parent.kind, child.name, child.state, child.kind)
        FROM jurisdictions_jurisdiction child
        JOIN jurisdictions_jurisdiction parent ON parent.id = child.parent_id
        WHERE child.id = jurisdiction
        UNION ALL
        SELECT jurisdictions_containment_problem(
            parent.name, parent.state, parent.kind, child.name, child.state, child.kind)
        FROM jurisdictions_jurisdiction child
        JOIN jurisdictions_jurisdiction parent ON parent.id = child.parent_id
        WHERE parent.id = jurisdiction
    ) pairs (sentence)
    WHERE sentence IS NOT NULL
    ORDER BY sentence
    LIMIT 1;
    IF problem IS NOT NULL THEN
        RAISE check_violation USING MESSAGE = problem, CONSTRAINT = 'parent_contains_child';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("jurisdictions", "0003_review_rules_as_sentences")]

    operations = [migrations.RunSQL(FUNCTIONS)]
