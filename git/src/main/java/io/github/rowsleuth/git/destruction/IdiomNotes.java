package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.git.code.Argument;
import io.github.rowsleuth.git.code.Block;
import io.github.rowsleuth.git.code.Call;
import io.github.rowsleuth.git.code.Link;
import io.github.rowsleuth.git.code.Program;
import io.github.rowsleuth.probe.Acquittal;
import io.github.rowsleuth.probe.CodeStatement.Reach;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.SqlObject;
import io.github.rowsleuth.sql.StatementKind;
import io.github.rowsleuth.sql.WhereShape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where idioms hand in what they find, and what they ask about the program. */
final class IdiomNotes {

    private static final Set<String> SHOWN = Set.of(
            "query",
            "table",
            "from",
            "into",
            "select_from",
            "dropTable",
            "drop_table",
            "delete",
            "deleteFrom",
            "getRepository",
            "delete_all",
            "model",
            "knex",
            "db",
            "truncate");

    /** A model that Django is asked for by its application and its class; without a name of its own both make its table. */
    private static final Pattern REGISTERED =
            Pattern.compile("get_model\\(\\s*[\"'](\\w+)[\"']\\s*,\\s*[\"'](\\w+)[\"']");

    private final Program program;
    private final ModelNames models;
    private final Map<Integer, Call> whole = new HashMap<>();
    private final List<Hit> hits = new ArrayList<>();
    private final List<Decoy> decoys = new ArrayList<>();

    IdiomNotes(Program program, ModelNames models) {
        this.program = program;
        this.models = models;
        for (Call call : program.calls()) {
            whole.merge(
                    call.start(), call, (a, b) -> b.chain().size() >= a.chain().size() ? b : a);
        }
    }

    List<Hit> hits() {
        return hits;
    }

    List<Decoy> decoys() {
        return decoys;
    }

    String source() {
        return program.source();
    }

    Program program() {
        return program;
    }

    /** The chain that the call is the beginning of. */
    Call whole(Call call) {
        return whole.getOrDefault(call.start(), call);
    }

    /** Whether the chain has a call of one of these names, before or behind the call at hand. */
    boolean chainHas(Call call, Collection<String> names) {
        return whole(call).chain().stream().map(Link::name).anyMatch(names::contains);
    }

    /** The call of one of these names that the call at hand stands inside of, with all its arguments. */
    Optional<Call> around(Call call, Collection<String> names) {
        Optional<Call> found = Optional.empty();
        for (Call other : program.calls()) {
            if (other.start() <= call.start()
                    && other.end() >= call.end()
                    && !other.equals(call)
                    && names.contains(other.name())) {
                found = Optional.of(other);
            }
        }
        return found.or(() -> opener(call.block(), names));
    }

    /** The call of one of these names that is given the block at hand, or one around it. */
    private Optional<Call> opener(Block inside, Collection<String> names) {
        for (Block block = inside;
                block.parent().isPresent();
                block = block.parent().get()) {
            Block given = block;
            Optional<Call> call = program.calls().stream()
                    .filter(c -> names.contains(c.name()) && c.end() <= given.start())
                    .filter(c -> source().substring(c.end(), given.start()).isBlank())
                    .findFirst();
            if (call.isPresent()) {
                return call;
            }
        }
        return Optional.empty();
    }

    /** The expression that a name was given last; empty where the file does not give it one. */
    String assigned(String name) {
        return program.assigned().getOrDefault(name, "");
    }

    /** The table of a model, by its class. */
    SqlObject model(String expression) {
        Matcher registered = REGISTERED.matcher(assigned(expression));
        if (registered.find() && !models.knows(registered.group(2))) {
            return table((registered.group(1) + "_" + registered.group(2)).toLowerCase(Locale.ROOT));
        }
        return models.table(expression);
    }

    SqlObject model(Optional<Argument> argument) {
        return argument.map(a -> a.literal().map(IdiomNotes::table).orElseGet(() -> model(a.source())))
                .orElseGet(() -> unnamed("?"));
    }

    /** A table by its name, as the database has it. */
    static SqlObject table(String name) {
        boolean plain = name.matches("[\\w.\"$-]{1,120}");
        return plain ? NameResolver.object(name) : unnamed(name);
    }

    /** The table that an argument names: a string, or an expression that is known at run time only. */
    static SqlObject table(Optional<Argument> argument) {
        return argument.map(a -> a.literal().map(IdiomNotes::table).orElseGet(() -> unnamed(a.source())))
                .orElseGet(() -> unnamed("?"));
    }

    /** Something that is known at run time only, or that is told in words. */
    static SqlObject unnamed(String words) {
        String text = words.replaceAll("[{}\\n]+", " ").strip();
        return new SqlObject(Optional.empty(), "{" + (text.length() <= 80 ? text : text.substring(0, 80)) + "}", true);
    }

    void hit(StatementKind kind, Call call, SqlObject object, WhereShape where) {
        hit(kind, call, List.of(object), where, false);
    }

    void hit(StatementKind kind, Call call, SqlObject object) {
        hit(kind, call, List.of(object), WhereShape.NOT_APPLICABLE, false);
    }

    void hit(StatementKind kind, Call call, List<SqlObject> objects, WhereShape where, boolean cascade) {
        DestructiveStatement statement =
                new DestructiveStatement(kind, objects, cascade, where, false, call.start(), call.line());
        hits.add(new Hit(
                statement, call.line(), outline(whole(call)), Reach.EXECUTED, call.block(), call.start(), List.of()));
    }

    void acquit(Acquittal.Reason reason, Call call) {
        decoys.add(new Decoy(call.line(), reason));
    }

    /** The chain as it stands, its arguments left out unless they name a table: they may hold values of rows. */
    static Excerpt outline(Call call) {
        StringJoiner text = new StringJoiner(".");
        for (Link link : call.chain()) {
            String arguments = link.arguments().isEmpty() ? "" : "…";
            Optional<Argument> first = link.argument(0);
            if (first.isPresent()
                    && SHOWN.contains(link.name())
                    && first.get().source().matches("[\\w.\"'`$]{1,80}")) {
                arguments = first.get().source();
            }
            text.add(link.name() + (link.called() ? "(" + arguments + ")" : ""));
        }
        return Excerpt.ofHarmless(text.toString());
    }
}
