"""Extensions, and the functions behind the citation triggers.

The rule stands here once: a published entry has a citation that supports it, at the end of every
transaction, whoever writes and however. The entry's table follows from Django's content type.
"""

from django.contrib.postgres.operations import (
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION casefile_require_citation(entry_table text, entry bigint, entry_key text)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    still_published boolean;
BEGIN
    -- Deferred: the entry may have been retracted since in the same transaction.
    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE id = $1 AND status = ''published'')',
        entry_table) INTO still_published USING entry;
    IF still_published AND NOT EXISTS (
        SELECT FROM casefile_citation c
        JOIN django_content_type t ON t.id = c.entry_type_id
        WHERE t.app_label || '_' || t.model = entry_table
          AND c.entry_id = entry AND c.stance = 'supports'
    ) THEN
        RAISE check_violation USING
            MESSAGE = format('%s can''t be published without a citation that supports it.',
                entry_key),
            CONSTRAINT = 'published_is_cited';
    END IF;
END $$;

CREATE FUNCTION casefile_require_citation_of(entry_type integer, entry bigint)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    entry_table text;
    entry_row jsonb;
BEGIN
    SELECT app_label || '_' || model INTO entry_table
        FROM django_content_type WHERE id = entry_type;
    EXECUTE format('SELECT to_jsonb(t) FROM %I t WHERE id = $1', entry_table)
        INTO entry_row USING entry;
    IF entry_row->>'status' = 'published' THEN
        PERFORM casefile_require_citation(entry_table, entry, entry_row->>'key');
    END IF;
END $$;

CREATE FUNCTION casefile_require_entry(entry_type integer, entry bigint)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    entry_table text;
    found_key text;
BEGIN
    SELECT app_label || '_' || model INTO entry_table
        FROM django_content_type WHERE id = entry_type;
    EXECUTE format('SELECT key FROM %I WHERE id = $1', entry_table) INTO found_key USING entry;
    -- Deferred: both may be gone by now.
    IF found_key IS NULL AND EXISTS (
        SELECT FROM casefile_citation c WHERE (c.entry_type_id, c.entry_id) = (entry_type, entry)
    ) THEN
        RAISE foreign_key_violation USING
            MESSAGE = format('A citation must belong to an entry: there is no %s %s.',
                entry_table, entry),
            CONSTRAINT = 'cites_an_entry';
    END IF;
END $$;
"""

REMOVAL = """
DROP FUNCTION casefile_require_citation_of(integer, bigint);
DROP FUNCTION casefile_require_citation(text, bigint, text);
DROP FUNCTION casefile_require_entry(integer, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("casefile", "0001_initial")]

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(FUNCTIONS, REMOVAL),
    ]
