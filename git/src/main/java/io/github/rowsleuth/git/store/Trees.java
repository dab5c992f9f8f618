package io.github.rowsleuth.git.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/** Stored folders. */
public final class Trees {

    private static final Set<String> FOREIGN = Set.of(
            "node_modules", "vendor", ".venv", "venv", "site-packages", "dist", "bower_components", "__pycache__");

    private Trees() {}

    /**
     * {@return whether a folder of that name holds other people's code, or what a build made}
     *
     * @param name the name of a folder
     */
    public static boolean foreign(String name) {
        return FOREIGN.contains(name);
    }

    /** The entries of a folder, in the order of the repository. */
    static List<TreeEntry> entries(StoredObjects objects, ObjectId tree) throws IOException {
        byte[] raw = objects.bytes(tree, Constants.OBJ_TREE);
        List<TreeEntry> entries = new ArrayList<>();
        try {
            CanonicalTreeParser parser = new CanonicalTreeParser();
            parser.reset(raw);
            for (; !parser.eof(); parser.next(1)) {
                entries.add(new TreeEntry(
                        parser.getEntryPathString(), parser.getEntryRawMode(), parser.getEntryObjectId()));
            }
        } catch (IndexOutOfBoundsException e) {
            throw new CorruptObjectException(tree, "its entries can not be read");
        }
        return entries;
    }
}
