package io.github.rowsleuth.git;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/** Stored folders, the recently read ones kept. For one thread. */
final class Trees {

    /** Names of folders that hold other people's code, or what a build made. */
    static final Set<String> FOREIGN = Set.of(
            "node_modules", "vendor", ".venv", "venv", "site-packages", "dist", "bower_components", "__pycache__");

    private static final int CACHED = 4_096;

    private final StoredObjects objects;
    private final Map<ObjectId, Map<String, TreeEntry>> recent = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ObjectId, Map<String, TreeEntry>> eldest) {
            return size() > CACHED;
        }
    };

    Trees(StoredObjects objects) {
        this.objects = objects;
    }

    /** The entries of a folder by name, in the order of the repository. */
    Map<String, TreeEntry> entries(ObjectId tree) throws IOException {
        Map<String, TreeEntry> known = recent.get(tree);
        if (known == null) {
            known = parse(tree, objects.bytes(tree, Constants.OBJ_TREE));
            recent.put(tree, known);
        }
        return known;
    }

    private static Map<String, TreeEntry> parse(ObjectId tree, byte[] raw) throws CorruptObjectException {
        Map<String, TreeEntry> entries = new LinkedHashMap<>();
        try {
            CanonicalTreeParser parser = new CanonicalTreeParser();
            parser.reset(raw);
            for (; !parser.eof(); parser.next(1)) {
                String name = parser.getEntryPathString();
                entries.put(name, new TreeEntry(name, parser.getEntryRawMode(), parser.getEntryObjectId()));
            }
        } catch (IndexOutOfBoundsException e) {
            throw new CorruptObjectException(tree, "its entries can not be read");
        }
        return entries;
    }
}
