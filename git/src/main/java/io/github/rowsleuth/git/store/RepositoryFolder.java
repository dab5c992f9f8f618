package io.github.rowsleuth.git.store;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the parts of a repository lie.
 *
 * @param gitFolder holds {@code HEAD}
 * @param commonFolder holds references and objects; differs from {@code gitFolder} in a linked worktree
 * @param objectFolders the folder of objects, then its alternates
 * @param shallow ids of commits whose parents were cut off
 * @param config the settings that matter for reading
 * @param remarks what lies elsewhere than a reader would expect
 */
record RepositoryFolder(
        Path gitFolder,
        Path commonFolder,
        List<Path> objectFolders,
        Set<String> shallow,
        RepositoryConfig config,
        List<String> remarks) {

    private static final int MAX_SMALL_FILE = 1 << 20;
    private static final int MAX_ALTERNATES = 16;

    RepositoryFolder {
        objectFolders = List.copyOf(objectFolders);
        shallow = Set.copyOf(shallow);
        remarks = List.copyOf(remarks);
    }

    static RepositoryFolder locate(Path given) throws ProbeUnavailableException {
        try {
            List<String> remarks = new ArrayList<>();
            Path gitFolder = gitFolder(given, remarks);
            Path common = commonFolder(gitFolder, remarks);
            RepositoryConfig config = RepositoryConfig.read(common.resolve("config"), given);
            config.requireReadable(given);
            Set<String> shallow = new LinkedHashSet<>(lines(common.resolve("shallow")));
            List<Path> objects = objectFolders(common.resolve("objects"), remarks);
            replacements(common, remarks);
            return new RepositoryFolder(gitFolder, common, objects, shallow, config, remarks);
        } catch (IOException e) {
            throw new ProbeUnavailableException(
                    "expected a readable git repository at " + given + "; a file of it could not be read ("
                            + e.getClass().getSimpleName() + ")",
                    "let the user that runs this read the folder, for instance with: chmod -R u+rX " + given,
                    e);
        }
    }

    boolean reftable() {
        return config.refStorage().equals("reftable");
    }

    /** What git would put in the place of stored objects is not put there: what is stored is the evidence. */
    private static void replacements(Path common, List<String> remarks) {
        if (Files.isDirectory(common.resolve("refs").resolve("replace"))) {
            remarks.add("objects are replaced by others (refs/replace); the original ones were read");
        }
        if (Files.isRegularFile(common.resolve("info").resolve("grafts"))) {
            remarks.add("parents of commits are changed by info/grafts; the stored ones were read");
        }
    }

    private static Path gitFolder(Path given, List<String> remarks) throws IOException, ProbeUnavailableException {
        if (!Files.exists(given)) {
            throw notARepository(given, "nothing is there");
        }
        if (!Files.isDirectory(given)) {
            throw notARepository(given, "that is a file");
        }
        if (!Files.isReadable(given) || !Files.isExecutable(given)) {
            throw new ProbeUnavailableException(
                    "expected a readable folder at " + given + "; its permissions forbid to look into it",
                    "let the user that runs this read it, for instance with: chmod u+rx " + given);
        }
        Path inside = given.resolve(".git");
        if (Files.isDirectory(inside)) {
            return looksLikeGitFolder(inside).orElseThrow(() -> notARepository(given, "its .git folder holds no HEAD"));
        }
        if (Files.isRegularFile(inside)) {
            Path target = pointedTo(inside, given);
            remarks.add("the repository itself lies in " + target + ", named by the file .git");
            return looksLikeGitFolder(target)
                    .orElseThrow(
                            () -> notARepository(given, "its .git file names " + target + ", which holds no HEAD"));
        }
        return looksLikeGitFolder(given)
                .orElseThrow(() -> notARepository(given, "there is no .git in it" + above(given)));
    }

    private static String above(Path given) {
        for (Path p = given.getParent(); p != null; p = p.getParent()) {
            if (Files.exists(p.resolve(".git"))) {
                return "; the folder " + p + " above it is the root of one";
            }
        }
        return "";
    }

    private static ProbeUnavailableException notARepository(Path given, String found) {
        return new ProbeUnavailableException(
                "expected a git repository at " + given + "; found none: " + found,
                "name the root of a worktree (the folder that holds .git), the .git folder or a bare repository");
    }

    private static Optional<Path> looksLikeGitFolder(Path folder) {
        boolean linked = Files.isRegularFile(folder.resolve("commondir"));
        boolean whole = Files.isDirectory(folder.resolve("objects"));
        return Files.isRegularFile(folder.resolve("HEAD")) && (linked || whole)
                ? Optional.of(folder)
                : Optional.empty();
    }

    private static Path pointedTo(Path file, Path base) throws IOException, ProbeUnavailableException {
        String text = smallFile(file).strip();
        if (!text.startsWith("gitdir:")) {
            throw notARepository(base, "its .git file does not begin with 'gitdir:'");
        }
        return base.resolve(text.substring("gitdir:".length()).strip()).normalize();
    }

    private static Path commonFolder(Path gitFolder, List<String> remarks) throws IOException {
        Path pointer = gitFolder.resolve("commondir");
        if (!Files.isRegularFile(pointer)) {
            return gitFolder;
        }
        Path common = gitFolder.resolve(smallFile(pointer).strip()).normalize();
        remarks.add("it is a linked worktree of " + common);
        return common;
    }

    private static List<Path> objectFolders(Path first, List<String> remarks) throws IOException {
        List<Path> folders = new ArrayList<>(List.of(first));
        for (int i = 0; i < folders.size(); i++) {
            Path folder = folders.get(i);
            for (String line : lines(folder.resolve("info").resolve("alternates"))) {
                Path alternate = folder.resolve(line).normalize();
                if (!line.startsWith("#") && !folders.contains(alternate) && folders.size() < MAX_ALTERNATES) {
                    folders.add(alternate);
                    remarks.add("objects are also read from " + alternate + ", an alternate"
                            + (Files.isDirectory(alternate) ? "" : " that does not exist"));
                }
            }
        }
        return folders;
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.isRegularFile(file)
                ? smallFile(file)
                        .lines()
                        .map(String::strip)
                        .filter(l -> !l.isEmpty())
                        .toList()
                : List.of();
    }

    static String smallFile(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_SMALL_FILE) {
            throw new IOException(file.getFileName() + " is no regular file, or larger than 1 MiB");
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
