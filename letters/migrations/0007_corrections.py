"""The triggers that note corrections: what was changed in an entry that readers had seen.

One check per statement, and only of rows that changed. An entry's correction is one row for each
form or transaction; several writes of it are put together, the first before beside the last after.
"""

from django.db import migrations

# Who reviewed and when is no content, and a key never changes once it is public.
NO_CONTENT = "'{id,key,status,submitted_by_id,submitted_at,published_by_id,published_at}'::text[]"
# Of a citation: how its words were checked follows from the text, which is private.
CITATION = "'{field,source_id,stance,pin,passage}'::text[]"

ENTRIES = {
    **dict.fromkeys(
        [
            "jurisdictions_awardevent",
            "jurisdictions_designation",
            "jurisdictions_policy",
            "letters_event",
            "letters_letter",
            "letters_proceeding",
            "letters_statement",
        ],
        "true",
    ),
    **dict.fromkeys(
        ["letters_enforcementstep", "letters_extension", "letters_hold", "letters_response"],
        "EXISTS (SELECT FROM letters_letter WHERE id = n.letter_id AND status = 'published')",
    ),
    "letters_ruling": "EXISTS (SELECT FROM letters_proceeding"
    " WHERE id = n.proceeding_id AND status = 'published')",
}

FUNCTIONS = f"""
CREATE FUNCTION casefile_changed(old_row jsonb, new_row jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_object_agg(n.key, jsonb_build_array(o.value, n.value)), '{{}}')
    FROM jsonb_each(new_row) n JOIN jsonb_each(old_row) o ON o.key = n.key
    WHERE o.value <> n.value AND n.key <> ALL ({NO_CONTENT})
$$;

CREATE FUNCTION casefile_changed_twice(first jsonb, second jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_object_agg(key, jsonb_build_array(
        coalesce(first->key, second->key)->0, coalesce(second->key, first->key)->1
    )), '{{}}')
    FROM jsonb_object_keys(first || second) key
$$;

CREATE FUNCTION casefile_cited(citation jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_object_agg(key, value) FROM jsonb_each(citation) WHERE key = ANY ({CITATION})
$$;

CREATE FUNCTION casefile_note_correction(
    entry_type integer, entry bigint, retraction boolean, difference jsonb
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    context jsonb := nullif(current_setting('pghistory.context_metadata', true), '')::jsonb;
BEGIN
    INSERT INTO casefile_correction AS noted
        (entry_type_id, entry_id, change_id, is_retraction, changes, reason, changed_by_id,
            changed_at)
    VALUES (
        entry_type,
        entry,
        coalesce(
            nullif(current_setting('pghistory.context_id', true), ''),
            pg_current_xact_id()::text
        ),
        retraction,
        difference,
        coalesce(context->>'reason', ''),
        (SELECT id FROM auth_user WHERE id::text = context->>'user'),
        now()
    )
    ON CONFLICT ON CONSTRAINT casefile_correction_once_per_change DO UPDATE SET
        changes = casefile_changed_twice(noted.changes, EXCLUDED.changes),
        reason = EXCLUDED.reason;
END $$;

CREATE FUNCTION casefile_citation_correction_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM casefile_note_correction(n.entry_type_id, n.entry_id, false, jsonb_build_object(
        'citation ' || n.id,
        jsonb_build_array(casefile_cited(to_jsonb(o)), casefile_cited(to_jsonb(n)))
    ))
    FROM was o JOIN changed n USING (id)
    WHERE casefile_cited(to_jsonb(o)) <> casefile_cited(to_jsonb(n))
        AND casefile_is_public(n.entry_type_id, n.entry_id);
    RETURN NULL;
END $$;
CREATE TRIGGER correction_update AFTER UPDATE ON casefile_citation
    REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION casefile_citation_correction_update();

CREATE FUNCTION casefile_citation_correction_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM casefile_note_correction(o.entry_type_id, o.entry_id, false, jsonb_build_object(
        'citation ' || o.id, jsonb_build_array(casefile_cited(to_jsonb(o)), NULL)
    ))
    FROM was o WHERE casefile_is_public(o.entry_type_id, o.entry_id);
    RETURN NULL;
END $$;
CREATE TRIGGER correction_delete AFTER DELETE ON casefile_citation
    REFERENCING OLD TABLE AS was
    FOR EACH STATEMENT EXECUTE FUNCTION casefile_citation_correction_delete();

CREATE FUNCTION casefile_correction_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM casefile_raise_revision();
    RETURN NULL;
END $$;
CREATE TRIGGER revision AFTER INSERT OR UPDATE OR DELETE ON casefile_correction
    FOR EACH ROW EXECUTE FUNCTION casefile_correction_revision();
"""

TRIGGER = """
CREATE FUNCTION {table}_correction() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    this_type integer := (
        SELECT id FROM django_content_type WHERE app_label || '_' || model = TG_TABLE_NAME
    );
BEGIN
    {body}
    RETURN NULL;
END $$;
CREATE TRIGGER correction AFTER UPDATE ON {table}
    REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_correction();
"""

OF_ENTRY = """
    PERFORM casefile_note_correction(this_type, n.id, false,
            casefile_changed(to_jsonb(o), to_jsonb(n)))
        FROM was o JOIN changed n USING (id)
        WHERE o.status = 'published' AND n.status = 'published' AND {visible}
            AND casefile_changed(to_jsonb(o), to_jsonb(n)) <> '{{}}';
    PERFORM casefile_note_correction(this_type, n.id, true, '{{}}')
        FROM was o JOIN changed n USING (id)
        WHERE o.status = 'published' AND n.status = 'retracted' AND {visible};
"""

# An award has no review of its own: it is on the public record once it is cited.
OF_AWARD = """
    PERFORM casefile_note_correction(this_type, n.id, false,
            casefile_changed(to_jsonb(o), to_jsonb(n)))
        FROM was o JOIN changed n USING (id)
        WHERE casefile_changed(to_jsonb(o), to_jsonb(n)) <> '{}'
            AND casefile_is_public(this_type, n.id);
"""

BODIES = {table: OF_ENTRY.format(visible=visible) for table, visible in ENTRIES.items()}
BODIES["jurisdictions_award"] = OF_AWARD

REMOVAL = (
    "".join(f"DROP FUNCTION {table}_correction() CASCADE;" for table in BODIES)
    + """
DROP FUNCTION casefile_correction_revision() CASCADE;
DROP FUNCTION casefile_citation_correction_delete() CASCADE;
DROP FUNCTION casefile_citation_correction_update() CASCADE;
DROP FUNCTION casefile_note_correction(integer, bigint, boolean, jsonb);
DROP FUNCTION casefile_cited(jsonb);
DROP FUNCTION casefile_changed_twice(jsonb, jsonb);
DROP FUNCTION casefile_changed(jsonb, jsonb);
"""
)


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0006_corrections"),
        ("jurisdictions", "0005_docket_indexes"),
        ("letters", "0006_complete_is_whole"),
    ]

    operations = [
        migrations.RunSQL(
            FUNCTIONS
            + "".join(TRIGGER.format(table=table, body=body) for table, body in BODIES.items()),
            REMOVAL,
        )
    ]
