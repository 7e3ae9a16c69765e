-- What readers can search for: one document for each published entry and each name in the record.
--
-- letters_search_about     the states and names of some jurisdictions
-- letters_search_facts     what the record says of some rows of one kind, as texts
-- letters_search_rule      the same as documents, with the words that a search finds
-- letters_search_shows     whether readers may see a name as of a day
-- letters_search_keep      makes the kept documents of some rows equal to that
-- letters_search_follow    trigger: does so for the rows that a statement touched
--
-- The functions may be created again at any time. A migration that runs this file after a change
-- must keep all documents anew: SELECT letters_search_keep_all().
--
-- Entries are kept once they are published, with what they belong to, and are on the record from
-- the day `since`. Names (jurisdictions, officials, rounds, sources) are always kept: whether
-- readers may see one is asked when they search. A source's text is private and never read here.
--
-- A tsvector also holds labels, which no reader's text can become, as § is no letter: the kind
-- (§letters) and the US states (§IL). So one index finds words within a kind and a state.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_ts_config WHERE cfgname = 'casefile') THEN
        CREATE TEXT SEARCH CONFIGURATION casefile (COPY = english);
        ALTER TEXT SEARCH CONFIGURATION casefile
            ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
    END IF;
END $$;

CREATE OR REPLACE FUNCTION letters_search_place(name text, kind text, state text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE kind WHEN 'state' THEN name ELSE name || ', ' || state END
$$;

CREATE OR REPLACE FUNCTION letters_search_award(program text, fiscal_year integer, place text)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT program || ' FY' || fiscal_year || ', ' || place
$$;

-- The states and all names of the jurisdictions that an entry is linked to.
CREATE OR REPLACE FUNCTION letters_search_about(jurisdictions bigint[])
RETURNS TABLE (states text[], names text) LANGUAGE sql STABLE AS $$
    SELECT array_agg(DISTINCT j.state::text),
        string_agg(concat_ws(' ', j.name, array_to_string(j.aliases, ' ')), ' ' ORDER BY j.id)
    FROM jurisdictions_jurisdiction j WHERE j.id = ANY (jurisdictions)
$$;

-- The texts of rows of one kind, given by their ids. The title counts most, then the context, then
-- the text; hidden words find the row and are not shown.
DROP FUNCTION IF EXISTS letters_search_facts(text, bigint[]) CASCADE;
CREATE FUNCTION letters_search_facts(of_kind text, ids bigint[]) RETURNS TABLE (
    object_id bigint,
    key text,
    page_key text,           -- the key of the page where it stands
    date date,
    date_precision text,
    since date,              -- on the record from this day on
    states text[],
    title text,
    context text,
    text text,
    hidden text,
    name text                -- of whom readers may misspell the name
)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
BEGIN
CASE of_kind
WHEN 'letters' THEN RETURN QUERY
    SELECT l.id, l.key::text, l.key::text, l.date, l.date_precision::text, l.date,
        ARRAY[j.state::text], letters_search_place(j.name, j.kind, j.state),
        concat_ws(', ', r.title, nullif(l.recipient_agency, ''), nullif(l.addressee, ''),
            nullif(l.signed_by, ''), nullif(l.reference, '')),
        concat_ws(' ', nullif(l.deadline_text, ''), nullif(l.note, '')),
        array_to_string(j.aliases, ' '), ''
    FROM letters_letter l JOIN letters_round r ON r.id = l.round_id
    JOIN jurisdictions_jurisdiction j ON j.id = l.jurisdiction_id
    WHERE l.id = ANY (ids) AND l.status = 'published';
WHEN 'extensions', 'holds', 'responses', 'enforcement' THEN RETURN QUERY
    WITH child AS (
        SELECT id, key, letter_id, date, date_precision, '' AS code, '' AS signed_by, note AS text
        FROM letters_extension
        WHERE of_kind = 'extensions' AND id = ANY (ids) AND status = 'published'
        UNION ALL
        SELECT id, key, letter_id, date, date_precision, '', '', summary FROM letters_hold
        WHERE of_kind = 'holds' AND id = ANY (ids) AND status = 'published'
        UNION ALL
        SELECT id, key, letter_id, date, date_precision, kind, signed_by, summary
        FROM letters_response
        WHERE of_kind = 'responses' AND id = ANY (ids) AND status = 'published'
        UNION ALL
        SELECT id, key, letter_id, date, date_precision, kind, '', summary
        FROM letters_enforcementstep
        WHERE of_kind = 'enforcement' AND id = ANY (ids) AND status = 'published'
    )
    SELECT c.id, c.key::text, l.key::text, c.date, c.date_precision::text,
        greatest(c.date, l.date), ARRAY[j.state::text],
        letters_search_place(j.name, j.kind, j.state),
        concat_ws(', ', nullif(replace(c.code, '_', ' '), ''), r.title, nullif(c.signed_by, '')),
        c.text::text, array_to_string(j.aliases, ' '), ''
    FROM child c JOIN letters_letter l ON l.id = c.letter_id AND l.status = 'published'
    JOIN letters_round r ON r.id = l.round_id
    JOIN jurisdictions_jurisdiction j ON j.id = l.jurisdiction_id;
WHEN 'designations' THEN RETURN QUERY
    SELECT d.id, d.key::text, j.slug::text, d.date, d.date_precision::text, d.date,
        ARRAY[j.state::text], d.list_name::text, letters_search_place(j.name, j.kind, j.state),
        d.summary, array_to_string(j.aliases, ' '), ''
    FROM jurisdictions_designation d JOIN jurisdictions_jurisdiction j ON j.id = d.jurisdiction_id
    WHERE d.id = ANY (ids) AND d.status = 'published';
WHEN 'policies' THEN RETURN QUERY
    SELECT p.id, p.key::text, j.slug::text, p.date, p.date_precision::text, p.date,
        ARRAY[j.state::text], p.title::text,
        concat_ws(', ', replace(p.kind, '_', ' '), nullif(p.legal_citation, ''),
            letters_search_place(j.name, j.kind, j.state)),
        p.summary, array_to_string(j.aliases, ' '), ''
    FROM jurisdictions_policy p JOIN jurisdictions_jurisdiction j ON j.id = p.jurisdiction_id
    WHERE p.id = ANY (ids) AND p.status = 'published';
WHEN 'awards' THEN RETURN QUERY
    -- On the record from the first day of its fiscal year on, once it is cited.
    SELECT a.id, a.key::text, j.slug::text, make_date(a.fiscal_year - 1, 10, 1), 'day',
        make_date(a.fiscal_year - 1, 10, 1), ARRAY[j.state::text],
        letters_search_award(a.program, a.fiscal_year,
            letters_search_place(j.name, j.kind, j.state)),
        a.award_number::text, a.note, array_to_string(j.aliases, ' '), ''
    FROM jurisdictions_award a JOIN jurisdictions_jurisdiction j ON j.id = a.jurisdiction_id
    WHERE a.id = ANY (ids) AND letters_search_is_cited(a.id);
WHEN 'award_events' THEN RETURN QUERY
    SELECT e.id, e.key::text, j.slug::text, e.date, e.date_precision::text,
        greatest(e.date, make_date(a.fiscal_year - 1, 10, 1)), ARRAY[j.state::text],
        letters_search_award(a.program, a.fiscal_year,
            letters_search_place(j.name, j.kind, j.state)),
        concat_ws(', ', e.axis, replace(e.award_status, '_', ' ')), e.note,
        array_to_string(j.aliases, ' '), ''
    FROM jurisdictions_awardevent e JOIN jurisdictions_award a ON a.id = e.award_id
    JOIN jurisdictions_jurisdiction j ON j.id = a.jurisdiction_id
    WHERE e.id = ANY (ids) AND e.status = 'published' AND letters_search_is_cited(a.id);
WHEN 'proceedings' THEN RETURN QUERY
    SELECT p.id, p.key::text, p.key::text, p.date, p.date_precision::text, p.date, about.states,
        p.caption::text, concat_ws(', ', p.court, p.docket_number), p.summary, about.names, ''
    FROM letters_proceeding p CROSS JOIN LATERAL letters_search_about(ARRAY(
        SELECT jurisdiction_id FROM letters_proceeding_jurisdictions WHERE proceeding_id = p.id
    )) about
    WHERE p.id = ANY (ids) AND p.status = 'published';
WHEN 'rulings' THEN RETURN QUERY
    SELECT r.id, r.key::text, p.key::text, r.date, r.date_precision::text,
        greatest(r.date, p.date), about.states, r.title::text,
        concat_ws(', ', p.caption, nullif(r.reporter_citation, '')), r.outcome::text,
        about.names, ''
    FROM letters_ruling r
    JOIN letters_proceeding p ON p.id = r.proceeding_id AND p.status = 'published'
    CROSS JOIN LATERAL letters_search_about(ARRAY(
        SELECT jurisdiction_id FROM letters_proceeding_jurisdictions WHERE proceeding_id = p.id
    )) about
    WHERE r.id = ANY (ids) AND r.status = 'published';
WHEN 'events' THEN RETURN QUERY
    SELECT e.id, e.key::text, e.key::text, e.date, e.date_precision::text, e.date, about.states,
        e.title::text, (
            SELECT string_agg(o.name, ', ' ORDER BY o.name, o.id)
            FROM letters_event_officials k JOIN letters_official o ON o.id = k.official_id
            WHERE k.event_id = e.id
        ), e.summary, about.names, ''
    FROM letters_event e CROSS JOIN LATERAL letters_search_about(ARRAY(
        SELECT jurisdiction_id FROM letters_event_jurisdictions WHERE event_id = e.id
    )) about
    WHERE e.id = ANY (ids) AND e.status = 'published';
WHEN 'statements' THEN RETURN QUERY
    SELECT s.id, s.key::text, s.key::text, s.date, s.date_precision::text, s.date, about.states,
        concat_ws(', ', o.name, nullif(s.speaker_title, ''), nullif(s.organisation, '')),
        s.venue::text, s.text, about.names, ''
    FROM letters_statement s LEFT JOIN letters_official o ON o.id = s.speaker_id
    CROSS JOIN LATERAL letters_search_about(ARRAY(
        SELECT jurisdiction_id FROM letters_statement_jurisdictions WHERE statement_id = s.id
    )) about
    WHERE s.id = ANY (ids) AND s.status = 'published';
WHEN 'jurisdictions' THEN RETURN QUERY
    SELECT j.id, j.slug::text, j.slug::text, NULL::date, '', NULL::date, ARRAY[j.state::text],
        letters_search_place(j.name, j.kind, j.state), array_to_string(j.aliases, ', '), j.note,
        '', concat_ws('; ', j.name, nullif(array_to_string(j.aliases, '; '), ''))
    FROM jurisdictions_jurisdiction j WHERE j.id = ANY (ids);
WHEN 'officials' THEN RETURN QUERY
    SELECT o.id, o.slug::text, o.slug::text, NULL::date, '', NULL::date, '{}'::text[],
        o.name::text, '', o.note, '', o.name::text
    FROM letters_official o WHERE o.id = ANY (ids);
WHEN 'rounds' THEN RETURN QUERY
    SELECT r.id, r.slug::text, r.slug::text, r.announced_on, 'day', NULL::date, '{}'::text[],
        r.title::text, concat_ws(', ', nullif(r.issuing_office, ''), nullif(r.signed_by, ''),
            nullif(r.program, ''), nullif(r.legal_basis, '')),
        concat_ws(' ', nullif(r.summary, ''), nullif(r.consequence, ''), (
            SELECT string_agg(i.text, ' ' ORDER BY i.number)
            FROM letters_demanditem i WHERE i.round_id = r.id
        )), '', ''
    FROM letters_round r WHERE r.id = ANY (ids);
WHEN 'sources' THEN RETURN QUERY
    SELECT s.id, s.key::text, s.key::text, s.published_on, 'day', NULL::date, '{}'::text[],
        s.title::text, concat_ws(', ', nullif(s.publisher, ''), nullif(s.author, '')), s.note,
        '', ''
    FROM casefile_source s WHERE s.id = ANY (ids);
END CASE;
END $$;

CREATE OR REPLACE FUNCTION letters_search_is_cited(award bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM casefile_citation c JOIN django_content_type t ON t.id = c.entry_type_id
        WHERE t.app_label = 'jurisdictions' AND t.model = 'award' AND c.entry_id = award
    )
$$;

DROP FUNCTION IF EXISTS letters_search_rule(text, bigint[]) CASCADE;
CREATE FUNCTION letters_search_rule(of_kind text, ids bigint[]) RETURNS TABLE (
    kind text,
    object_id bigint,
    key text,
    page_key text,
    date date,
    date_precision text,
    since date,
    title text,
    context text,
    text text,
    name text,
    year integer,
    words tsvector
)
LANGUAGE sql STABLE AS $$
    SELECT of_kind, object_id, key, page_key, date, date_precision, since, title,
        coalesce(context, ''), coalesce(text, ''), lower(unaccent(name)),
        CASE WHEN since IS NULL THEN 0 ELSE extract(year FROM date)::int END,
        -- What PostgreSQL refuses to take in as too long stands far beyond any text of the record.
        setweight(to_tsvector('casefile', left(title, 20000)), 'A')
        || setweight(to_tsvector('casefile', left(coalesce(context, ''), 20000)), 'B')
        || to_tsvector('casefile', left(concat_ws(' ', text, hidden), 100000))
        || array_to_tsvector(
            array_prepend('§' || of_kind, ARRAY(SELECT '§' || unnest(states)))
        )
    FROM letters_search_facts(of_kind, ids)
$$;

CREATE OR REPLACE FUNCTION letters_search_keep(of_kind text, ids bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    -- A ruling is seen with its proceeding: who publishes one waits for who retracts the other.
    -- What belongs to a letter waits in letters_keep_states, which runs before.
    IF of_kind = 'rulings' THEN
        PERFORM FROM letters_proceeding p WHERE id IN (
            SELECT proceeding_id FROM letters_ruling WHERE id = ANY (ids)
        ) ORDER BY id FOR SHARE;
    END IF;
    DELETE FROM letters_searchdocument WHERE kind = of_kind AND object_id = ANY (ids);
    INSERT INTO letters_searchdocument (kind, object_id, key, page_key, date, date_precision, since,
        title, context, text, name, year, words)
    SELECT * FROM letters_search_rule(of_kind, ids);
END $$;

-- The table of each kind.
CREATE OR REPLACE FUNCTION letters_search_kinds() RETURNS TABLE (kind text, relation text)
LANGUAGE sql IMMUTABLE AS $$
    VALUES ('letters', 'letters_letter'), ('extensions', 'letters_extension'),
        ('holds', 'letters_hold'), ('responses', 'letters_response'),
        ('enforcement', 'letters_enforcementstep'), ('designations', 'jurisdictions_designation'),
        ('policies', 'jurisdictions_policy'), ('awards', 'jurisdictions_award'),
        ('award_events', 'jurisdictions_awardevent'), ('proceedings', 'letters_proceeding'),
        ('rulings', 'letters_ruling'), ('events', 'letters_event'),
        ('statements', 'letters_statement'), ('jurisdictions', 'jurisdictions_jurisdiction'),
        ('officials', 'letters_official'), ('rounds', 'letters_round'),
        ('sources', 'casefile_source')
$$;

-- Whether readers may see a name as of a day: an entry that has a document rests on it. The same
-- as in letters/visibility.py, which a test compares; planned once per connection. Each kind of name
-- has a statement of its own, and what is likeliest comes first: a statement costs time for all that
-- it might read.
CREATE OR REPLACE FUNCTION letters_search_shows(of_kind text, named bigint, day date)
RETURNS boolean LANGUAGE plpgsql STABLE COST 10000
-- The first entry that rests on it is enough: no plan that begins by reading all is any good.
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off
SET enable_bitmapscan = off SET plan_cache_mode = force_generic_plan AS $$
BEGIN
IF of_kind = 'sources' THEN
    RETURN EXISTS (
        SELECT FROM casefile_citation c JOIN django_content_type t ON t.id = c.entry_type_id
        JOIN letters_search_kinds() k ON k.relation = t.app_label || '_' || t.model
        JOIN letters_searchdocument d ON (d.kind, d.object_id) = (k.kind, c.entry_id)
        WHERE c.source_id = named AND d.since <= day
    );
ELSIF of_kind = 'rounds' THEN
    RETURN EXISTS (
        SELECT FROM letters_letter l JOIN letters_searchdocument d ON d.object_id = l.id
        WHERE l.round_id = named AND d.kind = 'letters' AND d.since <= day
    );
ELSIF of_kind = 'officials' THEN
    RETURN EXISTS (
        SELECT FROM letters_statement s JOIN letters_searchdocument d ON d.object_id = s.id
        WHERE s.speaker_id = named AND d.kind = 'statements' AND d.since <= day
    ) OR EXISTS (
        SELECT FROM letters_event_officials e
        JOIN letters_searchdocument d ON d.object_id = e.event_id
        WHERE e.official_id = named AND d.kind = 'events' AND d.since <= day
    );
ELSIF of_kind = 'jurisdictions' THEN
    IF EXISTS (
        SELECT FROM letters_letter l JOIN letters_searchdocument d ON d.object_id = l.id
        WHERE l.jurisdiction_id = named AND d.kind = 'letters' AND d.since <= day
    ) THEN
        RETURN true;
    END IF;
    RETURN EXISTS (
        SELECT FROM (
            SELECT 'awards' AS kind, id FROM jurisdictions_award WHERE jurisdiction_id = named
            UNION ALL
            SELECT 'designations', id FROM jurisdictions_designation WHERE jurisdiction_id = named
            UNION ALL SELECT 'policies', id FROM jurisdictions_policy WHERE jurisdiction_id = named
            UNION ALL
            SELECT 'proceedings', proceeding_id FROM letters_proceeding_jurisdictions
            WHERE jurisdiction_id = named
            UNION ALL
            SELECT 'statements', statement_id FROM letters_statement_jurisdictions
            WHERE jurisdiction_id = named
            UNION ALL
            SELECT 'events', event_id FROM letters_event_jurisdictions WHERE jurisdiction_id = named
        ) e JOIN letters_searchdocument d ON (d.kind, d.object_id) = (e.kind, e.id)
        WHERE d.since <= day
    );
END IF;
RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION letters_search_keep_all() RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    part record;
    ids bigint[];
BEGIN
    DELETE FROM letters_searchdocument;
    FOR part IN SELECT * FROM letters_search_kinds() LOOP
        EXECUTE format('SELECT array_agg(id ORDER BY id) FROM %I', part.relation) INTO ids;
        PERFORM letters_search_keep(part.kind, ids);
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION letters_search_follow() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    changed text;
    touched record;
BEGIN
    changed := CASE TG_OP
        WHEN 'INSERT' THEN 'TABLE new_rows'
        WHEN 'DELETE' THEN 'TABLE old_rows'
        -- A row that stays the same is in neither.
        ELSE '(TABLE new_rows EXCEPT TABLE old_rows) UNION ALL'
            ' (TABLE old_rows EXCEPT TABLE new_rows)'
    END;
    -- The trigger's argument: which rows of which kinds the changed rows say something of.
    FOR touched IN EXECUTE format(
        'WITH r AS (%s) SELECT kind, array_agg(DISTINCT id) AS ids FROM (%s) AS t (kind, id)'
        ' WHERE id IS NOT NULL GROUP BY kind',
        changed, TG_ARGV[0]
    ) LOOP
        PERFORM letters_search_keep(touched.kind, touched.ids);
    END LOOP;
    RETURN NULL;
END $$;

DO $$
DECLARE
    part record;
    of_letters text := '
        UNION ALL SELECT ''extensions'', e.id FROM letters_extension e JOIN l ON e.letter_id = l.id
        UNION ALL SELECT ''holds'', e.id FROM letters_hold e JOIN l ON e.letter_id = l.id
        UNION ALL SELECT ''responses'', e.id FROM letters_response e JOIN l ON e.letter_id = l.id
        UNION ALL SELECT ''enforcement'', e.id FROM letters_enforcementstep e
            JOIN l ON e.letter_id = l.id';
    of_awards text := '
        UNION ALL SELECT ''award_events'', e.id FROM jurisdictions_awardevent e
            JOIN a ON e.award_id = a.id';
    of_proceedings text := '
        UNION ALL SELECT ''rulings'', e.id FROM letters_ruling e JOIN p ON e.proceeding_id = p.id';
BEGIN
    FOR part IN
        -- Of a table: its own kind, what else changes with its rows, and on which operations.
        -- Nothing else can rest on a row that is new, nor on one that can be deleted.
        SELECT relation, format('SELECT %L, id FROM r', kind) AS query, '{INSERT,DELETE}'::text[]
            AS operations
        FROM letters_search_kinds()
        UNION ALL
        SELECT relation, format('SELECT %L, id FROM r', kind) || CASE kind
            WHEN 'letters' THEN replace(of_letters, ' l ON', ' r l ON')
            WHEN 'awards' THEN replace(of_awards, ' a ON', ' r a ON')
            WHEN 'proceedings' THEN replace(of_proceedings, ' p ON', ' r p ON')
            WHEN 'rounds' THEN ' UNION ALL (WITH l AS (
                SELECT l.id FROM letters_letter l JOIN r ON l.round_id = r.id)
                SELECT ''letters'', id FROM l' || of_letters || ')'
            WHEN 'officials' THEN '
                UNION ALL SELECT ''statements'', s.id FROM letters_statement s
                    JOIN r ON s.speaker_id = r.id
                UNION ALL SELECT ''events'', k.event_id FROM letters_event_officials k
                    JOIN r ON k.official_id = r.id'
            WHEN 'jurisdictions' THEN ' UNION ALL (WITH l AS (
                SELECT l.id FROM letters_letter l JOIN r ON l.jurisdiction_id = r.id
            ), a AS (
                SELECT a.id FROM jurisdictions_award a JOIN r ON a.jurisdiction_id = r.id
            ), p AS (
                SELECT k.proceeding_id AS id FROM letters_proceeding_jurisdictions k
                JOIN r ON k.jurisdiction_id = r.id
            )
            SELECT ''letters'', id FROM l
            UNION ALL SELECT ''awards'', id FROM a
            UNION ALL SELECT ''proceedings'', id FROM p
            UNION ALL SELECT ''designations'', d.id FROM jurisdictions_designation d
                JOIN r ON d.jurisdiction_id = r.id
            UNION ALL SELECT ''policies'', d.id FROM jurisdictions_policy d
                JOIN r ON d.jurisdiction_id = r.id
            UNION ALL SELECT ''events'', k.event_id FROM letters_event_jurisdictions k
                JOIN r ON k.jurisdiction_id = r.id
            UNION ALL SELECT ''statements'', k.statement_id FROM letters_statement_jurisdictions k
                JOIN r ON k.jurisdiction_id = r.id'
                || of_letters || of_awards || of_proceedings || ')'
            ELSE ''
        END, '{UPDATE}'
        FROM letters_search_kinds()
        UNION ALL
        SELECT relation, query, '{INSERT,UPDATE,DELETE}' FROM (VALUES
            ('letters_demanditem', 'SELECT ''rounds'', round_id FROM r'),
            ('letters_event_officials', 'SELECT ''events'', event_id FROM r'),
            ('letters_event_jurisdictions', 'SELECT ''events'', event_id FROM r'),
            ('letters_statement_jurisdictions', 'SELECT ''statements'', statement_id FROM r'),
            ('letters_proceeding_jurisdictions',
                'SELECT ''proceedings'', proceeding_id FROM r' || replace(
                    of_proceedings, ' p ON e.proceeding_id = p.id',
                    ' r ON e.proceeding_id = r.proceeding_id')),
            ('casefile_citation', 'SELECT ''awards'', r.entry_id FROM r
                JOIN django_content_type t ON t.id = r.entry_type_id
                WHERE t.app_label = ''jurisdictions'' AND t.model = ''award''
                UNION ALL SELECT ''award_events'', e.id FROM r
                JOIN django_content_type t ON t.id = r.entry_type_id
                JOIN jurisdictions_awardevent e ON e.award_id = r.entry_id
                WHERE t.app_label = ''jurisdictions'' AND t.model = ''award''')
        ) AS links (relation, query)
    LOOP
        IF 'INSERT' = ANY (part.operations) THEN
            EXECUTE format('CREATE OR REPLACE TRIGGER search_insert AFTER INSERT ON %I
                REFERENCING NEW TABLE AS new_rows
                FOR EACH STATEMENT EXECUTE FUNCTION letters_search_follow(%L)',
                part.relation, part.query);
        END IF;
        IF 'UPDATE' = ANY (part.operations) THEN
            EXECUTE format('CREATE OR REPLACE TRIGGER search_update AFTER UPDATE ON %I
                REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
                FOR EACH STATEMENT EXECUTE FUNCTION letters_search_follow(%L)',
                part.relation, part.query);
        END IF;
        IF 'DELETE' = ANY (part.operations) THEN
            EXECUTE format('CREATE OR REPLACE TRIGGER search_delete AFTER DELETE ON %I
                REFERENCING OLD TABLE AS old_rows
                FOR EACH STATEMENT EXECUTE FUNCTION letters_search_follow(%L)',
                part.relation, part.query);
        END IF;
    END LOOP;
END $$;
