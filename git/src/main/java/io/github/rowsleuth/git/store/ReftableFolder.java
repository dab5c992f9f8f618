package io.github.rowsleuth.git.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.jgit.internal.storage.io.BlockSource;
import org.eclipse.jgit.internal.storage.reftable.MergedReftable;
import org.eclipse.jgit.internal.storage.reftable.RefCursor;
import org.eclipse.jgit.internal.storage.reftable.ReftableReader;
import org.eclipse.jgit.lib.Ref;

/** References in tables (gitformat-reftable(5)), opened for reading only. */
final class ReftableFolder {

    private static final Pattern TABLE = Pattern.compile("[0-9A-Za-z_-]{1,200}\\.(?:ref|log)");

    private ReftableFolder() {}

    static void read(Path folder, Map<String, String> into) throws IOException {
        all(folder).forEach((name, text) -> {
            if (name.startsWith("refs/")) {
                into.put(name, text);
            }
        });
    }

    /** What {@code HEAD} says, as its file would say it; empty where no table holds it. */
    static String head(Path folder) throws IOException {
        return all(folder).getOrDefault("HEAD", "");
    }

    private static Map<String, String> all(Path folder) throws IOException {
        List<ReftableReader> tables = new ArrayList<>();
        try {
            for (String name : (Iterable<String>)
                    RepositoryFolder.smallFile(folder.resolve("tables.list")).lines()::iterator) {
                if (!TABLE.matcher(name).matches()) {
                    throw new IOException("tables.list names something that is no table");
                }
                tables.add(new ReftableReader(
                        BlockSource.from(FileChannel.open(folder.resolve(name), StandardOpenOption.READ))));
            }
            return references(new MergedReftable(tables));
        } catch (IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException e) {
            throw new IOException("a table of references is damaged", e);
        } finally {
            for (ReftableReader table : tables) {
                table.close();
            }
        }
    }

    private static Map<String, String> references(MergedReftable tables) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (RefCursor cursor = tables.allRefs()) {
            while (cursor.next()) {
                Ref ref = cursor.getRef();
                String target = ref.isSymbolic()
                        ? "ref: " + ref.getTarget().getName()
                        : ref.getObjectId() == null ? "" : ref.getObjectId().name();
                texts.put(ref.getName(), target);
            }
        }
        return texts;
    }
}
