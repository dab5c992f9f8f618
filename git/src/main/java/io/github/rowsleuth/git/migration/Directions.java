package io.github.rowsleuth.git.migration;

import io.github.rowsleuth.git.code.Block;
import io.github.rowsleuth.git.code.Call;
import io.github.rowsleuth.git.code.Language;
import io.github.rowsleuth.git.destruction.ModelNames;
import io.github.rowsleuth.git.destruction.ProgramStatements;
import io.github.rowsleuth.git.destruction.ProgramStatements.Placed;
import io.github.rowsleuth.probe.CodeStatement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statements of a program by the function that reaches them, helpers within the file included. */
final class Directions {

    private static final int LONGEST_HEAD = 300;
    private static final Pattern ARROW =
            Pattern.compile("(\\w+)\\s*[:=]\\s*(?:async\\s*)?(?:\\([^()]*\\)|\\w+)\\s*=>\\s*(?:await\\s+)?$");

    private final ProgramStatements statements;

    Directions(Language language, String text, ModelNames models) {
        this.statements = ProgramStatements.of(language, text, models);
    }

    ProgramStatements statements() {
        return statements;
    }

    /** The functions that can be reached from these. */
    Set<String> reachedFrom(String... functions) {
        Set<String> reached = new HashSet<>(Set.of(functions));
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Call call : statements.program().calls()) {
                if (reached.contains(function(call.block())) && reached.add(call.name())) {
                    grown = true;
                }
            }
        }
        return reached;
    }

    static String function(Block block) {
        return block.namedFunction().map(Block::name).orElse("");
    }

    List<CodeStatement> in(Set<String> functions) {
        return where(p -> functions.contains(function(p)));
    }

    /** A function that is only an expression has no block: {@code down: (q) => q.dropTable('t')}. */
    private String function(Placed placed) {
        String around = function(placed.block());
        if (!around.isEmpty()) {
            return around;
        }
        String source = statements.program().source();
        Matcher arrow = ARROW.matcher(source.substring(Math.max(0, placed.start() - LONGEST_HEAD), placed.start()));
        return arrow.find() ? arrow.group(1) : "";
    }

    List<CodeStatement> from(String... functions) {
        return in(reachedFrom(functions));
    }

    List<CodeStatement> where(Predicate<Placed> wanted) {
        return statements.all().stream().filter(wanted).map(Placed::statement).toList();
    }

    /** Whether a block of that name stands around the place, such as {@code dir.down}. */
    static boolean within(Block block, String name) {
        for (Optional<Block> at = Optional.of(block);
                at.isPresent();
                at = at.get().parent()) {
            if (at.get().kind() == Block.Kind.OTHER && at.get().name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    static List<CodeStatement> sorted(List<CodeStatement> one, List<CodeStatement> other) {
        List<CodeStatement> all = new ArrayList<>(one);
        all.addAll(other);
        all.sort(Comparator.comparingInt(CodeStatement::line));
        return all;
    }
}
