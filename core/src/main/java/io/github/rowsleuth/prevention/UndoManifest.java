package io.github.rowsleuth.prevention;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is needed to undo a plan, on disk before anything is renamed. */
record UndoManifest(Path root, List<Entry> entries) {

    private static final String FIRST = "rowsleuth-undo 1";
    private static final int FIELDS = 5;

    /** One script. */
    record Entry(String script, String disabledAs, String sha256, String permissions) {}

    static UndoManifest of(DisablePlan plan) {
        return new UndoManifest(
                plan.root(),
                plan.steps().stream()
                        .map(s -> new Entry(s.script(), s.disabledAs(), s.sha256(), s.permissions()))
                        .toList());
    }

    /** Writes it to a new file, through to the disk. */
    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder(FIRST + "\n" + line("root", root.toString()));
        entries.forEach(e -> text.append(line("script", e.script(), e.disabledAs(), e.sha256(), e.permissions())));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.append("end\n").toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static String line(String kind, String... fields) {
        return Stream.concat(Stream.of(kind), Stream.of(fields).map(f -> URLEncoder.encode(f, StandardCharsets.UTF_8)))
                .collect(Collectors.joining(" ", "", "\n"));
    }

    static UndoManifest read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() < 3
                || !lines.get(0).equals(FIRST)
                || !lines.get(lines.size() - 1).equals("end")) {
            throw new RefusedException("expected a whole undo manifest that begins with '" + FIRST
                    + "', found something else in " + file + "; rename the files back by hand");
        }
        List<Entry> entries = new ArrayList<>();
        Path root = Path.of(fields(lines.get(1))[1]);
        for (String line : lines.subList(2, lines.size() - 1)) {
            String[] f = fields(line);
            if (f.length != FIELDS) {
                throw new RefusedException(
                        "expected " + FIELDS + " fields in each line of " + file + ", found " + f.length);
            }
            entries.add(new Entry(f[1], f[2], f[3], f[4]));
        }
        return new UndoManifest(root, entries);
    }

    private static String[] fields(String line) {
        return Stream.of(line.split(" ", -1))
                .map(f -> URLDecoder.decode(f, StandardCharsets.UTF_8))
                .toArray(String[]::new);
    }
}
