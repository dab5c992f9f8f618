package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.code.Block;
import io.github.rowsleuth.git.code.Language;
import io.github.rowsleuth.git.code.Program;
import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.probe.Place;
import io.github.rowsleuth.sql.SqlObject;
import io.github.rowsleuth.sql.StatementKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The destructive statements of a program with the blocks that they stand in, for whoever wants to know which function
 * holds which.
 *
 * @param program the program
 * @param all its statements, by line
 */
public record ProgramStatements(Program program, List<Placed> all) {

    /** Copies the list. */
    public ProgramStatements {
        all = List.copyOf(all);
    }

    /**
     * A statement and where it stands.
     *
     * @param statement the statement
     * @param block the block
     * @param start where it begins in the source
     */
    public record Placed(CodeStatement statement, Block block, int start) {}

    /**
     * {@return the statements of a source}
     *
     * @param language its language
     * @param text the source
     * @param models the tables of model classes
     */
    public static ProgramStatements of(Language language, String text, ModelNames models) {
        Examiner.Read read = Examiner.read(language, text, models);
        NameResolver names = new NameResolver(read.program());
        List<Placed> placed = new ArrayList<>();
        for (Hit raw : read.hits()) {
            Hit hit = names.resolved(raw);
            if (!Examiner.losesNothing(hit.statement().kind())) {
                placed.add(new Placed(statement(hit), hit.block(), hit.start()));
            }
        }
        placed.sort(Comparator.comparingInt((Placed p) -> p.statement().line()).thenComparingInt(Placed::start));
        return new ProgramStatements(read.program(), placed);
    }

    private static CodeStatement statement(Hit hit) {
        return new CodeStatement(
                hit.statement(),
                hit.line(),
                hit.reach(),
                hit.text(),
                Place.UNKNOWN,
                List.of(),
                Severities.of(hit.statement(), Place.UNKNOWN, List.of(), hit.reach()));
    }

    /**
     * {@return a statement that a call stands for, its names resolved as far as the program says them}
     *
     * @param kind what it does
     * @param schema the schema that is named
     * @param table the table, or an expression
     * @param cascade whether it takes what depends on it
     * @param call the call
     */
    public CodeStatement of(
            StatementKind kind,
            Optional<String> schema,
            Optional<io.github.rowsleuth.git.code.Argument> table,
            boolean cascade,
            io.github.rowsleuth.git.code.Call call) {
        IdiomNotes notes = new IdiomNotes(program, new ModelNames());
        SqlObject named = IdiomNotes.table(table);
        SqlObject object = schema.isPresent() && named.schema().isEmpty()
                ? new SqlObject(schema, named.name(), named.dynamic())
                : named;
        notes.hit(kind, call, List.of(object), io.github.rowsleuth.sql.WhereShape.NOT_APPLICABLE, cascade);
        return statement(new NameResolver(program).resolved(notes.hits().get(0)));
    }
}
