package io.github.rowsleuth.logs.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    private static final String LINE = "2026-11-23 04:00:00.000 UTC [7] LOG:  statement: delete from orders\n";

    @TempDir
    Path folder;

    private List<String> noted(Path file, LogFile log, Change change) throws IOException {
        List<Note> notes = new ArrayList<>();
        try (InputStream in = log.open(Patience.lasting(Duration.ofMinutes(1)))) {
            assertThat(in.readNBytes(1_000)).hasSize(1_000);
            change.to(file);
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        log.check(notes::add);
        return notes.stream().map(Note::missing).toList();
    }

    /** What happens to a file while it is read. */
    @FunctionalInterface
    private interface Change {
        void to(Path file) throws IOException;
    }

    private LogFile written() throws IOException {
        Path file = folder.resolve("server.log");
        Files.writeString(file, LINE.repeat(5_000));
        return new LogFile(file, "server.log");
    }

    @Test
    void a_file_that_stays_as_it_is_leaves_no_note() throws IOException {
        assertThat(noted(folder.resolve("server.log"), written(), f -> {})).isEmpty();
    }

    @Test
    void a_file_that_shrinks_while_it_is_read_is_noticed() throws IOException {
        List<String> notes = noted(folder.resolve("server.log"), written(), f -> {
            try (RandomAccessFile truncated = new RandomAccessFile(f.toFile(), "rw")) {
                truncated.setLength(0);
            }
        });

        assertThat(notes).hasSize(1);
        assertThat(notes.get(0)).contains("was cut from " + 5_000 * LINE.length() + " bytes");
    }

    @Test
    void a_file_that_is_replaced_while_it_is_read_is_noticed() throws IOException {
        List<String> notes = noted(folder.resolve("server.log"), written(), f -> {
            Files.move(f, folder.resolve("server.log.1"));
            Files.writeString(f, "new\n");
        });

        assertThat(notes).hasSize(1);
    }

    @Test
    void a_file_that_grows_while_it_is_read_is_noticed() throws IOException {
        List<String> notes = noted(
                folder.resolve("server.log"),
                written(),
                f -> Files.writeString(f, LINE, java.nio.file.StandardOpenOption.APPEND));

        assertThat(notes).hasSize(1);
    }
}
