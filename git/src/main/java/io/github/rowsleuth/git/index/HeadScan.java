package io.github.rowsleuth.git.index;

import io.github.rowsleuth.git.code.Language;
import io.github.rowsleuth.git.destruction.Examined;
import io.github.rowsleuth.git.destruction.Examiner;
import io.github.rowsleuth.git.destruction.FileRoles;
import io.github.rowsleuth.git.destruction.ModelNames;
import io.github.rowsleuth.git.destruction.SettingFiles;
import io.github.rowsleuth.git.destruction.TestDatabases;
import io.github.rowsleuth.git.destruction.Triggers;
import io.github.rowsleuth.git.migration.ChangeLogFiles;
import io.github.rowsleuth.git.migration.MigrationLayouts;
import io.github.rowsleuth.git.store.StoredFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;

/** What the files of one commit hold: each is read once, in the order in which they lie in the repository. */
public final class HeadScan {

    /** How many characters of files that are worth reading are kept until all models are known. */
    private static final int MOST_KEPT = 48 << 20;

    private final Map<String, Examined> byPath = new TreeMap<>();
    private final Map<String, Migration> migrations = new TreeMap<>();
    private final ReadCounts counts = new ReadCounts();
    private final ModelNames models = new ModelNames();
    private final TestDatabases tests = new TestDatabases();
    private final Examiner examiner = new Examiner(models, tests);
    private final Set<String> sqlFiles = new HashSet<>();
    private final SettingFiles settingFiles = new SettingFiles();
    private final MigrationLayouts layouts;
    private final List<Waiting> waiting = new ArrayList<>();
    private int kept;

    private record Waiting(StoredFile file, Language language, String text) {}

    /**
     * A file that is a migration, or a part of one.
     *
     * @param tool the tool whose layout it follows
     * @param file the file
     */
    public record Migration(String tool, StoredFile file) {}

    private HeadScan(MigrationLayouts layouts) {
        this.layouts = layouts;
    }

    static HeadScan of(IndexedRepository repository) throws InterruptedException {
        HeadScan scan = new HeadScan(new MigrationLayouts(repository.snapshot().files()));
        Map<ObjectId, List<StoredFile>> byContent = new HashMap<>();
        for (StoredFile file : repository.snapshot().files()) {
            if (candidate(file)) {
                byContent.computeIfAbsent(file.id(), id -> new ArrayList<>(1)).add(file);
            }
        }
        FileTexts texts = repository.texts(scan.counts);
        for (ObjectId id : repository.repository().objects().inReadingOrder(byContent.keySet())) {
            Optional<byte[]> bytes = texts.bytes(id);
            if (bytes.isPresent()) {
                byContent.getOrDefault(id, List.of()).forEach(file -> scan.look(file, bytes.get()));
            }
        }
        scan.examineWaiting();
        scan.byPath.putAll(scan.settingFiles.all());
        scan.byPath.keySet().removeIf(scan::runByChangeLog);
        return scan;
    }

    /** What a change log runs is a part of a migration, and no script beside it. */
    private boolean runByChangeLog(String path) {
        return sqlFiles.stream().anyMatch(f -> path.equals(f) || path.endsWith("/" + f));
    }

    private static boolean candidate(StoredFile file) {
        return Language.ofName(file.name()).isPresent()
                || SettingFiles.candidate(file.path())
                || MigrationLayouts.mayBeChangeLog(file.path())
                || file.name().endsWith(".prisma")
                || !file.name().contains(".");
    }

    private void look(StoredFile file, byte[] bytes) {
        Optional<Language> language = language(file, bytes);
        boolean settings = SettingFiles.candidate(file.path());
        boolean changeLog = MigrationLayouts.mayBeChangeLog(file.path());
        FileMarks marks = FileMarks.of(bytes, language, changeLog, file.name());
        boolean test = FileRoles.test(file.path()) && TestDatabases.support(file.name());
        boolean migration = marks.migration() || layouts.byPath(file).isPresent();
        boolean code = language.isPresent() && Triggers.worthReading(bytes, language.get(), file.name());
        if (settings) {
            settingFiles.add(file, FileTexts.decoded(bytes));
            return;
        }
        if (!marks.model() && !test && !migration && !code) {
            return;
        }
        String text = FileTexts.decoded(bytes);
        if (marks.model()) {
            models.read(language, text);
        }
        if (test) {
            tests.read(file.path(), text);
        }
        Optional<String> tool = migration ? layouts.tool(file, text) : Optional.empty();
        if (tool.isPresent()) {
            migrations.put(file.path(), new Migration(tool.get(), file));
            sqlFiles.addAll(ChangeLogFiles.of(tool.get(), text));
        } else if (code) {
            waiting.add(new Waiting(file, language.get(), text));
            kept += text.length();
            if (kept > MOST_KEPT) {
                examineWaiting();
            }
        }
    }

    private static Optional<Language> language(StoredFile file, byte[] bytes) {
        Optional<Language> named = Language.ofName(file.name());
        boolean script = named.isEmpty() && bytes.length > 2 && bytes[0] == '#' && bytes[1] == '!';
        return script ? Language.ofShebang(FileTexts.decoded(bytes)) : named;
    }

    private void examineWaiting() {
        for (Waiting next : waiting) {
            Examined examined = examiner.examine(next.file, next.language, next.text);
            if (!examined.empty()) {
                byPath.put(next.file.path(), examined);
            }
        }
        waiting.clear();
        kept = 0;
    }

    /** {@return what was found in files that are no migrations, by path} */
    public Map<String, Examined> byPath() {
        return byPath;
    }

    /** {@return the files that are migrations, by path} */
    public Map<String, Migration> migrations() {
        return migrations;
    }

    /** {@return where migrations stand in this commit} */
    public MigrationLayouts layouts() {
        return layouts;
    }

    /** {@return how many files were read} */
    public ReadCounts counts() {
        return counts;
    }

    /** {@return examines a file, with what the commit tells of models and tests} */
    public Examiner examiner() {
        return examiner;
    }
}
