package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.code.Block;
import io.github.rowsleuth.git.code.Language;
import io.github.rowsleuth.git.code.Program;
import io.github.rowsleuth.git.code.ShellReader;
import io.github.rowsleuth.git.store.StoredFile;
import io.github.rowsleuth.probe.Acquittal.Reason;
import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.probe.CodeStatement.Reach;
import io.github.rowsleuth.probe.Guard;
import io.github.rowsleuth.probe.Place;
import io.github.rowsleuth.probe.Script;
import io.github.rowsleuth.sql.StatementKind;
import io.github.rowsleuth.sql.WhereShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/** Examines one file: what in it can destroy data, how it is reached, what stands before it, and what only looks so. */
public final class Examiner {

    /** Statements beyond this number are not listed. */
    public static final int MAX_STATEMENTS = 1_000;

    /** Kinds that lose no rows and no columns: a file that holds nothing else is no suspect. */
    private static final Set<StatementKind> LOSE_NO_DATA = EnumSet.of(
            StatementKind.UPSERT_UPDATE,
            StatementKind.DROP_VIEW,
            StatementKind.DROP_SEQUENCE,
            StatementKind.DROP_INDEX,
            StatementKind.DROP_FUNCTION,
            StatementKind.DROP_TRIGGER,
            StatementKind.DROP_RULE,
            StatementKind.DROP_POLICY,
            StatementKind.DROP_PUBLICATION,
            StatementKind.DROP_SUBSCRIPTION,
            StatementKind.DROP_ROLE,
            StatementKind.DROP_SERVER,
            StatementKind.DROP_FOREIGN_DATA_WRAPPER,
            StatementKind.DROP_CONSTRAINT,
            StatementKind.DROP_OTHER,
            StatementKind.DROP_MATVIEW);

    private final ModelNames models;
    private final TestDatabases tests;

    /**
     * Makes one.
     *
     * @param models the tables of model classes
     * @param tests what tests run against
     */
    public Examiner(ModelNames models, TestDatabases tests) {
        this.models = models;
        this.tests = tests;
    }

    /**
     * {@return what a file holds}
     *
     * @param file the file
     * @param language its language
     * @param text its content
     */
    public Examined examine(StoredFile file, Language language, String text) {
        Script.Role role = FileRoles.of(file, language, text);
        if (language == Language.SQL) {
            return sql(file, role, text);
        }
        Read read = read(language, text, models);
        Program program = read.program;
        List<Decoy> decoys = new ArrayList<>(Decoys.inComments(program));
        decoys.addAll(Decoys.documentation(program));
        decoys.addAll(Decoys.amplifiers(text));
        decoys.addAll(role == Script.Role.APPLICATION ? List.of() : read.decoys);
        decoys.addAll(role == Script.Role.TEST ? Decoys.payloads(program) : List.of());
        return judged(file, language, role, program, read.hits, decoys);
    }

    /**
     * {@return how many destructive statements a file holds; of what stands before them, and of what only looks so,
     * nothing is said, which is faster}
     *
     * @param file the file
     * @param language its language
     * @param text its content
     */
    public int count(StoredFile file, Language language, String text) {
        Script.Role role = FileRoles.of(file, language, text);
        List<Hit> hits =
                language == Language.SQL ? SqlFinder.inSql(text, 1, Block.file()) : read(language, text, models).hits;
        Harmlessness harmless = new Harmlessness(file, language, role, text, tests);
        return (int) hits.stream()
                .filter(h -> !losesNothing(h.statement().kind()) && !ordinary(h, role))
                .filter(h -> harmless.of(h).isEmpty())
                .count();
    }

    /**
     * {@return what stands before the destructive statements of a file, in words}
     *
     * @param path the path of the file
     * @param text its content
     */
    public List<String> guards(String path, String text) {
        StoredFile file = new StoredFile(path, ObjectId.zeroId());
        return Language.ofName(file.name())
                .or(() -> Language.ofShebang(text))
                .map(language -> examine(file, language, text).guards())
                .orElse(List.of());
    }

    /** A program and what was found in it. */
    record Read(Program program, List<Hit> hits, List<Decoy> decoys) {}

    static boolean losesNothing(StatementKind kind) {
        return LOSE_NO_DATA.contains(kind);
    }

    static Read read(Language language, String text, ModelNames models) {
        ShellReader.Script shell = language == Language.SHELL ? ShellReader.read(text, 1) : null;
        Program program = shell != null ? shell.program() : language.read(text);
        List<Hit> hits = new ArrayList<>(SqlFinder.in(program, new Reaches(program)));
        IdiomNotes notes = new IdiomNotes(program, models);
        Idioms.look(language, notes);
        hits.addAll(notes.hits());
        if (shell != null) {
            CarriedCommands.inShell(shell.commands(), hits);
        } else {
            CarriedCommands.inProgram(program, hits);
            SettingsInCode.look(program, hits);
        }
        return new Read(program, hits, notes.decoys());
    }

    /** {@return the tables of model classes} */
    public ModelNames models() {
        return models;
    }

    /**
     * {@return the destructive statements of a text of SQL}
     *
     * @param sql the text
     * @param firstLine the line of its file that it begins on
     */
    public static List<CodeStatement> statements(String sql, int firstLine) {
        SqlGuards guards = new SqlGuards(sql);
        List<CodeStatement> found = new ArrayList<>();
        for (Hit hit : SqlFinder.inSql(sql, firstLine, Block.file())) {
            if (!losesNothing(hit.statement().kind()) && found.size() < MAX_STATEMENTS) {
                List<Guard> before = new ArrayList<>(guards.before(hit.statement()));
                before.removeIf(g -> g.kind() == Guard.Kind.TRANSACTION);
                found.add(statement(hit, Place.UNKNOWN, before));
            }
        }
        return found;
    }

    private Examined sql(StoredFile file, Script.Role role, String text) {
        List<Decoy> decoys = new ArrayList<>(Decoys.inComments(text));
        decoys.addAll(Decoys.amplifiers(text));
        Harmlessness harmless = new Harmlessness(file, Language.SQL, role, text, tests);
        SqlGuards guards = new SqlGuards(text);
        List<CodeStatement> statements = new ArrayList<>();
        boolean cut = false;
        for (Hit hit : SqlFinder.inSql(text, 1, Block.file())) {
            Optional<Reason> reason = harmless.of(hit);
            if (reason.isPresent()) {
                decoys.add(new Decoy(hit.line(), reason.get()));
            } else if (statements.size() >= MAX_STATEMENTS) {
                cut = true;
            } else if (!losesNothing(hit.statement().kind())) {
                Place place =
                        new Place(hit.reach() == Reach.DEFERRED ? Place.Reached.BY_CALLER : Place.Reached.AT_START, "");
                statements.add(statement(hit, place, guards.before(hit.statement())));
            }
        }
        return new Examined(Language.SQL.label(), role, statements, decoys, words(statements), cut);
    }

    private Examined judged(
            StoredFile file, Language language, Script.Role role, Program program, List<Hit> hits, List<Decoy> decoys) {
        PlaceFinder places = new PlaceFinder(program);
        Guards guards = new Guards(places);
        NameResolver names = new NameResolver(program);
        Harmlessness harmless = new Harmlessness(file, language, role, program.source(), tests);
        List<CodeStatement> statements = new ArrayList<>();
        hits.sort(Comparator.comparingInt(Hit::line).thenComparingInt(Hit::start));
        boolean cut = false;
        for (Hit raw : hits) {
            Hit hit = names.resolved(raw);
            Optional<Reason> reason = harmless.of(hit);
            if (reason.isPresent()) {
                decoys.add(new Decoy(hit.line(), reason.get()));
            } else if (statements.size() >= MAX_STATEMENTS) {
                cut = true;
            } else if (!losesNothing(hit.statement().kind()) && !ordinary(hit, role)) {
                List<Guard> before = new ArrayList<>(guards.before(hit.block(), hit.start()));
                if (SqlGuards.limited(hit.text().text())) {
                    before.add(new Guard(Guard.Kind.LIMIT, hit.line()));
                }
                statements.add(statement(hit, places.of(hit.block()), before));
            }
        }
        return new Examined(language.label(), role, distinct(statements), decoys, words(statements), cut);
    }

    private static CodeStatement statement(Hit hit, Place place, List<Guard> guards) {
        return new CodeStatement(
                hit.statement(),
                hit.line(),
                hit.reach(),
                hit.text(),
                place,
                guards,
                Severities.of(hit.statement(), place, guards, hit.reach()));
    }

    /** The same statement may be seen as SQL and as a call. */
    private static List<CodeStatement> distinct(List<CodeStatement> statements) {
        Set<String> seen = new LinkedHashSet<>();
        List<CodeStatement> kept = new ArrayList<>();
        for (CodeStatement s : statements) {
            if (seen.add(
                    s.line() + " " + s.statement().kind() + " " + s.statement().objects())) {
                kept.add(s);
            }
        }
        return kept;
    }

    /** What an application does every day: it deletes the rows that a user asks it to delete. */
    private static boolean ordinary(Hit hit, Script.Role role) {
        boolean rows = hit.statement().kind() == StatementKind.DELETE
                && hit.statement().where() == WhereShape.FILTERED;
        return role == Script.Role.APPLICATION
                && rows
                && hit.calls().isEmpty()
                && !hit.text().text().regionMatches(true, 0, "delete from", 0, 11);
    }

    private static List<String> words(List<CodeStatement> statements) {
        return statements.stream()
                .flatMap(s -> s.guards().stream())
                .map(g -> g.kind().words())
                .distinct()
                .toList();
    }
}
