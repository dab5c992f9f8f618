package io.github.rowsleuth.git.index;

import io.github.rowsleuth.git.code.Language;
import io.github.rowsleuth.git.destruction.Triggers;
import io.github.rowsleuth.git.history.ChangeIndex;
import io.github.rowsleuth.git.history.FileHistory;
import io.github.rowsleuth.git.store.OpenRepository;
import io.github.rowsleuth.git.store.StoredFile;
import io.github.rowsleuth.probe.FileChange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.eclipse.jgit.lib.ObjectId;

/** What files held at any commit: every content of code that any commit brought is searched once. */
public final class PastScan {

    /** How many destructive statements a content holds, for the contents that hold any. */
    private final Map<ObjectId, Integer> destructive = new HashMap<>();

    private final Set<String> paths = new TreeSet<>();
    private int skipped;

    private PastScan() {}

    static PastScan of(IndexedRepository repository, FileHistory history, HeadScan head, BooleanSupplier late)
            throws InterruptedException {
        PastScan scan = new PastScan();
        ChangeIndex changes = history.changes();
        Map<Integer, String> named = new HashMap<>();
        Map<Integer, List<String>> also = new HashMap<>();
        BitSet met = new BitSet(changes.contents());
        changes.forEachContent((path, content, commit) -> {
            if (Language.ofName(path.substring(path.lastIndexOf('/') + 1)).isPresent()) {
                if (!met.get(content)) {
                    met.set(content);
                    named.put(content, path);
                } else if (!path.equals(named.get(content))) {
                    also.computeIfAbsent(content, c -> new ArrayList<>(1)).add(path);
                }
            }
        });
        Map<ObjectId, Integer> numbers = new HashMap<>();
        named.keySet().forEach(content -> numbers.put(changes.contentId(content), content));
        FileTexts texts = repository.texts(new ReadCounts());
        List<ObjectId> order = repository.repository().objects().inReadingOrder(numbers.keySet());
        for (int i = 0; i < order.size(); i++) {
            if (late.getAsBoolean()) {
                scan.skipped = order.size() - i;
                break;
            }
            Integer number = numbers.get(order.get(i));
            String path = named.getOrDefault(number, "");
            if (scan.look(new StoredFile(path, order.get(i)), texts, head)) {
                scan.paths.add(path);
                scan.paths.addAll(also.getOrDefault(number, List.of()));
            }
        }
        return scan;
    }

    private boolean look(StoredFile file, FileTexts texts, HeadScan head) throws InterruptedException {
        Optional<Language> language = Language.ofName(file.name());
        Optional<byte[]> bytes = texts.bytes(file.id());
        if (language.isEmpty() || bytes.isEmpty() || !Triggers.worthReading(bytes.get(), language.get(), file.name())) {
            return false;
        }
        int statements = head.examiner().count(file, language.get(), FileTexts.decoded(bytes.get()));
        if (statements > 0) {
            destructive.put(file.id(), statements);
        }
        return statements > 0;
    }

    /**
     * {@return how many destructive statements a content holds}
     *
     * @param content the content
     */
    public int statements(ObjectId content) {
        return destructive.getOrDefault(content, 0);
    }

    /**
     * {@return the life of a file, each change with how many destructive statements the file held afterwards}
     *
     * @param path the file
     * @param history the history that was searched
     * @param repository the repository
     */
    public List<FileChange> life(String path, FileHistory history, OpenRepository repository) {
        return counted(history.life(path, repository));
    }

    /**
     * {@return the changes of a life, each with how many destructive statements the file held afterwards}
     *
     * @param life the life
     */
    public List<FileChange> counted(List<FileHistory.Event> life) {
        return life.stream()
                .map(e -> e.content()
                        .map(c -> e.change().withStatements(statements(c)))
                        .orElse(e.change()))
                .toList();
    }

    /** {@return the paths under which any commit had a file with a destructive statement, sorted} */
    public Set<String> paths() {
        return paths;
    }

    /** {@return how many contents were not searched for want of time} */
    public int skipped() {
        return skipped;
    }
}
