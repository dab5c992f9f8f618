package io.github.rowsleuth.git;

import io.github.rowsleuth.probe.CommitRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.util.RawParseUtils;

/** A commit as it is stored: no grafts, no replacements. */
record Commit(
        ObjectId id,
        ObjectId tree,
        List<ObjectId> parents,
        String author,
        Instant authored,
        Instant committed,
        String subject) {

    private static final int MAX_SUBJECT = 200;

    Commit {
        parents = List.copyOf(parents);
    }

    static Commit parse(ObjectId id, byte[] raw) throws CorruptObjectException {
        String text = RawParseUtils.decode(StandardCharsets.UTF_8, raw, 0, Math.min(raw.length, 1 << 16));
        int end = text.indexOf("\n\n");
        List<ObjectId> parents = new ArrayList<>();
        ObjectId tree = null;
        String author = "";
        String committer = "";
        try {
            for (String line : (end < 0 ? text : text.substring(0, end)).split("\n", -1)) {
                if (line.startsWith("tree ")) {
                    tree = ObjectId.fromString(line.substring(5));
                } else if (line.startsWith("parent ")) {
                    parents.add(ObjectId.fromString(line.substring(7)));
                } else if (line.startsWith("author ")) {
                    author = line.substring(7);
                } else if (line.startsWith("committer ")) {
                    committer = line.substring(10);
                }
            }
        } catch (IllegalArgumentException e) {
            throw new CorruptObjectException(id, "a line of the commit holds no object id");
        }
        if (tree == null) {
            throw new CorruptObjectException(id, "the commit names no tree");
        }
        String message = end < 0 ? "" : text.substring(end + 2).stripLeading();
        return new Commit(id, tree, parents, name(author), time(author), time(committer), subject(message));
    }

    private static String name(String ident) {
        int mail = ident.indexOf('<');
        return (mail < 0 ? ident : ident.substring(0, mail)).strip();
    }

    private static Instant time(String ident) {
        String[] parts = ident.substring(ident.lastIndexOf('>') + 1).strip().split(" ", -1);
        try {
            return Instant.ofEpochSecond(Long.parseLong(parts[0]));
        } catch (NumberFormatException | java.time.DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    private static String subject(String message) {
        String first = message.lines().findFirst().orElse("").strip();
        return first.length() <= MAX_SUBJECT ? first : first.substring(0, MAX_SUBJECT - 1) + "…";
    }

    CommitRef ref() {
        return new CommitRef(id.name(), author, authored, committed, subject);
    }
}
