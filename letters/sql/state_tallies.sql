-- How many public letters stand where, on any day: sums of what changed, kept by triggers.
--
-- letters_count_changes     notes changes of the sums, for each US state and each round
-- letters_count_intervals   trigger: of the intervals that a statement made or took away
-- letters_count_moves       trigger: of letters that went to another round or jurisdiction, or are gone
-- letters_count_places      trigger: of the letters to jurisdictions that went to another US state
-- letters_fold_changes      trigger: adds what a transaction noted to the sums, when it commits
-- letters_keep_tallies      makes all sums anew
--
-- A sum is of a day, a month or a year, so that a day is reached by few of them. Sums are written
-- at the commit alone, by one transaction at a time: those that publish at once would else wait for
-- each other from their first change on. Until then, what was noted stands beside the sums, and
-- whoever reads adds both.

CREATE OR REPLACE FUNCTION letters_count_changes(of_round bigint[], of_usps text[], of_state text[],
    on_day date[], by_number integer[])
RETURNS void LANGUAGE sql AS $$
    INSERT INTO letters_statechange (transaction, subject, value, state, day, letters)
    SELECT pg_current_xact_id()::text::bigint, subject, value, state, day, sum(number)
    FROM unnest(of_round, of_usps, of_state, on_day, by_number)
        AS changed (round, usps, state, day, number)
    CROSS JOIN LATERAL (VALUES ('usps', usps), ('round', round::text)) AS counted (subject, value)
    GROUP BY subject, value, state, day
    HAVING sum(number) <> 0;
    SELECT set_config('casefile.noted_changes', 'yes', true)
$$;

-- The ends of some public intervals: one letter more in the state, and one fewer.
CREATE OR REPLACE FUNCTION letters_ends(during daterange)
RETURNS TABLE (day date, number integer) LANGUAGE sql IMMUTABLE AS $$
    SELECT lower(during), 1
    UNION ALL
    SELECT upper(during), -1 WHERE upper(during) IS NOT NULL
$$;

CREATE OR REPLACE FUNCTION letters_count_intervals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Of a letter that is gone, letters_count_moves has counted the intervals.
    PERFORM letters_count_changes(array_agg(l.round_id), array_agg(j.state), array_agg(i.state),
        array_agg(e.day), array_agg(CASE TG_OP WHEN 'DELETE' THEN -e.number ELSE e.number END))
    FROM changed i JOIN letters_letter l ON l.id = i.letter_id
    JOIN jurisdictions_jurisdiction j ON j.id = l.jurisdiction_id
    CROSS JOIN LATERAL letters_ends(i.during) e
    WHERE i.published;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION letters_count_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM letters_count_changes(array_agg(w.round_id), array_agg(j.state), array_agg(i.state),
            array_agg(e.day), array_agg(-e.number))
        FROM was w JOIN jurisdictions_jurisdiction j ON j.id = w.jurisdiction_id
        JOIN letters_stateinterval i ON i.letter_id = w.id
        CROSS JOIN LATERAL letters_ends(i.during) e
        WHERE i.published;
        RETURN NULL;
    END IF;
    PERFORM letters_count_changes(array_agg(p.round), array_agg(j.state), array_agg(i.state),
        array_agg(e.day), array_agg(p.sign * e.number))
    FROM was w JOIN changed c ON c.id = w.id
        AND (c.round_id, c.jurisdiction_id) <> (w.round_id, w.jurisdiction_id)
    CROSS JOIN LATERAL (VALUES (w.round_id, w.jurisdiction_id, -1),
        (c.round_id, c.jurisdiction_id, 1)) AS p (round, jurisdiction, sign)
    JOIN jurisdictions_jurisdiction j ON j.id = p.jurisdiction
    JOIN letters_stateinterval i ON i.letter_id = c.id
    CROSS JOIN LATERAL letters_ends(i.during) e
    WHERE i.published;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION letters_count_places() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM letters_count_changes(array_agg(l.round_id), array_agg(p.usps), array_agg(i.state),
        array_agg(e.day), array_agg(p.sign * e.number))
    FROM was w JOIN changed c ON c.id = w.id AND c.state <> w.state
    CROSS JOIN LATERAL (VALUES (w.state, -1), (c.state, 1)) AS p (usps, sign)
    JOIN letters_letter l ON l.jurisdiction_id = c.id
    JOIN letters_stateinterval i ON i.letter_id = l.id
    CROSS JOIN LATERAL letters_ends(i.during) e
    WHERE i.published;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION letters_fold_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ours bigint := pg_current_xact_id()::text::bigint;
BEGIN
    -- It runs for each row; the first time it takes them all. To look for rows each time would be
    -- to step over all that were taken.
    IF current_setting('casefile.noted_changes', true) IS DISTINCT FROM 'yes' THEN
        RETURN NULL;
    END IF;
    PERFORM set_config('casefile.noted_changes', '', true);
    -- The lock of casefile_settle_revision: two locks might be taken in either order.
    PERFORM pg_advisory_xact_lock(hashtext('casefile_settle_revision'));
    WITH noted AS (
        DELETE FROM letters_statechange WHERE transaction = ours
        RETURNING subject, value, state, day, letters
    )
    INSERT INTO letters_statetally (subject, value, state, period, begins, letters)
    SELECT subject, value, state, period, date_trunc(period, day::timestamp)::date, sum(letters)
    FROM noted CROSS JOIN (VALUES ('day'), ('month'), ('year')) AS p (period)
    GROUP BY 1, 2, 3, 4, 5
    HAVING sum(letters) <> 0
    ON CONFLICT (subject, value, state, period, begins)
    DO UPDATE SET letters = letters_statetally.letters + EXCLUDED.letters;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION letters_keep_tallies() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('casefile_settle_revision'));
    DELETE FROM letters_statechange;
    DELETE FROM letters_statetally;
    PERFORM letters_count_changes(array_agg(l.round_id), array_agg(j.state), array_agg(i.state),
        array_agg(e.day), array_agg(e.number))
    FROM letters_stateinterval i JOIN letters_letter l ON l.id = i.letter_id
    JOIN jurisdictions_jurisdiction j ON j.id = l.jurisdiction_id
    CROSS JOIN LATERAL letters_ends(i.during) e
    WHERE i.published;
    -- At once: a migration goes on with the table.
    SET CONSTRAINTS fold_changes IMMEDIATE;
    SET CONSTRAINTS fold_changes DEFERRED;
END $$;

CREATE OR REPLACE TRIGGER count_intervals_insert AFTER INSERT ON letters_stateinterval
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION letters_count_intervals();
CREATE OR REPLACE TRIGGER count_intervals_delete AFTER DELETE ON letters_stateinterval
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION letters_count_intervals();
-- Both by name before keep_states, while the intervals are those of before.
CREATE OR REPLACE TRIGGER count_moves_update AFTER UPDATE ON letters_letter
    REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION letters_count_moves();
CREATE OR REPLACE TRIGGER count_moves_delete AFTER DELETE ON letters_letter
    REFERENCING OLD TABLE AS was
    FOR EACH STATEMENT EXECUTE FUNCTION letters_count_moves();
CREATE OR REPLACE TRIGGER count_places_update AFTER UPDATE ON jurisdictions_jurisdiction
    REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION letters_count_places();

DROP TRIGGER IF EXISTS fold_changes ON letters_statechange;
CREATE CONSTRAINT TRIGGER fold_changes AFTER INSERT ON letters_statechange
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION letters_fold_changes();
