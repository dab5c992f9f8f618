package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.code.Argument;
import io.github.rowsleuth.git.code.Call;
import io.github.rowsleuth.git.code.Link;
import io.github.rowsleuth.probe.Acquittal;
import io.github.rowsleuth.sql.SqlObject;
import io.github.rowsleuth.sql.StatementKind;
import io.github.rowsleuth.sql.WhereShape;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Prisma, Sequelize, TypeORM, Knex, Objection, Drizzle, Kysely, MikroORM and the client of Supabase. */
final class ScriptIdioms implements Idiom {

    private static final Set<String> FILTERS = Set.of(
            "where",
            "whereIn",
            "whereNotIn",
            "whereNot",
            "whereRaw",
            "whereNull",
            "whereNotNull",
            "andWhere",
            "orWhere",
            "whereBetween",
            "eq",
            "in",
            "match",
            "is",
            "lt",
            "lte",
            "like",
            "ilike",
            "filter",
            "limit",
            "whereExists",
            "findById",
            "joinRelated",
            "not",
            "contains");
    /** Conditions of the client of Supabase that people use because it wants one: {@code .neq('id', 0)} takes every row. */
    private static final Set<String> ALL_ROWS = Set.of("neq", "gte", "gt");

    private static final Pattern WHERE =
            Pattern.compile("\\bwhere\\s*:\\s*(?!\\{\\s*}|undefined)|\\bwhere\\s*,|\\bwhere\\s*}");
    private static final Pattern FORCE = Pattern.compile("\\bforce\\s*:\\s*true\\b");
    private static final Pattern ALTER = Pattern.compile("\\balter\\s*:\\s*true\\b");
    private static final Pattern CLIENT =
            Pattern.compile("(?i).*(?:prisma|tx|trx|db|client|transaction|database|ctx|orm).*");
    private static final Pattern KNEX_ROOT =
            Pattern.compile("(?i)(?:knex|db|trx|conn|connection|database|t|tx|qb|pg)\\w*");
    private static final Pattern EMPTY = Pattern.compile("\\{\\s*}");

    @Override
    public void look(Call call, IdiomNotes notes) {
        switch (call.name()) {
            case "deleteMany" -> deleteMany(call, notes);
            case "delete", "del" -> delete(call, notes);
            case "destroy" -> destroy(call, notes);
            case "truncate", "clear", "clearTable" -> truncate(call, notes);
            case "sync" -> sync(call, notes);
            case "synchronize" -> {
                if (call.link()
                        .argument(0)
                        .filter(a -> a.source().equals("true"))
                        .isPresent()) {
                    notes.hit(StatementKind.DROP_SCHEMA, call, IdiomNotes.unnamed("every table of the data source"));
                }
            }
            case "deleteFrom", "nativeDelete" ->
                notes.hit(StatementKind.DELETE, call, notes.model(call.link().argument(0)), filter(call, notes));
            case "dropTable", "dropTableIfExists" ->
                notes.hit(
                        StatementKind.DROP_TABLE,
                        call,
                        List.of(IdiomNotes.table(call.link().argument(0))),
                        WhereShape.NOT_APPLICABLE,
                        notes.chainHas(call, Set.of("cascade")) || text(call).contains("cascade: true"));
            case "dropAllTables", "drop" -> dropAll(call, notes);
            case "dropSchema", "dropSchemaIfExists", "dropAllSchemas" ->
                notes.hit(
                        StatementKind.DROP_SCHEMA,
                        call,
                        IdiomNotes.table(call.link().argument(0)));
            case "dropDatabase", "clearDatabase", "refreshDatabase" ->
                notes.hit(StatementKind.DROP_DATABASE, call, IdiomNotes.unnamed("the database at hand"));
            case "removeColumn", "dropColumn", "dropColumns" -> dropColumn(call, notes);
            case "bulkDelete" -> bulkDelete(call, notes);
            case "rollback" -> {
                if (call.receiver().equals("migrate")) {
                    notes.hit(
                            StatementKind.DROP_TABLE,
                            call,
                            IdiomNotes.unnamed("what the rollback of migrations drops"));
                }
            }
            case "undo", "revert", "undoLastMigration" -> {
                if (call.receiver().matches("(?i)umzug|migrator|dataSource|connection")) {
                    notes.hit(
                            StatementKind.DROP_TABLE,
                            call,
                            IdiomNotes.unnamed("what the rollback of a migration drops"));
                }
            }
            default -> {}
        }
    }

    private static String text(Call call) {
        StringBuilder all = new StringBuilder();
        call.arguments().forEach(a -> all.append(a.source()).append(' '));
        return all.toString();
    }

    private static void deleteMany(Call call, IdiomNotes notes) {
        boolean type =
                call.chain().size() == 2 && Character.isUpperCase(call.root().charAt(0));
        boolean mongo = notes.source().contains("mongoose")
                || notes.source().contains("mongodb")
                || notes.source().contains("collection(");
        if ((type && !notes.source().contains("risma")) || mongo) {
            notes.acquit(Acquittal.Reason.OTHER_DATABASE, call);
            return;
        }
        if (call.chain().size() < 2) {
            return;
        }
        WhereShape where = WHERE.matcher(text(call)).find() || variable(call) ? WhereShape.FILTERED : WhereShape.NONE;
        notes.hit(StatementKind.DELETE, call, prismaModel(call, notes), where);
    }

    /** What is given is a variable: what it holds is not known, but most likely a condition. */
    private static boolean variable(Call call) {
        return call.link()
                .argument(0)
                .filter(a -> a.source().matches("[\\w.]+"))
                .isPresent();
    }

    /** The model; one in brackets, {@code prisma[model]}, is known at run time only. */
    private static SqlObject prismaModel(Call call, IdiomNotes notes) {
        String name = call.receiver();
        boolean client = call.chain().size() == 2 && CLIENT.matcher(name).matches();
        return client ? IdiomNotes.unnamed("a model") : notes.model(name);
    }

    private static WhereShape filter(Call call, IdiomNotes notes) {
        if (notes.chainHas(call, FILTERS) || WHERE.matcher(text(call)).find()) {
            return WhereShape.FILTERED;
        }
        return notes.chainHas(call, ALL_ROWS) ? WhereShape.ALWAYS_TRUE : WhereShape.NONE;
    }

    private static void delete(Call call, IdiomNotes notes) {
        Optional<Argument> first = call.link().argument(0);
        Optional<Link> table = tableLink(call);
        String source = notes.source();
        if (table.isPresent()) {
            notes.hit(StatementKind.DELETE, call, IdiomNotes.table(table.get().argument(0)), filter(call, notes));
        } else if (call.receiver("query").filter(Link::called).isPresent()
                && Character.isUpperCase(call.root().charAt(0))) {
            notes.hit(StatementKind.DELETE, call, notes.model(call.root()), filter(call, notes));
        } else if (call.receiver("createQueryBuilder").isPresent()) {
            Optional<Argument> from = notes.whole(call).receiver("from").flatMap(l -> l.argument(0));
            notes.hit(StatementKind.DELETE, call, notes.model(from.or(() -> first)), filter(call, notes));
        } else if (source.contains("drizzle")
                && first.filter(a -> a.source().matches("[\\w.]+")).isPresent()
                && KNEX_ROOT.matcher(call.receiver()).matches()) {
            notes.hit(StatementKind.DELETE, call, notes.model(first), filter(call, notes));
        } else if (source.contains("typeorm")
                && first.isPresent()
                && call.receiver().matches("(?i).*(?:repo|repository|manager|em)\\w*|getRepository")) {
            boolean everything = call.arguments().stream()
                    .anyMatch(a -> EMPTY.matcher(a.source()).matches());
            notes.hit(
                    StatementKind.DELETE,
                    call,
                    repositoryModel(call, notes),
                    everything ? WhereShape.NONE : WhereShape.FILTERED);
        } else if (WHERE.matcher(text(call)).find()
                && call.chain().size() >= 3
                && CLIENT.matcher(call.chain().get(call.chain().size() - 3).name())
                        .matches()) {
            notes.hit(StatementKind.DELETE, call, notes.model(call.receiver()), WhereShape.FILTERED);
        } else if (!call.receiver().isEmpty()) {
            notes.acquit(Acquittal.Reason.NO_DATABASE, call);
        }
    }

    /** The call that names the table: {@code knex('t')}, {@code .from('t')}, {@code .table('t')}, {@code .into('t')}. */
    private static Optional<Link> tableLink(Call call) {
        for (Link link : call.receivers()) {
            boolean names = Set.of("from", "table", "into").contains(link.name());
            boolean root = link.equals(call.chain().get(0))
                    && KNEX_ROOT.matcher(link.name()).matches();
            if (link.called()
                    && (names || root)
                    && link.argument(0).flatMap(Argument::literal).isPresent()) {
                return Optional.of(link);
            }
            boolean variable = link.called()
                    && (link.name().equals("from") || root)
                    && link.argument(0)
                            .filter(a -> a.source().matches("[\\w.`${}]+"))
                            .isPresent();
            if (variable) {
                return Optional.of(link);
            }
        }
        return Optional.empty();
    }

    private static SqlObject repositoryModel(Call call, IdiomNotes notes) {
        Optional<Argument> given = call.receiver("getRepository").flatMap(l -> l.argument(0));
        boolean manager = call.receiver().matches("(?i).*(?:manager|em)");
        String name = call.receiver().replaceAll("(?i)repo(?:sitory)?$", "");
        return given.isPresent()
                ? notes.model(given)
                : manager ? notes.model(call.link().argument(0)) : notes.model(name.isEmpty() ? call.receiver() : name);
    }

    private static void destroy(Call call, IdiomNotes notes) {
        String arguments = text(call);
        boolean truncates = arguments.contains("truncate: true") || arguments.contains("truncate:true");
        boolean model = !call.receiver().isEmpty()
                && Character.isUpperCase(call.receiver().charAt(0));
        if (truncates) {
            notes.hit(
                    StatementKind.TRUNCATE,
                    call,
                    List.of(notes.model(call.receiver())),
                    WhereShape.NOT_APPLICABLE,
                    arguments.contains("cascade: true"));
        } else if (model && (arguments.isBlank() || arguments.startsWith("{"))) {
            boolean everything = EMPTY.matcher(arguments.strip()).matches() || arguments.contains("where: {}");
            notes.hit(
                    StatementKind.DELETE,
                    call,
                    notes.model(call.receiver()),
                    everything ? WhereShape.NONE : WhereShape.FILTERED);
        }
    }

    private static void truncate(Call call, IdiomNotes notes) {
        Optional<Link> table = tableLink(call);
        boolean repository = call.receiver().matches("(?i).*(?:repo|repository)|getRepository|manager|queryRunner");
        boolean model = call.name().equals("truncate")
                && !call.receiver().isEmpty()
                && Character.isUpperCase(call.receiver().charAt(0));
        if (table.isPresent() && call.name().equals("truncate")) {
            notes.hit(StatementKind.TRUNCATE, call, IdiomNotes.table(table.get().argument(0)));
        } else if (call.name().equals("clearTable")) {
            notes.hit(StatementKind.TRUNCATE, call, IdiomNotes.table(call.link().argument(0)));
        } else if (repository
                && (notes.source().contains("typeorm") || call.name().equals("truncate"))) {
            notes.hit(StatementKind.TRUNCATE, call, repositoryModel(call, notes));
        } else if (model && notes.source().contains("equelize")) {
            boolean cascade = text(call).contains("cascade: true");
            notes.hit(
                    StatementKind.TRUNCATE,
                    call,
                    List.of(notes.model(call.receiver())),
                    WhereShape.NOT_APPLICABLE,
                    cascade);
        } else if (call.name().equals("clear") && !call.receiver().isEmpty()) {
            notes.acquit(Acquittal.Reason.NO_DATABASE, call);
        }
    }

    private static void sync(Call call, IdiomNotes notes) {
        String arguments = text(call);
        boolean model = !call.receiver().isEmpty()
                && Character.isUpperCase(call.receiver().charAt(0));
        SqlObject object = model
                ? notes.model(call.receiver())
                : IdiomNotes.unnamed("every table of " + (call.receiver().isEmpty() ? "the models" : call.receiver()));
        if (FORCE.matcher(arguments).find()) {
            notes.hit(StatementKind.DROP_TABLE, call, object);
        } else if (ALTER.matcher(arguments).find()) {
            notes.hit(StatementKind.DROP_COLUMN, call, IdiomNotes.unnamed("columns that the models lack"));
        }
    }

    private static void dropAll(Call call, IdiomNotes notes) {
        boolean all = call.name().equals("dropAllTables")
                || call.receiver().matches("(?i)sequelize|connection|orm|schemaGenerator");
        boolean model = call.name().equals("drop")
                && notes.source().contains("equelize")
                && !call.receiver().isEmpty()
                && Character.isUpperCase(call.receiver().charAt(0));
        if (all) {
            notes.hit(StatementKind.DROP_TABLE, call, IdiomNotes.unnamed("every table"));
        } else if (model) {
            notes.hit(StatementKind.DROP_TABLE, call, notes.model(call.receiver()));
        }
    }

    private static void dropColumn(Call call, IdiomNotes notes) {
        boolean first = call.name().equals("removeColumn") || call.receiver().equals("queryRunner");
        Optional<Argument> table = first
                ? call.link().argument(0)
                : notes.whole(call)
                        .receiver("alterTable")
                        .or(() -> call.receiver("alterTable"))
                        .flatMap(l -> l.argument(0))
                        .or(() -> notes.around(call, Set.of("table", "alterTable", "createTable"))
                                .flatMap(c -> c.link().argument(0)));
        notes.hit(StatementKind.DROP_COLUMN, call, IdiomNotes.table(table));
    }

    private static void bulkDelete(Call call, IdiomNotes notes) {
        Optional<Argument> condition = call.link().argument(1);
        boolean everything = condition.isEmpty()
                || EMPTY.matcher(condition.get().source()).matches()
                || condition.get().source().equals("null");
        notes.hit(
                StatementKind.DELETE,
                call,
                IdiomNotes.table(call.link().argument(0)),
                everything ? WhereShape.NONE : WhereShape.FILTERED);
    }
}
