package io.github.rowsleuth.git.migration;

import io.github.rowsleuth.git.code.Argument;
import io.github.rowsleuth.git.code.Block;
import io.github.rowsleuth.git.code.Call;
import io.github.rowsleuth.git.code.Language;
import io.github.rowsleuth.git.destruction.ModelNames;
import io.github.rowsleuth.git.destruction.ProgramStatements.Placed;
import io.github.rowsleuth.git.store.StoredFile;
import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.sql.StatementKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads migrations of Active Record and of Ecto: {@code up}, {@code down}, and {@code change}, which goes both ways. What
 * {@code change} makes, the way back destroys.
 */
final class RubyMigrationReader {

    /** What the way back of an operation destroys, with the place of its table. */
    private static final Map<String, StatementKind> REVERSED = Map.of(
            "create_table", StatementKind.DROP_TABLE,
            "create_join_table", StatementKind.DROP_TABLE,
            "add_column", StatementKind.DROP_COLUMN,
            "add_reference", StatementKind.DROP_COLUMN,
            "add_belongs_to", StatementKind.DROP_COLUMN,
            "add_timestamps", StatementKind.DROP_COLUMN);

    private final String tool;
    private final Language language;

    private RubyMigrationReader(String tool, Language language) {
        this.tool = tool;
        this.language = language;
    }

    static RubyMigrationReader rails() {
        return new RubyMigrationReader("rails", Language.RUBY);
    }

    static RubyMigrationReader ecto() {
        return new RubyMigrationReader("ecto", Language.ELIXIR);
    }

    FoundMigration read(StoredFile file, String text, ModelNames models) {
        Directions directions = new Directions(language, text, models);
        Set<String> upFunctions = directions.reachedFrom("up");
        Set<String> downFunctions = directions.reachedFrom("down");
        Set<String> changeFunctions = directions.reachedFrom("change");
        Predicate<Placed> backwards = p -> backwards(p.block(), directions, p.start());
        List<CodeStatement> up = directions.where(
                p -> in(upFunctions, p.block()) || (in(changeFunctions, p.block()) && !backwards.test(p)));
        List<CodeStatement> down = directions.where(
                p -> in(downFunctions, p.block()) || (in(changeFunctions, p.block()) && backwards.test(p)));
        List<CodeStatement> reversed = new ArrayList<>();
        for (Call call : directions.statements().program().calls()) {
            if (in(changeFunctions, call.block())) {
                reversed(call, directions).ifPresent(reversed::add);
            }
        }
        String version = file.name().replaceAll("_.*|\\.\\w+$", "");
        return FoundMigration.of(
                tool,
                version,
                file,
                Rewrites.weighed(up, text),
                Rewrites.weighed(Directions.sorted(down, reversed), text));
    }

    private static boolean in(Set<String> functions, Block block) {
        return functions.contains(Directions.function(block));
    }

    /** {@code reversible { |dir| dir.down { … } }}, and the second string of Ecto's {@code execute/2}. */
    private static boolean backwards(Block block, Directions directions, int start) {
        if (Directions.within(block, "dir.down")
                || Directions.within(block, "direction.down")
                || Directions.within(block, "revert")) {
            return true;
        }
        for (Call call : directions.statements().program().calls()) {
            boolean inside = call.start() < start && call.end() > start;
            if (inside
                    && call.name().equals("execute")
                    && call.link().argument(1).isPresent()) {
                String first = call.link().argument(0).map(Argument::source).orElse("");
                int end = directions.statements().program().source().indexOf(first, call.start()) + first.length();
                return start >= end;
            }
        }
        return false;
    }

    private Optional<CodeStatement> reversed(Call call, Directions directions) {
        if (language == Language.ELIXIR) {
            return elixir(call, directions);
        }
        StatementKind kind = REVERSED.get(call.name());
        boolean table = call.receivers().isEmpty() && call.link().argument(0).isPresent();
        boolean forward = !Directions.within(call.block(), "dir.up") && !Directions.within(call.block(), "dir.down");
        return kind != null && table && forward
                ? Optional.of(directions
                        .statements()
                        .of(kind, Optional.empty(), call.link().argument(0), false, call))
                : Optional.empty();
    }

    private static Optional<CodeStatement> elixir(Call call, Directions directions) {
        boolean creates = call.name().startsWith("create")
                && call.link()
                        .argument(0)
                        .filter(a -> a.source().startsWith("table"))
                        .isPresent();
        boolean adds = call.name().equals("add") && call.receivers().isEmpty();
        if (creates) {
            return Optional.of(
                    directions.statements().of(StatementKind.DROP_TABLE, Optional.empty(), table(call), false, call));
        }
        if (adds) {
            for (Call outer : directions.statements().program().calls()) {
                if (outer.name().equals("alter") && outer.line() <= call.line() && encloses(outer, call)) {
                    return Optional.of(directions
                            .statements()
                            .of(StatementKind.DROP_COLUMN, Optional.empty(), table(outer), false, call));
                }
            }
        }
        return Optional.empty();
    }

    /** The block that is given to {@code alter} stands behind the call. */
    private static boolean encloses(Call outer, Call inner) {
        for (Optional<Block> at = Optional.of(inner.block());
                at.isPresent();
                at = at.get().parent()) {
            if (at.get().start() <= outer.start() + 400 && at.get().start() >= outer.start()) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Argument> table(Call call) {
        return call.link().argument(0).map(a -> {
            String name = a.source().replaceAll("^table\\(?\\s*[:\"]?|[\"',)\\s].*$", "");
            return new Argument("", "'" + name + "'", List.of(name));
        });
    }
}
