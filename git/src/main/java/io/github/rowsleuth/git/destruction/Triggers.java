package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.code.Language;
import io.github.rowsleuth.git.store.WordSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tells from the bytes of a file whether it can hold anything destructive at all. Most files can not, so this decides
 * how long a repository takes.
 */
public final class Triggers {

    private static final String[] VERBS = {"delete", "truncate", "drop", "update", "alter table", "destroy", "sync("};

    /** Each of these is reason enough to read the file. */
    private static final String[] CERTAIN = {
        "merge into",
        "detach partition",
        "alter type",
        "to_sql",
        "overwrite",
        "synchronize",
        "dropdb",
        "pg_restore",
        "pg_dropcluster",
        "pg_dump",
        "--volumes",
        "down -v",
        "volume rm",
        "volume prune",
        "volume delete",
        "\"volume\"",
        "'volume'",
        "\"down\"",
        "'down'",
        "pgdata",
        "pg_data",
        "delete-db-",
        "final_snapshot",
        "final-snapshot",
        "pg:reset",
        "db:drop",
        "db:reset",
        "db:schema:load",
        "db:structure:load",
        "db:setup",
        "db:purge",
        "db:truncate",
        "db:rollback",
        "db:migrate:",
        "db:wipe",
        "db:fixtures",
        "migrate:fresh",
        "migrate:refresh",
        "migrate:reset",
        "migrate:rollback",
        "migrate:down",
        "migrate reset",
        "migrate fresh",
        "migrate down",
        "migrate drop",
        "force-reset",
        "accept-data-loss",
        "db reset",
        "command.downgrade",
        "alembic downgrade",
        "\"downgrade\"",
        "'downgrade'",
        "db downgrade",
        "aerich downgrade",
        "flyway",
        "drop-all",
        "dropall",
        "rollback-count",
        "liquibase",
        "schema:fresh",
        "migration:revert",
        "ecto.reset",
        "ecto.rollback",
        "database reset",
        "database update 0",
        "manage.py",
        "call_command",
        "goose ",
        "goose.",
        "dbmate",
        "reset_db",
        "fixtures:load",
        "addons:des",
        "var/lib/postgres",
        "hbm2ddl",
        "ddl-auto",
        "ddl_auto",
        "create-drop",
        "clean-disabled",
        "cleandisabled",
        "clean-on-validation",
        "sql.init",
        "schema-generation",
        "rmtree",
        "ensuredeleted",
        "executedelete",
        "removerange",
        ".clear(",
        ".del(",
        "cleartable",
        "cleardatabase",
        "refreshdatabase",
        "databasecleaner",
        "rake::task",
        "databasetasks",
        "remove_column",
        "remove_reference",
        "removecolumn",
        "helm uninstall",
        "migrate.rollback",
        "drizzle-kit",
        "supabase",
        "schema:drop",
        "migrator::",
        "allowglobalupdate",
        "cron.schedule",
        "storage_down",
        "helm delete"
    };

    /** Libraries for which a plain {@code delete(…)} means a table. */
    private static final String[] MAPPERS = {
        "sqlalchemy",
        "sqlmodel",
        ".objects",
        "session.delete",
        "db.delete",
        "peewee",
        "tortoise",
        "sequelize",
        "typeorm",
        "knex",
        "drizzle",
        "prisma",
        "kysely",
        "mikro-orm",
        "objection",
        "gorm.io",
        "jinzhu/gorm",
        "/ent\"",
        "diesel",
        "sea_orm",
        "illuminate",
        "eloquent",
        "doctrine",
        "db::table",
        "sequel"
    };

    private static final int CERTAIN_FROM = VERBS.length;
    private static final int MAPPERS_FROM = CERTAIN_FROM + CERTAIN.length;
    private static final WordSearch SEARCH = new WordSearch(all());
    private static final int GAP = 60;

    private final byte[] text;
    private final boolean sql;
    private final boolean markup;
    private boolean certain;
    private boolean call;
    private boolean mapper;

    private Triggers(byte[] text, boolean sql, boolean markup) {
        this.text = text;
        this.sql = sql;
        this.markup = markup;
    }

    private static List<String> all() {
        List<String> all = new ArrayList<>(List.of(VERBS));
        all.addAll(List.of(CERTAIN));
        all.addAll(List.of(MAPPERS));
        return all;
    }

    /**
     * {@return whether a file is worth reading}
     *
     * @param content its bytes
     * @param language its language
     * @param name its name
     */
    public static boolean worthReading(byte[] content, Language language, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean markup = lower.endsWith("x") || lower.endsWith(".html");
        Triggers triggers = new Triggers(content, language == Language.SQL, markup);
        SEARCH.search(content, triggers::enough);
        return triggers.certain || (triggers.call && triggers.mapper);
    }

    private boolean enough(int word, byte[] bytes, int start) {
        if (word >= MAPPERS_FROM) {
            mapper = true;
        } else if (word >= CERTAIN_FROM) {
            certain(word - CERTAIN_FROM, start);
        } else {
            verb(VERBS[word], start);
        }
        return certain || (call && mapper);
    }

    /** A few words count only in company. */
    private void certain(int word, int start) {
        switch (CERTAIN[word]) {
            case ".clear(", ".del(" -> call = true;
            case "\"down\"", "'down'" -> certain |= near(start, GAP, "-v");
            case "pg_dump" -> certain |= near(start, 400, "clean");
            case "synchronize" -> certain |= near(start + 11, 4, ":") || near(start + 11, 4, "(tru");
            case "rmtree" -> certain |= near(start, 120, "postgres");
            case "overwrite" -> certain |= near(start, 200, "jdbc") || near(start, 200, "saveastable");
            default -> certain = true;
        }
    }

    private void verb(String verb, int start) {
        int end = start + verb.length();
        char before = start > 0 ? (char) WordSearch.folded(text[start - 1]) : ' ';
        boolean begins = !Character.isLetterOrDigit(before)
                || (Character.isLowerCase((char) text[start - 1]) && Character.isUpperCase((char) text[start]));
        switch (verb) {
            case "delete" -> delete(end);
            case "truncate" -> truncate(start, end);
            case "drop" -> drop(begins, end);
            case "update" -> certain |= begins && assigns(end);
            case "alter table" -> certain |= near(end, 300, "drop") || near(end, 300, " type ");
            case "destroy" -> call |= at(end) == '(' || at(end) == '_';
            default -> certain |= near(end, GAP, "force") || near(end, GAP, "alter");
        }
    }

    private void delete(int end) {
        int next = skipped(end);
        if (next > end && starts(next, "from")) {
            certain = true;
        } else if (at(end) == '(') {
            // What is given a text names an address, or an entry of a cache.
            call |= "\"'`".indexOf(at(end + 1)) < 0;
        } else {
            certain |= starts(end, "many")
                    || starts(end, "_all")
                    || starts(end, "model")
                    || starts(end, "all")
                    || starts(end, "from")
                    || starts(end, "where")
                    || starts(end, "data(")
                    || starts(end, "_by")
                    || starts(end, "_many");
        }
    }

    private void truncate(int start, int end) {
        boolean shouted = text[start] == 'T' && text[start + 1] == 'R';
        int next = skipped(end);
        boolean table = starts(next, "table") || starts(next, "only");
        boolean method = at(end) == '(' || at(end) == '_';
        boolean quoted = start > 0 && "\"'`\n".indexOf(text[start - 1]) >= 0 && !markup;
        certain |= next > end && (shouted || table || sql || quoted);
        call |= method;
        certain |= method && (starts(end, "_table") || starts(end, "_all") || starts(end, "_casc"));
    }

    private void drop(boolean begins, int end) {
        int next = skipped(end);
        char c = (char) at(end);
        boolean suffix =
                (starts(end, "_") && !starts(end, "_constraint") && !starts(end, "_index") && !starts(end, "_foreign"))
                        || starts(end, "table")
                        || starts(end, "schema")
                        || starts(end, "database")
                        || starts(end, "column")
                        || starts(end, "all")
                        || starts(end, "ifexists")
                        || starts(end, "-all")
                        || starts(end, "-first")
                        || starts(end, "first");
        boolean word = next > end
                && c != '('
                && c != '-'
                && c != '.'
                && (Character.isLetter((char) at(next)) || "{$%#".indexOf(at(next)) >= 0)
                && (sql || object(next));
        certain |= begins && (suffix || word);
        call |= begins && c == '(';
    }

    private boolean object(int at) {
        for (String word : OBJECTS) {
            if (starts(at, word)) {
                return true;
            }
        }
        return "{$%#".indexOf(at(at)) >= 0;
    }

    private static final String[] OBJECTS = {
        "table",
        "schema",
        "database",
        "owned",
        "column",
        "type",
        "domain",
        "extension",
        "foreign",
        "materialized",
        "if exists",
        "view",
        "attribute"
    };

    /** Whether {@code SET} follows a name. */
    private boolean assigns(int end) {
        int next = skipped(end);
        return next > end
                && at(end) != '('
                && near(next, 120, "set")
                && !filtered(next)
                && (Character.isLetter((char) at(next)) || "{$%#\"".indexOf(at(next)) >= 0);
    }

    /** Whether {@code WHERE} follows within what looks like the same statement. */
    private boolean filtered(int from) {
        int limit = Math.min(text.length, from + 1_500);
        for (int i = from; i < limit; i++) {
            byte b = text[i];
            boolean closes = (b == '"' || b == '\'') && i + 1 < text.length && (text[i + 1] == ')' || text[i + 1] == b);
            if (b == ';' || b == '`' || closes) {
                return false;
            }
            if ((b == 'w' || b == 'W') && starts(i, "where")) {
                return true;
            }
        }
        return false;
    }

    private byte at(int i) {
        return i >= 0 && i < text.length ? WordSearch.folded(text[i]) : 0;
    }

    /** Behind blanks, quotes and what else may stand between two words of a statement. */
    private int skipped(int from) {
        int i = from;
        while (i < text.length
                && i < from + GAP
                && !Character.isLetterOrDigit((char) (text[i] & 0xff))
                && text[i] != '{'
                && text[i] != '$'
                && text[i] != '%'
                && text[i] != '#') {
            i++;
        }
        // The prefix of a string that goes on, as in f"…".
        boolean prefix = i > from
                && i + 1 < text.length
                && "frbuFRBU".indexOf(text[i]) >= 0
                && (text[i + 1] == '"' || text[i + 1] == '\'');
        return prefix ? i + 2 : i;
    }

    private boolean starts(int from, String word) {
        if (from < 0 || from + word.length() > text.length) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (WordSearch.folded(text[from + i]) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean near(int from, int within, String word) {
        int limit = Math.min(text.length - word.length(), from + within);
        for (int i = from; i <= limit; i++) {
            if (starts(i, word)) {
                return true;
            }
        }
        return false;
    }
}
