-- The footprint of the watch: one schema, two triggers on every table (three where births are noted), two event triggers.
-- Runs unchanged on PostgreSQL 13 to 18. Every function names its schema and fixes its search_path, because it runs with
-- the rights of whoever installed it.

CREATE SCHEMA rowsleuth_watch;

-- nextval() survives a ROLLBACK: what was counted here and never arrived in the log was rolled back, or is still open.
CREATE SEQUENCE rowsleuth_watch.attempts;
-- Every watch is one number further: a row is a test's own if it was born under the number that still stands.
CREATE SEQUENCE rowsleuth_watch.watches;
-- Moves when somebody empties the log, which a cleaner that truncates every table it finds would do.
CREATE SEQUENCE rowsleuth_watch.tampered;

CREATE TABLE rowsleuth_watch.log (
    id bigint GENERATED ALWAYS AS IDENTITY,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    act text NOT NULL,
    relation oid NOT NULL,
    name text[] NOT NULL,
    gone bigint,
    own bigint,
    sample json,
    application text NOT NULL DEFAULT current_setting('application_name'),
    role text NOT NULL DEFAULT session_user,
    pid int NOT NULL DEFAULT pg_backend_pid(),
    statement text,
    stack text
);

CREATE TABLE rowsleuth_watch.births (
    watch bigint NOT NULL,
    relation oid NOT NULL,
    key text NOT NULL
);
CREATE INDEX births_by_key ON rowsleuth_watch.births (relation, key);

CREATE FUNCTION rowsleuth_watch.on_tampering() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM nextval('rowsleuth_watch.tampered');
    RETURN NULL;
END $$;
CREATE TRIGGER tampered AFTER DELETE OR TRUNCATE ON rowsleuth_watch.log
    FOR EACH STATEMENT EXECUTE FUNCTION rowsleuth_watch.on_tampering();

CREATE FUNCTION rowsleuth_watch.name_of(relation oid) RETURNS text[]
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT ARRAY[n.nspname::text, c.relname::text]
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = relation
$$;

-- Rows of a partitioned table may be born through the parent and die through a partition.
CREATE FUNCTION rowsleuth_watch.root_of(relation oid) RETURNS oid
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(pg_partition_root(relation)::oid, relation)
$$;

-- What identifies a row: its primary key, or all of it. A digest, so that no value is kept.
CREATE FUNCTION rowsleuth_watch.key_of(relation oid) RETURNS text
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(
        (SELECT format('md5(jsonb_build_array(%s)::text)', string_agg(format('o.%I', a.attname), ', ' ORDER BY a.attname))
           FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
          WHERE i.indrelid = relation AND i.indisprimary),
        'md5(to_jsonb(o)::text)')
$$;

CREATE FUNCTION rowsleuth_watch.on_insert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format(
        'INSERT INTO rowsleuth_watch.births SELECT (SELECT last_value FROM rowsleuth_watch.watches), %s, %s FROM new_rows o',
        rowsleuth_watch.root_of(tg_relid), rowsleuth_watch.key_of(tg_relid));
    RETURN NULL;
END $$;

-- A statement that takes the birth notes of the rows in %s, each note once, and counts them.
CREATE FUNCTION rowsleuth_watch.taking_births(relation oid, rows_of text) RETURNS text
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT format('
        WITH gone AS (SELECT %s AS key, row_number() OVER (PARTITION BY %s) AS nth FROM %s o),
             born AS (SELECT b.ctid AS place, b.key, row_number() OVER (PARTITION BY b.key) AS nth
                        FROM rowsleuth_watch.births b
                       WHERE b.relation = %s AND b.watch = (SELECT last_value FROM rowsleuth_watch.watches)
                         AND b.key IN (SELECT key FROM gone)),
             taken AS (DELETE FROM rowsleuth_watch.births b USING born JOIN gone USING (key, nth)
                        WHERE b.ctid = born.place RETURNING 1)
        SELECT count(*) FROM taken',
        rowsleuth_watch.key_of(relation), rowsleuth_watch.key_of(relation), rows_of, rowsleuth_watch.root_of(relation))
$$;

CREATE FUNCTION rowsleuth_watch.on_delete() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    n bigint;
    own_rows bigint := 0;
    call_stack text;
BEGIN
    SELECT count(nextval('rowsleuth_watch.attempts')) INTO n FROM old_rows;
    IF n = 0 THEN
        RETURN NULL;
    END IF;
    GET DIAGNOSTICS call_stack = PG_CONTEXT;
    IF EXISTS (SELECT FROM rowsleuth_watch.births WHERE relation = rowsleuth_watch.root_of(tg_relid)) THEN
        EXECUTE rowsleuth_watch.taking_births(tg_relid, 'old_rows') INTO own_rows;
    END IF;
    INSERT INTO rowsleuth_watch.log (act, relation, name, gone, own, sample, statement, stack)
    VALUES ('DELETE', tg_relid, ARRAY[tg_table_schema, tg_table_name]::text[], n, own_rows, /*sample*/ NULL,
            left(current_query(), 10000), call_stack);
    RETURN NULL;
END $$;

CREATE FUNCTION rowsleuth_watch.on_truncate() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off AS $$
DECLARE
    n bigint;
    own_rows bigint := 0;
    call_stack text;
BEGIN
    EXECUTE format('SELECT count(*) FROM ONLY %s', tg_relid::regclass) INTO n;
    GET DIAGNOSTICS call_stack = PG_CONTEXT;
    IF EXISTS (SELECT FROM rowsleuth_watch.births WHERE relation = rowsleuth_watch.root_of(tg_relid)) THEN
        EXECUTE rowsleuth_watch.taking_births(tg_relid, 'ONLY ' || tg_relid::regclass) INTO own_rows;
    END IF;
    INSERT INTO rowsleuth_watch.log (act, relation, name, gone, own, statement, stack)
    VALUES ('TRUNCATE', tg_relid, ARRAY[tg_table_schema, tg_table_name]::text[], n, own_rows,
            left(current_query(), 10000), call_stack);
    RETURN NULL;
END $$;

-- Puts the triggers on a table, or wakes those that DISABLE TRIGGER has put to sleep.
CREATE FUNCTION rowsleuth_watch.attach(relation oid, births boolean) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    present text[] := ARRAY(SELECT tgname::text FROM pg_trigger WHERE tgrelid = relation AND tgname LIKE 'rowsleuth\_%');
    awake text[];
BEGIN
    IF NOT 'rowsleuth_deleted' = ANY (present) THEN
        EXECUTE format('CREATE TRIGGER rowsleuth_deleted AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows'
            ' FOR EACH STATEMENT EXECUTE FUNCTION rowsleuth_watch.on_delete()', relation::regclass);
    END IF;
    IF NOT 'rowsleuth_truncated' = ANY (present) THEN
        EXECUTE format('CREATE TRIGGER rowsleuth_truncated BEFORE TRUNCATE ON %s'
            ' FOR EACH STATEMENT EXECUTE FUNCTION rowsleuth_watch.on_truncate()', relation::regclass);
    END IF;
    IF births AND NOT 'rowsleuth_born' = ANY (present) THEN
        EXECUTE format('CREATE TRIGGER rowsleuth_born AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows'
            ' FOR EACH STATEMENT EXECUTE FUNCTION rowsleuth_watch.on_insert()', relation::regclass);
    END IF;
    awake := ARRAY(SELECT format('ENABLE ALWAYS TRIGGER %I', tgname) FROM pg_trigger
                    WHERE tgrelid = relation AND tgname LIKE 'rowsleuth\_%' AND tgenabled <> 'A');
    IF awake <> '{}' THEN
        EXECUTE format('ALTER TABLE %s %s', relation::regclass, array_to_string(awake, ', '));
    END IF;
END $$;

-- The tables of users. Temporary ones end with their session and are nobody's data.
CREATE VIEW rowsleuth_watch.tables AS
    SELECT c.oid AS relation, n.nspname::text AS schema, c.relname::text AS name,
           pg_catalog.pg_has_role(c.relowner, 'USAGE') AS ours,
           coalesce(t.deletions, 0) = 2 AS watched, coalesce(t.births, 0) = 1 AS births
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN (SELECT tgrelid, count(*) FILTER (WHERE tgname <> 'rowsleuth_born') AS deletions,
                        count(*) FILTER (WHERE tgname = 'rowsleuth_born') AS births
                   FROM pg_catalog.pg_trigger
                  WHERE tgname IN ('rowsleuth_deleted', 'rowsleuth_truncated', 'rowsleuth_born') AND tgenabled = 'A'
                  GROUP BY tgrelid) t ON t.tgrelid = c.oid
     WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
       AND n.nspname NOT IN ('information_schema', 'rowsleuth_watch') AND n.nspname !~ '^pg_';

CREATE FUNCTION rowsleuth_watch.on_drop() RETURNS event_trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    call_stack text;
BEGIN
    GET DIAGNOSTICS call_stack = PG_CONTEXT;
    INSERT INTO rowsleuth_watch.log (act, relation, name, statement, stack)
    SELECT CASE object_type WHEN 'table' THEN 'DROP TABLE' WHEN 'table column' THEN 'DROP COLUMN'
                            ELSE 'DROP MATERIALIZED VIEW' END,
           objid, address_names, left(current_query(), 10000), call_stack
      FROM pg_event_trigger_dropped_objects()
     WHERE NOT is_temporary AND object_type IN ('table', 'table column', 'materialized view')
       AND schema_name <> 'rowsleuth_watch';
END $$;

CREATE FUNCTION rowsleuth_watch.on_ddl() RETURNS event_trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    o record;
    births boolean;
BEGIN
    IF current_setting('rowsleuth_watch.busy', true) = 'yes' THEN
        RETURN;
    END IF;
    PERFORM set_config('rowsleuth_watch.busy', 'yes', true);
    births := EXISTS (SELECT FROM pg_trigger WHERE tgname = 'rowsleuth_born');
    FOR o IN SELECT DISTINCT t.relation FROM pg_event_trigger_ddl_commands() d
               JOIN rowsleuth_watch.tables t ON t.relation = d.objid AND d.classid = 'pg_class'::regclass
    LOOP
        PERFORM rowsleuth_watch.attach(o.relation, births);
        IF tg_tag = 'ALTER TABLE' THEN
            INSERT INTO rowsleuth_watch.log (act, relation, name, statement)
            VALUES ('ALTER', o.relation, rowsleuth_watch.name_of(o.relation), left(current_query(), 10000));
        END IF;
    END LOOP;
    PERFORM set_config('rowsleuth_watch.busy', 'no', true);
END $$;
