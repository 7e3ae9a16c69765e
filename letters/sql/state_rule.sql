-- Where each letter stands from its first day on. No other place decides a state.
--
-- letters_state_rule       what the record says of some letters: their intervals
-- letters_keep_states      makes the kept intervals of some letters equal to that, and what is kept of
--                          their jurisdictions to what they add up to (see jurisdiction_rule.sql)
-- letters_follow_changes   trigger: does so for the letters that a statement touched
--
-- The functions may be created again at any time. A migration that runs this file after a change
-- must keep the states of all letters anew.

CREATE OR REPLACE FUNCTION letters_place(days integer, letter bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
    -- A number of days, then a letter, as one number: the letter's id has its last 32 bits.
    SELECT greatest(0, least(999999, days))::bigint << 32 | letter
$$;

-- What it returns can't be replaced.
DROP FUNCTION IF EXISTS letters_state_rule(bigint[]);
CREATE FUNCTION letters_state_rule(letters bigint[]) RETURNS TABLE (
    letter_id bigint,
    jurisdiction_id bigint,
    published boolean,   -- the interval counts for what readers see: published entries alone
    entered boolean,     -- it counts for what staff see: all entries but retracted ones
    during daterange,
    state text,
    effective_deadline date,
    first_substantive_on date,
    first_complete_on date,
    exposure text,
    extension_count bigint,
    enforcement text,
    deadline_order bigint,
    newest_order bigint
)
LANGUAGE sql STABLE AS $$
WITH child AS (
    SELECT letter_id, status, date, date_precision, 'extension' AS kind, '' AS place,
        new_deadline AS until
    FROM letters_extension
    UNION ALL
    SELECT letter_id, status, date, date_precision, 'hold', '', coalesce(until, 'infinity')
    FROM letters_hold
    UNION ALL
    -- The place decides between two of the same day.
    SELECT letter_id, status, date, date_precision, kind,
        array_position(ARRAY['unassessed', 'partial', 'refusal', 'complete'], kind)::text, NULL
    FROM letters_response
    WHERE kind IN ('unassessed', 'partial', 'refusal', 'complete')
    UNION ALL
    SELECT letter_id, status, date, date_precision, kind,
        array_position(ARRAY['subpoena_threatened', 'subpoena_issued', 'petition_filed',
            'funds_action', 'closed'], kind)::text, NULL
    FROM letters_enforcementstep
),
fact AS (
    SELECT letter.id AS letter_id, letter.date AS begins, status = 'published' AS published, fact.*
    FROM letters_letter letter CROSS JOIN LATERAL (VALUES
        (date, 'letter', '', deadline),
        (withdrawn_on, 'withdrawn', '', NULL),
        (cleared_on, 'cleared', '', NULL)
    ) AS fact (day, kind, place, until)
    WHERE letter.id = ANY (letters) AND status <> 'retracted' AND day IS NOT NULL
    UNION ALL
    SELECT letter.id, letter.date, letter.status = 'published' AND child.status = 'published',
        -- Known to the month or year: the first day of the period, but not before the letter.
        CASE child.date_precision WHEN 'day' THEN child.date ELSE greatest(child.date, letter.date) END,
        kind, place, until
    -- The table itself: by its key each letter is found, however many the planner expects.
    FROM child JOIN letters_letter letter ON letter.id = child.letter_id
    WHERE child.letter_id = ANY (letters) AND child.status <> 'retracted'
        AND letter.status <> 'retracted'
),
turning_point AS (
    TABLE fact
    UNION ALL
    -- Nothing happens on these days but that time has passed: a hold ends with the day before
    -- `until`, a deadline with its own day.
    SELECT letter_id, begins, published,
        CASE kind WHEN 'hold' THEN until ELSE until + 1 END, 'time', '', NULL
    FROM fact
    WHERE until < 'infinity'
),
-- Where every entry of a letter is published, readers and staff see the same.
marked AS (
    SELECT *, bool_and(published) OVER (PARTITION BY letter_id) AS same
    FROM turning_point
),
scoped AS (
    SELECT letter_id, begins, day, kind, place, until, scope.published, scope.entered
    FROM marked JOIN (VALUES (true, true), (true, false), (false, true)) AS scope (published, entered)
        ON marked.same = (scope.published AND scope.entered)
        AND (marked.published OR NOT scope.published)
),
-- On each of its days: what the facts dated on or before that day come to.
so_far AS (
    SELECT letter_id, published, entered, begins, day,
        lead(day) OVER so_far AS next_day,
        bool_or(kind = 'withdrawn') OVER so_far AS withdrawn,
        bool_or(kind IN ('cleared', 'closed')) OVER so_far AS cleared,
        max(until) FILTER (WHERE kind = 'hold') OVER so_far > day AS held,
        coalesce(
            (max(ARRAY[day, until]) FILTER (WHERE kind = 'extension') OVER so_far)[2],
            max(until) FILTER (WHERE kind = 'letter') OVER so_far
        ) AS deadline,
        min(day) FILTER (WHERE kind IN ('unassessed', 'partial', 'refusal', 'complete'))
            OVER so_far AS first_substantive_on,
        min(day) FILTER (WHERE kind = 'complete') OVER so_far AS first_complete_on,
        (max(ARRAY[to_char(day, 'YYYYMMDD'), place, kind])
            FILTER (WHERE kind IN ('unassessed', 'partial', 'refusal', 'complete'))
            OVER so_far)[3] AS latest,
        count(*) FILTER (WHERE kind = 'extension') OVER so_far AS extension_count,
        (max(ARRAY[to_char(day, 'YYYYMMDD'), place, kind])
            FILTER (WHERE kind IN ('subpoena_threatened', 'subpoena_issued', 'petition_filed',
                'funds_action', 'closed'))
            OVER so_far)[3] AS enforcement
    FROM scoped
    WINDOW so_far AS (PARTITION BY letter_id, published, entered ORDER BY day)
),
standing AS (
    SELECT *,
        CASE
            WHEN withdrawn THEN 'withdrawn'
            WHEN cleared THEN 'cleared'
            WHEN first_complete_on <= deadline THEN 'answered'
            WHEN first_complete_on IS NOT NULL AND deadline IS NULL THEN 'answered'
            WHEN first_complete_on IS NOT NULL THEN 'answered_late'
            WHEN held THEN 'on_hold'
            WHEN latest = 'refusal' THEN 'refused'
            WHEN latest = 'unassessed' THEN 'responded'
            WHEN latest = 'partial' AND day > deadline THEN 'incomplete'
            WHEN latest = 'partial' THEN 'partly_answered'
            WHEN day <= deadline THEN 'awaiting'
            WHEN day > deadline THEN 'overdue'
            ELSE 'open'
        END AS state
    FROM so_far
    WHERE day >= begins
),
exposed AS (
    SELECT *,
        concat_ws('; ',
            CASE WHEN state = 'overdue' THEN 'no response' END,
            CASE WHEN state IN ('incomplete', 'refused') THEN 'incomplete' END,
            CASE WHEN state = 'answered_late'
                OR state IN ('responded', 'incomplete', 'refused')
                    AND first_substantive_on > deadline
                THEN 'untimely' END
        ) AS exposure
    FROM standing
)
SELECT letter_id, letter.jurisdiction_id, exposed.published, entered,
    unnest(range_agg(daterange(day, next_day))), state, exposed.deadline, first_substantive_on,
    first_complete_on, exposure, extension_count, coalesce(enforcement, ''),
    -- Letters without a deadline come after all others, by their own date. Such a number stays
    -- below 2^53, so that the distance between two of them is exact.
    CASE WHEN exposed.deadline IS NULL
        THEN letters_place(begins - DATE '1789-01-01', letter_id) + (1000000::bigint << 32)
        ELSE letters_place(exposed.deadline - DATE '1789-01-01', letter_id)
    END,
    letters_place(DATE '4000-01-01' - begins, letter_id)
FROM exposed JOIN letters_letter letter ON letter.id = letter_id
GROUP BY letter_id, letter.jurisdiction_id, exposed.published, entered, begins, state,
    exposed.deadline, first_substantive_on, first_complete_on, exposure, extension_count,
    enforcement
$$;

CREATE OR REPLACE FUNCTION letters_keep_states(letters bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    before bigint[];
    since bigint[];
BEGIN
    -- Two who change parts of one letter at once take turns, so that the second sees the first.
    PERFORM FROM letters_letter WHERE id = ANY (letters) ORDER BY id FOR NO KEY UPDATE;
    WITH gone AS (
        DELETE FROM letters_stateinterval WHERE letter_id = ANY (letters) RETURNING jurisdiction_id
    )
    SELECT array_agg(DISTINCT jurisdiction_id) FROM gone INTO before;
    WITH made AS (
        INSERT INTO letters_stateinterval (letter_id, jurisdiction_id, published, entered, during,
            state, effective_deadline, first_substantive_on, first_complete_on, exposure,
            extension_count, enforcement, deadline_order, newest_order)
        SELECT * FROM letters_state_rule(letters)
        RETURNING jurisdiction_id
    )
    SELECT array_agg(DISTINCT jurisdiction_id) FROM made INTO since;
    PERFORM letters_keep_jurisdictions(before || since);
END $$;

CREATE OR REPLACE FUNCTION letters_follow_changes() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    -- The trigger's argument: the columns that the rule reads, the letter first.
    old_facts text := format('SELECT %s FROM old_rows', TG_ARGV[0]);
    new_facts text := format('SELECT %s FROM new_rows', TG_ARGV[0]);
    changed text;
    touched bigint[];
BEGIN
    changed := CASE TG_OP
        WHEN 'INSERT' THEN new_facts
        WHEN 'DELETE' THEN old_facts
        ELSE format('(%1$s EXCEPT ALL %2$s) UNION ALL (%2$s EXCEPT ALL %1$s)', old_facts, new_facts)
    END;
    EXECUTE format('SELECT array_agg(DISTINCT letter) FROM (%s) AS changed', changed) INTO touched;
    IF touched IS NOT NULL THEN
        PERFORM letters_keep_states(touched);
    END IF;
    RETURN NULL;
END $$;

DO $$
DECLARE
    part record;
BEGIN
    FOR part IN SELECT * FROM (VALUES
        ('letters_letter',
            'id AS letter, jurisdiction_id, status, date, deadline, withdrawn_on, cleared_on'),
        ('letters_extension', 'letter_id AS letter, status, date, date_precision, new_deadline'),
        ('letters_hold', 'letter_id AS letter, status, date, date_precision, until'),
        ('letters_response', 'letter_id AS letter, status, date, date_precision, kind'),
        ('letters_enforcementstep', 'letter_id AS letter, status, date, date_precision, kind')
    ) AS parts (name, columns) LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER keep_states_insert AFTER INSERT ON %I
            REFERENCING NEW TABLE AS new_rows
            FOR EACH STATEMENT EXECUTE FUNCTION letters_follow_changes(%L)', part.name, part.columns);
        EXECUTE format('CREATE OR REPLACE TRIGGER keep_states_update AFTER UPDATE ON %I
            REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
            FOR EACH STATEMENT EXECUTE FUNCTION letters_follow_changes(%L)', part.name, part.columns);
        EXECUTE format('CREATE OR REPLACE TRIGGER keep_states_delete AFTER DELETE ON %I
            REFERENCING OLD TABLE AS old_rows
            FOR EACH STATEMENT EXECUTE FUNCTION letters_follow_changes(%L)', part.name, part.columns);
    END LOOP;
END $$;
