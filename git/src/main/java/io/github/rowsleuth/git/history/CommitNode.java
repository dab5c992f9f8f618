package io.github.rowsleuth.git.history;

import io.github.rowsleuth.git.store.WordSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.util.RawParseUtils;

/**
 * What the graph keeps of a commit: no text, so that hundreds of thousands fit into memory.
 *
 * @param committed in seconds since 1970, 0 where the commit does not say it
 * @param telling whether its message may speak of a loss
 */
record CommitNode(ObjectId id, ObjectId tree, List<ObjectId> parents, long committed, boolean telling) {

    private static final Predicate<byte[]> TELLING = search();
    private static final int TREE_LINE = 5 + Constants.OBJECT_ID_STRING_LENGTH + 1;
    private static final int PARENT_LINE = 7 + Constants.OBJECT_ID_STRING_LENGTH + 1;

    static CommitNode parse(ObjectId id, byte[] raw) throws CorruptObjectException {
        try {
            if (!startsWith(raw, 0, "tree ")) {
                throw new CorruptObjectException(id, "the commit names no tree");
            }
            ObjectId tree = ObjectId.fromString(raw, 5);
            int at = TREE_LINE;
            List<ObjectId> parents = new ArrayList<>(1);
            while (startsWith(raw, at, "parent ")) {
                ObjectId parent = ObjectId.fromString(raw, at + 7);
                if (!parents.contains(parent)) {
                    parents.add(parent);
                }
                at += PARENT_LINE;
            }
            return new CommitNode(id, tree, List.copyOf(parents), committed(raw, at), TELLING.test(raw));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new CorruptObjectException(id, "a line of the commit holds no object id");
        }
    }

    private static Predicate<byte[]> search() {
        WordSearch search = new WordSearch(Confessions.MARKS);
        return raw -> {
            boolean[] found = new boolean[1];
            search.search(raw, (word, text, start) -> found[0] = true);
            return found[0];
        };
    }

    private static boolean startsWith(byte[] raw, int from, String text) {
        return RawParseUtils.match(raw, from, Constants.encodeASCII(text)) > 0;
    }

    private static long committed(byte[] raw, int from) {
        int line = RawParseUtils.committer(raw, from);
        if (line < 0) {
            return 0;
        }
        int end = RawParseUtils.nextLF(raw, line);
        int mail = RawParseUtils.lastIndexOfTrim(raw, '>', end - 1);
        int at = mail + 1;
        while (at < end && raw[at] == ' ') {
            at++;
        }
        long seconds = 0;
        for (; mail >= line && at < end && raw[at] >= '0' && raw[at] <= '9'; at++) {
            seconds = seconds * 10 + raw[at] - '0';
        }
        return seconds;
    }
}
