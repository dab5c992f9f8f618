package io.github.rowsleuth.git.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The references of a repository.
 *
 * @param all the full name of each branch, tag and other reference, with the object it points to
 * @param head the text of {@code HEAD}
 * @param broken names of references that hold no object id
 */
public record References(Map<String, ObjectId> all, String head, List<String> broken) {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{40}");
    private static final List<String> PREFIXES = List.of("refs/heads/", "refs/remotes/", "refs/tags/", "refs/");

    /** Replacements, notes and the states of tools hold no files of the project. */
    private static final List<String> UNWANTED =
            List.of("refs/replace/", "refs/notes/", "refs/bisect/", "refs/rewritten/");

    /** Copies the map and the list. */
    public References {
        all = new TreeMap<>(all);
        broken = List.copyOf(broken);
    }

    static References read(RepositoryFolder folder) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        String head;
        if (folder.reftable()) {
            ReftableFolder.read(folder.commonFolder().resolve("reftable"), texts);
            head = ReftableFolder.head(folder.gitFolder().resolve("reftable"));
        } else {
            ReferenceFiles.read(folder.commonFolder(), texts);
            head = RepositoryFolder.smallFile(folder.gitFolder().resolve("HEAD"))
                    .strip();
        }
        Map<String, ObjectId> all = new TreeMap<>();
        List<String> broken = new ArrayList<>();
        texts.forEach((name, text) -> {
            if (text.startsWith("ref:") || UNWANTED.stream().anyMatch(name::startsWith)) {
                return; // what a symbolic one stands for is listed under its own name
            }
            if (ID.matcher(text).matches()) {
                all.put(name, ObjectId.fromString(text));
            } else {
                broken.add(name);
            }
        });
        return new References(all, head, broken);
    }

    /** {@return the branch that {@code HEAD} names; empty where it names none} */
    Optional<String> headBranch() {
        return head.startsWith("ref:") ? Optional.of(head.substring(4).strip()) : Optional.empty();
    }

    /** {@return the object that {@code HEAD} stands for; empty where there is none} */
    Optional<ObjectId> headTarget() {
        if (ID.matcher(head).matches()) {
            return Optional.of(ObjectId.fromString(head));
        }
        return headBranch().map(all::get);
    }

    /** What {@code name} stands for, tried in the order of gitrevisions(7). */
    Optional<ObjectId> named(String name) {
        return Stream.of("", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/")
                .map(prefix -> all.get(prefix + name))
                .flatMap(Stream::ofNullable)
                .findFirst();
    }

    /**
     * {@return the name as people say it: without {@code refs/heads/} and its like}
     *
     * @param fullName the full name
     */
    public static String spoken(String fullName) {
        return PREFIXES.stream()
                .filter(fullName::startsWith)
                .findFirst()
                .map(prefix -> fullName.substring(prefix.length()))
                .orElse(fullName);
    }
}
