package io.github.rowsleuth.git;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes the history of an application with git itself, always the same: files in several languages that are written, edited,
 * renamed and deleted on a main line and on branches that are merged into it.
 */
final class BenchmarkRepository {

    /** A script that is edited and renamed throughout the history. */
    static final String SCRIPT = "ops/retention/purge_old.py";

    private static final int FILES = 4_000;
    private static final int COMMITS = 3_000;
    private static final int LINES = 140;
    private static final long BEGINNING = 1_700_000_000L;

    private final Random random = new Random(3_000);
    private final List<String> paths = new ArrayList<>();
    private final List<String[]> texts = new ArrayList<>();
    private final OutputStream stream;
    private final ByteArrayOutputStream topic = new ByteArrayOutputStream();
    private String script = "scripts/purge.py";
    private String[] scriptText = new String[0];
    private int marks;

    private BenchmarkRepository(OutputStream stream) {
        this.stream = stream;
    }

    /** Makes it in an empty folder, packed as git packs it. */
    static void make(Path folder) throws IOException, InterruptedException {
        Processes.run(folder, "git", "init", "-q", "-b", "main");
        Process git = Processes.start(folder, "git", "fast-import", "--quiet", "--done");
        try (OutputStream out = new BufferedOutputStream(git.getOutputStream(), 1 << 16)) {
            new BenchmarkRepository(out).history();
        }
        Processes.check(git, "git fast-import");
        Processes.run(folder, "git", "repack", "-adfq");
        Processes.run(folder, "git", "pack-refs", "--all");
    }

    private void history() throws IOException {
        commit("main", "First version", 0, false);
        scriptText = lines(0, "db.execute(\"DELETE FROM audit_events\")");
        write(script, scriptText);
        for (int i = 0; i < FILES; i++) {
            paths.add(path(i));
            texts.add(lines(i, destructive(i)));
            write(paths.get(i), texts.get(i));
        }
        for (int i = 1; i < COMMITS; i++) {
            int place = i % 50;
            boolean aside = place >= 20 && place < 30 && place % 2 == 0;
            commit(aside ? "topic" : "main", "Change " + i, place == 20 ? marks : 0, place == 30);
            if (place == 30) {
                stream.write(topic.toByteArray());
                topic.reset();
            } else {
                edit(i, aside, place > 20 && place < 30);
            }
        }
        text("done\n");
    }

    /**
     * Changes a few files; now and then renames or deletes one, and now and then it is the script. A branch and the main
     * line beside it never change the same file.
     */
    private void edit(int number, boolean aside, boolean beside) throws IOException {
        for (int k = 0; k < 6; k++) {
            int file = random.nextInt(FILES / 2) * 2 + (aside ? 1 : 0);
            file = aside || beside ? file : random.nextInt(FILES);
            String[] lines = texts.get(file);
            for (int j = 0; j < 4; j++) {
                lines[random.nextInt(LINES)] = line(random.nextInt(6), file);
            }
            change(modification(paths.get(file), lines), aside);
            if (k == 5 && number % 5 == 0) {
                String moved = paths.get(file).replaceFirst("[^/]*$", "r" + number + "_$0");
                change(("R " + paths.get(file) + " " + moved + "\n").getBytes(StandardCharsets.UTF_8), aside);
                paths.set(file, moved);
            }
        }
        if (number % 100 == 5) {
            scriptText[number % LINES] = "retention_days = " + number;
            write(script, scriptText);
        }
        if (number == 1_045) {
            text("R " + script + " ops/purge.py\n");
            script = "ops/purge.py";
        }
        if (number == 2_245) {
            text("R " + script + " " + SCRIPT + "\n");
            script = SCRIPT;
        }
    }

    private void commit(String branch, String subject, int from, boolean merged) throws IOException {
        marks++;
        text("commit refs/heads/" + branch + "\nmark :" + marks + "\ncommitter Ada <ada@example.org> "
                + (BEGINNING + marks * 3_600L) + " +0000\ndata " + subject.length() + "\n" + subject + "\n");
        if (from > 0) {
            text("from :" + from + "\n");
        }
        if (merged) {
            text("merge refs/heads/topic\n");
        }
    }

    /** What a branch changes is changed again by the commit that merges it. */
    private void change(byte[] command, boolean aside) throws IOException {
        stream.write(command);
        if (aside) {
            topic.write(command);
        }
    }

    private void write(String path, String[] lines) throws IOException {
        stream.write(modification(path, lines));
    }

    private static byte[] modification(String path, String[] lines) {
        String content = String.join("\n", lines) + "\n";
        int length = content.getBytes(StandardCharsets.UTF_8).length;
        return ("M 100644 inline " + path + "\ndata " + length + "\n" + content + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void text(String text) throws IOException {
        stream.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String path(int i) {
        String folder = "part" + i % 60 + "/unit" + i % 7 + "/";
        return switch (i % 10) {
            case 0, 1, 2 -> "app/" + folder + "m" + i + ".py";
            case 3, 4, 5 -> "web/" + folder + "c" + i + ".ts";
            case 6, 7 -> "api/" + folder + "C" + i + ".java";
            case 8 -> "docs/" + folder + "page" + i + ".md";
            default -> i % 100 == 9 ? "db/" + folder + "q" + i + ".sql" : "assets/" + folder + "d" + i + ".json";
        };
    }

    /** One file in twenty-five names a table in SQL that deletes, some only speak of it. */
    private static String destructive(int i) {
        return switch (i % 100) {
            case 0 -> "cursor.execute(\"DELETE FROM t" + i + " WHERE id = %s\", (key,))";
            case 9 -> "TRUNCATE TABLE t" + i + ";";
            case 13 -> "await client.query(`DROP TABLE IF EXISTS t" + i + "`);";
            case 8, 18 -> "Deleting from the archive is done by hand: delete from archive.";
            default -> "value = lookup(" + i + ")";
        };
    }

    private String[] lines(int file, String special) {
        String[] lines = new String[LINES];
        for (int i = 0; i < LINES; i++) {
            lines[i] = i == LINES / 2 ? special : line(i % 6, file);
        }
        return lines;
    }

    private String line(int kind, int file) {
        int value = random.nextInt(1_000);
        return switch (kind) {
            case 0 -> "// step " + value + " of part " + file + " updates what it selects";
            case 1 -> "value" + value + " = compute" + value % 10 + "(" + value + ")";
            case 2 -> "name" + value + " = \"item " + value + " is shown from the list\"";
            case 3 -> "log(name" + value + ")";
            case 4 -> "result" + value % 50 + " = value" + value + " + " + value;
            default -> "";
        };
    }
}
