package io.github.rowsleuth.git.store;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;

/** Finds the commit that a person means. */
public final class Revisions {

    private static final Pattern ANCESTOR = Pattern.compile("(.+?)(\\^|~(\\d{0,6}))");
    private static final Pattern SHORT_ID = Pattern.compile("[0-9a-fA-F]{4,40}");
    private static final int MAX_TAG_CHAIN = 8;

    private final StoredObjects objects;
    private final References references;

    Revisions(StoredObjects objects, References references) {
        this.objects = objects;
        this.references = references;
    }

    /**
     * {@return the commit that a name stands for}
     *
     * @param revision a commit id, full or short, a branch, a tag, or an ancestor of one such as {@code main~2}
     * @throws ProbeUnavailableException if there is no such commit; the message says why
     * @throws IOException if it can not be read
     */
    public Commit commit(String revision) throws IOException, ProbeUnavailableException {
        Matcher ancestor = ANCESTOR.matcher(revision);
        if (ancestor.matches()) {
            String digits = ancestor.group(3);
            int steps = digits == null || digits.isEmpty() ? 1 : Integer.parseInt(digits);
            return ancestor(commit(ancestor.group(1)), steps, revision);
        }
        ObjectId id = revision.equals("HEAD") ? head() : named(revision);
        try {
            return peeled(id).orElseThrow(() -> unknown(revision, "it names no commit"));
        } catch (MissingObjectException e) {
            throw unknown(revision, "its object " + id.name().substring(0, 10) + " is missing from the repository");
        }
    }

    private Commit ancestor(Commit commit, int steps, String revision) throws IOException, ProbeUnavailableException {
        Commit at = commit;
        for (int i = 0; i < steps; i++) {
            if (at.parents().isEmpty()) {
                throw unknown(revision, "history ends " + i + " commits before");
            }
            at = read(at.parents().get(0));
        }
        return at;
    }

    private ObjectId head() throws ProbeUnavailableException {
        Optional<ObjectId> target = references.headTarget();
        if (target.isPresent()) {
            return target.get();
        }
        Optional<String> branch = references.headBranch();
        if (branch.isEmpty()) {
            throw new ProbeUnavailableException(
                    "expected a branch or a commit in HEAD; found text that is neither: the repository is damaged",
                    "name the commit to look at: asOf(\"…\"); branches: " + branches());
        }
        if (references.broken().contains(branch.get())) {
            throw new ProbeUnavailableException(
                    "expected a commit id in " + branch.get() + ", the branch of HEAD; found none: the file is damaged",
                    "look for its last commit in .git/logs/" + branch.get() + " and name it: asOf(\"…\")");
        }
        if (references.all().isEmpty()) {
            throw new ProbeUnavailableException(
                    "expected at least one commit; the repository is empty: no branch has a commit yet",
                    "check that this is the repository you mean, or fetch into it");
        }
        throw new ProbeUnavailableException(
                "expected the branch " + References.spoken(branch.get()) + ", which HEAD names; it has no commit",
                "name one of these: asOf(\"…\"); branches: " + branches());
    }

    private String branches() {
        List<String> names = references.all().keySet().stream()
                .map(References::spoken)
                .limit(10)
                .toList();
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private ObjectId named(String revision) throws IOException, ProbeUnavailableException {
        Optional<ObjectId> reference = references.named(revision);
        if (reference.isPresent()) {
            return reference.get();
        }
        if (!SHORT_ID.matcher(revision).matches()) {
            throw unknown(revision, "no branch or tag has that name");
        }
        String hex = revision.toLowerCase(java.util.Locale.ROOT);
        if (hex.length() == Constants.OBJECT_ID_STRING_LENGTH) {
            return ObjectId.fromString(hex);
        }
        Collection<ObjectId> matches = objects.resolve(AbbreviatedObjectId.fromString(hex));
        List<ObjectId> commits = new java.util.ArrayList<>();
        for (ObjectId match : matches) {
            if (peeled(match).isPresent()) {
                commits.add(match);
            }
        }
        if (commits.size() != 1) {
            throw unknown(revision, commits.isEmpty() ? "no commit begins so" : commits.size() + " commits begin so");
        }
        return commits.get(0);
    }

    private ProbeUnavailableException unknown(String revision, String found) {
        return new ProbeUnavailableException(
                "expected a commit, branch or tag '" + revision + "'; " + found,
                "name a full commit id, or one of: " + branches());
    }

    /**
     * {@return the commit behind an object; empty where it is none}
     *
     * @param id a commit, or a tag
     * @throws IOException if it is missing or damaged
     */
    public Optional<Commit> peeled(ObjectId id) throws IOException {
        ObjectId at = id;
        for (int i = 0; i < MAX_TAG_CHAIN; i++) {
            ObjectLoader object = objects.open(at);
            if (object.getType() == Constants.OBJ_COMMIT) {
                return Optional.of(Commit.parse(at, object.getCachedBytes(StoredObjects.MAX_OBJECT)));
            }
            if (object.getType() != Constants.OBJ_TAG) {
                return Optional.empty();
            }
            at = tagged(at, object);
        }
        return Optional.empty();
    }

    private static ObjectId tagged(ObjectId tag, ObjectLoader object) throws IOException {
        String text = new String(object.getCachedBytes(StoredObjects.MAX_OBJECT), StandardCharsets.UTF_8);
        if (!text.startsWith("object ") || text.length() < 47 || !ObjectId.isId(text.substring(7, 47))) {
            throw new CorruptObjectException(tag, "the tag names no object");
        }
        return ObjectId.fromString(text.substring(7, 47));
    }

    /**
     * {@return the commit of that id}
     *
     * @param id its id
     * @throws IOException if it is missing, damaged, or no commit
     */
    public Commit read(ObjectId id) throws IOException {
        return Commit.parse(id, objects.bytes(id, Constants.OBJ_COMMIT));
    }
}
