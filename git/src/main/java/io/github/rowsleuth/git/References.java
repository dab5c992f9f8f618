package io.github.rowsleuth.git;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The references of a repository, as its files hold them. Symbolic links are not followed.
 *
 * @param all the full name of each branch, tag and remote branch, with the object it points to
 * @param head the text of {@code HEAD}
 * @param broken names of references whose files hold no object id
 */
record References(Map<String, ObjectId> all, String head, List<String> broken) {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{40}");
    private static final List<String> KINDS = List.of("refs/heads", "refs/remotes", "refs/tags");
    private static final int MAX_DEPTH = 12;

    static References read(RepositoryFolder folder) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        packed(folder.commonFolder().resolve("packed-refs"), texts);
        for (String kind : KINDS) {
            loose(folder.commonFolder(), folder.commonFolder().resolve(kind), texts);
        }
        Map<String, ObjectId> all = new TreeMap<>();
        List<String> broken = new java.util.ArrayList<>();
        texts.forEach((name, text) -> {
            if (text.startsWith("ref:")) {
                return; // the branch it stands for is listed under its own name
            }
            if (ID.matcher(text).matches()) {
                all.put(name, ObjectId.fromString(text));
            } else {
                broken.add(name);
            }
        });
        Path head = folder.gitFolder().resolve("HEAD");
        return new References(all, RepositoryFolder.smallFile(head).strip(), broken);
    }

    private static void packed(Path file, Map<String, String> into) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.length() > 41 && line.charAt(40) == ' ' && wanted(line.substring(41))) {
                    into.put(line.substring(41), line.substring(0, 40));
                }
            }
        }
    }

    private static boolean wanted(String name) {
        return KINDS.stream().anyMatch(kind -> name.startsWith(kind + "/"));
    }

    private static void loose(Path root, Path folder, Map<String, String> into) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder, MAX_DEPTH)) {
            for (Path file : (Iterable<Path>) files.filter(f -> !f.toString().endsWith(".lock"))::iterator) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    String name = root.relativize(file).toString().replace('\\', '/');
                    into.put(name, RepositoryFolder.smallFile(file).strip());
                }
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause());
        }
    }

    /** The branch that {@code HEAD} names; empty where it names none. */
    Optional<String> headBranch() {
        return head.startsWith("ref:") ? Optional.of(head.substring(4).strip()) : Optional.empty();
    }

    /** The object that {@code HEAD} stands for; empty where there is none. */
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

    /** The name as people say it: without {@code refs/heads/} and its like. */
    static String spoken(String fullName) {
        for (String kind : KINDS) {
            if (fullName.startsWith(kind + "/")) {
                return fullName.substring(kind.length() + 1);
            }
        }
        return fullName;
    }
}
