package io.github.rowsleuth.postgres.guard;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;

/** A file in which every line is on the disk before the next thing happens. Names and numbers, and no values. */
record OperationJournal(Path file) {

    void note(Instant now, OperationPlan plan, String what) {
        String line = now + " plan " + plan.id() + " " + what.replace('\n', ' ') + "\n";
        // Not by a channel, which an interrupt would close: the last word must be written then as well.
        try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
            out.write(line.getBytes(StandardCharsets.UTF_8));
            out.getFD().sync();
        } catch (IOException e) {
            throw new GuardException(
                    Layer.JOURNAL,
                    "expected a journal that can be written, found that " + file + " can not ("
                            + e.getClass().getSimpleName() + ")",
                    e);
        }
    }
}
