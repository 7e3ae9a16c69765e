-- Where each award stands from its first day on. No other place decides its status.
--
-- jurisdictions_award_rule       what the record says of some awards: their intervals
-- jurisdictions_keep_awards      makes the kept intervals of some awards equal to that
-- jurisdictions_follow_awards    trigger: does so for the awards that a statement touched
-- jurisdictions_follow_names     trigger: does so where a jurisdiction gets another name or US state
--
-- The functions may be created again at any time. A migration that runs this file after a change
-- must keep all awards anew.

-- What it returns can't be replaced.
DROP FUNCTION IF EXISTS jurisdictions_award_rule(bigint[]);
CREATE FUNCTION jurisdictions_award_rule(awards bigint[]) RETURNS TABLE (
    award_id bigint,
    jurisdiction_id bigint,
    published boolean,   -- the interval counts for what readers see: published events of cited awards
    entered boolean,     -- it counts for what staff see: all awards, all events but retracted ones
    during daterange,
    award_status text,
    money_status text,
    dispute_status text,
    fiscal_year smallint,
    amount numeric,
    amount_basis text,
    name text,
    key text,
    usps text
)
LANGUAGE sql STABLE AS $$
WITH award AS (
    SELECT a.id, a.jurisdiction_id, a.fiscal_year, a.amount, a.amount_basis, a.key, j.name,
        j.state AS usps,
        -- A federal fiscal year begins on 1 October of the year before.
        make_date(a.fiscal_year - 1, 10, 1) AS begins,
        -- An award has no review of its own: readers see it once it is cited.
        EXISTS (
            SELECT FROM casefile_citation c JOIN django_content_type t ON t.id = c.entry_type_id
            WHERE t.app_label = 'jurisdictions' AND t.model = 'award' AND c.entry_id = a.id
        ) AS published
    FROM jurisdictions_award a JOIN jurisdictions_jurisdiction j ON j.id = a.jurisdiction_id
    WHERE a.id = ANY (awards)
),
fact AS (
    SELECT id AS award_id, begins AS day, '' AS axis, '' AS status, '' AS key, published FROM award
    UNION ALL
    SELECT award.id, e.date, e.axis, e.award_status, e.key,
        award.published AND e.status = 'published'
    FROM jurisdictions_awardevent e JOIN award ON award.id = e.award_id
    WHERE e.award_id = ANY (awards) AND e.status <> 'retracted'
),
-- Where all about an award is published, readers and staff see the same.
marked AS (
    SELECT *, bool_and(published) OVER (PARTITION BY award_id) AS same FROM fact
),
scoped AS (
    SELECT award_id, day, axis, status, key, scope.published, scope.entered
    FROM marked JOIN (VALUES (true, true), (true, false), (false, true)) AS scope (published, entered)
        ON marked.same = (scope.published AND scope.entered)
        AND (marked.published OR NOT scope.published)
),
-- On each of its days: the newest event on each axis, of one day the one with the last key.
so_far AS (
    SELECT award_id, published, entered, day, lead(day) OVER so_far AS next_day,
        (max(ARRAY[to_char(day, 'YYYYMMDD'), key, status]) FILTER (WHERE axis = 'award')
            OVER so_far)[3] AS award_status,
        (max(ARRAY[to_char(day, 'YYYYMMDD'), key, status]) FILTER (WHERE axis = 'money')
            OVER so_far)[3] AS money_status,
        (max(ARRAY[to_char(day, 'YYYYMMDD'), key, status]) FILTER (WHERE axis = 'dispute')
            OVER so_far)[3] AS dispute_status
    FROM scoped
    WINDOW so_far AS (PARTITION BY award_id, published, entered ORDER BY day)
),
standing AS (
    SELECT award_id, s.published, entered,
        unnest(range_agg(daterange(day, next_day))) AS during,
        award_status, money_status, dispute_status
    FROM so_far s JOIN award ON award.id = award_id
    WHERE day >= begins
    GROUP BY award_id, s.published, entered, award_status, money_status, dispute_status
)
SELECT award_id, jurisdiction_id, s.published, entered, during, award_status, money_status,
    dispute_status, fiscal_year, amount, amount_basis, name, award.key, usps
FROM standing s JOIN award ON award.id = award_id
$$;

CREATE OR REPLACE FUNCTION jurisdictions_keep_awards(awards bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    -- Two who change parts of one award at once take turns, so that the second sees the first. Who
    -- gives the jurisdiction another name changes the intervals alone, and waits for no award.
    PERFORM FROM jurisdictions_award WHERE id = ANY (awards) ORDER BY id FOR NO KEY UPDATE;
    PERFORM FROM jurisdictions_jurisdiction WHERE id IN (
        SELECT jurisdiction_id FROM jurisdictions_award WHERE id = ANY (awards)
    ) ORDER BY id FOR SHARE;
    DELETE FROM jurisdictions_awardinterval WHERE award_id = ANY (awards);
    INSERT INTO jurisdictions_awardinterval (award_id, jurisdiction_id, published, entered, during,
        award_status, money_status, dispute_status, fiscal_year, amount, amount_basis, name, key, usps)
    SELECT * FROM jurisdictions_award_rule(awards);
END $$;

CREATE OR REPLACE FUNCTION jurisdictions_follow_awards() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    -- The trigger's argument: the columns that the rule reads, the award first, and a condition.
    old_facts text := format(TG_ARGV[0], 'old_rows');
    new_facts text := format(TG_ARGV[0], 'new_rows');
    changed text;
    touched bigint[];
BEGIN
    changed := CASE TG_OP
        WHEN 'INSERT' THEN new_facts
        WHEN 'DELETE' THEN old_facts
        ELSE format('(%1$s EXCEPT ALL %2$s) UNION ALL (%2$s EXCEPT ALL %1$s)', old_facts, new_facts)
    END;
    EXECUTE format('SELECT array_agg(DISTINCT award) FROM (%s) AS changed', changed) INTO touched;
    IF touched IS NOT NULL THEN
        PERFORM jurisdictions_keep_awards(touched);
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION jurisdictions_follow_names() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE jurisdictions_awardinterval i SET name = n.name, usps = n.state
    FROM new_rows n JOIN old_rows o ON o.id = n.id AND (o.name, o.state) <> (n.name, n.state)
    WHERE i.jurisdiction_id = n.id;
    RETURN NULL;
END $$;

DO $$
DECLARE
    part record;
BEGIN
    FOR part IN SELECT * FROM (VALUES
        ('jurisdictions_award',
            'SELECT id AS award, jurisdiction_id, fiscal_year, amount, amount_basis, key FROM %s'),
        ('jurisdictions_awardevent',
            'SELECT award_id AS award, status, date, axis, award_status, key FROM %s'),
        ('casefile_citation',
            'SELECT entry_id AS award FROM %s WHERE entry_type_id = (SELECT id'
            ' FROM django_content_type WHERE app_label = ''jurisdictions'' AND model = ''award'')')
    ) AS parts (name, query) LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER keep_awards_insert AFTER INSERT ON %I
            REFERENCING NEW TABLE AS new_rows
            FOR EACH STATEMENT EXECUTE FUNCTION jurisdictions_follow_awards(%L)',
            part.name, part.query);
        EXECUTE format('CREATE OR REPLACE TRIGGER keep_awards_update AFTER UPDATE ON %I
            REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
            FOR EACH STATEMENT EXECUTE FUNCTION jurisdictions_follow_awards(%L)',
            part.name, part.query);
        EXECUTE format('CREATE OR REPLACE TRIGGER keep_awards_delete AFTER DELETE ON %I
            REFERENCING OLD TABLE AS old_rows
            FOR EACH STATEMENT EXECUTE FUNCTION jurisdictions_follow_awards(%L)',
            part.name, part.query);
    END LOOP;
END $$;

CREATE OR REPLACE TRIGGER keep_names AFTER UPDATE ON jurisdictions_jurisdiction
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION jurisdictions_follow_names();
