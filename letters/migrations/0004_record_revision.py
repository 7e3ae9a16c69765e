"""The triggers that raise the record's revision: one rule per table says what readers can see of it.

Each change runs one check per statement, not per row. What has no review of its own (a source, a
jurisdiction) raises the revision only where something published rests on it, so a draft with all
that was made for it leaves no trace.
"""

from django.db import migrations

ENTRIES = [
    "jurisdictions_awardevent",
    "jurisdictions_designation",
    "jurisdictions_policy",
    "letters_enforcementstep",
    "letters_event",
    "letters_extension",
    "letters_hold",
    "letters_letter",
    "letters_proceeding",
    "letters_response",
    "letters_ruling",
    "letters_statement",
]


def published(table, condition):
    return f"EXISTS (SELECT FROM {table} WHERE {condition} AND status = 'published')"


# For a changed row r: can readers see it?
VISIBLE = {
    **dict.fromkeys(ENTRIES, "r.status = 'published'"),
    "casefile_citation": "casefile_is_public(r.entry_type_id, r.entry_id)",
    "casefile_source": "EXISTS (SELECT FROM casefile_citation c WHERE c.source_id = r.id"
    " AND casefile_is_public(c.entry_type_id, c.entry_id))",
    "jurisdictions_award": "EXISTS (SELECT FROM casefile_citation c"
    " JOIN django_content_type t ON t.id = c.entry_type_id"
    " WHERE t.app_label = 'jurisdictions' AND t.model = 'award' AND c.entry_id = r.id)",
    "jurisdictions_jurisdiction": " OR ".join(
        [
            published("letters_letter", "jurisdiction_id = r.id"),
            published("jurisdictions_designation", "jurisdiction_id = r.id"),
            published("jurisdictions_policy", "jurisdiction_id = r.id"),
            "EXISTS (SELECT FROM jurisdictions_award WHERE jurisdiction_id = r.id)",
            *(
                published(
                    f"letters_{kind} e JOIN letters_{kind}_jurisdictions l ON l.{kind}_id = e.id",
                    "l.jurisdiction_id = r.id",
                )
                for kind in ("event", "proceeding", "statement")
            ),
        ]
    ),
    "letters_demanditem": published("letters_letter", "round_id = r.round_id"),
    "letters_official": published("letters_statement", "speaker_id = r.id")
    + " OR "
    + published(
        "letters_event e JOIN letters_event_officials l ON l.event_id = e.id", "l.official_id = r.id"
    ),
    "letters_production": published("letters_response", "id = r.response_id"),
    "letters_round": published("letters_letter", "round_id = r.id"),
    "letters_event_jurisdictions": published("letters_event", "id = r.event_id"),
    "letters_event_officials": published("letters_event", "id = r.event_id"),
    "letters_proceeding_jurisdictions": published("letters_proceeding", "id = r.proceeding_id"),
    "letters_statement_jurisdictions": published("letters_statement", "id = r.statement_id"),
}

FUNCTIONS = """
CREATE FUNCTION casefile_is_public(entry_type integer, entry bigint)
RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
    entry_table text;
    entry_row jsonb;
BEGIN
    SELECT app_label || '_' || model INTO entry_table
        FROM django_content_type WHERE id = entry_type;
    EXECUTE format('SELECT to_jsonb(t) FROM %I t WHERE id = $1', entry_table)
        INTO entry_row USING entry;
    -- An award has no status: it is public once it is cited.
    RETURN entry_row IS NOT NULL AND coalesce(entry_row->>'status', 'published') = 'published';
END $$;

CREATE FUNCTION casefile_raise_revision() RETURNS void LANGUAGE sql AS $$
    -- Once per transaction. The row stays locked until the commit, so numbers rise in the order
    -- in which readers see the changes.
    UPDATE casefile_revision
    SET number = number + 1, raised_at = now(),
        raised_by = pg_current_xact_id()::text::bigint
    WHERE raised_by <> pg_current_xact_id()::text::bigint
$$;

INSERT INTO casefile_revision (id, number, raised_at, raised_by) VALUES (1, 0, now(), 0);
"""

TRIGGERS = """
CREATE FUNCTION {table}_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM changed r WHERE {visible}) THEN
        PERFORM casefile_raise_revision();
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION {table}_revision_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A save that changes nothing is no change.
    IF EXISTS (
        SELECT FROM (
            (TABLE changed EXCEPT TABLE was) UNION ALL (TABLE was EXCEPT TABLE changed)
        ) r WHERE {visible}
    ) THEN
        PERFORM casefile_raise_revision();
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER revision_insert AFTER INSERT ON {table}
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION {table}_revision();
CREATE TRIGGER revision_delete AFTER DELETE ON {table}
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION {table}_revision();
CREATE TRIGGER revision_update AFTER UPDATE ON {table}
    REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_revision_update();
"""

REMOVAL = "".join(
    f"DROP FUNCTION {table}_revision() CASCADE; DROP FUNCTION {table}_revision_update() CASCADE;"
    for table in VISIBLE
) + """
DELETE FROM casefile_revision;
DROP FUNCTION casefile_raise_revision();
DROP FUNCTION casefile_is_public(integer, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0004_revision"),
        ("jurisdictions", "0004_containment_sentence"),
        ("letters", "0003_state_intervals"),
    ]

    operations = [
        migrations.RunSQL(
            FUNCTIONS
            + "".join(
                TRIGGERS.format(table=table, visible=visible) for table, visible in VISIBLE.items()
            ),
            REMOVAL,
        )
    ]
