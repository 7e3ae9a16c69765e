-- Where each jurisdiction stands on each day: what its letters add up to. It follows from where they
-- stand, which state_rule.sql decides.
--
-- letters_days_of_any           aggregate: the days of any of some sets of days
-- letters_jurisdiction_rule     what the letters of some jurisdictions add up to
-- letters_keep_jurisdictions    makes what is kept of some jurisdictions equal to that
--
-- The functions may be created again at any time. A migration that runs this file after a change
-- must keep all jurisdictions anew.

-- As range_agg, which makes its result anew from all ranges for each row of a window.
CREATE OR REPLACE AGGREGATE letters_days_of_any(datemultirange) (
    sfunc = multirange_union, stype = datemultirange, initcond = '{}'
);

-- What it returns can't be replaced.
DROP FUNCTION IF EXISTS letters_jurisdiction_rule(bigint[]);
CREATE FUNCTION letters_jurisdiction_rule(jurisdictions bigint[]) RETURNS TABLE (
    jurisdiction_id bigint,
    published boolean,   -- it counts for what readers see: published entries alone
    entered boolean,     -- it counts for what staff see: all entries but retracted ones
    during daterange,
    letter_count integer,
    states text,         -- what asks most for attention first
    exposure text,
    next_deadline date
)
LANGUAGE sql STABLE AS $$
WITH bit (number, state, failure) AS (
    VALUES (1, 'overdue', NULL), (2, 'refused', NULL), (4, 'incomplete', NULL),
        (8, 'awaiting', NULL), (16, 'partly_answered', NULL), (32, 'open', NULL),
        (64, 'on_hold', NULL), (128, 'responded', NULL), (256, 'answered_late', NULL),
        (512, 'answered', NULL), (1024, 'cleared', NULL), (2048, 'withdrawn', NULL),
        (4096, NULL, 'incomplete'), (8192, NULL, 'no response'), (16384, NULL, 'untimely')
),
-- Where every entry about a jurisdiction's letters is published, readers and staff see the same.
marked AS (
    SELECT *, bool_and(published AND entered) OVER (PARTITION BY jurisdiction_id) AS same
    FROM letters_stateinterval
    WHERE jurisdiction_id = ANY (jurisdictions)
),
scoped AS (
    SELECT jurisdiction_id, scope.published, scope.entered, during, state, exposure,
        effective_deadline
    FROM marked JOIN (VALUES (true, true), (true, false), (false, true)) AS scope (published, entered)
        ON marked.same = (scope.published AND scope.entered)
        AND (marked.published OR NOT scope.published) AND (marked.entered OR NOT scope.entered)
),
-- The days on which a letter is in a state, or has a failure: as sums of bits, as none of them
-- begins twice without an end between.
stretch AS (
    SELECT jurisdiction_id, published, entered, number, unnest(range_agg(during)) AS during
    FROM scoped JOIN bit USING (state)
    GROUP BY jurisdiction_id, published, entered, number
    UNION ALL
    SELECT jurisdiction_id, published, entered, number, unnest(range_agg(during))
    FROM scoped CROSS JOIN unnest(string_to_array(exposure, '; ')) AS failed
    JOIN bit ON failure = failed
    GROUP BY jurisdiction_id, published, entered, number
),
due AS (
    SELECT jurisdiction_id, published, entered, effective_deadline AS deadline,
        range_agg(during) AS during
    FROM scoped
    WHERE state IN ('awaiting', 'partly_answered') AND effective_deadline IS NOT NULL
    GROUP BY jurisdiction_id, published, entered, effective_deadline
),
-- The days on which a deadline is the next: no earlier one is ahead.
next AS (
    SELECT jurisdiction_id, published, entered, deadline - DATE '0001-01-01' + 1 AS number,
        unnest(during - letters_days_of_any(during) OVER (
            PARTITION BY jurisdiction_id, published, entered ORDER BY deadline
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        )) AS during
    FROM due
),
turn AS (
    SELECT jurisdiction_id, published, entered, day, sum(letters)::integer AS letters,
        sum(bits)::integer AS bits, sum(deadline)::integer AS deadline
    FROM (
        SELECT jurisdiction_id, published, entered, lower(during) AS day, 1 AS letters, 0 AS bits,
            0 AS deadline
        FROM scoped
        UNION ALL
        SELECT jurisdiction_id, published, entered, upper(during), -1, 0, 0 FROM scoped
        UNION ALL
        SELECT jurisdiction_id, published, entered, lower(during), 0, number, 0 FROM stretch
        UNION ALL
        SELECT jurisdiction_id, published, entered, upper(during), 0, -number, 0 FROM stretch
        UNION ALL
        SELECT jurisdiction_id, published, entered, lower(during), 0, 0, number FROM next
        UNION ALL
        SELECT jurisdiction_id, published, entered, upper(during), 0, 0, -number FROM next
    ) AS begun_or_ended
    WHERE day IS NOT NULL
    GROUP BY jurisdiction_id, published, entered, day
    -- Most days on which something begins and ends change nothing of the whole.
    HAVING sum(letters) <> 0 OR sum(bits) <> 0 OR sum(deadline) <> 0
),
so_far AS MATERIALIZED (
    SELECT jurisdiction_id, published, entered, day, lead(day) OVER so_far AS next_day,
        (sum(letters) OVER so_far)::integer AS letters,
        (sum(bits) OVER so_far)::integer AS bits, (sum(deadline) OVER so_far)::integer AS deadline
    FROM turn
    WINDOW so_far AS (PARTITION BY jurisdiction_id, published, entered ORDER BY day)
),
worded AS (
    SELECT bits, coalesce(string_agg(state, '; ' ORDER BY number), '') AS states,
        coalesce(string_agg(failure, '; ' ORDER BY number), '') AS exposure
    FROM (SELECT DISTINCT bits FROM so_far) AS found JOIN bit ON bits & number > 0
    GROUP BY bits
)
SELECT jurisdiction_id, published, entered, daterange(day, next_day), letters, states, exposure,
    CASE WHEN deadline > 0 THEN DATE '0001-01-01' + (deadline - 1) END
FROM so_far JOIN worded USING (bits)
$$;

CREATE OR REPLACE FUNCTION letters_keep_jurisdictions(jurisdictions bigint[]) RETURNS void
LANGUAGE plpgsql STRICT
-- Planned for as many as there are, and never to look through a table for each of them, which the
-- planner may take for empty.
SET plan_cache_mode = force_custom_plan SET enable_seqscan = off AS $$
BEGIN
    -- Two who change letters to one jurisdiction at once take turns, so that the second counts
    -- what the first did.
    PERFORM FROM jurisdictions_jurisdiction WHERE id = ANY (jurisdictions)
    ORDER BY id FOR NO KEY UPDATE;
    -- Of hundreds of intervals a change touches few.
    WITH different AS MATERIALIZED (
        SELECT kept.id AS kept_id, fresh.*
        FROM letters_jurisdiction_rule(jurisdictions) AS fresh
        FULL JOIN (
            -- None has no letters: a condition of the index.
            SELECT * FROM letters_jurisdictioninterval
            WHERE jurisdiction_id = ANY (jurisdictions) AND letter_count > 0
        ) AS kept
        USING (jurisdiction_id, published, entered, during)
        WHERE (fresh.letter_count, fresh.states, fresh.exposure, fresh.next_deadline)
            IS DISTINCT FROM (kept.letter_count, kept.states, kept.exposure, kept.next_deadline)
    ), gone AS (
        -- As an array: each is found by its key, however many are expected.
        DELETE FROM letters_jurisdictioninterval
        WHERE id = ANY (ARRAY(SELECT kept_id FROM different))
    )
    INSERT INTO letters_jurisdictioninterval (jurisdiction_id, published, entered, during,
        letter_count, states, exposure, next_deadline)
    SELECT jurisdiction_id, published, entered, during, letter_count, states, exposure,
        next_deadline
    FROM different WHERE letter_count IS NOT NULL
    -- Those of one day are read together.
    ORDER BY during;
END $$;
