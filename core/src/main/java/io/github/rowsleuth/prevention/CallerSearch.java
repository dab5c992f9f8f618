package io.github.rowsleuth.prevention;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the places in a folder that name a script: compose files, workflows, crontabs, Makefiles, other scripts. */
final class CallerSearch {

    private static final long LARGEST = 1L << 20;
    private static final int MOST_FILES = 50_000;
    private static final int LONGEST_LINE = 160;
    private static final Set<String> SKIPPED = Set.of(".git", "node_modules", "target", "build", ".venv");

    private final Path root;
    private final Path script;
    private final Pattern name;
    private final List<String> places = new ArrayList<>();
    private int files;

    private CallerSearch(Path root, Path script) {
        this.root = root;
        this.script = script;
        this.name = Pattern.compile(
                "(?<![\\w.-])" + Pattern.quote(script.getFileName().toString()) + "(?![\\w-])");
    }

    /** Places such as {@code Makefile:12: python clean.py}. */
    static List<String> of(Path root, Path script) throws IOException {
        CallerSearch search = new CallerSearch(root, script);
        Files.walkFileTree(root, search.new Visitor());
        if (search.files >= MOST_FILES) {
            search.places.add("… only the first " + MOST_FILES + " files were searched");
        }
        return search.places.stream().sorted().toList();
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return SKIPPED.contains(String.valueOf(folder.getFileName()))
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && attributes.size() <= LARGEST && !file.equals(script)) {
                search(file);
                files++;
            }
            return files < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException reason) {
            places.add(root.relativize(file) + ": could not be read");
            return FileVisitResult.CONTINUE;
        }
    }

    private void search(Path file) {
        try {
            // Every byte is a character: no text is unreadable.
            String[] lines = Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1);
            for (int i = 0; i < lines.length; i++) {
                if (name.matcher(lines[i]).find()) {
                    String line = lines[i].strip();
                    places.add(root.relativize(file) + ":" + (i + 1) + ": "
                            + line.substring(0, Math.min(line.length(), LONGEST_LINE)));
                }
            }
        } catch (IOException e) {
            places.add(root.relativize(file) + ": could not be read");
        }
    }
}
