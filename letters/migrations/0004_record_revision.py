"""The triggers that make the record's revisions: one rule per table says what readers can see of it.

Each change runs one check per statement, not per row. What has no review of its own (a source, a
jurisdiction) raises the revision only where something published rests on it, so a draft with all
that was made for it leaves no trace.
"""

from django.db import migrations

PUBLIC = "r.status = 'published'"


def published(table, condition):
    return f"EXISTS (SELECT FROM {table} WHERE {condition} AND status = 'published')"


# For a row r of a kind that is cited: can readers see it? As in `EntryQuerySet.published`.
CITED = {
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
        PUBLIC,
    ),
    **dict.fromkeys(
        ["letters_enforcementstep", "letters_extension", "letters_hold", "letters_response"],
        f"{PUBLIC} AND " + published("letters_letter", "id = r.letter_id"),
    ),
    "letters_ruling": f"{PUBLIC} AND " + published("letters_proceeding", "id = r.proceeding_id"),
    # An award has no review of its own: it is on the public record once it is cited.
    "jurisdictions_award": "EXISTS (SELECT FROM casefile_citation c"
    " JOIN django_content_type t ON t.id = c.entry_type_id"
    " WHERE t.app_label = 'jurisdictions' AND t.model = 'award' AND c.entry_id = r.id)",
}

# And of the other kinds: what has no review of its own shows with what is public and rests on it.
VISIBLE = {
    **CITED,
    "casefile_citation": "casefile_is_public(r.entry_type_id, r.entry_id)",
    "casefile_source": "EXISTS (SELECT FROM casefile_citation c WHERE c.source_id = r.id"
    " AND casefile_is_public(c.entry_type_id, c.entry_id))",
    "jurisdictions_jurisdiction": " OR ".join(
        [
            published("letters_letter", "jurisdiction_id = r.id"),
            published("jurisdictions_designation", "jurisdiction_id = r.id"),
            published("jurisdictions_policy", "jurisdiction_id = r.id"),
            "EXISTS (SELECT FROM jurisdictions_award a"
            " JOIN casefile_citation c ON c.entry_id = a.id"
            " JOIN django_content_type t ON t.id = c.entry_type_id"
            " WHERE t.app_label = 'jurisdictions' AND t.model = 'award'"
            " AND a.jurisdiction_id = r.id)",
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
    "letters_production": "EXISTS (SELECT FROM letters_response e"
    " JOIN letters_letter l ON l.id = e.letter_id WHERE e.id = r.response_id"
    " AND e.status = 'published' AND l.status = 'published')",
    "letters_round": published("letters_letter", "round_id = r.id"),
    "letters_event_jurisdictions": published("letters_event", "id = r.event_id"),
    "letters_event_officials": published("letters_event", "id = r.event_id"),
    "letters_proceeding_jurisdictions": published("letters_proceeding", "id = r.proceeding_id"),
    "letters_statement_jurisdictions": published("letters_statement", "id = r.statement_id"),
}

FUNCTIONS = (
    """
CREATE FUNCTION casefile_is_public(entry_type integer, entry bigint)
RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN CASE (SELECT app_label || '_' || model FROM django_content_type WHERE id = entry_type)
"""
    + "".join(
        f"""
        WHEN '{table}' THEN EXISTS (SELECT FROM {table} r WHERE r.id = entry AND {visible})"""
        for table, visible in CITED.items()
    )
    + """
    END;
END $$;

CREATE FUNCTION casefile_raise_revision() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    ours bigint := pg_current_xact_id()::text::bigint;
BEGIN
    UPDATE casefile_revision SET token = gen_random_uuid()
        WHERE began_at = now() AND transaction = ours;
    IF NOT FOUND THEN
        -- Once per transaction. The number is provisional until the commit.
        INSERT INTO casefile_revision (number, token, transaction, began_at)
            SELECT coalesce(max(number), 0) + 1, gen_random_uuid(), ours, now()
            FROM casefile_revision;
    END IF;
END $$;

CREATE FUNCTION casefile_settle_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Who commits at the same time waits here, for no longer than the commit takes: so numbers and
    -- times rise in the order in which readers see the changes.
    PERFORM pg_advisory_xact_lock(hashtext('casefile_settle_revision'));
    UPDATE casefile_revision
    SET number = coalesce(last.number, 0) + 1,
        raised_at = greatest(clock_timestamp(), last.raised_at + interval '1 microsecond')
    FROM (
        SELECT max(number) AS number, max(raised_at) AS raised_at
        FROM casefile_revision WHERE raised_at IS NOT NULL
    ) last
    WHERE id = NEW.id;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER settle_revision AFTER INSERT ON casefile_revision
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION casefile_settle_revision();
"""
)

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
DROP FUNCTION casefile_settle_revision() CASCADE;
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
