package io.github.rowsleuth.postgres;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Writes statements that destroy, and some that only look so, in every way that SQL can be written: quoting, case, comments,
 * Unicode escapes, dollar quotes, common table expressions, bodies of {@code DO}, functions, procedures and rules. It knows what
 * it writes, but nobody asks it: what a statement did is asked of the server that runs it.
 */
final class GeneratedSql {

    /** Tables with the columns id, b and c, three rows and a check named k; in the schema at hand. */
    static final List<String> TABLES =
            List.of("t0", "t1", "t2", "t3", "t4", "t5", "Order Items", "a\"b", "select", "Ümlaut", "x$1", "drop");

    static final String SETUP = """
            create table parent (id int, b int, c text) partition by list (id);
            create table part1 partition of parent for values in (1);
            create table part2 partition of parent for values in (2);
            create view v1 as select 1 as one; create view "V 2" as select 1 as one;
            create materialized view mv1 as select 1 as one;
            create sequence sq1; create table indexed (id int); create index ix1 on indexed (id);
            create type en1 as enum ('a'); create type comp1 as (a int, b int); create domain dom1 as int;
            create function fn1(int) returns int language sql as 'select 1';
            create function fn1(text) returns int language sql as 'select 1';
            create procedure pr1() language sql as 'select 1';
            create schema sch1; create schema "Sch 2";
            create table hung (id int); create table fired (id int);
            create function tf() returns trigger language plpgsql as 'begin return new; end';
            create trigger tg1 before insert on hung for each row execute function tf();
            create rule ru1 as on insert to hung do also select 1;
            create policy po1 on hung;
            create table quiet (id int, c text); create table archive (id int);
            """;

    private final Random random;
    private final boolean mergeBySource;
    private List<String> tables = List.of();
    private List<Supplier<String>> single = List.of();
    private int names;

    GeneratedSql(long seed, int major) {
        this.random = new Random(seed);
        this.mergeBySource = major >= 17;
    }

    /** What is sent to the server, and the same as a psql script would hold it. */
    record Script(String sql, String psql) {}

    Script next() {
        tables = new ArrayList<>(TABLES);
        Collections.shuffle(tables, random);
        single = new ArrayList<>(List.of(this::dropOfOneKind, this::dropOfOneKind));
        StringBuilder sql = new StringBuilder();
        StringBuilder psql = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String statement = (random.nextInt(4) == 0 ? decoy() : wrapped()) + blankOrNot() + ";\n";
            sql.append(statement);
            psql.append(pick("", "", "\\set ON_ERROR_STOP on\n", "\\echo drop table t1;\n", "\\timing\n"))
                    .append(statement);
        }
        return new Script(sql.toString(), psql.toString());
    }

    private String wrapped() {
        if (random.nextInt(3) == 0) {
            return alone();
        }
        String statement = statement();
        return switch (random.nextInt(12)) {
            case 0 -> word("do") + " $$ begin " + statement + "; end $$";
            case 1 -> "do $b$ begin if true then " + statement + "; else perform 1; end if; end $b$";
            case 2 -> "do $b$ begin for i in 1..1 loop " + statement + "; end loop; end $b$ language plpgsql";
            case 3 -> "do $b$ begin execute " + literal(statement) + "; end $b$";
            case 4 -> "do $b$ begin execute format(" + literal(statement.replace("%", "%%")) + "); end $b$";
            case 5 -> function("sql", "select 1; " + statement + "; select 1");
            case 6 -> function("plpgsql", "begin " + statement + "; return 1; end");
            case 7 -> {
                String name = "p" + names++;
                yield "create procedure " + name + "() language plpgsql as " + body("begin " + statement + "; end")
                        + "; call " + name + "()";
            }
            default -> statement;
        };
    }

    private String function(String language, String body) {
        String name = "f" + names++;
        boolean first = random.nextBoolean();
        return "create " + pick("", "or replace ") + "function " + name + "() returns int "
                + (first ? "language " + language + " as " + body(body) : "as " + body(body) + " language " + language)
                + "; select " + name + "()";
    }

    private String body(String text) {
        return text.contains("$body$") || random.nextInt(3) == 0 ? literal(text) : "$body$ " + text + " $body$";
    }

    private String literal(String text) {
        return switch (random.nextInt(3)) {
            case 0 -> "E'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
            case 1 -> text.contains("$q$") ? "'" + text.replace("'", "''") + "'" : "$q$" + text + "$q$";
            default -> "'" + text.replace("'", "''") + "'";
        };
    }

    private String statement() {
        return switch (random.nextInt(12)) {
            case 0, 1 -> delete();
            case 2 ->
                word("with") + blank() + "gone" + blank() + word("as") + blankOrNot() + "(" + delete()
                        + " returning *) insert into archive select id from gone";
            case 3 -> word("with") + " several as (select 1 as id) " + delete();
            case 4 -> merge();
            case 5, 6 -> truncate();
            case 7, 8 -> dropTables();
            case 9 -> alter();
            case 10 -> single.isEmpty() ? delete() : single.remove(0).get();
            default ->
                word("update") + blank() + table() + blank() + word("set") + " b = 7" + pick("", " where id = 1");
        };
    }

    /** What can not stand in the body of another statement. */
    private String alone() {
        return switch (random.nextInt(3)) {
            case 0 -> rule();
            case 1 ->
                word("explain")
                        + pick(" analyze ", " (analyze, costs off) ", " (analyze on) ", " analyze verbose ")
                        + delete();
            default -> prepared();
        };
    }

    private String delete() {
        String only = pick("", "", word("only") + blank());
        return word("delete")
                + blank()
                + word("from")
                + blank()
                + only
                + table()
                + pick(" as d", " d")
                + pick("", "", " using fired as f (fid)")
                + pick(
                        "",
                        blank() + word("where") + " c like '%' or c is null",
                        " where (1 = 1)",
                        " where d.id in (select 1)");
    }

    private String merge() {
        String matched = mergeBySource && random.nextInt(3) == 0
                ? " on m.id = -1 when not matched by source then delete"
                : " on m.id = s.k when matched" + pick("", " and m.b > 0", " and m.id = 1 then do nothing when matched")
                        + " then " + word("delete");
        return word("merge") + blank() + word("into") + blank() + table() + pick(" as m", " m")
                + " using (select 1 as k union all select 2) s" + matched;
    }

    private String truncate() {
        String second = random.nextInt(3) == 0 ? blankOrNot() + "," + blankOrNot() + table() : "";
        return word("truncate")
                + blank()
                + pick("", word("table") + blank())
                + pick("", "only ")
                + table()
                + second
                + pick("", " restart identity", " continue identity")
                + pick("", " cascade", " restrict");
    }

    private String dropTables() {
        String second = random.nextInt(3) == 0 ? "," + blankOrNot() + table() : "";
        return word("drop")
                + blank()
                + word("table")
                + blank()
                + pick("", word("if") + blank() + "exists ")
                + table()
                + second
                + pick("", blank() + word("cascade"), " restrict");
    }

    private String dropOfOneKind() {
        List<String> kinds = List.of(
                "view v1",
                "view \"V 2\"",
                "view if exists v1 cascade",
                "materialized view mv1",
                "sequence sq1",
                "index ix1",
                "type en1",
                "domain dom1",
                "function fn1(int)",
                "function fn1(text), fn1(int)",
                "procedure pr1()",
                "routine pr1",
                "schema sch1",
                "schema \"Sch 2\"",
                "schema sch1, \"Sch 2\" cascade",
                "trigger tg1 on hung",
                "rule ru1 on hung",
                "policy po1 on hung",
                "table part2",
                "type comp1 cascade");
        single.clear();
        return "drop" + blank() + kinds.get(random.nextInt(kinds.size()));
    }

    private String alter() {
        if (random.nextInt(5) == 0 && !single.isEmpty()) {
            single.clear();
            return pick(
                    "alter table parent detach partition part1",
                    "alter table only parent detach partition oracle.part2",
                    "alter type comp1 drop attribute a",
                    "alter type comp1 drop attribute if exists b cascade");
        }
        List<String> actions = new ArrayList<>();
        int which = random.nextInt(3);
        actions.add(
                switch (which) {
                    case 0 ->
                        word("drop")
                                + blank()
                                + pick("", word("column") + blank())
                                + pick("", "if exists ")
                                + pick("c", "\"c\"")
                                + pick("", " cascade");
                    case 1 ->
                        word("alter") + blank() + pick("", "column ") + "b" + blank() + pick("", "set data ")
                                + word("type") + " bigint" + pick("", " using b::bigint");
                    default -> "drop" + blank() + word("constraint") + " k" + pick("", " restrict");
                });
        if (random.nextBoolean()) {
            actions.add(
                    random.nextInt(2),
                    pick(
                            "add column z int default 1",
                            "alter column id set default 3",
                            "alter column id drop default",
                            "alter column id drop not null"));
        }
        return word("alter") + blank() + "table " + pick("", "if exists ") + pick("", "only ") + table() + blank()
                + String.join("," + blankOrNot(), actions);
    }

    private String rule() {
        String name = "r" + names++;
        return "create rule " + name + " as on insert to fired do " + pick("also ", "instead ")
                + pick(delete(), "(" + delete() + "; select 1)") + "; insert into fired values (1)";
    }

    private String prepared() {
        String name = "s" + names++;
        return "prepare " + name + pick("", " (int)").replace(" (int)", "") + " as " + delete() + "; execute " + name;
    }

    private String decoy() {
        return pick(
                "select 'DELETE FROM t1; drop table t2'",
                "select $$truncate t1$$, $x$drop schema sch1 cascade$x$",
                "select E'it\\'s; DROP TABLE t1; --'",
                "select 'it''s'; select '; delete from t1; '",
                "comment on table quiet is 'drop table t2'",
                "grant delete, truncate on quiet to current_user",
                "revoke delete on quiet from public",
                "create table n" + names++ + " (id int primary key, up int references keyed on delete cascade)",
                "create trigger tr" + names++ + " before delete or truncate on quiet execute function tf()",
                "explain delete from quiet",
                "explain (costs off, analyze false) delete from quiet",
                "explain (verbose) delete from quiet where id = 1",
                "select delete, \"drop\" from (select 1 as delete, 2 as \"drop\") s",
                "/* drop table t1; /* delete from t2 */ truncate t3; */ select 1",
                "-- delete from t1;\nselect 1 -- drop table t2\n",
                "insert into archive select length('truncate t1')",
                "update quiet set c = 'delete from t2' where id = 2",
                "create view vv" + names++ + " as select 'drop table t1' as \"delete from\"",
                "lock table quiet in access exclusive mode",
                "alter table quiet add column dropped" + names++ + " int, alter column c set default 'drop column b'",
                "do $$ begin perform 'delete from t1'; raise debug 'drop table t2'; end $$");
    }

    private String table() {
        String name = tables.remove(0);
        String schema =
                random.nextInt(3) == 0 ? pick("oracle", "Oracle", "\"oracle\"") + pick(".", ".", " . ", "./**/") : "";
        boolean plain = name.matches("[a-z][a-z0-9$]*") && !name.equals("select");
        String quoted = "\"" + name.replace("\"", "\"\"") + "\"";
        return schema
                + switch (random.nextInt(plain ? 5 : 3)) {
                    case 0 -> unicode(name);
                    case 1, 2 -> quoted;
                    case 3 -> name.toUpperCase(Locale.ROOT);
                    default -> name;
                };
    }

    private String unicode(String name) {
        int at = random.nextInt(name.length());
        String code = String.format(Locale.ROOT, "%04X", (int) name.charAt(at));
        String before = name.substring(0, at).replace("\"", "\"\"");
        String after = name.substring(at + 1).replace("\"", "\"\"");
        return pick("U", "u") + "&\"" + before + "\\" + code + after + "\"";
    }

    private String word(String keyword) {
        return switch (random.nextInt(4)) {
            case 0 -> keyword;
            case 1 -> keyword.substring(0, 1).toUpperCase(Locale.ROOT) + keyword.substring(1);
            default -> keyword.toUpperCase(Locale.ROOT);
        };
    }

    private String blank() {
        return pick(
                " ", " ", " ", "\n", "\t ", " /* and */ ", "/**/", " -- drop it\n", " /* delete from /* t9 */ x */ ");
    }

    private String blankOrNot() {
        return pick("", "", "", blank());
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
