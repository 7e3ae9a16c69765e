-- How many public awards there are on any day, and what their amounts add up to: sums of what
-- changed, kept by triggers.
--
-- jurisdictions_award_subjects     what an award is counted for
-- jurisdictions_note_awards        notes what the ends of some intervals change in the sums
-- jurisdictions_count_awards       trigger: of the intervals that a statement made or took away
-- jurisdictions_fold_awards        adds what a transaction noted to the sums
-- jurisdictions_fold_noted         trigger: does so when the transaction commits
-- jurisdictions_keep_award_sums    makes all sums anew, for who has the lock of those that fold
--
-- As with the sums of letters (letters/sql/state_tallies.sql), a sum is of a day, a month or a year,
-- so that a day is reached by few of them, and sums are written at the commit alone. Until then,
-- what was noted stands beside the sums, and whoever reads adds both.

CREATE OR REPLACE FUNCTION jurisdictions_award_subjects(fiscal_year smallint, usps text,
    award_status text, money_status text, dispute_status text)
RETURNS TABLE (subject text, value text) LANGUAGE sql IMMUTABLE AS $$
    VALUES ('fiscal_year', fiscal_year::text), ('usps', usps),
        ('award', coalesce(award_status, 'none')), ('money', coalesce(money_status, 'none')),
        ('dispute', coalesce(dispute_status, 'none'))
$$;

CREATE OR REPLACE FUNCTION jurisdictions_fold_awards() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    ours bigint := pg_current_xact_id()::text::bigint;
BEGIN
    WITH noted AS (
        DELETE FROM jurisdictions_awardchange WHERE transaction = ours
        RETURNING fiscal_year, usps, award_status, money_status, dispute_status, basis, day, awards,
            with_amount, amount
    ), days AS (
        SELECT subject, value, basis, day, sum(awards) AS awards, sum(with_amount) AS with_amount,
            sum(amount) AS amount
        FROM noted CROSS JOIN LATERAL jurisdictions_award_subjects(fiscal_year, usps, award_status,
            money_status, dispute_status)
        GROUP BY 1, 2, 3, 4
        HAVING (sum(awards), sum(with_amount), sum(amount)) <> (0, 0, 0)
    )
    INSERT INTO jurisdictions_awardtally AS kept (subject, value, basis, period, begins, awards,
        with_amount, amount)
    SELECT subject, value, basis, period, date_trunc(period, day::timestamp)::date, sum(awards),
        sum(with_amount), sum(amount)
    FROM days CROSS JOIN (VALUES ('day'), ('month'), ('year')) AS p (period)
    GROUP BY 1, 2, 3, 4, 5
    HAVING (sum(awards), sum(with_amount), sum(amount)) <> (0, 0, 0)
    ON CONFLICT (subject, value, basis, period, begins) DO UPDATE SET
        awards = kept.awards + EXCLUDED.awards,
        with_amount = kept.with_amount + EXCLUDED.with_amount,
        amount = kept.amount + EXCLUDED.amount;
END $$;

CREATE OR REPLACE FUNCTION jurisdictions_fold_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- It runs for each row; the first time it takes them all. To look for rows each time would be
    -- to step over all that were taken.
    IF current_setting('casefile.noted_awards', true) IS DISTINCT FROM 'yes' THEN
        RETURN NULL;
    END IF;
    PERFORM set_config('casefile.noted_awards', '', true);
    -- The lock of casefile_settle_revision: two locks might be taken in either order.
    PERFORM pg_advisory_xact_lock(hashtext('casefile_settle_revision'));
    PERFORM jurisdictions_fold_awards();
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION jurisdictions_count_awards() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- The names of the rows that count one more, and of those that count one fewer.
    parts text := CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT 1 AS sign, n.* FROM new_rows n'
        WHEN 'DELETE' THEN 'SELECT -1 AS sign, o.* FROM old_rows o'
        ELSE 'SELECT 1 AS sign, n.* FROM new_rows n UNION ALL SELECT -1, o.* FROM old_rows o'
    END;
BEGIN
    EXECUTE jurisdictions_note_awards(parts);
    PERFORM set_config('casefile.noted_awards', 'yes', true);
    RETURN NULL;
END $$;

-- Returns the statement for intervals that a query gives, each with a sign.
CREATE OR REPLACE FUNCTION jurisdictions_note_awards(signed text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT format($statement$
        INSERT INTO jurisdictions_awardchange (transaction, fiscal_year, usps, award_status,
            money_status, dispute_status, basis, day, awards, with_amount, amount)
        SELECT pg_current_xact_id()::text::bigint, fiscal_year, usps, award_status, money_status,
            dispute_status, amount_basis, day, sum(sign * number),
            coalesce(sum(sign * number) FILTER (WHERE amount IS NOT NULL), 0),
            coalesce(sum(sign * number * amount), 0)
        FROM (%s) i
        CROSS JOIN LATERAL (VALUES (lower(during), 1), (upper(during), -1)) AS e (day, number)
        WHERE published AND day IS NOT NULL
        GROUP BY 2, 3, 4, 5, 6, 7, 8
        HAVING sum(sign * number) <> 0 OR sum(sign * number * amount) <> 0
            OR sum(sign * number) FILTER (WHERE amount IS NOT NULL) <> 0
    $statement$, signed)
$$;

CREATE OR REPLACE FUNCTION jurisdictions_keep_award_sums() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM jurisdictions_awardchange;
    DELETE FROM jurisdictions_awardtally;
    EXECUTE jurisdictions_note_awards('SELECT 1 AS sign, * FROM jurisdictions_awardinterval');
    -- At once: a migration goes on with the table, and in a past record no trigger does it.
    PERFORM jurisdictions_fold_awards();
    SET CONSTRAINTS fold_awards IMMEDIATE;
    SET CONSTRAINTS fold_awards DEFERRED;
END $$;

CREATE OR REPLACE TRIGGER count_awards_insert AFTER INSERT ON jurisdictions_awardinterval
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION jurisdictions_count_awards();
CREATE OR REPLACE TRIGGER count_awards_update AFTER UPDATE ON jurisdictions_awardinterval
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION jurisdictions_count_awards();
CREATE OR REPLACE TRIGGER count_awards_delete AFTER DELETE ON jurisdictions_awardinterval
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION jurisdictions_count_awards();

DROP TRIGGER IF EXISTS fold_awards ON jurisdictions_awardchange;
CREATE CONSTRAINT TRIGGER fold_awards AFTER INSERT ON jurisdictions_awardchange
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION jurisdictions_fold_noted();
