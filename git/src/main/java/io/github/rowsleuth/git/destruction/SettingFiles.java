package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.git.destruction.SettingDocument.Setting;
import io.github.rowsleuth.git.store.StoredFile;
import io.github.rowsleuth.probe.Acquittal.Reason;
import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.probe.CodeStatement.Reach;
import io.github.rowsleuth.probe.Guard;
import io.github.rowsleuth.probe.Place;
import io.github.rowsleuth.probe.Script;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.StatementKind;
import io.github.rowsleuth.sql.WhereShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds settings that make an application destroy data when it starts, such as {@code ddl-auto: create}. Files that belong
 * together are judged together: what the profile for production sets otherwise does not happen there.
 */
public final class SettingFiles {

    private static final Pattern NAME = Pattern.compile("(?:application|bootstrap)(?:-[\\w-]+)?\\.(?:properties|ya?ml)"
            + "|hibernate\\.properties|hibernate\\.cfg\\.xml|persistence\\.xml|ormconfig\\.(?:json|ya?ml)|flyway\\.conf"
            + "|\\.env(?:\\.[\\w-]+)?|[\\w-]+\\.env|(?:docker-)?compose(?:[.-][\\w-]+)?\\.ya?ml");
    private static final Pattern PRODUCTION = Pattern.compile("(?:.*\\W)?(?:prod|production|live)(?:\\W.*)?");
    private static final Pattern OTHER = Pattern.compile(
            "(?:.*\\W)?(?:dev|devel|development|develop|tests?|testing|local|localhost|ci|it|integration|e2e|demo|h2|sample|example)(?:\\W.*)?");
    private static final Pattern MEMORY = Pattern.compile("jdbc:(?:h2|hsqldb|derby|tc):.*|.*:memory:.*");
    private static final Pattern ELSEWHERE =
            Pattern.compile("(?:jdbc:)?(?:mysql|mariadb|sqlserver|oracle|sqlite|db2):.*");

    private static final String TABLES = "every table of the entities";
    private static final String SCHEMAS = "every object of its schemas";

    /** What a setting takes, by its name in relaxed form. */
    private static final List<Danger> DANGERS = List.of(
            new Danger("hibernateddlauto", "create|create-drop", StatementKind.DROP_TABLE, TABLES),
            new Danger("hbm2ddlauto", "create|create-drop", StatementKind.DROP_TABLE, TABLES),
            new Danger("schemagenerationdatabaseaction", "drop|drop-and-create", StatementKind.DROP_TABLE, TABLES),
            new Danger("hibernateormdatabasegeneration", "drop|drop-and-create", StatementKind.DROP_TABLE, TABLES),
            new Danger("schemamanagementstrategy", "drop|drop-and-create", StatementKind.DROP_TABLE, TABLES),
            new Danger("liquibasedropfirst", "true", StatementKind.DROP_SCHEMA, SCHEMAS),
            new Danger("liquibasecleanatstart", "true", StatementKind.DROP_SCHEMA, SCHEMAS),
            new Danger("flywaycleanonvalidationerror", "true", StatementKind.DROP_SCHEMA, SCHEMAS),
            new Danger("flywaycleanatstart", "true", StatementKind.DROP_SCHEMA, SCHEMAS));

    private static final List<Danger> OF_TYPEORM = List.of(
            new Danger("synchronize", "true", StatementKind.DROP_COLUMN, "columns and tables that the entities lack"),
            new Danger("dropschema", "true", StatementKind.DROP_SCHEMA, "every table of the data source"));

    private final Map<StoredFile, List<SettingDocument>> files = new LinkedHashMap<>();

    private record Danger(String key, String values, StatementKind kind, String what) {

        boolean is(Setting setting) {
            return setting.relaxed().endsWith(key) && destroys(setting.value());
        }

        boolean destroys(String value) {
            return value.toLowerCase(Locale.ROOT).matches(values);
        }
    }

    /**
     * {@return whether a file of that path holds settings of an application}
     *
     * @param path the path, with slashes
     */
    public static boolean candidate(String path) {
        return NAME.matcher(path.substring(path.lastIndexOf('/') + 1)).matches();
    }

    /**
     * Reads a file of settings.
     *
     * @param file the file
     * @param text what it holds
     */
    public void add(StoredFile file, String text) {
        List<SettingDocument> documents = SettingReader.read(file.name(), text);
        if (documents.stream().anyMatch(d -> !d.settings().isEmpty())) {
            files.put(file, documents);
        }
    }

    /** {@return what was found, by path; files without a destructive setting are left out} */
    public Map<String, Examined> all() {
        Map<String, Examined> found = new LinkedHashMap<>();
        files.forEach((file, documents) -> {
            Examined examined = examine(file, documents);
            if (!examined.empty()) {
                found.put(file.path(), examined);
            }
        });
        return found;
    }

    private Examined examine(StoredFile file, List<SettingDocument> documents) {
        List<CodeStatement> statements = new ArrayList<>();
        List<Decoy> decoys = new ArrayList<>();
        for (SettingDocument document : documents) {
            for (Setting setting : document.settings()) {
                dangers(file).stream().filter(d -> d.is(setting)).findFirst().ifPresent(danger -> {
                    Optional<Reason> harmless = harmless(document, file);
                    if (harmless.isPresent()) {
                        decoys.add(new Decoy(setting.line(), harmless.get()));
                    } else {
                        statements.add(statement(danger, setting, guards(danger, setting, document, file)));
                    }
                });
            }
        }
        Script.Role role = FileRoles.test(file.path()) ? Script.Role.TEST : Script.Role.SETTINGS;
        List<String> words = statements.stream()
                .flatMap(s -> s.guards().stream())
                .map(g -> g.kind().words())
                .distinct()
                .toList();
        return new Examined("settings", role, statements, decoys, words, false);
    }

    private static List<Danger> dangers(StoredFile file) {
        return file.name().startsWith("ormconfig") ? OF_TYPEORM : DANGERS;
    }

    private static CodeStatement statement(Danger danger, Setting setting, List<Guard> guards) {
        DestructiveStatement statement = new DestructiveStatement(
                danger.kind(),
                List.of(IdiomNotes.unnamed(danger.what())),
                false,
                WhereShape.NOT_APPLICABLE,
                false,
                0,
                setting.line());
        Place place = new Place(Place.Reached.AT_START, "");
        return new CodeStatement(
                statement,
                setting.line(),
                Reach.EXECUTED,
                Excerpt.ofHarmless(setting.key() + "=" + setting.value()),
                place,
                guards,
                Severities.of(statement, place, guards, Reach.EXECUTED));
    }

    /** The address that holds for a document: its own, else that of the documents for all profiles. */
    private Optional<Reason> harmless(SettingDocument document, StoredFile file) {
        Optional<String> address = address(document)
                .or(() -> together(file).stream()
                        .filter(d -> d.profile().isEmpty())
                        .map(SettingFiles::address)
                        .flatMap(Optional::stream)
                        .findFirst());
        if (address.filter(a -> MEMORY.matcher(a).matches()).isPresent()) {
            return Optional.of(Reason.TEST_DATABASE);
        }
        return address.filter(a -> ELSEWHERE.matcher(a).matches()).map(a -> Reason.OTHER_DATABASE);
    }

    private static Optional<String> address(SettingDocument document) {
        return document.value("datasourceurl")
                .or(() -> document.value("datasourcejdbcurl"))
                .or(() -> document.value("jdbcurl"))
                .or(() -> document.value("hibernateconnectionurl"));
    }

    private List<Guard> guards(Danger danger, Setting setting, SettingDocument document, StoredFile file) {
        boolean otherwise = document.profile().isEmpty()
                && together(file).stream()
                        .filter(d -> PRODUCTION.matcher(d.profile()).matches())
                        .anyMatch(d -> d.value(danger.key())
                                .filter(v -> !danger.destroys(v))
                                .isPresent());
        boolean elsewhere = OTHER.matcher(document.profile()).matches()
                && !PRODUCTION.matcher(document.profile()).matches();
        return otherwise || elsewhere ? List.of(new Guard(Guard.Kind.ENVIRONMENT, setting.line())) : List.of();
    }

    /** The documents of the files that lie in the same folder: one application reads them all. */
    private List<SettingDocument> together(StoredFile file) {
        List<SettingDocument> all = new ArrayList<>();
        files.forEach((other, documents) -> {
            if (other.folder().equals(file.folder())) {
                all.addAll(documents);
            }
        });
        return all;
    }
}
