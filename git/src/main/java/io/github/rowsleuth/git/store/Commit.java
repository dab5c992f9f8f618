package io.github.rowsleuth.git.store;

import io.github.rowsleuth.probe.CommitRef;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.util.RawParseUtils;

/**
 * A commit as it is stored: no grafts, no replacements.
 *
 * @param id its id
 * @param tree its files
 * @param parents the commits it was made on
 * @param author who wrote it, without the address
 * @param authored when it was written, on the author's clock; 1970 where the commit does not say it
 * @param committed when it was committed, on the committer's clock; 1970 where the commit does not say it
 * @param message all of its message
 */
public record Commit(
        ObjectId id,
        ObjectId tree,
        List<ObjectId> parents,
        String author,
        OffsetDateTime authored,
        OffsetDateTime committed,
        String message) {

    private static final int MAX_SUBJECT = 200;
    private static final int MAX_READ = 1 << 16;
    private static final OffsetDateTime UNKNOWN = Instant.EPOCH.atOffset(ZoneOffset.UTC);

    /** Copies the list. */
    public Commit {
        parents = List.copyOf(parents);
    }

    static Commit parse(ObjectId id, byte[] raw) throws CorruptObjectException {
        String text = RawParseUtils.decode(StandardCharsets.UTF_8, raw, 0, Math.min(raw.length, MAX_READ));
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
        return new Commit(id, tree, parents, name(author), time(author), time(committer), message);
    }

    private static String name(String ident) {
        int mail = ident.indexOf('<');
        return (mail < 0 ? ident : ident.substring(0, mail)).strip();
    }

    private static OffsetDateTime time(String ident) {
        String[] parts = ident.substring(ident.lastIndexOf('>') + 1).strip().split(" ", -1);
        try {
            Instant instant = Instant.ofEpochSecond(Long.parseLong(parts[0]));
            return instant.atOffset(parts.length > 1 ? zone(parts[1]) : ZoneOffset.UTC);
        } catch (NumberFormatException | DateTimeException e) {
            return UNKNOWN;
        }
    }

    /** {@code +0530}; what no clock shows counts as UTC. */
    private static ZoneOffset zone(String offset) {
        try {
            int minutes = Integer.parseInt(offset);
            return ZoneOffset.ofHoursMinutes(minutes / 100, minutes % 100);
        } catch (NumberFormatException | DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }

    /** {@return the first line of the message} */
    public String subject() {
        String first = message.lines().findFirst().orElse("").strip();
        return first.length() <= MAX_SUBJECT ? first : first.substring(0, MAX_SUBJECT - 1) + "…";
    }

    /** {@return the commit as reports name it} */
    public CommitRef ref() {
        return new CommitRef(
                id.name(),
                author,
                authored.toInstant(),
                committed.toInstant(),
                subject(),
                authored.getOffset(),
                committed.getOffset());
    }
}
